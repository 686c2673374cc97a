"""Files for regulators: codes of our categories, rows of each regime, faults of a row."""
