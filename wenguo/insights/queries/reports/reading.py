"""A report as a reader sees it: sections with figures, the words written on them, what still needs words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import translation

from wenguo.accounts.access import grants_of, units_in_scope
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.insights.choices.reports import NEEDS_WORDS, PROMPTS, SECTIONS, ReportKind, Section
from wenguo.insights.models import Commentary, Report
from wenguo.insights.queries.reports import review
from wenguo.insights.queries.reports.content import SectionShown, TableShown
from wenguo.insights.queries.reports.figures import Scene, annex_h_table, brief_table, charts_of, goals_table

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True)
class Written:
    """The newest words on a section, and how often they were changed before."""

    newest: Commentary
    versions: int


_TABLES: dict[Section, Callable[[Scene], list[TableShown]]] = {
    Section.BRIEF: lambda scene: [brief_table(scene)],
    Section.ANNEX_H: lambda scene: [annex_h_table(scene)],
    Section.INTERNAL: review.internal_tables,
    Section.EXTERNAL: review.external_tables,
    Section.AUDITS: review.audit_tables,
    Section.ACTIONS: review.action_tables,
    Section.FOLLOW_UP: review.follow_up_tables,
}


def reports_for(user: User, kind: ReportKind) -> QuerySet[Report]:
    """Of the units the reader sees figures of; of the whole company only where they see all of it."""
    units = Unit.objects.filter(units_in_scope(user, Permission.SEE_FIGURES))
    mine = Q(unit__in=units)
    if grants_of(user).everywhere(Permission.SEE_FIGURES):
        mine |= Q(unit__isnull=True)
    return Report.objects.filter(mine, kind=kind).select_related("unit", "opened_by", "approved_by").defer("content")


def sections_for(report: Report, user: User, language: str) -> list[SectionShown]:
    """As they were approved, else as the figures stand now, with the reader's own eyes."""
    kept = report.content.get(language)
    if not report.is_draft and kept:
        return [SectionShown.of_json(one) for one in kept]
    scene = Scene(report, user)
    with translation.override(language):
        return [_section(one, scene) for one in SECTIONS[ReportKind(report.kind)]]


def frozen(report: Report, user: User) -> dict[str, Any]:
    """The sections in every language, to be kept with the approval."""
    return {language: [one.as_json() for one in sections_for(report, user, language)] for language in LANGUAGES}


def words_of(report: Report) -> dict[str, Written]:
    """By section."""
    found: dict[str, Written] = {}
    for one in report.commentaries.select_related("by"):
        before = found.get(one.section)
        found[one.section] = Written(one, before.versions + 1 if before else 1)
    return found


def lacking_words(report: Report, sections: list[SectionShown]) -> list[SectionShown]:
    """Sections that cannot be approved without words."""
    written = {key for key, words in words_of(report).items() if words.newest.text}
    return [one for one in sections if one.needs_words and one.key not in written]


def _section(which: Section, scene: Scene) -> SectionShown:
    kind = ReportKind(scene.report.kind)
    tables, is_missed = (_TABLES[which](scene) if which in _TABLES else []), False
    if which in (Section.GOALS, Section.PERFORMANCE):
        goals, is_missed = goals_table(scene)
        tables = [goals, *([annex_h_table(scene)] if which is Section.PERFORMANCE else [])]
    return SectionShown(
        key=which.value,
        title=str(which.label),
        prompt=str(PROMPTS[which]),
        tables=tables,
        charts=charts_of(which, scene),
        needs_words=is_missed or which in NEEDS_WORDS[kind],
    )
