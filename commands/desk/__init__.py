"""What all commands share: options, messages, how things are recorded and answers shown, and the wiring."""
