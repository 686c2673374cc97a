"""The pages of the texts: read by every colleague, changed by administrators, shown before they are sent."""

import pytest
from django.test import Client
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.lib.actors import SYSTEM
from wenguo.library.actions import install_texts
from wenguo.library.models import Article, AvoidedWord, MessageTemplate, TextModule

READING = [
    ("index", []),
    ("message", ["received"]),
    ("modules", []),
    ("words", []),
    ("articles", []),
    ("article", ["safety-first"]),
]
CHANGING = [
    ("module_new", []),
    ("module_edit", ["sorry"]),
    ("word_new", []),
    ("article_new", []),
    ("article_edit", ["safety-first"]),
]


@pytest.fixture(autouse=True)
def _texts(db: None) -> None:
    install_texts(by=SYSTEM)


@pytest.fixture
def of_ada(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def of_bob(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"library:{name}", args=args)


@pytest.mark.parametrize(("name", "args"), READING)
def test_every_colleague_reads(of_bob: Client, name: str, args: list[str]) -> None:
    assert of_bob.get(url(name, *args)).status_code == 200


@pytest.mark.parametrize(("name", "args"), CHANGING)
def test_only_administrators_open_what_changes(of_bob: Client, name: str, args: list[str]) -> None:
    assert of_bob.get(url(name, *args)).status_code == 403


@pytest.mark.parametrize(("name", "args"), CHANGING)
def test_administrators_open_what_changes(of_ada: Client, name: str, args: list[str]) -> None:
    assert of_ada.get(url(name, *args)).status_code == 200


@pytest.mark.parametrize(("name", "args"), READING + CHANGING)
def test_a_stranger_is_sent_to_sign_in(client: Client, name: str, args: list[str]) -> None:
    assert client.get(url(name, *args)).status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_message_can_be_previewed(of_ada: Client, ada: User, language: str) -> None:
    User.objects.filter(pk=ada.pk).update(language=language)
    kinds = list(MessageTemplate.objects.values_list("kind", flat=True))
    assert [of_ada.get(url("message", kind)).status_code for kind in kinds] == [200] * len(kinds)


def test_a_message_is_previewed_before_it_is_saved(of_ada: Client) -> None:
    typed = {"subject_zh": "已收到 {reference}", "subject_en": "Received", "body_zh": "谢谢。", "body_en": "Thanks."}
    page = of_ada.post(url("message", "received"), {**typed, "preview": "1"}).content.decode()
    assert "已收到 WG-2609-7F3K9Q" in page
    assert MessageTemplate.objects.get(kind="received").subject_zh != typed["subject_zh"]
    of_ada.post(url("message", "received"), typed)
    assert MessageTemplate.objects.get(kind="received").subject_zh == typed["subject_zh"]


def test_a_refused_message_keeps_what_was_typed(of_ada: Client) -> None:
    typed = {"subject_zh": "{amount}", "subject_en": "R", "body_zh": "<script>写了很久</script>", "body_en": "T"}
    answer = of_ada.post(url("message", "received"), typed)
    assert answer.status_code == 422
    assert "&lt;script&gt;写了很久&lt;/script&gt;" in answer.content.decode()


def test_a_reader_cannot_post(of_bob: Client) -> None:
    typed = {"subject_zh": "x", "subject_en": "x", "body_zh": "x", "body_en": "x"}
    assert of_bob.post(url("message", "received"), typed).status_code == 403
    assert MessageTemplate.objects.get(kind="received").subject_zh != "x"


def test_a_module_a_word_and_an_article_are_added(of_ada: Client) -> None:
    names = {"name_zh": "新", "name_en": "New", "body_zh": "您好", "body_en": "Hello"}
    of_ada.post(url("module_new"), {**names, "shortcut": "hello", "is_active": "on"})
    of_ada.post(url("word_new"), {"word": "活该", "better_zh": "很抱歉", "better_en": "Sorry"})
    article = {**names, "code": "new-one", "audience": "public", "keywords": "新，车；问题", "issues": ["engine"]}
    of_ada.post(url("article_new"), article)
    assert TextModule.objects.get(shortcut="hello").body_zh == "您好"
    assert AvoidedWord.objects.get(word="活该").better_zh == "很抱歉"
    saved = Article.objects.get(code="new-one")
    assert (saved.keywords, saved.issues, saved.is_published) == (["新", "车", "问题"], ["engine"], False)


def test_a_draft_article_is_seen_by_those_who_may_change_it(client: Client, ada: User, bob: User) -> None:
    Article.objects.filter(code="safety-first").update(is_published=False)
    client.force_login(bob)
    assert client.get(url("article", "safety-first")).status_code == 404
    assert "safety-first" not in client.get(url("articles")).content.decode()
    client.force_login(ada)
    assert client.get(url("article", "safety-first")).status_code == 200


def test_a_word_is_tried_and_removed(of_ada: Client) -> None:
    page = of_ada.get(url("words"), {"text": "这是规定"})
    assert [hit.word for hit in page.context["hits"]] == ["这是规定"]
    word = AvoidedWord.objects.get(word="这是规定")
    of_ada.post(url("word_remove", word.pk))
    assert not AvoidedWord.objects.filter(pk=word.pk).exists()
