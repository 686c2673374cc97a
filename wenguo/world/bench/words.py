"""Words of complaints for `bench load`: sentences put together anew, with their search tokens beside them.

Segmenting a text takes longer than writing its rows. Every sentence ends in a full stop, so no word reaches over its
end: the tokens of a text are those of its sentences, and those are known beforehand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from wenguo.lib.text import tokens
from wenguo.world.demo.texts import CLOSINGS, DEMANDS, SYMPTOMS


def _words(text: str) -> list[str]:
    return text.split()


_WHERE = _words(
    "在店里 在高速上 在小区地库 上班路上 送孩子途中 回老家的路上 在充电站 在山路上 下雨天 低温早晨 "
    "在洗车以后 在加油站 跑长途时 堵车的时候 倒车入库时 在收费站前 刚提车那周 保养第二天 停放一夜后 "
    "暴晒之后"
)
_WHEN = _words(
    "上周三 前天晚上 这个月初 国庆假期 春节前后 入夏以后 昨天中午 月底那天 周末一早 半个月前 提车满月时 "
    "第一次保养后 第二次进厂后 换季的时候 过完年 双十一那天 清明回来 入冬第一场雪 年检之前 上次来电之后"
)
_PARTS = _words(
    "鼓风机 压缩机 冷凝器 正时链条 水泵 发电机 起动机 节气门 喷油嘴 涡轮增压器 变速箱油底壳 阀体 离合器 "
    "半轴 下摆臂 减震器 刹车盘 刹车片 轮毂轴承 转向机 方向机助力泵 天窗滑轨 门锁电机 后视镜 雨刮电机 "
    "中控屏 仪表总成 倒车影像 雷达探头 蓄电池 高压线束 电芯模组 充电口盖 座椅骨架 安全带卡扣 轮胎 钢圈 "
    "保险杠 前大灯 尾灯"
)
_ADVICE = _words(
    "说要等总部授权 说是正常现象 让我再观察一段时间 说系统里查不到记录 要我自己出一半的钱 说配件下周才到 "
    "让我找厂家 说已经过了包修期 开了工单却没人联系 拆开看了又装回去 只做了软件升级 说要请专家会诊 "
    "说先换一个试试 没有给书面说明"
)
_TIMES = tuple(f"第{n}次" for n in "一二三四五六七八九")
_PLACES = _words(
    "青岛 济南 烟台 潍坊 临沂 上海 苏州 无锡 常州 南通 杭州 宁波 温州 合肥 芜湖 南昌 赣州 福州 厦门 泉州 "
    "广州 深圳 东莞 佛山 珠海 南宁 柳州 海口 长沙 株洲 武汉 宜昌 郑州 洛阳 西安 咸阳 兰州 银川 西宁 "
    "乌鲁木齐 成都 绵阳 重庆 贵阳 遵义 昆明 大理 北京 天津 石家庄 保定 太原 大同 呼和浩特 包头 沈阳 大连 "
    "长春 吉林 哈尔滨 齐齐哈尔"
)
_ENGLISH = (
    "The noise came back the same evening.",
    "Nobody called me back.",
    "The quote was half of what I was charged.",
    "I was told it is normal and should wait.",
    "The car has been in the workshop for three weeks.",
    "Please give me an answer in writing.",
    "My children are in this car every day.",
    "This is the third visit.",
)


@dataclass(frozen=True)
class Text:
    """Words and what they are found by."""

    words: str
    tokens: tuple[str, ...]

    def __add__(self, other: "Text") -> "Text":
        return Text(self.words + other.words, self.tokens + other.tokens)


@cache
def sentence(words: str) -> Text:
    """A whole sentence, its full stop included."""
    return Text(words, tuple(dict.fromkeys(tokens(words))))


def complaint_words(dice: Random, group: str, language: str) -> Text:
    """What somebody says about an issue of this group; one in a hundred names an order number nobody else has."""
    if language == "en":
        return _joined([sentence(f"{one} ") for one in dice.sample(_ENGLISH, 4)])
    said = [
        sentence(f"{dice.choice(_WHEN)}{dice.choice(_WHERE)}，"),
        sentence(f"{dice.choice(_symptoms()[group])}。"),
        sentence(f"{dice.choice(_PLACES)}的店{dice.choice(_ADVICE)}。"),
        sentence(f"这是{dice.choice(_TIMES)}为{dice.choice(_PARTS)}的事找你们。"),
        sentence(f"{dice.choice(_PARTS)}也{dice.choice(('有问题', '换过一次', '没有查清楚'))}。"),
        sentence(f"我的要求：{dice.choice(DEMANDS)[0]}。"),
        sentence(dice.choice(CLOSINGS)),
    ]
    if dice.random() < 0.01:
        said.append(_order(dice.randrange(16**6)))
    return _joined(said)


def complaint_title(dice: Random, product: Text, group: str) -> Text:
    return product + sentence(f"：{dice.choice(_symptoms()[group])}")


def _order(number: int) -> Text:
    """A rare word: found by very few."""
    words = f"工单号 RO{number:06X}。"
    return Text(words, tuple(dict.fromkeys(tokens(words))))


def _joined(parts: list[Text]) -> Text:
    return Text("".join(one.words for one in parts), tuple(token for one in parts for token in one.tokens))


@cache
def _symptoms() -> Mapping[str, tuple[str, ...]]:
    """What goes wrong, by group of issue."""
    found: dict[str, tuple[str, ...]] = {}
    for issue, said in SYMPTOMS.items():
        group = issue.partition("-")[0]
        found[group] = found.get(group, ()) + said
    return found
