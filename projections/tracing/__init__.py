"""From a figure back to the events and lines it is made of.

Nothing here knows which lines a cell, a comparison or a sentence takes in. The code that makes the
figures is run once more, on amounts that remember what they were made of (``tracked``); what it then
answers can be taken apart. See ``docs/decisions/0015-amounts-that-remember.md``.
"""
