"""What test_replica.py needs: a PostgreSQL primary with a streaming replica, and a small installation."""
