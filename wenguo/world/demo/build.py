"""Building the demo world: people, process, texts, customers, then every story in the order it came in."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from wenguo.accounts.actions import Cast, change_unit, enrol_person, found_cast
from wenguo.accounts.choices import Role
from wenguo.accounts.models import Unit, User
from wenguo.complaints.actions import add_task
from wenguo.complaints.models import Complaint
from wenguo.customers.actions import (
    add_holding,
    change_customer,
    find_or_create_customer,
    log_interaction,
    record_consent,
)
from wenguo.customers.choices import CustomerKind, Direction, Purpose, ValueTier
from wenguo.customers.models import Customer, Holding
from wenguo.dispatch.actions import RuleTerms, ask_unit, create_rule
from wenguo.lib.actors import SYSTEM
from wenguo.lib.now import moved_to, now
from wenguo.library.actions import install_texts
from wenguo.outbox.actions import mark_read
from wenguo.process.actions import install_pack
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.supervision.actions import draw_inspections
from wenguo.world.demo.figures import Buyer, buyer, regular
from wenguo.world.demo.play import play
from wenguo.world.demo.plot import DAYS, earlier_plots, plots
from wenguo.world.demo.stage import Scene

SEED = 20020
COMPLAINTS = 405
SERVICE_LINE = "400-000-0000"
BUYERS = 170
REGULARS = 14  # key customers who complained a year before
LEFT = 1  # of them was never heard of again
FOUNDED = timedelta(days=470)
_HANDLERS = (
    ("liqiang", "李强", "QUALITY"),
    ("zhaolei", "赵蕾", "PARTS"),
    ("sunyang", "孙扬", "MARKETING"),
)
# issue group, unit, Chinese and English name of the rule
_ROUTES = (
    ("aircon", "AFTERSALES", "空调问题", "Air conditioning"),
    ("gearbox", "QUALITY", "变速箱问题", "Gearbox"),
    ("engine", "QUALITY", "发动机问题", "Engine"),
    ("electrics", "QUALITY", "电气与车机", "Electrics and screen"),
    ("traction", "QUALITY", "三电问题", "Electric drive"),
    ("price", "MARKETING", "价格与收费", "Price and charges"),
    ("promise", "MARKETING", "销售承诺", "Sales promises"),
    ("parts", "PARTS", "配件问题", "Parts"),
)


def random_password() -> str:
    """Long enough, and typed without trouble."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(3))


def build_world(today: datetime, progress: Callable[[int], object], *, count: int = COMPLAINTS) -> dict[str, str]:
    """Builds the world as of `today`; returns the passwords by user name. All of it or nothing."""
    dice = Random(SEED)  # noqa: S311
    passwords: dict[str, str] = {}

    def password_for(username: str) -> str:
        return passwords.setdefault(username, random_password())

    with transaction.atomic():
        with moved_to(today - FOUNDED):
            scene = found_company(password_for, today)
        _a_year_before(scene, dice)
        with moved_to(today - timedelta(days=DAYS + 2)):
            buyers = [buyer(dice, number, timezone.localdate(today)) for number in range(1, BUYERS + 1)]
            owned = {one.vin: _customer(scene, one, dice) for one in buyers}
        _play_all(scene, buyers, owned, dice, count, progress)
        _inspections(scene)
        _bells(scene)
        _tasks(scene)
        _parts(scene)
    return passwords


def found_company(password_for: Callable[[str], str], now: datetime) -> Scene:
    """The company before its first complaint: people, process, texts, routing rules."""
    cast = found_cast(password_for)
    people = _handlers(cast, password_for)
    install_pack(by=SYSTEM)
    install_texts(by=SYSTEM)
    scene = _scene(cast, people, now)
    _routing(scene)
    _service_line(cast)
    return scene


def _handlers(cast: Cast, password_for: Callable[[str], str]) -> dict[str, User]:
    """People beyond the cast: each lead unit has somebody who handles."""
    made = dict(cast.people)
    for username, name, unit in _HANDLERS:
        made[username] = User.objects.filter(username=username).first() or enrol_person(
            username=username,
            name=name,
            email=f"{username}@haichuan.example",
            unit=cast.units[unit],
            password=password_for(username),
            roles=[(Role.UNIT_HANDLER, cast.units[unit])],
            by=SYSTEM,
        )
    return made


def _service_line(cast: Cast) -> None:
    unit = cast.units["SERVICE"]
    change_unit(unit, name_zh=unit.name_zh, name_en=unit.name_en, phone=SERVICE_LINE, by=SYSTEM)


def _scene(cast: Cast, people: Mapping[str, User], now: datetime) -> Scene:
    nodes = {(node.tree, node.code): node for node in TaxonomyNode.objects.all()}
    units: dict[str, Unit] = dict(cast.units)
    return Scene(units, people, nodes, now)


def _routing(scene: Scene) -> None:
    for position, (issue, unit, name_zh, name_en) in enumerate(_ROUTES, start=1):
        terms = RuleTerms(
            name_zh=name_zh,
            name_en=name_en,
            lead_unit=scene.units[unit],
            position=position * 10,
            issue=scene.node(TreeKind.ISSUE, issue),
        )
        create_rule(terms, by=scene.people["ada"])


def _a_year_before(scene: Scene, dice: Random) -> None:
    """Complaints of key customers that ended long ago, and what was heard from them since."""
    today = timezone.localdate(scene.now)
    numbers = range(BUYERS + 1, BUYERS + 1 + REGULARS)
    regulars = [regular(dice, number, today) for number in numbers]
    with moved_to(scene.now - FOUNDED + timedelta(days=2)):
        owned = {one.vin: _customer(scene, one, dice) for one in regulars}
    for plot in earlier_plots(dice, regulars, scene.now):
        play(scene, plot, owned[plot.buyer.vin], Random(dice.random()), None)  # noqa: S311
    phone = scene.node(TreeKind.CHANNEL, "phone")
    for one in regulars[LEFT:]:
        with moved_to(scene.now - timedelta(days=dice.randint(20, 300), hours=dice.randint(0, 6))):
            log_interaction(
                owned[one.vin][0],
                by=scene.people["alice"],
                direction=Direction.IN,
                channel=phone,
                summary="来电预约保养，一并确认上次处理后车辆使用正常。",
            )


def _customer(scene: Scene, one: Buyer, dice: Random) -> tuple[Customer, Holding]:
    alice = scene.people["alice"]
    kind = CustomerKind.ORGANISATION if one.is_firm else CustomerKind.PERSON
    customer = find_or_create_customer(by=alice, name=one.name, phone=one.phone, email=one.email, kind=kind)
    if one.is_key:
        customer = change_customer(customer, by=alice, value_tier=ValueTier.KEY)
    if dice.random() < 0.6:
        record_consent(customer, by=alice, purpose=Purpose.CALL_BACK, is_given=True, source="购车合同")
    product = scene.node(TreeKind.PRODUCT, one.model)
    holding = add_holding(
        customer,
        by=alice,
        product=product,
        description=product.name_zh,
        serial=one.vin,
        bought_on=one.bought_on,
        dealer=scene.units[one.dealer],
        mileage_km=one.mileage_km,
    )
    return customer, holding


def _play_all(
    scene: Scene,
    buyers: list[Buyer],
    owned: Mapping[str, tuple[Customer, Holding]],
    dice: Random,
    count: int,
    progress: Callable[[int], object],
) -> None:
    newest: dict[str, Complaint] = {}
    for plot in plots(dice, buyers, scene.now, count):
        told = Random(dice.random())  # noqa: S311
        complaint = play(scene, plot, owned[plot.buyer.vin], told, newest.get(plot.model))
        newest[plot.model] = complaint
        progress(1)


def _bells(scene: Scene) -> None:
    """People have read what rang before yesterday."""
    with moved_to(scene.now - timedelta(hours=18)):
        for person in scene.people.values():
            mark_read(person.pk, before=now())


def _tasks(scene: Scene) -> None:
    """What colleagues have asked each other for."""
    carol = scene.people["carol"]
    looked_into = Complaint.objects.open().filter(stage__in=("cause", "resolve"), owner__isnull=False)
    with moved_to(scene.now - timedelta(minutes=40)):
        for number, complaint in enumerate(looked_into.select_related("owner").order_by("-id")[:8]):
            owner, due_at = complaint.owner, scene.now + timedelta(hours=4 + 7 * number)
            if owner:
                add_task(complaint, by=carol, title="调取首次检修单，核对检测数据", assignee=owner, due_at=due_at)
        for complaint in Complaint.objects.filter(status="waiting").order_by("-id")[:4]:
            agent = scene.people["alice" if complaint.pk % 2 else "bob"]
            add_task(complaint, by=carol, title="车主上传工单后请回电确认", assignee=agent)


def _parts(scene: Scene) -> None:
    """Two of those who look into it ask another unit for its part."""
    at_work = Complaint.objects.open().filter(stage="cause", owner__isnull=False).select_related("owner", "lead_unit")
    with moved_to(scene.now - timedelta(minutes=50)):
        for complaint in at_work.order_by("-id")[:2]:
            other = scene.units["QUALITY" if complaint.lead_unit != scene.units["QUALITY"] else "PARTS"]
            if complaint.owner:
                ask_unit(complaint, by=complaint.owner, unit=other, part="请确认同批次零件是否有质量问题，附检测记录。")


def _inspections(scene: Scene) -> None:
    """Quality has drawn last month's sample and not checked it yet."""
    today = timezone.localdate(scene.now)
    first = today.replace(day=1)
    last = first - timedelta(days=1)
    with moved_to(scene.now - timedelta(hours=20)):
        draw_inspections(
            by=scene.people["quinn"],
            title=f"{last:%Y-%m} 月度监督检查",
            period_from=last.replace(day=1),
            period_to=last,
            sample_size=20,
            seed=SEED,
        )
