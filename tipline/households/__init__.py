"""What the house knows of one household, in one view, for whoever already has a paper about it open."""
