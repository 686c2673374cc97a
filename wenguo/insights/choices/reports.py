"""Reports people finish and approve: kinds, sections, states."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenguo.insights.choices.boards import Drawing


class ReportKind(TextChoices):
    MONTHLY = "monthly", _("Monthly report")
    REVIEW = "review", _("Management review")


class ReportState(TextChoices):
    DRAFT = "draft", pgettext_lazy("report", "Draft")
    APPROVED = "approved", pgettext_lazy("report", "Approved")


class PaperKind(TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"


class PaperState(TextChoices):
    WAITING = "waiting", _("Being written")
    DONE = "done", pgettext_lazy("document", "Written")
    FAILED = "failed", pgettext_lazy("document", "Could not be written")


class Section(TextChoices):
    # of the monthly report
    BRIEF = "brief", _("The period in brief")
    GOALS = "goals", _("Quality goals")
    VOLUME = "volume", _("What came in")
    ISSUES = "issues", _("What it was about")
    CAUSES = "causes", _("Why it happened")
    UNITS = "units", _("Units")
    VOICE = "voice", _("What complainants say")
    ANNEX_H = "annex_h", _("ISO 10002 annex H")
    AHEAD = "ahead", _("What is done next")
    # inputs of the management review (ISO 10002:2018, 8.6), and what came of it
    INTERNAL = "internal", _("Internal factors")
    EXTERNAL = "external", _("External factors")
    PERFORMANCE = "performance", _("Performance of the complaint process")
    AUDITS = "audits", _("Results of audits and inspections")
    ACTIONS = "actions", _("Corrective and preventive actions")
    FOLLOW_UP = "follow_up", _("Follow-up of earlier reviews")
    RECOMMENDATIONS = "recommendations", _("Recommendations for improvement")
    DECISIONS = "decisions", _("Decisions and resources")


SECTIONS: dict[ReportKind, tuple[Section, ...]] = {
    ReportKind.MONTHLY: (
        Section.BRIEF,
        Section.GOALS,
        Section.VOLUME,
        Section.ISSUES,
        Section.CAUSES,
        Section.UNITS,
        Section.VOICE,
        Section.ANNEX_H,
        Section.AHEAD,
    ),
    ReportKind.REVIEW: (
        Section.INTERNAL,
        Section.EXTERNAL,
        Section.PERFORMANCE,
        Section.AUDITS,
        Section.ACTIONS,
        Section.FOLLOW_UP,
        Section.RECOMMENDATIONS,
        Section.DECISIONS,
    ),
}
CHARTS: dict[Section, tuple[Drawing, ...]] = {
    Section.GOALS: (Drawing.GOALS,),
    Section.VOLUME: (Drawing.FLOW, Drawing.CHANNELS),
    Section.ISSUES: (Drawing.PARETO_ISSUE, Drawing.PARETO_PRODUCT),
    Section.CAUSES: (Drawing.PARETO_CAUSE,),
    Section.UNITS: (Drawing.UNITS_RECEIVED, Drawing.UNITS_TIMELINESS),
    Section.VOICE: (Drawing.SCORES,),
    Section.PERFORMANCE: (Drawing.GOALS, Drawing.FLOW, Drawing.PARETO_ISSUE),
    Section.RECOMMENDATIONS: (Drawing.PARETO_CAUSE,),
}
# Without a word of a person these say nothing: a report cannot be approved before
NEEDS_WORDS: dict[ReportKind, frozenset[Section]] = {
    ReportKind.MONTHLY: frozenset({Section.BRIEF, Section.AHEAD}),
    ReportKind.REVIEW: frozenset(
        {Section.INTERNAL, Section.EXTERNAL, Section.FOLLOW_UP, Section.RECOMMENDATIONS, Section.DECISIONS}
    ),
}
# What the writer is asked for
PROMPTS: dict[Section, Promise] = {
    Section.BRIEF: _("What management has to know about this period, in three sentences."),
    Section.GOALS: _("Why a goal was missed, and what is done about it."),
    Section.VOLUME: _("What explains the change against the period before?"),
    Section.ISSUES: _("What is new among the issues; what a single event explains."),
    Section.CAUSES: _("Which causes are being worked on, and by whom."),
    Section.UNITS: _("What units need, and what others can learn from them."),
    Section.VOICE: _("What complainants said in their own words that the scores do not show."),
    Section.ANNEX_H: _("Anything unusual in these counts."),
    Section.AHEAD: _("Measures with a person and a date."),
    Section.INTERNAL: _("Changes in policy, objectives, organisation, resources, products."),
    Section.EXTERNAL: _("Changes in law, in the market, in technology; what competitors do."),
    Section.PERFORMANCE: _("How the process performs, and where it does not."),
    Section.AUDITS: _("What audits and inspections found, and what came of it."),
    Section.ACTIONS: _("State of corrective and preventive actions: what is late, what worked."),
    Section.FOLLOW_UP: _("What became of each decision of the last review."),
    Section.RECOMMENDATIONS: _("What should be improved, in order of worth."),
    Section.DECISIONS: _("What was decided: improvements, needs, resources, with a person and a date."),
}
