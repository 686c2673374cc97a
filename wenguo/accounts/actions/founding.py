"""The first rows of an installation, and the company of the demonstration: its units and one person per role."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.actions.invitations import enrol_person
from wenguo.accounts.actions.units import create_unit
from wenguo.accounts.choices import Role, UnitKind
from wenguo.accounts.models import Unit, User
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import Refused

ROOT = "HQ"


@dataclass(frozen=True)
class Cast:
    """The units by code and the people by user name."""

    units: Mapping[str, Unit]
    people: Mapping[str, User]


# code, Chinese name, English name, kind, code of the unit above, province
UNITS = (
    (ROOT, "海川汽车总部", "Haichuan Motors head office", UnitKind.COMPANY, "", "上海"),
    ("SERVICE", "服务中心", "Service centre", UnitKind.DEPARTMENT, ROOT, "上海"),
    ("QUALITY", "售后质量部", "After-sales quality", UnitKind.DEPARTMENT, ROOT, "上海"),
    ("AFTERSALES", "售后维修部", "After-sales workshop", UnitKind.DEPARTMENT, ROOT, "上海"),
    ("PARTS", "配件部", "Parts", UnitKind.DEPARTMENT, ROOT, "上海"),
    ("MARKETING", "市场部", "Marketing", UnitKind.DEPARTMENT, ROOT, "上海"),
    ("EAST", "华东大区", "East China region", UnitKind.REGION, ROOT, ""),
    ("QINGDAO", "青岛四方店", "Qingdao Sifang dealer", UnitKind.DEALER, "EAST", "山东"),
    ("QINGDAO-1", "青岛四方一站", "Qingdao Sifang service station 1", UnitKind.STATION, "QINGDAO", "山东"),
    ("SOUTH", "华南大区", "South China region", UnitKind.REGION, ROOT, ""),
    ("GUANGZHOU", "广州天河店", "Guangzhou Tianhe dealer", UnitKind.DEALER, "SOUTH", "广东"),
)
# user name, name, role, code of the unit they belong to, code of the unit the role reaches
PEOPLE = (
    ("ada", "安达", Role.ADMINISTRATOR, ROOT, ROOT),
    ("alice", "林晓", Role.AGENT, "SERVICE", ROOT),
    ("bob", "周博", Role.AGENT, "SERVICE", ROOT),
    ("carol", "陈可", Role.TEAM_LEAD, "SERVICE", ROOT),
    ("dora", "董岚", Role.DUTY_MANAGER, "SERVICE", ROOT),
    ("rex", "任锐", Role.REVIEWER, "SERVICE", ROOT),
    ("quinn", "秦颖", Role.QUALITY, "QUALITY", ROOT),
    ("wang", "王建国", Role.UNIT_HANDLER, "AFTERSALES", "AFTERSALES"),
    ("mei", "梅芳", Role.MANAGER, ROOT, ROOT),
    ("otto", "欧阳拓", Role.AUDITOR, ROOT, ROOT),
    ("dan", "单丹", Role.DEALER_USER, "QINGDAO", "QINGDAO"),
    ("mallory", "马洛", Role.UNIT_HANDLER, "GUANGZHOU", "GUANGZHOU"),
)


@transaction.atomic
def found_installation(
    *, company_zh: str, company_en: str, username: str, name: str, email: str, password: str
) -> User:
    """The company and its first administrator, in an installation that has nobody yet."""
    if User.objects.exists():
        raise Refused(_("There are people already. Ask an administrator for an invitation."))
    company = Unit.objects.filter(parent=None).first() or create_unit(
        code=ROOT, name_zh=company_zh, name_en=company_en, kind=UnitKind.COMPANY, parent=None, by=SYSTEM
    )
    return enrol_person(
        username=username,
        name=name,
        email=email,
        unit=company,
        password=password,
        roles=[(Role.ADMINISTRATOR, company)],
        by=SYSTEM,
    )


@transaction.atomic
def found_cast(password_for: Callable[[str], str]) -> Cast:
    """The company of the demonstration; `password_for` gives each user name its password. What is there stays."""
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=[row[0] for row in UNITS])}
    for code, name_zh, name_en, kind, above, province in UNITS:
        units[code] = units.get(code) or create_unit(
            code=code,
            name_zh=name_zh,
            name_en=name_en,
            kind=kind,
            parent=units.get(above),
            province=province,
            by=SYSTEM,
        )
    people = {person.username: person for person in User.objects.filter(username__in=[row[0] for row in PEOPLE])}
    for username, name, role, home, reach in PEOPLE:
        people[username] = people.get(username) or enrol_person(
            username=username,
            name=name,
            email=f"{username}@haichuan.example",
            unit=units[home],
            password=password_for(username),
            roles=[(role, units[reach])],
            by=SYSTEM,
        )
    return Cast(units, people)
