"""What people fill in on a complaint: stages 2–6, the end, and beside the line."""
