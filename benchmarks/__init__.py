"""How fast every job is, next to its peers and its physical limit, in one run: ``python -m benchmarks``.

``facts`` makes the same ledger every time, ``sides`` holds what is measured (the product, its peers,
the limits), ``jobs`` says who is held against whom and what is to be reached, ``rounds`` runs them in
turn and ``report`` writes it down. Nothing here is a test: no figure fails anything.
"""
