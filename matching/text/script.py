"""Which characters are Chinese."""

import re

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The ranges of Chinese characters, for a character class."""

_CHINESE = re.compile(f"[{CJK}]")


def has_chinese(text: str) -> bool:
    """Whether there is a Chinese character in the text."""
    return not text.isascii() and _CHINESE.search(text) is not None
