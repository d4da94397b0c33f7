"""What proves a ledger, beyond its chain: publications, published files, signatures, and what a break could touch."""
