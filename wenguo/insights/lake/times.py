"""Times as the lake keeps them, and the days of the house."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings


def utc(moment: datetime | None) -> datetime | None:
    """UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None


def on_day(day: date | None) -> datetime | None:
    """The beginning of a day in the house."""
    return utc(datetime.combine(day, time(), house())) if day else None


def month_of(received_at: datetime) -> date:
    return received_at.astimezone(house()).date().replace(day=1)


def house() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
