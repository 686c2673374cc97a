"""What the audit does without a user: the daily anchor."""

from wenguo.audit.actions import write_anchor
from wenguo.lib.now import written_now


def run_anchor() -> int:
    """Writes today's anchor once; may be run as often as one likes."""
    return int(write_anchor(written_now().date()) is not None)
