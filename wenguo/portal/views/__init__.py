"""Pages of visitors without an account, and the queue of held posts for colleagues."""
