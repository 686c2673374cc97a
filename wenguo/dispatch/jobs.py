"""What happens at stage 7 without a user: open work of people who left goes to their successor."""

from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import bring_over

BATCH = 200


def run_hand_overs() -> int:
    """Brings open complaints of deactivated owners to whoever was named; how many."""
    left = Complaint.objects.open().filter(owner__is_active=False, owner__handed_over_to__isnull=False)
    return sum(bring_over(complaint) for complaint in left.order_by("id")[:BATCH])
