"""Page-shaped reads that compose several rooms."""
