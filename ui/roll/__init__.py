"""The roll: the house is counted, and what was counted is kept."""
