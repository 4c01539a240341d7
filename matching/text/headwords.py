"""Words that tell a phrase's head, as alternatives of patterns; the lists are ours.

They are matched against normalised text: lower case, simplified script, spelling as written.
"""

_DOING_ZH = (
    "研发 开发 研究 研制 设计 设计开发 制造 生产 加工 制备 制作 建造 销售 经营 供应 出口 投资 建设",
    "扩建 新建 改造 升级 应用 量产 推广 业务 项目 基地 工厂 厂 厂商 厂家 企业 公司 集团 产业",
    "产业园 产业化 行业 领域 产线 生产线 产能 车间 供应商 制造商 生产商 龙头 产品 系列 项 类 等",
    "有限 一期 二期 整线 全线 市场 赛道 平台",
)
_DOING_EN = (
    "manufactur(?:e|es|ed|ing|er|ers) produc(?:e|es|ed|ing|er|ers|tion) products?",
    "mak(?:e|es|ing|er|ers) develop(?:s|ed|ing|er|ers|ment)? suppl(?:y|ies|ied|ier|iers|ying)",
    "vendors? provid(?:e|es|ed|er|ers|ing) compan(?:y|ies) firms? business(?:es)?",
    "enterprises? group ltd inc co gmbh corp factor(?:y|ies) plants? projects? facilit(?:y|ies)",
    "sites? bases? lines? sales? sells? selling industr(?:y|ial|ies) market(?:s|ing)?",
    "process(?:ing)? fabrication series design(?:s|ed)? r d",
)
_LOOSE_ZH = (
    "材料 系统 技术 模块 模组 产品 组件 器件 装置 成品 总成 原料 解决方案 方案 制品 服务 药物 药品",
)
_LOOSE_EN = (
    "materials? systems? technolog(?:y|ies) modules? solutions? services? units? devices?",
    "assembl(?:y|ies) components? parts? drugs? medicines?",
)
_TURNING_ZH = (
    "设备 装备 机床 机器 仪器 仪表 工具 夹具 模具 软件 检测 测试 检验 认证 回收 拆解 贸易 批发",
    "零售 分销 代理 租赁 维修 维护 运维 运营 培训 咨询 清洗 机 仪 炉 剂 车",
)
_TURNING_EN = (
    "equipment machin(?:e|es|ery) tools? instruments? software test(?:ing|er|ers) inspection",
    "recycl(?:ing|er|ers) trad(?:e|ing|ers?) wholesal(?:e|er|ers) retail(?:er|ers)?",
    "distribut(?:ion|or|ors) rental leasing repairs? maintenance training consulting cleaning",
    "furnaces?",
)
_ENDING_ZH = ("和 与 及 或 以及 并且 用于 应用 适用于 为主 主要 包括 涵盖 属于 具有",)
_ENDING_EN = (
    "and or but of for in on with by to from at into using used based under through as via that",
    "which is are the a an such including especially mainly primarily both its their our",
)
_BEFORE_IN = (
    "engaged engages engaging specialized specialised specializes specialises specializing",
    "specialising leader expert experts invest investing investment active focus interested",
)


def _any_of(*lists: str) -> str:
    """The words as alternatives, the longest first, so that the longest is taken."""
    words = " ".join(lists).split()
    return "|".join(sorted(words, key=len, reverse=True))


def _either(zh: tuple[str, ...], en: tuple[str, ...]) -> str:
    return rf"(?:{_any_of(*zh)}|\b(?:{_any_of(*en)})(?![a-z]))"


DOING_EN = _any_of(*_DOING_EN)
"""What is done with a thing, or who does it, in English alone."""

DOING = _either(_DOING_ZH, _DOING_EN)
"""What is done with a thing, or who does it: passed over on the way to the head."""

LOOSE = _either(_LOOSE_ZH, _LOOSE_EN)
"""Nouns that hardly change what a thing is: 系统, material."""

TURNING = _either(_TURNING_ZH, _TURNING_EN)
"""Heads that make another thing of what stands in front: 设备, recycling."""

ENDING = _either(_ENDING_ZH, _ENDING_EN)
"""Words before which a noun phrase is over."""

NOT_A_PURPOSE = "".join(f"(?<!{word} )" for word in " ".join(_BEFORE_IN).split())
"""What in front of "in" means that a business follows, no use: "engaged in", "invests in"."""
