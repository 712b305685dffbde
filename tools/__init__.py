"""What the house is built and examined with; nothing here runs in the office."""
