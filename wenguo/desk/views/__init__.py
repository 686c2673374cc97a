"""Pages for staff that compose several rooms."""
