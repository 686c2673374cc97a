"""What happens without a user."""

from wenguo.portal.actions import forget_old_rows


def run_forget() -> int:
    """Old counts and codes go."""
    return forget_old_rows()
