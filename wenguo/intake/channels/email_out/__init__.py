"""E-mail out: what lies in the outbox is handed to the mail server."""
