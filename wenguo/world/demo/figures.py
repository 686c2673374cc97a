"""Names, numbers and cars of the demo world. Every number is made up; the seed makes it the same each time."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
GIVEN = (
    *"伟芳娜敏静丽强磊洋艳勇军杰娟涛超明霞平刚",
    *("桂英", "建华", "志强", "晓梅", "海燕", "国庆", "子轩", "雨桐"),
    *("思远", "佳怡", "文博", "春梅", "立新", "玉兰", "浩然", "欣悦"),
)
FIRMS = ("蓝湾物流有限公司", "启程汽车租赁", "金穗农业合作社", "城北出租车队", "明德学校车队")
# Bought before the first complaint of the story
DAYS_BEFORE = 130
_MODELS = (
    ("haichuan-m7-2023", 26), ("haichuan-m7-2024", 14), ("haichuan-m7-2025", 8), ("haichuan-m5-2023", 12),
    ("haichuan-m5-2024", 10), ("haichuan-x3-2022", 8), ("haichuan-x3-2024", 9), ("haichuan-e6-2024", 12),
    ("haichuan-e6-2025", 9), ("haichuan-e3-2025", 6), ("haichuan-v9-2024", 6),
)  # fmt: skip
_ISSUES = (
    ("aircon-noise", 14), ("aircon-blower", 8), ("aircon-cooling", 6), ("gearbox-jerk", 13), ("gearbox-noise", 9),
    ("gearbox-slip", 3), ("engine-noise", 8), ("engine-shake", 7), ("engine-oil", 8), ("engine-stall", 5),
    ("engine-power", 4), ("engine-lamp", 8), ("brakes-noise", 8), ("brakes-weak", 3), ("chassis-noise", 8),
    ("chassis-suspension", 4), ("body-paint", 5), ("body-leak", 6), ("body-smell", 5), ("electrics-infotainment", 14),
    ("electrics-battery", 8), ("electrics-sensors", 5), ("attitude-rude", 7), ("attitude-ignored", 10),
    ("repair-again", 14), ("repair-damage", 4), ("repair-diagnosis", 6), ("refusal-warranty", 8),
    ("refusal-silence", 7), ("price-quote", 12), ("price-drop", 5), ("price-forced", 5), ("parts-wait", 9),
    ("parts-quality", 4), ("delivery-late", 7), ("delivery-mismatch", 3), ("promise-gift", 7), ("promise-deposit", 6),
    ("advertising-range", 4), ("upgrade-ota", 5), ("upgrade-rescue", 4),
)  # fmt: skip
_ELECTRIC = (("traction-range", 8), ("traction-charging", 7), ("traction-power-cut", 3))
_CHANNELS = (
    ("phone", 46), ("web", 26), ("wechat", 9), ("dealer", 6), ("counter", 4), ("email", 4), ("letter", 2),
    ("regulator", 3),
)  # fmt: skip


def weighted(dice: Random, rows: tuple[tuple[str, int], ...]) -> str:
    return dice.choices([name for name, _weight in rows], [weight for _name, weight in rows])[0]


@dataclass(frozen=True)
class Buyer:
    """Somebody who owns a car of ours."""

    name: str
    phone: str
    email: str
    is_firm: bool
    is_key: bool
    model: str
    vin: str
    bought_on: date
    dealer: str
    mileage_km: int


def buyer(dice: Random, number: int, today: date) -> Buyer:
    """The number makes the phone number unique; about one in four gave an e-mail address."""
    is_firm = dice.random() < 0.05
    name = dice.choice(FIRMS) if is_firm else dice.choice(SURNAMES) + dice.choice(GIVEN)
    return Buyer(
        name=name,
        phone=f"1{dice.choice('3578')}{dice.randint(0, 9)}0{number:07d}",
        email=f"owner{number}@mail.example" if dice.random() < 0.25 else "",
        is_firm=is_firm,
        is_key=dice.random() < 0.12,
        model=weighted(dice, _MODELS),
        vin="LHC" + "".join(dice.choice("0123456789ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(14)),
        bought_on=today - timedelta(days=dice.randint(DAYS_BEFORE, 1200)),
        dealer=dice.choice(("QINGDAO", "GUANGZHOU")),
        mileage_km=dice.randint(8, 900) * 100,
    )


def regular(dice: Random, number: int, today: date) -> Buyer:
    """A key customer of many years."""
    return replace(buyer(dice, number, today), is_key=True, bought_on=today - timedelta(days=dice.randint(600, 1500)))


def issue_for(dice: Random, model: str) -> str:
    electric = model.startswith(("haichuan-e6", "haichuan-e3"))
    rows = tuple(row for row in _ISSUES if not (electric and row[0].startswith(("engine", "gearbox"))))
    return weighted(dice, rows + (_ELECTRIC if electric else ()))


def channel_for(dice: Random) -> str:
    return weighted(dice, _CHANNELS)
