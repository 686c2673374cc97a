"""Where the stories are played: people, units and trees at hand, and a clock that stops at today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from wenguo.accounts.models import Unit, User
from wenguo.process.models import TaxonomyNode

OPENS, CLOSES = 8, 18


class TodayError(Exception):
    """The next step would lie in the future: the story stops here and the complaint stays open."""


@dataclass(frozen=True)
class Scene:
    """Everything the stories need, read once."""

    units: Mapping[str, Unit]
    people: Mapping[str, User]
    nodes: Mapping[tuple[str, str], TaxonomyNode]
    now: datetime

    def node(self, tree: str, code: str) -> TaxonomyNode:
        return self.nodes[tree, code]


class Calendar:
    """The moment of one story; `later` moves it on, into office hours where people have to work."""

    def __init__(self, start: datetime, now: datetime, pace: float, dice: Random) -> None:
        self.moment, self._now, self._pace, self._dice = start, now, pace, dice

    def later(self, low: float, high: float, *, office: bool = True) -> datetime:
        """Some hours later, times the story's pace; raises TodayError where that lies in the future."""
        self.moment += timedelta(hours=self._dice.uniform(low, high) * self._pace)
        if office:
            self.moment = self._in_office_hours(self.moment)
        if self.moment >= self._now:
            raise TodayError
        return self.moment

    def on_day(self, days: int, hour: int) -> datetime:
        """A local hour so many days from here; the calendar itself stays."""
        local = timezone.localtime(self.moment) + timedelta(days=days)
        moment = local.replace(hour=hour, minute=self._dice.randint(0, 50))
        if moment >= self._now:
            raise TodayError
        return moment

    def _in_office_hours(self, moment: datetime) -> datetime:
        local = timezone.localtime(moment)
        if local.hour >= CLOSES:
            local += timedelta(days=1)
        if not OPENS <= local.hour < CLOSES:
            local = local.replace(hour=OPENS, minute=self._dice.randint(32, 59))
        while local.weekday() > 5:
            local += timedelta(days=1)
        return local
