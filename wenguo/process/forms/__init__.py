"""Input from administrators, typed. What a text means is decided in `rules`; saving is in `actions`."""
