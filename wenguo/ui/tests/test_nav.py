from wenguo.ui.nav import NavItem, mark_current

ITEMS = [
    NavItem("home", "今日", "home", "/desk/"),
    NavItem("complaints", "投诉", "inbox", "/desk/complaints/", match=("/desk/drafts/",)),
]


def test_the_deepest_place_is_the_current_one() -> None:
    assert [item.key for item in mark_current(ITEMS, "/desk/complaints/7/") if item.current] == ["complaints"]


def test_a_place_answers_for_more_than_its_own_address() -> None:
    assert [item.key for item in mark_current(ITEMS, "/desk/drafts/") if item.current] == ["complaints"]


def test_elsewhere_nothing_is_current() -> None:
    assert not any(item.current for item in mark_current(ITEMS, "/accounts/"))
