"""What follows from the events: entries, cuts, tables, comparisons, and how they are written down.

Everything here can be thrown away and made again. Imports ``ledger`` and ``events``.
"""
