"""Words people praise and blame with, in Chinese and English, and whether one is denied. A start for small files; what
a training file says about its own words comes on top."""

import re
from collections.abc import Sequence

import numpy as np

from wenguo.mining.lib.measures import Floats

PRAISE = """
好 很好 不错 满意 喜欢 爱 值 值得 实惠 划算 便宜 给力 强 强劲 充沛 足 够用 充足 舒服 舒适 安静 静 稳 稳重 平稳
平顺 顺滑 顺畅 精准 扎实 厚实 结实 安全 放心 省油 省 低 大气 漂亮 好看 帅 霸气 时尚 精致 高档 豪华 宽敞 宽大
灵活 轻松 轻盈 实用 方便 齐全 丰富 完美 优秀 出色 无敌 牛 牛逼 赞 棒 最好 第一 靠谱 可靠 耐用 信赖 享受 爽
过瘾 惊喜 惊艳 合适 合理 超值 性价比高 到位 跟手 清晰 细腻 柔软 厉害 领先 优势 经典 神车 良心 恭喜 开心 高兴
淡定 从容 没问题 没毛病 完胜 秒杀 吊打 突出 优异 有力 迅猛 快 提速快 省心 一流 强大 足够 绰绰有余 不吃力 不累
不费油 不贵 不差 可以接受 可以 还行 还可以 挺好 热情 耐心 及时 专业 感谢 good great excellent happy satisfied
thanks quick helpful love perfect cheap worth
"""
BLAME = """
差 很差 太差 烂 垃圾 渣 坑 坑爹 贵 太贵 偏高 费油 油老虎 油耗高 吵 噪音大 噪音 异响 响 抖 抖动 顿挫 肉 迟钝 慢
弱 无力 不足 吃力 太硬 颠 颠簸 累 太小 窄 挤 压抑 丑 难看 土 老气 老土 廉价 塑料 粗糙 简陋 寒酸 少 缺 没有
不值 不好 不行 不够 不满意 不满 不喜欢 不爽 不舒服 不方便 不实用 失望 郁闷 后悔 伤心 悲剧 悲催 可惜 遗憾 鸡肋
缺点 毛病 问题 故障 坏 漏 漏油 生锈 锈 失灵 失控 危险 不安全 担心 害怕 恐怖 吓人 无语 忽悠 骗 黑 宰 加价 涨价
减配 缩水 落后 过时 堪忧 硬伤 短板 吐槽 受不了 忍受 难受 头疼 晕 臭 异味 味道大 气味 甲醛 飘 漂 侧倾 跑偏 打滑
断轴 召回 烧机油 熄火 不灵 难用 难开 笨重 沉 死硬 忒高 太高 太大 太少 太低 惨 呵呵 抠 抠门 坑人 弱爆 最差 不如
比不上 差远 推诿 敷衍 拖延 欺骗 态度差 bad worse worst terrible awful broken slow rude angry disappointed
refuse refused never fraud wrong expensive useless
"""
_ASKING = ("？", "?", "吗", "多少", "怎么", "什么")
_MANY = 3

_praise, _blame = frozenset(PRAISE.split()), frozenset(BLAME.split())
_longest_first = sorted(_praise | _blame, key=lambda word: (-len(word), word))
_words = re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in _longest_first))
_denied = re.compile(r"(不|没|无|别|不太|不是|不算|没有|未|not |no |never )$")


def counts(texts: Sequence[str]) -> Floats:
    """Per tidy text, each 0 to 1: praise, praise denied, blame, blame denied, a question, too, very."""
    return np.array([_counted(text) for text in texts], dtype=np.float64).reshape(len(texts), 7)


def _counted(text: str) -> list[float]:
    found = [0, 0, 0, 0]
    for word in _words.finditer(text):
        denied = bool(_denied.search(text[max(0, word.start() - 6) : word.start()]))
        found[(0 if word.group() in _praise else 2) + denied] += 1
    asking = any(sign in text for sign in _ASKING)
    return [
        *(min(n, _MANY) / _MANY for n in found),
        float(asking),
        float("太" in text),
        float("很" in text or "非常" in text),
    ]
