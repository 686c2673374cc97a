"""Who signs for which amount; words-only remedies; no strings attached."""

from decimal import Decimal

import pytest

from wenguo.resolution.rules import Limit, Signatures, is_words_only, signatures_for, strings_attached

LIMITS = [
    Limit("agent", Decimal(200), False, False),
    Limit("unit_handler", Decimal(500), False, False),
    Limit("team_lead", Decimal(2000), False, True),
    Limit("duty_manager", Decimal(10_000), False, True),
    Limit("manager", Decimal(200_000), True, True),
]


@pytest.mark.parametrize(
    ("amount", "roles", "expected"),
    [
        ("0", [], Signatures("", 0)),
        ("300", ["unit_handler"], Signatures("", 0)),
        ("500", ["unit_handler"], Signatures("", 0)),
        ("500.01", ["unit_handler"], Signatures("team_lead", 1)),
        ("300", ["agent"], Signatures("team_lead", 1)),
        ("100", ["dealer_user"], Signatures("team_lead", 1)),
        ("1500", ["team_lead"], Signatures("team_lead", 1)),
        ("2000.01", ["team_lead"], Signatures("duty_manager", 1)),
        ("10000.01", ["unit_handler"], Signatures("manager", 2)),
        ("200000.01", ["manager"], None),
    ],
)
def test_the_smallest_role_that_covers_signs(amount: str, roles: list[str], expected: Signatures | None) -> None:
    assert signatures_for(Decimal(amount), LIMITS, roles) == expected


@pytest.mark.parametrize(
    ("path", "amount", "expected"),
    [
        ("/information/information-written/", "0", True),
        ("/apology/", "0", True),
        ("/apology/", "100", False),
        ("/repair/repair-free/", "0", False),
    ],
)
def test_an_explanation_without_money_needs_no_performance(path: str, amount: str, expected: bool) -> None:
    assert is_words_only(path, Decimal(amount)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("请您撤回在12315的投诉，我们即可退款。", ["regulator"]),
        ("在您撤销投诉后才支付补偿", ["regulator"]),
        ("If you withdraw your complaint to the regulator, we refund.", ["regulator"]),
        ("请删除您发布的视频", ["posts"]),
        ("补偿的前提是删帖", ["posts"]),
        ("请给五星好评", ["rating"]),
        ("回访时请打10分", ["rating"]),
        ("双方同意对刹车问题保密，不得对外透露", ["silence"]),
        ("You agree to keep this confidential.", ["silence"]),
        ("如撤诉并删除差评，我们补偿500元", ["regulator", "posts"]),
        ("领取补偿无需撤回任何投诉。", []),
        ("本方案不以删除帖子为条件。", []),
        ("You need not withdraw any complaint.", []),
        ("我们已取消本次收费，并免费更换变速箱。请您确认时间。", []),
        ("请您看一看，告诉我们是否接受。您也可以向12315投诉。", []),
        ("请保留好维修工单。", []),
    ],
)
def test_strings_are_found_and_denials_are_not(text: str, expected: list[str]) -> None:
    assert strings_attached(text) == expected
