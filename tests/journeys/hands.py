"""What people and machines do in a journey: open, fill in, press; ask the API. No expectations live here."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.test import Client
from playwright.sync_api import Locator, Page, TimeoutError

from tests.cast.people import PASSWORD
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.customers.models import Customer

SHOTS = os.environ.get("JOURNEY_SHOTS", "")  # a folder: every page passed is kept there as a picture
BIG = "长" * (10 * 1024 * 1024 // 3)  # 10 MB of text
EXPECTED = ("status of 404", "status of 409", "status of 422", "status of 403")  # refusals some journeys look for


@dataclass
class Window:
    """One person's browser. `faults` are what the console said and must be empty at the end."""

    page: Page
    house: str
    faults: list[str] = field(default_factory=list)
    shots: int = 0

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))

    def _hear(self, message: Any) -> None:
        if message.type == "error" and not any(known in message.text for known in EXPECTED):
            self.faults.append(f"{self.page.url}: {message.text}")

    def go(self, path: str) -> None:
        self.page.goto(f"{self.house}{path}")
        self.look()

    def look(self, name: str = "") -> None:
        """Keeps a picture where somebody wants to look at them."""
        if SHOTS:
            self.page.wait_for_load_state("networkidle")
            self.shots += 1
            path = self.page.url.removeprefix(self.house).split("?")[0].strip("/").replace("/", "-")[-60:]
            width = self.page.viewport_size["width"] if self.page.viewport_size else 0
            file = Path(SHOTS) / f"{width}-{self.shots:02}-{path or 'home'}{name and '-' + name}.png"
            self.page.screenshot(path=str(file), full_page=not name)

    def sign_in(self, username: str) -> None:
        """Through the real page."""
        self.go("/accounts/login/")
        self.fill(self.page.locator("main, body").first, login=username, password=PASSWORD)
        with self.page.expect_navigation():
            self.page.click("form[action='/accounts/login/'] button[type=submit]")

    def fill(self, form: Locator, **values: Any) -> None:
        for name, value in values.items():
            fill_field(form, name, value)

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def open_dialog(self, link: str) -> Locator:
        """Presses a link that opens a dialog; `link` is how its address ends. Gives the form in it."""
        self.page.locator(f"a[data-dialog][href$='{link}']:visible").first.click()
        form = self.page.locator("#dialog[open] form.step-form")
        form.wait_for()
        return form

    def submit(self, form: Locator) -> None:
        """Presses the form's first button and waits for the page that follows."""
        self.look("filled")
        try:
            with self.page.expect_navigation():
                form.locator("button[type=submit]").first.click()
        except TimeoutError as late:
            said = self.page.locator(".field-error, .notice, .toast").all_inner_texts()
            raise AssertionError(f"{self.page.url} did not go on: {said}") from late

    def take(self, link: str, **values: Any) -> None:
        """A dialog opened, filled in and sent: the page that follows is the one it was opened on."""
        form = self.open_dialog(link)
        self.fill(form, **values)
        self.submit(form)

    def primary(self) -> str:
        """The verb of the next step: the last piece of its address, empty where this person may not take it."""
        found = self.page.locator(".ws-actions a.btn.primary")
        return (found.get_attribute("href") or "").strip("/").rsplit("/", 1)[-1] if found.count() else ""


def fill_field(form: Locator, name: str, value: Any) -> None:
    """Types, chooses or ticks, as the control asks for."""
    found = form.locator(f"[name='{name}']")
    kind = found.first.evaluate(
        "e => e.dataset.comboboxReady ? 'combobox' : e.tagName === 'SELECT' ? 'select' : e.type"
    )
    if kind == "combobox":
        box = form.locator(f"select[name='{name}'] + .combo input")
        box.fill(value)
        box.press("Enter")
    elif kind == "select":
        found.select_option(value)
    elif kind in {"radio", "checkbox"}:
        for one in value if isinstance(value, list) else [value]:
            form.locator(f"[name='{name}']" + ("" if one is True else f"[value='{one}']")).check(force=True)
    elif kind == "file":
        found.set_input_files(value)
    else:
        found.fill(value)


@dataclass(frozen=True)
class Machine:
    """The API in somebody's name."""

    client: Client
    secret: str

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self.client.generic(
            method,
            f"/api/v1{path}",
            sent,
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **headers},
        )

    def read(self, path: str) -> Any:
        return self.ask("GET", path).json()

    def post(self, path: str, body: Any = None) -> Any:
        """The answer of a request that must succeed."""
        answer = self.ask("POST", path, body or {})
        assert answer.status_code in {200, 201, 204}, (path, answer.status_code, answer.content.decode())
        return answer.json() if answer.content else None


def counted() -> tuple[int, int, int]:
    """How much there is: what changes nothing leaves it."""
    return Complaint.objects.count(), Customer.objects.count(), AuditEntry.objects.count()
