"""The written pages: links lead somewhere, both languages have the same pages, and none grows too long to be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = [target for target in LINK.findall(page.read_text("utf-8")) if "://" not in target]
    assert [target for target in links if not (page.parent / target).exists()] == []


def test_the_handbook_has_the_same_pages_in_both_languages() -> None:
    named = [{page.name for page in (ROOT / "docs/handbook" / language).glob("*.md")} for language in ("zh", "en")]
    assert named[0] == named[1]


def test_pages_are_short_enough_to_be_read() -> None:
    limits = {"handbook/zh": 200, "handbook/en": 200, "adr": 40}
    long = [
        page.name
        for folder, most in limits.items()
        for page in (ROOT / "docs" / folder).glob("*.md")
        if len(page.read_text("utf-8").splitlines()) > most
    ]
    assert long == []
