"""The catalogue tool: what it finds, keeps, borrows and complains about."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from wenguo.ui.management import catalogues as cat

TEMPLATE = """{% load i18n %}
  <p>{% translate "It is 100% fine" %} {{ _("by variable") }}</p>
{% blocktranslate trimmed count n=n %}
  One complaint of {{ name }}
{% plural %}
  {{ n }} complaints of {{ name }}
{% endblocktranslate %}
{% translate "May" context "month" %}"""
CODE = """from django.utils.translation import gettext_lazy as _, ngettext
HELLO = _("Hello %(name)s")
DAYS = ngettext("{n} day", "{n} days", 3)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    pages = tmp_path / "wenguo/desk/templates/desk"
    pages.mkdir(parents=True)
    (pages / "home.html").write_text(TEMPLATE)
    (tmp_path / "wenguo/desk/views.py").write_text(CODE)
    (tmp_path / "wenguo/desk/tests").mkdir()
    (tmp_path / "wenguo/desk/tests/test_x.py").write_text('_("only in a test")')
    return tmp_path


def chinese(root: Path, translations: dict[str, str]) -> Catalog:
    catalogue = cat.updated(cat.extracted("desk", root), cat.load("desk", "zh_Hans", root), [], "zh_Hans")
    for text, translation in translations.items():
        message = catalogue.get(text)
        assert message is not None
        message.string = (translation,) if message.pluralizable else translation
    return catalogue


def test_finds_what_code_and_templates_show(root: Path) -> None:
    found = {(message.context, message.id) for message in cat.extracted("desk", root) if message.id}
    assert found == {
        (None, "It is 100%% fine"),
        (None, "by variable"),
        (None, ("One complaint of %(name)s", "%(n)s complaints of %(name)s")),
        ("month", "May"),
        (None, "Hello %(name)s"),
        (None, ("{n} day", "{n} days")),
    }


def test_english_is_filled_and_complete(root: Path) -> None:
    english = cat.updated(cat.extracted("desk", root), cat.load("desk", "en", root), [], "en")
    assert list(cat.faults(english)) == []


def test_a_second_run_writes_the_same_bytes(root: Path) -> None:
    path = cat.file_of("desk", "zh_Hans", root)
    cat.save(path, cat.as_text(chinese(root, {"by variable": "按变量"}), "zh_Hans"))
    assert cat.save(path, cat.as_text(chinese(root, {}), "zh_Hans")) is False
    assert 'msgstr "按变量"' in path.read_text()


def test_blanks_are_named(root: Path) -> None:
    assert "no translation: 'by variable'" in list(cat.faults(chinese(root, {})))


def test_a_lost_placeholder_is_named(root: Path) -> None:
    catalogue = chinese(root, {"Hello %(name)s": "你好", "{n} day": "{days} 天"})
    assert {"placeholders differ: 'Hello %(name)s'", "placeholders differ: '{n} day'"} <= set(cat.faults(catalogue))


def test_a_translation_of_another_room_is_taken_over(root: Path) -> None:
    elsewhere = chinese(root, {"by variable": "按变量"})
    new = cat.updated(cat.extracted("desk", root), cat.load("desk", "zh_Hans", root), [elsewhere], "zh_Hans")
    message = new.get("by variable")
    assert message is not None
    assert message.string == "按变量"


def test_two_translations_of_one_text_are_named(root: Path) -> None:
    rooms = {"desk": chinese(root, {"by variable": "按变量"}), "portal": chinese(root, {"by variable": "变量"})}
    assert list(cat.differences(rooms)) == ["desk says '按变量', portal says '变量': 'by variable'"]
