"""Measurements of Tipline against a minimal page over the same rows, as ratios within one run."""
