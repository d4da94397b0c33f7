"""The published document: as one value, as the files it goes out as, and what a publication pins to make them again."""
