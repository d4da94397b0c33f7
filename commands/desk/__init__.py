"""What all commands share: options, messages, sheets, how answers are shown, and the wiring."""
