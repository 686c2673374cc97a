"""Lives of complaints for `bench load`: told by the demo world's stories, that is by the actions themselves.

What shall differ from copy to copy carries a marker: people and places of the scratch world have names like ZZPRODUCT,
words and title are markers too. Half of the lives end, the others stop at some stage as if today came first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from random import Random

from django.db import models
from django.utils import timezone

from wenguo.accounts.actions import create_unit, invite_person
from wenguo.accounts.choices import Role, UnitKind
from wenguo.accounts.models import Unit, User
from wenguo.complaints.actions.search import index_complaint, indexing_put_off
from wenguo.complaints.models import Complaint, Entry
from wenguo.customers.actions import add_holding, record_consent
from wenguo.customers.actions.identify import NewCustomer, new_customers
from wenguo.customers.choices import Purpose
from wenguo.customers.models import Customer, Holding
from wenguo.lib.actors import SYSTEM
from wenguo.lib.now import moved_to, now
from wenguo.outbox.actions import mark_read
from wenguo.outbox.choices import MessageState
from wenguo.outbox.models import OutboundMessage
from wenguo.process.actions import add_node
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.world.bench.scratch import rows_made
from wenguo.world.demo.figures import Buyer, channel_for
from wenguo.world.demo.play import play
from wenguo.world.demo.plot import Ending, Plot
from wenguo.world.demo.stage import Scene

Rows = dict[type[models.Model], list[models.Model]]

WORDS, TITLE = "ZZWORDS", "ZZTITLE"
NAME, EMAIL = "ZZNAME", "zzmail@mail.example"
# of the customer with an e-mail address, and of the one without
PHONES = ("+8613900000000", "+8613800000000")
VINS = ("ZZVINZZVINZZVINZZ", "ZZWINZZWINZZWINZZ")
# user names of the story → role and home unit of the marker who plays it
PLAYERS = {
    "alice": (Role.AGENT, "SERVICE"),
    "bob": (Role.AGENT, "SERVICE"),
    "wang": (Role.UNIT_HANDLER, "AFTERSALES"),
    "liqiang": (Role.UNIT_HANDLER, "QUALITY"),
    "zhaolei": (Role.UNIT_HANDLER, "PARTS"),
    "sunyang": (Role.UNIT_HANDLER, "MARKETING"),
    "dan": (Role.DEALER_USER, "QINGDAO"),
}
ENDINGS = (
    *(Ending.SATISFIED,) * 7,
    *(Ending.FIRST_CONTACT,) * 5,
    *(Ending.DECLINED, Ending.WITHDRAWN) * 2,
    *(Ending.LUKEWARM, Ending.UNHAPPY, Ending.REFUSED, Ending.REWORKED, Ending.UNREACHABLE, Ending.RETURNED),
)
ISSUES = (
    *("aircon-noise", "gearbox-jerk", "engine-oil", "price-quote", "attitude-ignored", "repair-again", "parts-wait"),
    *("electrics-infotainment", "promise-gift", "brakes-noise", "body-leak", "refusal-warranty", "delivery-late"),
)
# hours after receipt at which an open life stops
STOPS = (0.2, 1.5, 5, 9, 20, 27, 33, 45, 60, 80, 100, 130, 170, 230)
# The lives begin on this Monday: no holiday for ten weeks, so that they can be moved to other weeks
BEGIN = datetime(2026, 7, 6, tzinfo=UTC)
LASTS = timedelta(days=58)


@dataclass(frozen=True)
class Life:
    """Everything one story wrote. `until` is when it was told to: its end, or the moment an open one stops."""

    rows: Rows
    complaint: Complaint
    owner: "Owner"
    issue_group: str
    has_email: bool
    until: datetime


@dataclass(frozen=True)
class Owner:
    """A customer with one car, as the actions made them."""

    rows: Rows
    customer: Customer
    holding: Holding


@dataclass(frozen=True)
class Markers:
    """The rows of the scratch world that stand for somebody or something else in every copy."""

    slots: dict[tuple[type[models.Model], int], str]
    scene: Scene
    seen: dict[type[models.Model], int] = field(default_factory=dict)


def place_markers(scene: Scene) -> Markers:
    """A dealer, people who handle, one product and one issue of each group: all of them by the actions."""
    units = dict(scene.units)
    units["QINGDAO"] = units["GUANGZHOU"] = dealer = create_unit(
        code="ZZUNIT",
        name_zh="ZZDEALER",
        name_en="ZZDEALEREN",
        kind=UnitKind.DEALER,
        parent=units["EAST"],
        by=SYSTEM,
    )
    slots: dict[tuple[type[models.Model], int], str] = {(Unit, dealer.pk): "dealer"}
    people = dict(scene.people)
    for name, (role, unit) in PLAYERS.items():
        people[name] = _player(name, role, units[unit], units["HQ" if role == Role.AGENT else unit])
        slots[User, people[name].pk] = name
    people["mallory"] = people["dan"]
    nodes = dict(scene.nodes)
    for key, node in scene.nodes.items():
        if key[0] == TreeKind.PRODUCT and node.parent_id:
            nodes[key] = nodes.get((TreeKind.PRODUCT, "zz-product")) or _node(node, "product", "ZZPRODUCT")
            nodes[TreeKind.PRODUCT, "zz-product"] = nodes[key]
            slots[TaxonomyNode, nodes[key].pk] = "product"
        elif key[0] == TreeKind.ISSUE and key[1] in ISSUES:
            nodes[key] = _node(node, key[1].replace("-", ""), "ZZISSUE")
            slots[TaxonomyNode, nodes[key].pk] = "issue"
    return Markers(slots, replace(scene, units=units, people=people, nodes=nodes))


def _player(name: str, role: Role, unit: Unit, reach: Unit) -> User:
    return invite_person(
        username=f"zz{name}",
        name=f"ZZP{name.upper()}",
        email=f"zz{name}@haichuan.example",
        unit=unit,
        roles=[(role, reach)],
        by=SYSTEM,
    )


def _node(like: TaxonomyNode, code: str, name: str) -> TaxonomyNode:
    return add_node(
        like.tree, code=f"zz-{code}", name_zh=name, name_en=f"{name}EN", parent=like.parent, extra=like.extra, by=SYSTEM
    )


def new_owner(markers: Markers, *, has_email: bool) -> Owner:
    """A customer with one car, as the actions make them."""
    place = 0 if has_email else 1
    rows_made(markers.seen)
    with moved_to(BEGIN - timedelta(days=1)):
        alice, today = markers.scene.people["alice"], timezone.localdate(now())
        customer = new_customers(
            [NewCustomer(NAME, [("phone", PHONES[place]), *([("email", EMAIL)] if has_email else [])])],
            by=alice,
            event="created",
        )[0]
        record_consent(customer, by=alice, purpose=Purpose.CALL_BACK, is_given=True, source="购车合同")
        holding = add_holding(
            customer,
            by=alice,
            product=markers.scene.node(TreeKind.PRODUCT, "zz-product"),
            description="ZZPRODUCT",
            serial=VINS[place],
            bought_on=today - LASTS * 5,
            dealer=markers.scene.units["QINGDAO"],
            mileage_km=20_000,
        )
    customer.refresh_from_db()
    return Owner(rows_made(markers.seen), customer, holding)


def lives(markers: Markers, *, ended: int, stopped: int) -> Iterator[Life]:
    """So many that end, and so many that stop on the way, at as many stages as the stops reach."""
    dice = Random(20020)  # noqa: S311
    endings, stops, issues = cycle(ENDINGS), cycle(STOPS), cycle(ISSUES)
    for number in range(ended + stopped):
        has_email = number % 4 == 0
        owner = new_owner(markers, has_email=has_email)
        is_open = number >= ended
        ending = dice.choice((Ending.SATISFIED, Ending.SECOND_REVIEW, Ending.WAITING)) if is_open else next(endings)
        stop = timedelta(hours=next(stops)) if is_open else LASTS
        issue = next(issues)
        received_at = _morning(number, dice)
        plot = _plot(dice, received_at, issue, ending, has_email)
        rows, complaint = _told(markers, plot, owner, received_at + stop, number)
        for written in (one for found in owner.rows.values() for one in found):
            written.refresh_from_db()  # the life may have gone on with it
        until = received_at + stop if is_open else complaint.changed_at
        yield Life(rows, complaint, owner, issue.split("-")[0], has_email, until)


def _morning(number: int, dice: Random) -> datetime:
    """Spread over the days of a week and the hours of a day."""
    hour = dice.choices(range(24), [1] * 7 + [3, 8, 10, 10, 9, 6, 7, 9, 9, 8, 7, 6, 6, 6, 5, 3, 2])[0]
    local = timezone.localtime(BEGIN) + timedelta(days=number % 7)
    moment = local.replace(hour=hour, minute=dice.randint(0, 59), second=dice.randint(0, 58), microsecond=137_000)
    return moment.astimezone(UTC)


def _plot(dice: Random, received_at: datetime, issue: str, ending: Ending, has_email: bool) -> Plot:
    buyer = Buyer(
        name=NAME,
        phone=PHONES[0],
        email=EMAIL if has_email else "",
        is_firm=False,
        is_key=False,
        model="haichuan-m7-2024",
        vin=VINS[0],
        bought_on=timezone.localdate(received_at),
        dealer="QINGDAO",
        mileage_km=20_000,
    )
    return Plot(
        received_at=received_at,
        buyer=buyer,
        issue=issue,
        model="haichuan-m7-2024",
        channel=channel_for(dice),
        ending=ending,
        severity=dice.choices((1, 2, 3, 4), (30, 40, 22, 8))[0],
        safety=1,
        complexity=dice.choices((1, 2, 3, 4), (40, 35, 19, 6))[0],
        impact=dice.choices((1, 2, 3), (50, 35, 15))[0],
        pace=dice.choices((0.5, 0.8, 1.0, 1.3, 2.2), (18, 34, 30, 12, 6))[0],
    )


def _told(markers: Markers, plot: Plot, owner: Owner, until: datetime, number: int) -> tuple[Rows, Complaint]:
    """Tells one story and puts markers where its words were."""
    scene = replace(markers.scene, now=until)
    complaint = play(scene, plot, (owner.customer, owner.holding), Random(number), None)  # noqa: S311
    complaint.refresh_from_db()
    _mark_words(complaint)
    if not complaint.is_open:
        with moved_to(complaint.changed_at):
            _delivered(complaint)
            for person in scene.people.values():
                mark_read(person.pk)
    return rows_made(markers.seen), complaint


def _mark_words(complaint: Complaint) -> None:
    words, title = complaint.words, complaint.title
    Complaint.objects.filter(pk=complaint.pk).update(words=WORDS, title=TITLE)
    complaint.words, complaint.title = WORDS, TITLE
    for entry in Entry.objects.filter(complaint=complaint):
        marked = entry.body.replace(words, WORDS).replace(title, TITLE)
        if marked != entry.body:
            Entry.objects.filter(pk=entry.pk).update(body=marked)
    for message in OutboundMessage.objects.filter(about=complaint.audit_chain):
        marked = message.body.replace(words, WORDS).replace(title, TITLE)
        OutboundMessage.objects.filter(pk=message.pk).update(body=marked)
    with indexing_put_off():
        index_complaint(complaint)


def _delivered(complaint: Complaint) -> None:
    """The mail of an ended life went out a minute later, as the worker leaves it."""
    for message in OutboundMessage.objects.filter(about=complaint.audit_chain):
        sent_at = message.created_at + timedelta(minutes=1)
        OutboundMessage.objects.filter(pk=message.pk).update(
            state=MessageState.SENT, sending_since=sent_at, sent_at=sent_at, attempts=1
        )
