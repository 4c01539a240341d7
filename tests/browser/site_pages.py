"""The pages of the site with their headings in Chinese and in English, and who looks at them.

`{gap}` and so on stand for records of the demonstration, or for a lead of its partner.
"""

from typing import Final

GUEST, PARTNER = "guest", "partner"

PAGES: Final[dict[str, dict[str, tuple[str, str]]]] = {
    GUEST: {
        "/": ("全国高新区补链一览", "What the high-tech zones lack"),
        "/exposure": ("各地在排名中的曝光", "Whom rankings show"),
        "/sign-in": ("登录", "Sign in"),
    },
    PARTNER: {
        "/leads": ("我的线索", "My leads"),
        "/leads/new": ("递交线索", "Hand in a lead"),
        "/leads/new?gap_id={gap}": ("递交线索", "Hand in a lead"),
        "/leads/{lead}": ("示例株式会社", "示例株式会社"),
    },
}
