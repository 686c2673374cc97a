"""China's provinces as a grid of equal tiles, roughly where they lie: no map shapes, no borders to get wrong. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Province:
    """Short name, English name, column from the west, row from the north."""

    zh: str
    en: str
    column: int
    row: int


_ROWS = """
黑龙江 Heilongjiang 7 0|内蒙古 Inner_Mongolia 5 1|吉林 Jilin 7 1|新疆 Xinjiang 0 2|北京 Beijing 5 2|天津 Tianjin 6 2
辽宁 Liaoning 7 2|青海 Qinghai 1 3|甘肃 Gansu 2 3|宁夏 Ningxia 3 3|山西 Shanxi 4 3|河北 Hebei 5 3|山东 Shandong 6 3
西藏 Tibet 0 4|陕西 Shaanxi 3 4|河南 Henan 4 4|安徽 Anhui 5 4|江苏 Jiangsu 6 4|上海 Shanghai 7 4|四川 Sichuan 2 5
重庆 Chongqing 3 5|湖北 Hubei 4 5|江西 Jiangxi 5 5|浙江 Zhejiang 6 5|云南 Yunnan 1 6|贵州 Guizhou 2 6|湖南 Hunan 4 6
福建 Fujian 6 6|台湾 Taiwan 7 6|广西 Guangxi 3 7|广东 Guangdong 4 7|香港 Hong_Kong 5 7|澳门 Macao 4 8|海南 Hainan 3 8
"""


def _read(entry: str) -> Province:
    zh, en, column, row = entry.split()
    return Province(zh, en.replace("_", " "), int(column), int(row))


PROVINCES: tuple[Province, ...] = tuple(_read(entry) for line in _ROWS.split("\n") if line for entry in line.split("|"))


def province_of(text: str) -> Province | None:
    """The province a unit's entry names: 上海, 上海市, 广西壮族自治区, Shanghai; None for anything else."""
    wanted = text.strip()
    return next((one for one in PROVINCES if wanted.startswith(one.zh) or wanted.lower() == one.en.lower()), None)
