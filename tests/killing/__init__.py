"""Real processes for tests/test_kill_worker.py: a mail server, and a fork server that makes workers and web servers."""
