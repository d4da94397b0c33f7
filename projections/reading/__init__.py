"""Questions to a ledger and their answers, one module to a kind of question."""
