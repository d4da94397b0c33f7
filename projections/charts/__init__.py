"""Charts: as values, and drawn."""
