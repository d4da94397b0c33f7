"""The narrative: figures under Chinese names, put into an office's own text template."""
