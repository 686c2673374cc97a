"""What complainants of the demo world say: sentences of our own, put together anew for each complaint."""

from dataclasses import dataclass
from random import Random

# Issue code → what went wrong, in the complainant's words
SYMPTOMS: dict[str, tuple[str, ...]] = {
    "engine-noise": ("冷车启动发动机哒哒响，热车以后还是响", "发动机舱里有金属敲击声，踩油门更明显"),
    "engine-shake": ("等红灯时方向盘抖得手发麻", "怠速一会儿高一会儿低，整车都在抖"),
    "engine-oil": ("五千公里不到，机油尺已经到下限", "车位地面上一滩机油，底盘全是油污"),
    "engine-stall": ("路口起步突然熄火，后车差点追尾", "早上打不着火，叫了两次搭电"),
    "engine-power": ("上坡踩到底也提不起速", "高速超车时突然没有动力，只能靠边"),
    "engine-lamp": ("故障灯亮了灭、灭了又亮，已经三次", "仪表一直提示发动机故障，不敢跑远"),
    "gearbox-noise": ("变速箱异响，倒车时像磨砂纸", "二挡升三挡有“咯噔”一声，变速箱里还有嗡嗡异响"),
    "gearbox-jerk": ("堵车时低速顿挫，像被人从后面推", "降挡时一顿一顿，孩子坐着都晕车"),
    "gearbox-slip": ("挂上挡车不走，转速空转", "行驶中突然掉挡，变速箱打滑"),
    "brakes-noise": ("刹车吱吱尖叫，路人都回头看", "刹车时前轮有摩擦声，洗过车也不消失"),
    "brakes-weak": ("刹车踏板一脚踩到底才有反应", "下坡刹车明显变软，吓出一身汗"),
    "chassis-noise": ("过减速带底盘咯吱响", "走烂路底盘像要散架一样响"),
    "chassis-suspension": ("减震器漏油，才开了一年半", "右前悬架下沉，轮胎都吃偏了"),
    "body-paint": ("车门边漆面起泡，用手一碰就掉", "前机盖下面已经生锈"),
    "body-leak": ("下雨天后备厢进水，备胎槽积了一指深", "天窗漏水，顶棚湿了一大片"),
    "body-smell": ("新车异味三个月不散，孩子头疼", "暴晒以后车里刺鼻，开窗也没用"),
    "electrics-infotainment": ("车机黑屏重启，导航走到一半没了", "倒车影像卡住不动，差点撞到人"),
    "electrics-battery": ("停两天就亏电，换过一次电瓶还是这样", "锁车后电瓶被抽干，救援来了三回"),
    "electrics-sensors": ("雷达乱叫，前面什么都没有", "自动刹车在高架上无故介入"),
    "traction-range": ("标称五百公里，实际三百都跑不到", "冬天充满电只显示二百八"),
    "traction-charging": ("快充跳枪，一晚上充不进去", "充到八成就停，换了三个桩都一样"),
    "traction-power-cut": ("高速行驶中突然断电，仪表全黑", "左转时动力中断，后面喇叭响成一片"),
    "aircon-noise": ("空调异响，修完当晚又响", "开空调就嗡嗡响，检修两次都没解决"),
    "aircon-cooling": ("空调不制冷，四十度的天吹热风", "热风只有一边出来"),
    "aircon-blower": ("鼓风机坏了，先说两百，后来又说要一千", "鼓风机一开就吱吱响，换过一次还是响"),
    "attitude-rude": ("接待的人说“爱修不修”", "我问一句，对方就甩脸色"),
    "attitude-ignored": ("门店推给厂家，厂家推给门店", "打了六次电话，每次都说明天回"),
    "repair-again": ("同一个故障进厂四次，还是老样子", "每次都说修好了，开出去不到十公里又犯"),
    "repair-damage": ("维修时把内饰板划了一道，还不承认", "取车发现保险杠多了个凹坑"),
    "repair-diagnosis": ("先说是油泵，换了又说是电脑板", "检测费收了三百，结论是“正常现象”"),
    "refusal-warranty": ("明明在包修期，却说是人为", "说我没按时保养，就不给保修"),
    "refusal-silence": ("答应一周内回复，一个月没消息", "每次都说在走流程，从来没有结果"),
    "price-quote": ("报价八百，结算变成一千九", "没说过要换的件也算进了账单"),
    "price-drop": ("提车第二天降价两万", "刚买完就出新款，优惠差了一大截"),
    "price-forced": ("不买装潢就不给提车", "强制在店里买保险，贵了两千多"),
    "parts-wait": ("等一个大灯等了四十天", "车趴在店里五周，说配件没到"),
    "parts-quality": ("换上去的配件一个月又坏了", "新换的轴承跑了八百公里就响"),
    "delivery-late": ("说好月底提车，拖了两个月", "交车时间改了四次，每次都是我去问"),
    "delivery-mismatch": ("合同写的是高配，交车少了座椅加热", "颜色和订单不一样，让我先开着"),
    "promise-gift": ("承诺的两次保养没有兑现", "销售口头答应送充电桩，现在不认"),
    "promise-deposit": ("贷款没批下来，定金一直不退", "当时说定金可退，现在说不能退"),
    "advertising-range": ("宣传油耗六个油，实际十一个", "广告写续航六百，怎么开都到不了"),
    "upgrade-ota": ("升级以后座椅记忆全丢了", "系统更新失败，车机变砖"),
    "upgrade-rescue": ("高速爆胎，救援等了四个小时", "救援电话转了五次没人派车"),
}
CIRCUMSTANCES = (
    "买了不到{months}个月，跑了{km}公里。",
    "车是{year}年提的，现在{km}公里。",
    "我家就这一辆车，天天要接送孩子。",
    "第{times}次来说这个事了。",
    "行驶证和维修单我都留着，可以拍照给你们。",
    "当时是在{dealer}买的，也是在那里修的。",
    "",
)
DEMANDS: tuple[tuple[str, str, str], ...] = (
    # what is sought, apparent demand, hidden need
    ("免费修好，并给一个书面说明", "彻底修好", "希望有人对结果负责"),
    ("更换总成，不接受再修", "更换零件", "对维修质量失去信任"),
    ("退还多收的钱", "退还差价", "希望被公平对待"),
    ("给一辆代步车，直到修好", "解决用车", "生活安排被打乱"),
    ("店长当面道歉", "道歉", "希望被尊重"),
    ("延长保修两年", "延长保修", "担心以后再坏"),
    ("要求退车", "退车", "安全感没有了"),
    ("尽快给个准确答复", "答复", "不想一直被拖着"),
)
CLOSINGS = (
    "你们到底查没查清楚？",
    "请给我一个说法。",
    "再不处理我就打 12315 了。",
    "希望能尽快解决，谢谢。",
    "我只想要一个认真的答复。",
    "",
)
ENGLISH = (
    "The air conditioning has been noisy since the last service. Two visits, two bills, and it still whines.",
    "My order was promised for the end of last month. Nobody calls back and the dealer sends me to head office.",
    "The screen goes black while reversing. This is dangerous with children around the car.",
    "I was quoted 800 for the repair and charged 1,900. Nobody asked me before doing the extra work.",
)


@dataclass(frozen=True)
class Said:
    """What one complainant said."""

    words: str
    remedy_sought: str
    apparent_demand: str
    hidden_need: str
    language: str = "zh-hans"


def said(dice: Random, issue: str, model: str, dealer: str) -> Said:
    """One complaint's words about this issue."""
    sought, apparent, hidden = dice.choice(DEMANDS)
    if dice.random() < 0.04:
        return Said(
            dice.choice(ENGLISH),
            "A clear answer and a repair that lasts",
            "Repair",
            "Wants to be taken seriously",
            "en",
        )
    facts = {
        "months": dice.randint(2, 30),
        "km": f"{dice.randint(8, 900) * 100:,}",
        "year": dice.choice(("2023", "2024", "2025")),
        "times": dice.choice("二三四"),
        "dealer": dealer,
    }
    parts = [f"{model}，{dice.choice(SYMPTOMS[issue])}。", dice.choice(CIRCUMSTANCES).format(**facts)]
    if dice.random() < 0.5:
        parts.append(dice.choice(CIRCUMSTANCES).format(**facts))
    parts += [f"我的要求：{sought}。", dice.choice(CLOSINGS)]
    return Said("".join(dict.fromkeys(parts)), sought, apparent, hidden)


def titled(dice: Random, issue: str, model: str) -> str:
    """A title as an agent would write it."""
    return f"{model}：{dice.choice(SYMPTOMS[issue])}"[:60]
