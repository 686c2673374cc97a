"""Pages about oneself, about people, and about the org tree."""
