"""Messages to complainants: filled in both languages, warm, without a gap where a value is missing."""

import pytest
from django.test import override_settings

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.library.actions import change_message, install_texts
from wenguo.library.models import Article, AvoidedWord, MessageTemplate, TextModule
from wenguo.library.queries import UnfilledTextError, render_message
from wenguo.library.rules import placeholders
from wenguo.library.texts import read_texts

STANDARD = {
    "reference": "WG-2609-7F3K9Q",
    "title": "空调异响",
    "company": "海川汽车",
    "promised": "2026年9月8日 18:00",
    "link": "https://example.com/t/1",
}


@pytest.mark.parametrize("text", read_texts("messages"), ids=lambda text: text["kind"])
def test_every_message_says_which_values_it_fills(text: dict[str, object]) -> None:
    bodies = " ".join(str(text[key]) for key in ("subject_zh", "subject_en", "body_zh", "body_en"))
    declared = set(text["values"])  # type: ignore[call-overload]
    assert placeholders(bodies) <= declared


def test_there_are_enough_texts(db: None) -> None:
    install_texts(by=SYSTEM)
    assert MessageTemplate.objects.count() >= 20
    assert TextModule.objects.count() >= 12
    assert AvoidedWord.objects.count() >= 20
    assert Article.objects.filter(audience="public", is_published=True).count() >= 8


def test_a_second_installation_adds_nothing_and_keeps_what_people_wrote(db: None) -> None:
    install_texts(by=SYSTEM)
    MessageTemplate.objects.filter(kind="received").update(subject_zh="已收到")
    assert install_texts(by=SYSTEM) == 0
    assert MessageTemplate.objects.get(kind="received").subject_zh == "已收到"


def test_a_message_is_filled_in_the_readers_language(db: None) -> None:
    subject, body = render_message("accepted", "zh-hans", **STANDARD)
    assert subject == "您的投诉已受理（WG-2609-7F3K9Q）"
    assert "承诺完成时间：2026年9月8日 18:00" in body
    assert body.endswith("海川汽车 客户服务中心\n投诉编号：WG-2609-7F3K9Q")
    assert render_message("accepted", "en", **STANDARD)[0] == "Your complaint has been accepted (WG-2609-7F3K9Q)"


def test_an_empty_value_takes_its_line_out(db: None) -> None:
    _subject, body = render_message("accepted", "zh-hans", **STANDARD | {"promised": ""})
    assert "承诺完成时间" not in body
    assert "{" not in body


def test_a_value_nobody_gives_is_an_error_in_tests(db: None) -> None:
    with pytest.raises(UnfilledTextError, match="asks for question"):
        render_message("more_needed", "zh-hans", **STANDARD)


@override_settings(STRICT_TEXTS=False)
def test_a_value_nobody_gives_goes_unnoticed_by_the_reader(db: None) -> None:
    _subject, body = render_message("more_needed", "zh-hans", **STANDARD)
    assert "{question}" not in body


@override_settings(STRICT_TEXTS=False)
def test_an_unknown_kind_still_says_what_it_is_about(db: None) -> None:
    assert render_message("no-such-kind", "en", **STANDARD)[0] == "海川汽车 WG-2609-7F3K9Q"


def test_what_a_complainant_wrote_cannot_pull_in_other_values(db: None) -> None:
    _subject, body = render_message("accepted", "zh-hans", **STANDARD | {"title": "{link} {reference}"})
    assert "{link} {reference}" in body


def test_the_companys_wording_wins(db: None, ada: User) -> None:
    install_texts(by=SYSTEM)
    template = MessageTemplate.objects.get(kind="closed")
    texts = {"subject_zh": "已结案 {reference}", "subject_en": "Closed", "body_zh": "谢谢您。", "body_en": "Thank you."}
    change_message(template, **texts, by=ada)
    assert render_message("closed", "zh-hans", **STANDARD) == ("已结案 WG-2609-7F3K9Q", "谢谢您。")
    assert AuditEntry.objects.filter(chain="library", event="message.changed").count() == 1


def test_an_unknown_placeholder_is_refused(db: None, ada: User) -> None:
    install_texts(by=SYSTEM)
    template = MessageTemplate.objects.get(kind="closed")
    texts = {"subject_zh": "{amount}", "subject_en": "Closed", "body_zh": "谢谢。", "body_en": "Thank you."}
    with pytest.raises(Refused) as refused:
        change_message(template, **texts, by=ada)
    template.refresh_from_db()
    assert refused.value.field == "subject_zh"
    assert template.subject_zh == "您的投诉已结案（{reference}）"


def test_stranger_cannot_change_a_message(db: None, wang: User) -> None:
    install_texts(by=SYSTEM)
    template = MessageTemplate.objects.get(kind="closed")
    texts = {"subject_zh": "x", "subject_en": "x", "body_zh": "x", "body_en": "x"}
    with pytest.raises(NotAllowed):
        change_message(template, **texts, by=wang)
    assert MessageTemplate.objects.get(kind="closed").subject_zh != "x"
