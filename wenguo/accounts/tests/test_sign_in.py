"""Signing in and out, the second step, lockout, forgotten passwords: the way a browser goes."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import hotp_value
from axes.models import AccessAttempt
from django.test import Client

from wenguo.accounts.actions import deactivate_person
from wenguo.accounts.models import User
from wenguo.lib.now import now
from wenguo.outbox.models import OutboundMessage

PASSWORD = "a river of 10 fish"
NEW = "correct horse 9"


def sign_in(client: Client, name: str, password: str = PASSWORD) -> str:
    """Where it leads; empty when the form came back."""
    answer = client.post("/accounts/login/", {"login": name, "password": password})
    return answer["Location"] if answer.status_code == 302 else ""


@pytest.mark.parametrize("name", ["alice", "ALICE", "alice@haichuan.example"])
def test_by_name_or_address(client: Client, alice: User, name: str) -> None:
    assert sign_in(client, name) == "/desk/"
    assert client.get("/accounts/me/").context["person"] == alice


def test_a_wrong_password_and_an_unknown_name_look_alike(client: Client, alice: User) -> None:
    wrong = client.post("/accounts/login/", {"login": "alice", "password": "no"})
    unknown = client.post("/accounts/login/", {"login": "nobody", "password": "no"})

    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_the_next_page_stays_in_the_house(client: Client, alice: User) -> None:
    inside = {"login": "alice", "password": PASSWORD, "next": "/accounts/me/"}
    assert client.post("/accounts/login/", inside)["Location"] == "/accounts/me/"
    client.post("/accounts/logout/")
    outside = inside | {"next": "https://evil.example/"}
    assert client.post("/accounts/login/", outside)["Location"] == "/desk/"


def test_five_wrong_passwords_lock_this_name_from_this_address(client: Client, alice: User, bob: User) -> None:
    for _attempt in range(4):
        assert client.post("/accounts/login/", {"login": "alice", "password": "no"}).status_code == 200
    locked = client.post("/accounts/login/", {"login": "alice", "password": "no"})

    assert locked.status_code == 429
    assert "15 分钟" in locked.text
    assert client.post("/accounts/login/", {"login": "alice", "password": PASSWORD}).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9"), "alice") == "/desk/"
    assert sign_in(client, "bob") == "/desk/"


def test_the_lock_opens_by_itself(client: Client, alice: User) -> None:
    for _attempt in range(5):
        client.post("/accounts/login/", {"login": "alice", "password": "no"})
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=16))

    assert sign_in(client, "alice") == "/desk/"


def test_nobody_signs_up(client: Client, db: None) -> None:
    before = User.objects.count()
    answer = client.post(
        "/accounts/signup/", {"username": "x", "email": "x@x.example", "password1": NEW, "password2": NEW}
    )

    assert answer["Location"] == "/accounts/login/"
    assert User.objects.count() == before


def test_whoever_left_is_signed_out_at_once(client: Client, ada: User, alice: User, bob: User) -> None:
    sign_in(client, "bob")
    deactivate_person(bob, hand_over_to=alice, by=ada)

    assert client.get("/accounts/me/")["Location"].startswith("/accounts/login/")
    assert sign_in(client, "bob") == "/accounts/inactive/"
    assert client.get("/accounts/inactive/").status_code == 200


def reset_link() -> str:
    found = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", OutboundMessage.objects.latest("pk").body)
    assert found
    return found[1]


def test_a_forgotten_password_is_set_by_mail(client: Client, alice: User) -> None:
    client.post("/accounts/password/reset/", {"email": "Alice@haichuan.example"})
    form = client.get(reset_link(), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    assert sign_in(client, "alice", NEW) == "/desk/"
    kinds = list(OutboundMessage.objects.order_by("pk").values_list("kind", "to_address"))
    assert kinds[-2:] == [("password_reset_key", alice.email), ("password_reset", alice.email)]


def test_a_reset_link_works_once(client: Client, alice: User) -> None:
    client.post("/accounts/password/reset/", {"email": alice.email})
    link = reset_link()
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    assert "链接已失效" in Client().get(link, follow=True).text


def test_the_link_does_not_follow_a_forged_host(client: Client, alice: User) -> None:
    answer = client.post("/accounts/password/reset/", {"email": alice.email}, headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert not OutboundMessage.objects.exists()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, alice: User) -> None:
    known = client.post("/accounts/password/reset/", {"email": alice.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@haichuan.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert OutboundMessage.objects.count() == 1


def test_resets_are_rate_limited(client: Client, alice: User) -> None:
    codes = [client.post("/accounts/password/reset/", {"email": alice.email}).status_code for _n in range(5)]

    assert 429 in codes
    assert OutboundMessage.objects.count() <= 3


def test_changing_the_password_asks_for_the_present_one(client: Client, alice: User) -> None:
    sign_in(client, "alice")
    address = "/accounts/password/change/"
    wrong = client.post(address, {"oldpassword": "no", "password1": NEW, "password2": NEW})
    weak = client.post(address, {"oldpassword": PASSWORD, "password1": "alice", "password2": "alice"})
    right = client.post(address, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert (wrong.status_code, weak.status_code, right["Location"]) == (200, 200, "/accounts/me/")
    assert OutboundMessage.objects.latest("pk").kind == "password_changed"


def test_mail_about_oneself_speaks_ones_language(client: Client, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(language="en")
    client.post("/accounts/password/reset/", {"email": alice.email})

    mail = OutboundMessage.objects.get()
    assert (mail.subject, mail.language) == ("Set a new password", "en")
    assert mail.body.startswith("Hello 林晓,")


def turn_on(client: Client) -> str:
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    return secret


def code_for(secret: str) -> str:
    return f"{hotp_value(secret, int(time.time()) // 30):06}"


def test_the_second_step_is_asked_for_and_its_key_is_sealed(client: Client, alice: User) -> None:
    sign_in(client, "alice")
    secret = turn_on(client)
    client.post("/accounts/logout/")

    assert secret not in str(Authenticator.objects.filter(type="totp").values_list("data", flat=True).get())
    assert sign_in(client, "alice") == "/accounts/2fa/authenticate/"
    assert client.get("/accounts/me/").status_code == 302


def test_a_recovery_code_lets_in_once(client: Client, alice: User) -> None:
    sign_in(client, "alice")
    turn_on(client)
    code = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    client.post("/accounts/logout/")

    sign_in(client, "alice")
    assert client.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/desk/"
    client.post("/accounts/logout/")
    sign_in(client, "alice")
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_guessing_codes_comes_to_an_end(client: Client, alice: User) -> None:
    sign_in(client, "alice")
    secret = turn_on(client)
    client.post("/accounts/logout/")
    sign_in(client, "alice")
    for _guess in range(10):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})

    assert client.post("/accounts/2fa/authenticate/", {"code": code_for(secret)}).status_code == 200


def test_turning_it_off_asks_who_it_is(client: Client, alice: User, signed_in: Callable[[User], Client]) -> None:
    sign_in(client, "alice")
    turn_on(client)

    later = signed_in(alice)
    assert later.post("/accounts/2fa/totp/deactivate/")["Location"].startswith("/accounts/")
    assert Authenticator.objects.filter(user=alice, type="totp").exists()


def test_sessions_slide_and_end(client: Client, alice: User) -> None:
    sign_in(client, "alice")

    assert client.session.get_expiry_age() == 12 * 3600
