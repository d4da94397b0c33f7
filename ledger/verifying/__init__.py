"""Whether what is kept is what was recorded: chains, digests, payloads, and what is told of them."""
