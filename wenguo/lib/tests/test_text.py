"""Text mended, normalised, segmented and shortened."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wenguo.lib.text import (
    INDEXED_CHARACTERS,
    index_tokens,
    mend,
    normalise,
    query_tokens,
    sentence_start,
    tokens,
)

CHINESE = "变速箱异响，经销商推诿，客户要求退车并赔偿。"
LONG = "变速箱异响，经销商不理会客户投诉。我的车在高速公路上熄火了！SUV2024 mortgage\n" * 90_000  # 10 MB

chinese = st.text(
    "变速箱异响发动机舱盖漏油客户投诉退车换车赔偿经销商维修站不理会高速公路上熄火的了", min_size=1, max_size=30
)
anything = st.text(max_size=200)


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        (CHINESE.encode().decode("latin-1"), CHINESE),
        ("投诉处理".encode().decode("cp1252", "ignore") and "æŠ¥è­¦", "报警"),
        ("投诉处理".encode().decode("gbk"), "投诉处理"),
        (CHINESE.encode("gb2312").decode("latin-1"), CHINESE),
        ("donâ€™t worry", "don’t worry"),
        ("cafÃ© and naÃ¯ve", "café and naïve"),
        ("车辆 å¼\x82å\x93\x8d 严重", "车辆 异响 严重"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("nul\x00 bell\x07 tab\t", "nul\ufffd bell\ufffd tab\t"),
        ("\ud83d\ude21", "😡"),
        ("alone \ud83d", "alone \ufffd"),
        ("\ufeffmark", "mark"),
    ],
)
def test_mends_what_is_certainly_broken(broken: str, mended: str) -> None:
    assert mend(broken) == mended


@pytest.mark.parametrize(
    "text",
    [
        CHINESE,
        "正常中文，联通，锟斤拷",
        "Größe äöüß, naïve café, ÅÄÖ",
        "Ã© alone may be meant",
        "“引号”——省略……",
        "😀👨‍👩‍👧 \u202eabc <script>alert(1)</script>",
        "مرحبا שלום Привет",
        "價格€100，§3，±2℃",
    ],
)
def test_leaves_everything_else_exactly_as_written(text: str) -> None:
    assert mend(text) == text


@given(anything)
def test_mended_text_can_be_stored_and_stays_mended(text: str) -> None:
    once = mend(text)
    once.encode()
    assert "\0" not in once
    assert "\r" not in once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("變速箱異響", "变速箱异响"),
        ("ＳＵＶ　２０２４", "suv 2024"),
        ("MORTGAGE", "mortgage"),
        ("（經銷商）", "(经销商)"),
    ],
)
def test_normalises_to_one_spelling(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("變速箱異響嚴重", "变速箱 异响"),
        ("变速箱异响严重", "變速箱"),
        ("发动机舱盖漏油", "机舱"),
        ("发动机舱盖漏油", "盖"),
        ("I want to complain about my Mortgage.", "mortgage"),
        ("新款ＳＵＶ２０２４", "suv"),
        ("新款SUV2024", "suv2024"),
        ("VIN LSVAA4187C2184841", "lsvaa4187c2184841"),
        ("依据GB/T28281检测", "gb/t28281"),
        ("жалоба на сервис", "Жалоба"),
    ],
)
def test_a_query_finds_the_text(text: str, query: str) -> None:
    wanted = query_tokens(query)
    assert wanted
    assert set(wanted) <= set(index_tokens(text).split())


@pytest.mark.parametrize(("text", "query"), [("变速箱异响", "刹车"), ("mortgage", "mort"), ("变速", "变速箱")])
def test_a_query_for_something_else_does_not(text: str, query: str) -> None:
    assert not set(query_tokens(query)) <= set(tokens(text))


@given(chinese, chinese, chinese)
@settings(max_examples=300)
def test_any_piece_of_a_chinese_text_finds_it(before: str, piece: str, after: str) -> None:
    assert set(query_tokens(piece)) <= set(tokens(before + piece + after))


@given(anything)
def test_tokens_are_safe_in_both_indexes(text: str) -> None:
    found = tokens(text)
    assert all(token.isalnum() and len(token) <= 64 for token in found)
    assert index_tokens(text).split(" ") == list(dict.fromkeys(found)) or not found


def test_nothing_searchable_gives_no_tokens() -> None:
    assert query_tokens("!!! ……") == []
    assert index_tokens("") == ""


def test_a_long_word_is_cut_alike_in_index_and_query() -> None:
    assert query_tokens("x" * 5000) == tokens("x" * 3000) == ["x" * 64]


@pytest.mark.parametrize("function", [mend, normalise, index_tokens, query_tokens])
def test_ten_megabytes_take_no_more_than_a_moment(function: object) -> None:
    begun = time.process_time()
    function(LONG)  # type: ignore[operator]
    assert time.process_time() - begun < 2  # a second on a quiet machine


def test_only_the_beginning_of_a_huge_text_is_indexed() -> None:
    assert "abc" not in tokens("的" * INDEXED_CHARACTERS + " abc")


@pytest.mark.parametrize(
    ("text", "n", "expected"),
    [
        ("短句。", 20, "短句。"),
        ("我的车在高速上熄火了！非常危险。要求退车并赔偿我的全部损失", 20, "我的车在高速上熄火了！非常危险。"),
        ("没有标点的一段很长很长的文字一直写下去没有停", 10, "没有标点的一段很长…"),
        ("The car stalled on the motorway", 15, "The car…"),
        ("two\n\nlines", 20, "two lines"),
        ("", 10, ""),
    ],
)
def test_the_start_of_a_text_ends_at_a_sentence_or_a_word(text: str, n: int, expected: str) -> None:
    assert sentence_start(text, n) == expected


@given(anything, st.integers(1, 80))
def test_the_start_is_never_longer_than_asked(text: str, n: int) -> None:
    assert len(sentence_start(text, n)) <= n
