"""A publication: the document of a year at a cut as the files it goes out as, and what is pinned to make them again."""
