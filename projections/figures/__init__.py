"""What is made of amounts and events: tables, comparisons, how a year stands, what happened."""
