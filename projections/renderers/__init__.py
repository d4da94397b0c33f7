"""How grids and values are written down: one file per form. A new form is a new file."""
