"""What may be recorded: intents, the state of a stream, and the decider. Pure: no clock, no input, no output."""
