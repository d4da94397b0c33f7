"""What can be said: the budget's vocabulary as immutable values.

Nothing in this package performs I/O, reads a clock or knows SQL, and it imports none of the
other packages (``events <- ledger <- projections <- commands``).
"""
