"""Sheets of lines as people keep them: CSV and workbooks, read whole, with every fault in its row and column."""
