"""The administrator's pages: who sees them, what they show, what their forms do."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from wenguo.accounts.actions import enrol_person, found_cast, grant_role, revoke_role
from wenguo.accounts.choices import Role
from wenguo.accounts.models import Membership, Unit, User
from wenguo.lib.actors import SYSTEM
from wenguo.outbox.models import OutboundMessage

Browser = Callable[[User], Client]


def addresses() -> dict[str, str]:
    """Every address for administrators, with the method it answers."""
    alice, unit = User.objects.get(username="alice"), Unit.objects.get(code="PARTS")
    role = alice.memberships.get()
    person, place = f"people/{alice.pk}", f"units/{unit.pk}"
    return {
        **dict.fromkeys(["people/", "people/invite/", "units/", "units/add/", "roles/"], "get"),
        **dict.fromkeys([f"{person}/", f"{person}/change/", f"{person}/roles/", f"{person}/leave/"], "get"),
        **dict.fromkeys([f"{place}/change/", f"{place}/move/"], "get"),
        **dict.fromkeys([f"{person}/invite-again/", f"{person}/bring-back/", f"{person}/second-step/remove/"], "post"),
        **dict.fromkeys([f"{person}/roles/{role.pk}/revoke/", f"{place}/close/", f"{place}/reopen/"], "post"),
    }


@pytest.mark.parametrize("who", ["alice", "carol", "dora", "rex", "quinn", "wang", "mei", "dan", "mallory", "otto"])
def test_other_roles_see_none_of_it(cast: object, signed_in: Browser, who: str) -> None:
    client = signed_in(User.objects.get(username=who))
    statuses = {path: getattr(client, method)(f"/accounts/{path}").status_code for path, method in addresses().items()}
    allowed = {"roles/"} if who == "otto" else set()

    assert {path for path, status in statuses.items() if status != 403} == allowed
    assert Membership.objects.filter(user__username="alice").exists()


def test_strangers_are_asked_to_sign_in(cast: object, client: Client) -> None:
    for path, method in addresses().items():
        assert getattr(client, method)(f"/accounts/{path}")["Location"].startswith("/accounts/login/?next=")


def test_the_administrator_sees_every_page(ada: User, cast: object, signed_in: Browser) -> None:
    client = signed_in(ada)
    pages = [path for path, method in addresses().items() if method == "get"]

    assert {client.get(f"/accounts/{path}").status_code for path in pages} == {200}


def test_a_region_sees_its_own_people_only(
    ada: User, bob: User, dan: User, alice: User, east: Unit, signed_in: Browser
) -> None:
    for row in list(bob.memberships.all()):
        revoke_role(bob, row.role, row.unit, by=ada)
    grant_role(bob, Role.ADMINISTRATOR, east, by=ada)
    client = signed_in(bob)

    assert [person.username for person in client.get("/accounts/people/").context["page"].rows] == ["dan"]
    assert client.get(f"/accounts/people/{dan.pk}/").status_code == 200
    assert client.get(f"/accounts/people/{alice.pk}/").status_code == 404
    assert client.get(f"/accounts/units/{alice.unit_id}/change/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=林晓", ["alice"]),
        ("q=QUINN", ["quinn"]),
        ("role=auditor", ["otto"]),
        ("state=left", []),
        ("role=nonsense&unit=abc&state=x", 12),
    ],
)
def test_filters(ada: User, cast: object, signed_in: Browser, query: str, found: object) -> None:
    rows = signed_in(ada).get(f"/accounts/people/?{query}").context["page"].rows

    assert ([person.username for person in rows] if isinstance(found, list) else len(rows)) == found


def test_people_of_a_unit_and_below(ada: User, cast: object, east: Unit, signed_in: Browser) -> None:
    rows = signed_in(ada).get(f"/accounts/people/?unit={east.pk}").context["page"].rows

    assert [person.username for person in rows] == ["dan"]


def test_the_list_costs_the_same_for_many(
    ada: User, parts: Unit, signed_in: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(60):
        enrol_person(
            username=f"p{n:02}", name=f"P {n}", email=f"p{n}@x.example", unit=parts, password="a river of 10 fish",
            by=SYSTEM, roles=[(Role.AGENT, parts)],
        )  # fmt: skip
    client = signed_in(ada)
    first = client.get("/accounts/people/").context["page"]

    with django_assert_max_num_queries(14):
        rest = client.get("/accounts/people/", {"page": first.next_cursor}).context["page"]
    assert len(first.rows) == 50
    assert len(rest.rows) == User.objects.count() - 50


def test_inviting_leads_to_a_first_password(ada: User, parts: Unit, signed_in: Browser, client: Client) -> None:
    form = {
        "name": "李娜", "username": "lina", "email": "lina@haichuan.example", "unit": parts.pk,
        "role": "unit_handler", "reach": "", "language": "zh-hans",
    }  # fmt: skip
    assert signed_in(ada).post("/accounts/people/invite/", form)["Location"] == "/accounts/people/?q=lina"
    found = re.search(r"/accounts/invitation/\S+", OutboundMessage.objects.latest("pk").body)
    assert found

    weak = client.post(found[0], {"password": "lina lina 1", "again": "lina lina 2"})
    done = client.post(found[0], {"password": "correct horse 9", "again": "correct horse 9"})
    assert (weak.status_code, done["Location"], client.get(found[0]).status_code) == (422, "/accounts/login/", 410)
    assert client.post("/accounts/login/", {"login": "lina", "password": "correct horse 9"})["Location"] == "/desk/"
    assert Membership.objects.get(user__username="lina").unit == parts


def test_what_was_typed_survives_a_refusal(ada: User, parts: Unit, signed_in: Browser) -> None:
    form = {"name": "<b>李娜</b>", "username": "alice", "email": "x@x.example", "unit": parts.pk, "language": "en"}
    answer = signed_in(ada).post("/accounts/people/invite/", form)

    assert answer.status_code == 422
    assert "&lt;b&gt;李娜&lt;/b&gt;" in answer.text
    assert "用户名已被使用" in answer.text


def test_a_role_is_given_and_withdrawn_on_the_page(ada: User, alice: User, east: Unit, signed_in: Browser) -> None:
    client = signed_in(ada)
    client.post(f"/accounts/people/{alice.pk}/roles/", {"role": "manager", "unit": east.pk})
    row = alice.memberships.get(role="manager")
    client.post(f"/accounts/people/{alice.pk}/roles/{row.pk}/revoke/")

    assert not alice.memberships.filter(role="manager").exists()


def test_the_last_administrator_is_told_why(ada: User, head_office: Unit, signed_in: Browser) -> None:
    answer = signed_in(ada).post(f"/accounts/people/{ada.pk}/roles/{ada.memberships.get().pk}/revoke/")

    assert answer.status_code == 422
    assert "最后一位系统管理员" in answer.text


def test_leaving_on_the_page(ada: User, alice: User, bob: User, signed_in: Browser) -> None:
    client = signed_in(ada)
    client.post(f"/accounts/people/{bob.pk}/leave/", {"hand_over_to": alice.pk})
    assert "已离职" in client.get(f"/accounts/people/{bob.pk}/").text

    client.post(f"/accounts/people/{bob.pk}/bring-back/")
    assert User.objects.get(username="bob").is_active


def test_a_lost_phone_is_helped(ada: User, alice: User, signed_in: Browser) -> None:
    client = signed_in(ada)
    assert client.post(f"/accounts/people/{alice.pk}/second-step/remove/").status_code == 422
    Authenticator.objects.create(user=alice, type="totp", data={"secret": "sealed"})
    assert f"/accounts/people/{alice.pk}/second-step/remove/" in client.get(f"/accounts/people/{alice.pk}/").text
    client.post(f"/accounts/people/{alice.pk}/second-step/remove/")

    assert not Authenticator.objects.filter(user=alice).exists()
    assert OutboundMessage.objects.latest("pk").kind == "second_step_removed"


def test_the_tree_is_drawn_in_order(ada: User, cast: object, signed_in: Browser) -> None:
    rows = signed_in(ada).get("/accounts/units/").context["rows"]

    drawn = [(branch.unit.code, branch.depth) for branch, _kind in rows]
    assert drawn[0] == ("HQ", 0)
    assert drawn[-5:] == [("EAST", 1), ("QINGDAO", 2), ("QINGDAO-1", 3), ("SOUTH", 1), ("GUANGZHOU", 2)]


def test_a_unit_is_added_moved_and_closed_on_the_page(ada: User, east: Unit, south: Unit, signed_in: Browser) -> None:
    client = signed_in(ada)
    new = {"parent": east.pk, "kind": "dealer", "code": "JINAN", "name_zh": "济南店", "name_en": "Jinan dealer"}
    client.post("/accounts/units/add/", new)
    unit = Unit.objects.get(code="JINAN")
    client.post(f"/accounts/units/{unit.pk}/move/", {"to": south.pk})
    client.post(f"/accounts/units/{unit.pk}/close/")

    unit.refresh_from_db()
    assert (unit.path, unit.is_active) == (f"{south.path}{unit.pk}/", False)


def test_the_policy_page_is_the_policy(otto: User, signed_in: Browser) -> None:
    context = signed_in(otto).get("/accounts/roles/").context
    table = {str(verb): dict(cells) for verb, cells in context["rows"]}

    assert table["管理人员"] == {role: role == "系统管理员" for role in map(str, context["roles"])}


def test_posting_needs_the_token_of_the_form(ada: User, parts: Unit) -> None:
    found_cast(lambda _name: "unused")
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.post(f"/accounts/units/{parts.pk}/close/").status_code == 403
    assert Unit.objects.get(pk=parts.pk).is_active
