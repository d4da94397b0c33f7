"""Answers laid out: each for people, as a grid, and for programs, as JSON. One file per kind of answer."""
