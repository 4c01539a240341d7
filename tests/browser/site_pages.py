"""The pages of the site with their headings in Chinese and in English, and who looks at them.

`{gap}` and so on stand for records of the demonstration, or for a lead of its partner.
"""

from typing import Final

GUEST, PARTNER = "guest", "partner"

WUXI: Final = ("无锡高新技术产业开发区", "Wuxi High-tech Industrial Development Zone")
GAP: Final = ("【演示】无锡：KrF/ArF光刻胶缺链", "[Demo] Wuxi: KrF and ArF photoresist")

PAGES: Final[dict[str, dict[str, tuple[str, str]]]] = {
    GUEST: {
        "/": ("全国高新区补链一览", "What the high-tech zones lack"),
        "/exposure": ("各地在排名中的曝光", "Whom rankings show"),
        "/zones": ("高新区一览", "High-tech zones"),
        "/zones/{zone}": WUXI,
        "/zones/{zone}/chains/{chain}": (f"{WUXI[0]} · 集成电路", f"{WUXI[1]} · Integrated"),
        "/chains": ("产业链一览", "Industry chains"),
        "/chains/{chain}": ("集成电路", "Integrated circuits"),
        "/gaps": ("弱链缺链", "Weak and missing links"),
        "/gaps/{gap}": GAP,
        "/gaps/{gap}?stability=yes": GAP,
        "/investors": ("投资者", "Investors"),
        "/investors/{investor}": ("（演示）", "（演示）"),
        "/matches/{investor}/{gap}": GAP,
        "/matches/{investor}/{gap}?print=1": GAP,
        "/register": ("登记投资者", "Register an investor"),
        "/what-if": ("权重试算", "What if"),
        "/what-if?gap={gap}": ("权重试算", "What if"),
        "/sign-in": ("登录", "Sign in"),
    },
    PARTNER: {
        "/leads": ("我的线索", "My leads"),
        "/leads/new": ("递交线索", "Hand in a lead"),
        "/leads/new?gap_id={gap}": ("递交线索", "Hand in a lead"),
        "/leads/{lead}": ("示例株式会社", "示例株式会社"),
        "/gaps/{gap}": GAP,
        "/zones/{zone}": WUXI,
    },
}
