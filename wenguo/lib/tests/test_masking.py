"""Personal details masked, alone and in free text."""

import pytest

from wenguo.lib.masking import mask_address, mask_email, mask_id, mask_name, mask_personal, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张伟", "张*"), ("张小伟", "张**"), ("欧阳娜娜", "欧阳**"), ("John Smith", "J*** S****"), ("张", "*"), ("", "")],
)
def test_masks_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+8613812346021", "138****6021"),
        ("138 1234 6021", "138****6021"),
        ("+861065529988", "010****9988"),
        ("+864008108888", "400****8888"),
        ("+442079460958", "442****0958"),
        ("95533", "****33"),
        ("110", "****"),
    ],
)
def test_masks_phone_numbers(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


def test_masks_addresses_of_mail_and_houses_and_identity_numbers() -> None:
    assert mask_email("zhang.wei@example.com") == "z***@example.com"
    assert mask_email("broken") == "***"
    assert mask_id("11010519491231002X") == "1****************X"
    assert mask_address("浙江省杭州市西湖区文三路12号") == "浙江省杭州市西湖区****"
    assert mask_address("广东省东莞市长安镇1号") == "广东省东莞市****"
    assert mask_address("12 High Street, London") == "****, London"
    assert mask_address("文三路") == "****"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("电话13812346021，谢谢", "电话138****6021，谢谢"),
        ("tel +86 138-1234-6021.", "tel 138****6021."),
        ("１３８１２３４６０２１", "138****6021"),
        ("13812346021 13912346022", "138****6021 139****6022"),
        ("2026-09-22 13812346021", "2026-09-22 138****6021"),
        ("座机010-65529988或(021)65432100", "座机010****9988或021****2100"),
        ("身份证11010519491231002x。", "身份证1****************x。"),
        ("卡号4111 1111 1111 1111", "卡号****1111"),
        ("卡号6222021234567890128", "卡号****0128"),
        ("写信zhang.wei@qq.com吧", "写信z***@qq.com吧"),
    ],
)
def test_masks_personal_numbers_in_free_text(text: str, masked: str) -> None:
    assert mask_personal(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "VIN LSVAA4187C2184841",
        "WG-2609-7F3K9Q",
        "2026-09-22 10:00",
        "里程 123456 公里",
        "订单 1234567890123456",
        "¥12,800.00",
    ],
)
def test_leaves_other_numbers_alone(text: str) -> None:
    assert mask_personal(text) == text
