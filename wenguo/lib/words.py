"""Words of the trade that the segmentation dictionary does not know. Changing them asks for a new search index."""

_WORDS = """
异响 烧机油 虚标 跳枪 充电桩 卡顿 倒车影像 双离合 电池包 掉漆 跑偏 吃胎 断轴 转向机 雨刮 制冷
正时链条 首保 三包期 质保期 退定金 捆绑销售 提车 交车 临牌 试驾 服务顾问 泡水车 事故车 调表 展车
库存车 金融服务费 出库费 上牌费 智驾 辅助驾驶 幽灵刹车 误触发 行车记录仪 单踏板 动能回收 起雾 胎压 摆臂
副车架 发动机号 怠速 积碳 机脚胶 拉缸 缸垫 故障灯 故障码 拆车件 副厂件 原厂件 等件 缺件 尾门 中控
中控屏 锁车 风噪 胎噪 督办 退单 派单 改派 首问 工单 结案 办结 催办 回访 会签
"""

WORDS: tuple[str, ...] = tuple(_WORDS.split())
