"""The charts there are, and how often a board is mailed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Drawing(TextChoices):
    """A chart by name: what a board is made of. Who draws it: `queries.drawings.DRAWINGS`."""

    GOALS = "goals", _("The four goals over time")
    FLOW = "received_ended", _("Complaints received and ended")
    RECEIVED_CONTROL = "received_control", _("Complaints received, with control limits")
    TIMELINESS_CONTROL = "timeliness_control", _("Handling timeliness, with control limits")
    SATISFACTION_CONTROL = "satisfaction_control", _("Satisfaction, with control limits")
    FORECAST = "forecast", _("Expected in the coming weeks")
    PARETO_ISSUE = "pareto_issue", _("Pareto of issues, by number")
    PARETO_CAUSE = "pareto_cause", _("Pareto of causes, by number")
    PARETO_COST = "pareto_cost", _("Pareto of issues, by cost")
    PARETO_PRODUCT = "pareto_product", _("Products, by number")
    CHANNELS = "channels", _("Channels")
    UNITS_RECEIVED = "units_received", _("Units, by number")
    UNITS_TIMELINESS = "units_timeliness", _("Units, by handling timeliness")
    HEAT_CAUSE = "heat_cause", _("Unit × cause")
    HEAT_ISSUE = "heat_issue", _("Unit × issue")
    FUNNEL = "funnel", _("The fourteen stages: reached, and time in each")
    PROCESS = "process", _("The way complaints really take")
    TIMES = "times", _("Time to handle")
    SCORES = "scores", _("What those asked said")
    LOOPS = "loops", _("Chased, reopened, refused, repeated")
    REGIONS = "regions", _("Regions")
    CALENDAR = "calendar", _("Complaints received, day by day")


class Often(TextChoices):
    DAILY = "daily", _("every working day")
    WEEKLY = "weekly", _("every Monday")
    MONTHLY = "monthly", _("on the first of the month")


class Standard(TextChoices):
    """The boards of the house."""

    OVERVIEW = "overview", _("Overview")
    TIME = "time", _("Time")
    VOICE = "voice", _("Satisfaction")
    CAUSES = "causes", _("Causes")
    PLACES = "places", _("Units and regions")
    AHEAD = "ahead", _("Trend and forecast")


BOARDS: dict[Standard, tuple[Drawing, ...]] = {
    Standard.OVERVIEW: (
        *(Drawing.GOALS, Drawing.FLOW, Drawing.PARETO_ISSUE),
        *(Drawing.HEAT_CAUSE, Drawing.UNITS_TIMELINESS, Drawing.FORECAST),
    ),
    Standard.TIME: (
        *(Drawing.TIMELINESS_CONTROL, Drawing.TIMES, Drawing.FUNNEL),
        *(Drawing.UNITS_TIMELINESS, Drawing.PROCESS),
    ),
    Standard.VOICE: (Drawing.SATISFACTION_CONTROL, Drawing.SCORES, Drawing.LOOPS, Drawing.CHANNELS),
    Standard.CAUSES: (
        *(Drawing.PARETO_ISSUE, Drawing.PARETO_CAUSE, Drawing.PARETO_COST),
        *(Drawing.PARETO_PRODUCT, Drawing.HEAT_CAUSE, Drawing.HEAT_ISSUE),
    ),
    Standard.PLACES: (Drawing.REGIONS, Drawing.UNITS_RECEIVED, Drawing.CALENDAR, Drawing.HEAT_ISSUE),
    Standard.AHEAD: (Drawing.RECEIVED_CONTROL, Drawing.FORECAST, Drawing.CALENDAR),
}
# Drawings that need room
TALL = frozenset({Drawing.FUNNEL, Drawing.PROCESS, Drawing.REGIONS, Drawing.HEAT_CAUSE, Drawing.HEAT_ISSUE})
WIDE = frozenset({Drawing.PROCESS, Drawing.CALENDAR, Drawing.FORECAST})
