"""A real browser against the live server, and tokens for machines.

Playwright keeps an event loop in this thread, which Django takes for asynchronous code; the check is switched off here.
After a test with a live server the database is emptied; the cast and the process standard are made again on demand.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.hands import Machine, Window
from wenguo.accounts.actions import Cast, make_token
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import User
from wenguo.process.models import Standard

NAMES = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if name and (path := shutil.which(name))), "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def house(live_server: Any, active_pack: Standard, cast: Cast) -> str:
    """The address of a running house with its people and its standard."""
    cache.clear()
    return str(live_server.url)


@pytest.fixture
def window(chromium: Browser, house: str) -> Iterator[Callable[..., Window]]:
    """Opens a window of its own (cookies and all); at the end no page may have complained."""
    opened: list[Window] = []

    def open_one(width: int = 1280, height: int = 900, language: str = "zh-CN", *, scripts: bool = True) -> Window:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale=language,
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        opened.append(Window(context.new_page(), house))
        return opened[-1]

    yield open_one
    faults = [fault for one in opened for fault in one.faults]
    for one in opened:
        one.page.context.close()
    assert faults == []


@pytest.fixture
def seat(window: Callable[..., Window]) -> Callable[[str], Window]:
    """A colleague's own desk, signed in when first asked for."""
    seats: dict[str, Window] = {}

    def of(username: str) -> Window:
        if username not in seats:
            seats[username] = window()
            seats[username].sign_in(username)
        return seats[username]

    return of


@pytest.fixture
def machine(client: Any) -> Callable[[User], Machine]:
    """The API in somebody's name, by a token with every scope."""

    def made(person: User) -> Machine:
        _token, secret = make_token(person, name="journey", scopes=list(Scope.values), by=person)
        return Machine(client, secret)

    return made


@pytest.fixture
def desk(client: Client, alice: User, active_pack: Standard) -> Callable[..., Any]:
    """`desk(words=…)` posts the form for a complaint by hand as alice."""
    client.force_login(alice)

    def posted(**fields: object) -> Any:
        usual = {"channel": "phone", "kind": "person", "phone": "13812346021", "name": "张伟", "words": "变速箱异响"}
        given = {name: value for name, value in {**usual, **fields}.items() if value is not None}
        return client.post("/desk/new/", given)

    return posted
