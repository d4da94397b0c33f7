"""The read model: one table of signed amounts beside the events, thrown away and made again at will."""
