"""Pages of intake: imports and outgoing messages."""
