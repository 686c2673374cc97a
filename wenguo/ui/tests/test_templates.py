"""What the content security policy refuses must not be written, in no room."""

import re
from pathlib import Path

import pytest

from wenguo.ui.icons import ICONS

ROOT = Path(__file__).parents[3]
TEMPLATES = sorted((ROOT / "wenguo").glob("*/templates/**/*.html"))
STYLES = sorted((ROOT / "wenguo/ui/static/ui").glob("*.css"))
TOKENS = (ROOT / "wenguo/ui/static/ui/tokens.css").read_text(encoding="utf-8")


def markup(path: Path) -> str:
    return re.sub(r"{%.*?%}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def found(pattern: str) -> list[str]:
    return [f"{path.relative_to(ROOT)}: {hit}" for path in TEMPLATES for hit in re.findall(pattern, markup(path))]


@pytest.mark.parametrize(
    "forbidden",
    [
        r"<[a-zA-Z][^>]*\sstyle\s*=",
        r"<style\b",
        r"<script(?![^>]*\bsrc=)[^>]*>",
        r"<[a-zA-Z][^>]*\son[a-z]+\s*=",
        r"href=[\"']javascript:",
        r"(?:src|href)=[\"'](?:https?:)?//[^\"']+\.(?:js|css|woff2?)",
        r"\bhx-on\b",
        r"\|safe\b",
    ],
)
def test_no_template_has(forbidden: str) -> None:
    assert found(forbidden) == []


def test_every_icon_named_in_a_template_is_drawn() -> None:
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r"{% icon [\"']([\w-]+)[\"']", path.read_text(encoding="utf-8"))
    }

    assert named - set(ICONS) == set()


def test_every_image_that_is_not_decoration_has_words() -> None:
    assert found(r"<img(?![^>]*\balt=)[^>]*>") == []


def test_styles_use_only_tokens_that_exist() -> None:
    defined = set(re.findall(r"(--[\w-]+):", TOKENS)) | {"--k", "--k-soft"}

    used = {name for path in STYLES for name in re.findall(r"var\((--[\w-]+)", path.read_text(encoding="utf-8"))}

    assert used - defined == set()
