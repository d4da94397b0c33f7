"""Events on their way between ledgers: the lines of a log, what goes out and what is taken in."""
