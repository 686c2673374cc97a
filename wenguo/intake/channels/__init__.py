"""Ways in and out, one complete folder each."""
