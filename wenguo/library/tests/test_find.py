"""Finding text: words that inflame, articles for a problem, blocks of a body."""

import pytest

from wenguo.accounts.models import User
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import Refused
from wenguo.library.actions import install_texts, save_article, save_avoided_word, save_module
from wenguo.library.models import Article, AvoidedWord, TextModule
from wenguo.library.queries import articles_for, avoided_in, modules
from wenguo.library.rules import Block, blocks, fill, hits


def test_words_that_inflame_are_found_where_they_stand(db: None) -> None:
    install_texts(by=SYSTEM)
    found = avoided_in("这是规定，您冷静一下。")
    assert [(hit.word, hit.start) for hit in found] == [("这是规定", 0), ("您冷静一下", 5)]
    assert found[1].better == "我听着，您慢慢说"


def test_our_own_modules_hold_no_word_to_avoid(db: None) -> None:
    install_texts(by=SYSTEM)
    wrong = [(module.shortcut, hit.word) for module in modules() for hit in avoided_in(module.body_zh + module.body_en)]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高速上刹车突然失灵", "safety-first"),
        ("修了又坏，已经第三次维修", "repaired-again"),
        ("定金不退", "order-and-delivery"),
    ],
)
def test_an_article_is_found_for_what_somebody_writes(db: None, text: str, expected: str) -> None:
    install_texts(by=SYSTEM)
    assert articles_for(text)[0].code == expected


def test_the_issue_weighs_more_than_words(db: None) -> None:
    install_texts(by=SYSTEM)
    assert articles_for("隐私", issue="price-quote")[0].code == "price-differs"


def test_articles_for_colleagues_and_unpublished_ones_stay_inside(db: None) -> None:
    install_texts(by=SYSTEM)
    assert articles_for("六步 话术 沟通") == []
    Article.objects.filter(code="safety-first").update(is_published=False)
    assert "safety-first" not in [article.code for article in articles_for("刹车失灵")]


def test_overlapping_words_are_both_found() -> None:
    assert [hit.word for hit in hits("No company policy", [("policy", ""), ("company policy", "")])] == [
        "company policy",
        "policy",
    ]


def test_a_body_is_paragraphs_and_points() -> None:
    body = "One.\nTwo.\n\n- a\n- b\n\nThree."
    assert blocks(body) == [
        Block(("One.", "Two."), is_list=False),
        Block(("a", "b"), is_list=True),
        Block(("Three.",), is_list=False),
    ]


def test_filling_says_what_is_missing() -> None:
    assert fill("a {x} {y}", {"x": "1"}).missing == ("y",)


def test_a_module_is_added_and_changed(db: None, ada: User) -> None:
    texts = {"name_zh": "问候", "name_en": "Greeting", "body_zh": "您好", "body_en": "Hello", "is_active": True}
    module = save_module(None, by=ada, shortcut="hello", **texts)
    save_module(module, by=ada, shortcut="hello", **texts | {"is_active": False})
    assert modules() == []


def test_two_modules_never_share_a_shortcut(db: None, ada: User) -> None:
    texts = {"name_zh": "问候", "name_en": "Greeting", "body_zh": "您好", "body_en": "Hello", "is_active": True}
    save_module(None, by=ada, shortcut="hello", **texts)
    with pytest.raises(Refused) as refused:
        save_module(None, by=ada, shortcut="hello", **texts)
    assert (refused.value.field, TextModule.objects.count()) == ("shortcut", 1)


def test_an_empty_word_is_refused(db: None, ada: User) -> None:
    with pytest.raises(Refused):
        save_avoided_word(None, by=ada, word=" ", better_zh="", better_en="")
    assert not AvoidedWord.objects.exists()


def test_an_article_too_long_is_refused(db: None, ada: User) -> None:
    texts = {"name_zh": "长", "name_en": "Long", "body_zh": "长" * 20_001, "body_en": "x", "audience": "public"}
    with pytest.raises(Refused):
        save_article(None, by=ada, code="long", **texts, keywords=[], issues=[], is_published=False)
    assert not Article.objects.exists()
