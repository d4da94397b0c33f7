"""What a Word file is made of: elements, styles, pages, tables. The document itself is in docx.py."""
