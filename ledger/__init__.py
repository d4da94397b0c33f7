"""Where it is kept: intents are decided, events appended, chained, and never changed again.

Owns all SQL on events. Imports ``events`` and nothing above itself.
"""
