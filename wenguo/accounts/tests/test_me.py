"""One's own pages, as a browser sees them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from wenguo.accounts.actions import make_token, set_preferences
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import ApiToken, User

Browser = Callable[[User], Client]
OWN = ["me/", "me/preferences/", "me/absence/", "me/sessions/", "2fa/", "password/change/"]


@pytest.mark.parametrize("address", [*OWN, "me/tokens/", "me/absence/end/", "me/sessions/end-others/"])
def test_strangers_are_asked_to_sign_in(client: Client, db: None, address: str) -> None:
    answer = client.get(f"/accounts/{address}")

    assert answer.status_code in {302, 405}
    assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("address", OWN)
@pytest.mark.parametrize("who", ["alice", "dan", "otto"])
def test_everybody_has_their_own_pages(cast: object, signed_in: Browser, who: str, address: str) -> None:
    assert signed_in(User.objects.get(username=who)).get(f"/accounts/{address}").status_code == 200


def test_pages_speak_the_persons_language_and_zone(alice: User, signed_in: Browser) -> None:
    set_preferences(alice, language="en", time_zone="America/New_York", by=alice)
    page = signed_in(alice).get("/accounts/me/", headers={"accept-language": "zh-hans"}).text

    assert "My account" in page
    assert 'data-time-zone="America/New_York"' in page


def test_the_language_switch_is_remembered_for_the_person(alice: User, signed_in: Browser) -> None:
    client = signed_in(alice)
    client.post(reverse("ui:language"), {"language": "en", "next": "/accounts/me/"})

    assert User.objects.get(pk=alice.pk).language == "en"
    assert "My account" in client.get("/accounts/me/").text


def test_a_zone_that_no_longer_exists_does_not_lock_out(alice: User, signed_in: Browser) -> None:
    User.objects.filter(pk=alice.pk).update(time_zone="Mars/Olympus")

    assert signed_in(alice).get("/accounts/me/").status_code == 200


def test_an_absence_is_planned_and_ended(alice: User, bob: User, signed_in: Browser) -> None:
    client = signed_in(alice)
    form = {"deputy": bob.pk, "first_day": "2099-05-01", "last_day": "2099-05-03"}
    assert client.post("/accounts/me/absence/", form)["Location"] == "/accounts/me/"

    alice.refresh_from_db()
    assert alice.absent_from
    assert alice.absent_until
    assert (alice.absent_until - alice.absent_from).days == 3
    page = client.get("/accounts/me/").text
    assert "周博" in page
    assert "2099-05-01 – 2099-05-03" in page
    client.post("/accounts/me/absence/end/")
    alice.refresh_from_db()
    assert alice.absent_from is None


def test_a_refused_form_comes_back_as_typed(alice: User, bob: User, signed_in: Browser) -> None:
    form = {"deputy": bob.pk, "first_day": "2099-05-03", "last_day": "2099-05-01"}
    answer = signed_in(alice).post("/accounts/me/absence/", form)

    assert answer.status_code == 422
    assert "2099-05-03" in answer.text


def test_a_tokens_secret_is_in_one_answer_only(alice: User, signed_in: Browser) -> None:
    client = signed_in(alice)
    made = client.post("/accounts/me/tokens/", {"name": "ERP", "scopes": ["complaints:read"], "days": "30"})
    secret = made.context["made"]

    assert secret in made.text
    assert "no-store" in made["Cache-Control"]
    assert secret not in client.get("/accounts/me/tokens/").text


def test_a_token_without_scope_is_refused(alice: User, signed_in: Browser) -> None:
    answer = signed_in(alice).post("/accounts/me/tokens/", {"name": "ERP", "days": "30"})

    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_dealers_have_no_tokens(dan: User, signed_in: Browser) -> None:
    assert signed_in(dan).get("/accounts/me/tokens/").status_code == 403


def test_a_colleagues_token_is_not_found(alice: User, bob: User, signed_in: Browser) -> None:
    token, _secret = make_token(alice, name="x", scopes=[Scope.COMPLAINTS_READ], by=alice)

    assert signed_in(bob).post(f"/accounts/me/tokens/{token.pk}/revoke/").status_code == 404
    assert signed_in(alice).post(f"/accounts/me/tokens/{token.pk}/revoke/").status_code == 302
    assert ApiToken.objects.get().revoked_at is not None


def devices(client: Client) -> list[int]:
    return [device.pk for device in client.get("/accounts/me/sessions/").context["rows"]]


def test_another_device_is_signed_out(alice: User, bob: User, signed_in: Browser) -> None:
    here, there, foreign = signed_in(alice), signed_in(alice), signed_in(bob)
    assert there.get("/accounts/me/").status_code == 200
    other, [foreign_pk] = devices(here)[1], devices(foreign)

    assert here.post(f"/accounts/me/sessions/{foreign_pk}/end/").status_code == 422
    assert here.post(f"/accounts/me/sessions/{other}/end/").status_code == 302
    assert there.get("/accounts/me/").status_code == 302
    assert foreign.get("/accounts/me/").status_code == 200
    assert len(devices(here)) == 1


def test_all_others_at_once(alice: User, signed_in: Browser) -> None:
    here, there = signed_in(alice), signed_in(alice)
    there.get("/accounts/me/")
    here.post("/accounts/me/sessions/end-others/")

    assert here.get("/accounts/me/").status_code == 200
    assert there.get("/accounts/me/").status_code == 302


def test_a_fixed_number_of_statements(
    alice: User, signed_in: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(alice)
    client.get("/accounts/me/")

    with django_assert_max_num_queries(12):
        client.get("/accounts/me/")


@pytest.mark.parametrize(("who", "shown"), [("alice", True), ("dan", False)])
def test_every_own_page_leads_to_the_tokens_of_who_may_have_them(
    cast: object, signed_in: Browser, who: str, shown: bool
) -> None:
    pages = [signed_in(User.objects.get(username=who)).get(f"/accounts/{one}").text for one in ("me/", "2fa/")]

    assert ['href="/accounts/me/tokens/"' in page for page in pages] == [shown, shown]
