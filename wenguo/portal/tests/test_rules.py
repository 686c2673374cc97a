"""What looks like spam, what is kept as written, how a stage reads."""

import pytest

from wenguo.complaints.choices import Status
from wenguo.portal.choices import Suspicion
from wenguo.portal.rules import as_written, step_reached, suspicions
from wenguo.process.choices import Stage

HONEST = "贷款买的车，发票开错了金额，4S 店让我加微信联系销售，一直没人理。http://example.com/photo"


@pytest.mark.parametrize(
    ("words", "given", "expected"),
    [
        pytest.param(HONEST, {}, [], id="an honest complaint about loans and invoices"),
        pytest.param("😡😡😡 刹车失灵", {}, [], id="emoji"),
        pytest.param("العربية <script>", {}, [], id="right to left and markup"),
        pytest.param("刹车失灵", {"trap": "x"}, [Suspicion.TRAP], id="trap"),
        pytest.param("刹车失灵", {"seconds": 1.0}, [Suspicion.FAST], id="fast"),
        pytest.param("看 www.a.cn www.b.cn https://c.cn", {}, [Suspicion.LINKS], id="links"),
        pytest.param("刹车失灵", {"others": ["http://a.cn"]}, [Suspicion.LINKS], id="a link for a name"),
        pytest.param("代开发票，棋牌", {}, [Suspicion.ADVERTISING], id="advertising"),
        pytest.param("!!! 123 ???", {}, [Suspicion.NO_WORDS], id="no words"),
    ],
)
def test_suspicions(words: str, given: dict[str, object], expected: list[Suspicion]) -> None:
    assert suspicions(words, **{"seconds": 60.0, **given}) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("nul\0 bell\x07 tab\t", "nul\ufffd bell\ufffd tab\t"),
        ("half \ud83d", "half \ufffd"),
        ("😡 ‮مرحبا <script>alert(1)</script> Ã©", "😡 ‮مرحبا <script>alert(1)</script> Ã©"),
    ],
)
def test_everything_typed_is_kept_as_written(typed: str, kept: str) -> None:
    assert as_written(typed) == kept


@pytest.mark.parametrize(
    ("stage", "status", "step"),
    [
        (Stage.ACCEPT, Status.OPEN, 1),
        (Stage.ASSIGN, Status.OPEN, 1),
        (Stage.CAUSE, Status.WAITING, 2),
        (Stage.FEED_BACK, Status.SECOND_REVIEW, 3),
        (Stage.CALL_BACK, Status.HANDLED, 4),
        (Stage.IMPROVE, Status.CLOSED, 5),
        (Stage.IMPROVE, Status.NOT_ACCEPTED, 5),
    ],
)
def test_the_step_a_complaint_has_reached(stage: Stage, status: Status, step: int) -> None:
    assert step_reached(stage, status) == step
