"""What the workshop finds and offers, by group of issue."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Case:
    """Cause, chain of whys and two ways out; the first is the better one."""

    unit: str
    cause: str
    whys: tuple[str, ...]
    statement: str
    remedies: tuple[tuple[str, str, str, int], ...]  # title, remedy code, payment, amount


_NO_PAY = "none"
CASES: dict[str, Case] = {
    "aircon": Case(
        "AFTERSALES",
        "process-delivery",
        ("异响检修两次未消除", "交车前没有做路试", "交车检验单上没有空调路试这一项"),
        "交车检验单缺少空调路试项",
        (
            ("免费更换鼓风机并书面说明", "replacement-part", _NO_PAY, 0),
            ("免费检修并赠送保养一次", "goodwill-maintenance", "goodwill", 480),
        ),
    ),
    "gearbox": Case(
        "QUALITY",
        "design-software",
        ("低速换挡顿挫", "换挡标定对低温考虑不足", "标定验证没有覆盖低温堵车工况"),
        "换挡标定缺少低温堵车工况",
        (
            ("升级换挡程序并免费更换油液", "repair-free", _NO_PAY, 0),
            ("专家会诊，必要时更换阀体", "repair-expert", _NO_PAY, 0),
        ),
    ),
    "engine": Case(
        "QUALITY",
        "supplier-batch",
        ("部件早期磨损", "来料硬度偏低", "该批次未做硬度抽检"),
        "供应商批次硬度不良",
        (
            ("免费更换相关部件", "replacement-part", _NO_PAY, 0),
            ("免费维修并延保一年", "goodwill-maintenance", "goodwill", 1200),
        ),
    ),
    "electrics": Case(
        "QUALITY",
        "design-software",
        ("车机反复重启", "后台任务内存泄漏", "发布前没有长时间运行测试"),
        "软件长稳测试缺失",
        (("远程升级并检查线束", "technical-help", _NO_PAY, 0), ("更换主机", "replacement-part", _NO_PAY, 0)),
    ),
    "traction": Case(
        "QUALITY",
        "manufacture-parameter",
        ("充电中断或续航偏低", "电芯一致性偏差", "分选参数漂移未被监控"),
        "电芯分选参数漂移",
        (("免费检测电池并更换模组", "replacement-part", _NO_PAY, 0), ("补偿充电费用", "goodwill", "goodwill", 800)),
    ),
    "price": Case(
        "MARKETING",
        "process-quote",
        ("结算价高于报价", "前台把总成价报成了滤芯价", "报价没有第二人复核"),
        "报价流程缺少复核",
        (
            ("退还差价并书面说明", "refund-partial", "refund", 800),
            ("赠送保养一次", "goodwill-maintenance", "goodwill", 480),
        ),
    ),
    "promise": Case(
        "MARKETING",
        "process-promise",
        ("承诺的权益没有兑现", "口头承诺没有登记", "系统里没有承诺跟踪"),
        "销售承诺没有登记和跟踪",
        (("补发承诺的权益", "other-help", _NO_PAY, 0), ("折现补偿", "goodwill", "goodwill", 1500)),
    ),
    "attitude": Case(
        "DEALER",
        "communication-handover",
        ("客户多次来电无人回复", "交接班没有传递客户请求", "交接表没有未结事项一栏"),
        "交接班丢失客户请求",
        (
            ("店长上门致歉并专人跟进", "apology", _NO_PAY, 0),
            ("致歉并赠送保养一次", "goodwill-maintenance", "goodwill", 480),
        ),
    ),
    "repair": Case(
        "DEALER",
        "inspection-item",
        ("同一故障多次维修", "修后没有验证", "竣工检验缺少客户确认路试"),
        "竣工检验缺少确认路试",
        (("免费返工并路试确认", "repair-free", _NO_PAY, 0), ("提供代步车直至修好", "substitute-car", "goodwill", 600)),
    ),
    "parts": Case(
        "PARTS",
        "capacity-parts",
        ("等件时间过长", "中心库缺货", "新车型备件储备没有跟上销量"),
        "新车型备件储备不足",
        (
            ("加急调件并提供代步补助", "substitute-car", "goodwill", 900),
            ("从临近门店调拨", "replacement-part", _NO_PAY, 0),
        ),
    ),
}
_GROUPS = {
    "brakes": "engine",
    "chassis": "engine",
    "body": "repair",
    "refusal": "attitude",
    "delivery": "promise",
    "advertising": "promise",
    "upgrade": "electrics",
}
REPLY = (
    "{name}您好：您反映的问题我们已经查清。{finding}。这是我们的不足，让您费心了，非常抱歉。"
    "我们的处理是：{remedy}，最迟在 {day} 前完成，由专人跟进。"
    "如果您对这个结果有不同意见，可以申请复核，也可以拨打 12315。"
)
REPLY_EN = (
    "Dear {name}, we have looked into it. {finding}. We are sorry for the trouble this has caused you. "
    "What we will do: {remedy}, by {day} at the latest. "
    "If you disagree you may ask for a second review, or turn to 12315."
)


def case_of(issue: str) -> Case:
    group = issue.split("-")[0]
    return CASES.get(group) or CASES[_GROUPS.get(group, "repair")]


def money(amount: int) -> Decimal:
    return Decimal(amount)
