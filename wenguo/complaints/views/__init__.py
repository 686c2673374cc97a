"""Pages of a complaint's steps, and the panels this room serves."""
