"""The PDF's page design: the Typst template, and how wide its columns and how large its letters are."""
