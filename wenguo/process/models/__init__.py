"""The process standard as versioned data, calendars, clock rules, taxonomies and the authority matrix."""

from wenguo.process.models.calendars import Calendar, CalendarDay, new_stamp
from wenguo.process.models.clocks import ClockRule
from wenguo.process.models.named import Named, language_suffix
from wenguo.process.models.standards import AuthorityLimit, StageRule, Standard
from wenguo.process.models.trees import NodeQuerySet, TaxonomyNode

__all__ = [
    "AuthorityLimit",
    "Calendar",
    "CalendarDay",
    "ClockRule",
    "Named",
    "NodeQuerySet",
    "StageRule",
    "Standard",
    "TaxonomyNode",
    "language_suffix",
    "new_stamp",
]
