"""The plot of each complaint: when it came, about what, how grave, how it ends."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from wenguo.world.demo.figures import Buyer, channel_for, issue_for, weighted


class Ending(StrEnum):
    """Where a complaint's story goes; many stop on the way because today comes first."""

    SATISFIED = "satisfied"
    LUKEWARM = "lukewarm"
    UNHAPPY = "unhappy"
    FIRST_CONTACT = "first_contact"
    REFUSED = "refused"
    SECOND_REVIEW = "second_review"
    REWORKED = "reworked"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"
    UNREACHABLE = "unreachable"
    RETURNED = "returned"
    REOPENED = "reopened"
    MERGED = "merged"


_ENDINGS = (
    (Ending.SATISFIED, 32), (Ending.FIRST_CONTACT, 22), (Ending.LUKEWARM, 5), (Ending.UNHAPPY, 3), (Ending.REFUSED, 3),
    (Ending.SECOND_REVIEW, 2), (Ending.REWORKED, 2), (Ending.DECLINED, 7), (Ending.WITHDRAWN, 6), (Ending.WAITING, 3),
    (Ending.UNREACHABLE, 2), (Ending.RETURNED, 3), (Ending.REOPENED, 2), (Ending.MERGED, 6),
)  # fmt: skip
DANGEROUS = ("brakes-weak", "engine-stall", "traction-power-cut", "electrics-sensors", "gearbox-slip")
DAYS = 92
DISPATCHED, RETURNED = "dispatched", "returned"  # at stage 7: nobody has taken it on yet; it came back
# So that every stage and every unit has work today: the stage, hours since receipt, the issue
STANDING = (
    ("accept", 1, "body-smell"), ("validity", 3, "engine-lamp"), ("classify", 6, "aircon-noise"),
    ("classify", 7, "parts-quality"), ("importance", 8, "gearbox-jerk"), ("importance", 9, "price-quote"),
    ("review", 10, "engine-noise"), ("assign", 11, "parts-wait"), ("assign", 12, "chassis-noise"),
    (DISPATCHED, 14, "parts-quality"), (DISPATCHED, 15, "aircon-blower"), (DISPATCHED, 16, "gearbox-noise"),
    (RETURNED, 17, "price-quote"), (RETURNED, 18, "aircon-noise"), ("cause", 90, "parts-wait"),
    ("cause", 96, "aircon-noise"), ("cause", 98, "price-quote"), ("resolve", 118, "parts-quality"),
    ("resolve", 120, "gearbox-noise"), ("resolve", 122, "aircon-cooling"), ("feed_back", 150, "parts-wait"),
    ("feed_back", 152, "promise-gift"), ("call_back", 200, "parts-quality"),
)  # fmt: skip


@dataclass(frozen=True)
class Plot:
    """Everything decided before the first action."""

    received_at: datetime
    buyer: Buyer
    issue: str
    model: str
    channel: str
    ending: Ending
    severity: int
    safety: int
    complexity: int
    impact: int
    # how long things take, as a factor; above 1.6 deadlines are missed
    pace: float
    # the stage at which it still stands today; empty: as far as it has come
    stands_at: str = ""


def plots(dice: Random, buyers: list[Buyer], now: datetime, count: int) -> list[Plot]:
    """In the order they came in. The last four weeks bring a rise of blower faults on one model."""
    made = [_plot(dice, dice.choice(buyers), _when(dice, now)) for _ in range(count - 34 - len(STANDING))]
    victims = [one for one in buyers if one.model == "haichuan-m7-2023"] or buyers
    for _ in range(26):
        moment = now - timedelta(days=dice.triangular(0.5, 28, 6), hours=dice.random())
        made.append(_plot(dice, dice.choice(victims), moment, "aircon-blower"))
    for _ in range(8):
        # what came in this morning and waits for somebody
        made.append(_plot(dice, dice.choice(buyers), now - timedelta(minutes=dice.randint(4, 300))))
    made += [_standing(dice, buyers, now, *one) for one in STANDING]
    return sorted(made, key=lambda plot: plot.received_at)


def _standing(dice: Random, buyers: list[Buyer], now: datetime, stage: str, hours: int, issue: str) -> Plot:
    """Somebody's work of today, whatever the dice say elsewhere."""
    engined = [one for one in buyers if not one.model.startswith(("haichuan-e6", "haichuan-e3"))] or buyers
    moment = now - timedelta(hours=hours, minutes=dice.randint(1, 50))
    ordinary = _plot(dice, dice.choice(engined), moment, issue)
    grave = stage == "review"
    weighed = replace(ordinary, severity=5 if grave else 2, safety=1, complexity=1, impact=4 if grave else 2)
    return replace(weighed, ending=Ending.SATISFIED, pace=0.5, stands_at=stage)


def earlier_plots(dice: Random, regulars: list[Buyer], now: datetime) -> list[Plot]:
    """A year before the quarter that is told, each of these owners complained once; they tell who stayed."""
    made = [_plot(dice, one, now - timedelta(days=dice.uniform(400, 440))) for one in regulars]
    return sorted(
        (replace(plot, ending=Ending.SATISFIED, pace=0.8) for plot in made), key=lambda plot: plot.received_at
    )


def _plot(dice: Random, buyer: Buyer, received_at: datetime, issue: str = "") -> Plot:
    issue = issue or issue_for(dice, buyer.model)
    safety = dice.choice((4, 4, 5)) if issue in DANGEROUS and dice.random() < 0.6 else dice.choice((1, 1, 1, 2))
    return Plot(
        received_at=received_at,
        buyer=buyer,
        issue=issue,
        model=buyer.model,
        channel=channel_for(dice),
        ending=Ending(weighted(dice, tuple((e.value, w) for e, w in _ENDINGS))),
        severity=dice.choices((1, 2, 3, 4, 5), (20, 38, 26, 12, 4))[0],
        safety=safety,
        complexity=dice.choices((1, 2, 3, 4), (40, 32, 20, 8))[0],
        impact=dice.choices((1, 2, 3, 4), (46, 32, 17, 5))[0],
        pace=dice.choices((0.5, 0.8, 1.0, 1.3, 2.2), (18, 34, 30, 12, 6))[0],
    )


def _when(dice: Random, now: datetime) -> datetime:
    """Any day of the last three months, mostly by day."""
    day = now - timedelta(days=dice.uniform(1, DAYS))
    hour = dice.choices(range(24), [1, 1, 1, 1, 1, 1, 2, 4, 8, 10, 10, 9, 6, 7, 9, 9, 8, 7, 6, 6, 6, 5, 3, 2])[0]
    moment = day.replace(hour=(hour - 8) % 24, minute=dice.randint(0, 59), second=dice.randint(0, 59), microsecond=0)
    return min(moment, now - timedelta(minutes=3))
