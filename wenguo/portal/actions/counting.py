"""How often somebody did something lately. Counted in its own transaction: a refusal after it does not undo it."""

from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.portal.models import RateCount
from wenguo.portal.rules import Limit
from wenguo.portal.tokens import keyed


@transaction.atomic
def count_use(purpose: str, who: str, limit: Limit) -> int:
    """Counts one use in the present window and returns how many there were, this one included."""
    seconds = limit.per.total_seconds()
    window = datetime.fromtimestamp(now().timestamp() // seconds * seconds, tz=UTC)
    row, _made = RateCount.objects.get_or_create(key=keyed(f"rate.{purpose}", who), window_from=window)
    RateCount.objects.filter(pk=row.pk).update(uses=F("uses") + 1)
    return RateCount.objects.values_list("uses", flat=True).get(pk=row.pk)


def is_too_often(purpose: str, who: str, limit: Limit) -> bool:
    """Counts one use; true when it is one too many. Nobody known is nobody to count."""
    return bool(who) and count_use(purpose, who, limit) > limit.uses


def check_not_too_often(purpose: str, who: str, limit: Limit) -> None:
    if is_too_often(purpose, who, limit):
        raise Refused(_("That was very often in a short time. Please wait a little, or call us."))
