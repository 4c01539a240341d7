"""The pages of the site that a browser test walks, each with its heading in Chinese and English.

`{gap}` and `{investor}` stand for ids of records that are there.
"""

from typing import Final

PAGES: Final[dict[str, tuple[str, str]]] = {
    "/gaps": ("弱链缺链", "Weak and missing links"),
    "/gaps/{gap}": ("引进光刻胶项目", "Photoresist wanted"),
    "/gaps/{gap}?stability=yes": ("引进光刻胶项目", "Photoresist wanted"),
    "/investors": ("投资者", "Investors"),
    "/investors/{investor}": ("合适的公司", "合适的公司"),
    "/matches/{investor}/{gap}": ("合适的公司：引进光刻胶项目", "合适的公司: Photoresist wanted"),
    "/matches/{investor}/{gap}?print=1": (
        "合适的公司：引进光刻胶项目",
        "合适的公司: Photoresist wanted",
    ),
}
