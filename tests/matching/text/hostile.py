"""Inputs that no person would type: long, empty, invisible, broken."""

NOTHING_SAID = (
    "",
    " ",
    "\t\r\n\u3000",
    "\x00\x01\x1f\x7f",
    "\u200b\u200e\u202e\u2066\ufeff",
    "\ud800\udfff",
    "😀🚀🇨🇳",
    "、，。；：！？“”（）【】《》…—·",
    "...---///&&&",
    "\u0301\u0302",
)
"""Blank once what cannot be read is taken away."""

PIECES = (
    "光",
    "光刻胶",
    "光刻胶设备",
    "光刻胶、",
    "生产",
    "设计开发",
    "用于",
    "的",
    "系统",
    "a",
    "a ",
    "ﷺ",
    "\u0301",
    ".",
    "/",
    "silicon wafer ",
    "silicon wafers, ",
    "production of ",
    "of ",
    "for silicon ",
    "equipment ",
    "光刻膠",
)
"""Repeated to a megabyte, they are slow for patterns, spans or conversions made carelessly."""


def huge(piece: str) -> str:
    """The piece over and over, a million characters."""
    return piece * (1_000_000 // len(piece))
