"""One form of a company name for comparing: nothing left that the eye does not see."""

import re
import unicodedata

from matching.names.lookalikes import unmask
from matching.text.characters import simplified, without_accents, without_invisible

MAX_CHARACTERS = 400
"""How much of a name is read; the longest legal names have about 150 characters."""
MAX_RAW = 4_000
"""How much of the text is looked at before what is invisible is taken out."""

_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h"}
)
_JAPANESE = str.maketrans(
    "広関気変鉄薬沢竜豊桜塩円図団実徳総検験険発戸辺駅県斎栄営労単厳帯帰応拡挙摂歩毎済渓焼畳継続"
    "絵縄繊聴脳蔵覚観訳読転軽遅郷釈鉱銭録闘雑霊静駆黒齢児両亜仏価剣効収対壱姫巣従悪戦払択拠拝斉",
    "广关气变铁药泽龙丰樱盐圆图团实德总检验险发户边驿县斋荣营劳单严带归应扩举摄步每济溪烧叠继续"
    "绘绳纤听脑藏觉观译读转轻迟乡释矿钱录斗杂灵静驱黑龄儿两亚佛价剑效收对一姬巢从恶战拂择据拜齐",
)
"""Japan's own short forms → simplified characters; those that Chinese writes too are left out."""
_APOSTROPHE = re.compile(r"(?<=\w)['’`´ʼ‘](?=\w)")
_STATE = re.compile(r"\s*/[a-z]{2,4}/\s*$|\s+/[a-z]{2,4}\s*$")
"""The state or kind of share that American registers put after a name (/DE/)."""
_INITIAL = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
_OPEN = re.compile(r"[(\[{<〈《「『【〔〖]")
_CLOSE = re.compile(r"[)\]}>〉》」』】〕〗]")
_OTHER = re.compile(r"(?:[^\w()]|_)+")
HAN = "\u3400-\u9fff\U00020000-\U0002fa1f\u3005-\u3007"
"""The Chinese characters, as a range for a regular expression."""
HAS_HAN = re.compile(f"[{HAN}]")
_AROUND_HAN = re.compile(f"(?<=[{HAN}()]) | (?=[{HAN}()])")


def fold(name: str) -> str:
    """The comparable form of a name; "" when nothing can be read in it. Never fails.

    Invisible characters are gone; width, script (simplified), accents, look-alike letters and
    case are one; of the punctuation only round brackets are left, and "&" as a word.

    >>> fold("Ｓiеmens\u200b A.G."), fold("蘇州【中國】科技（股份）有限公司")
    ('siemens ag', '苏州(中国)科技(股份)有限公司')
    """
    visible = without_invisible(name[:MAX_RAW])[:MAX_CHARACTERS]
    if visible.isascii():
        return _punctuate(visible.lower())
    folded = unicodedata.normalize("NFKC", visible)[:MAX_CHARACTERS]
    folded = without_accents(unmask(folded).casefold())
    folded = without_invisible(folded.translate(_LETTERS))
    return _punctuate(simplified(folded.translate(_JAPANESE)))


def _punctuate(text: str) -> str:
    text = _INITIAL.sub(r"\1", _STATE.sub("", _APOSTROPHE.sub("", text)))
    text = _CLOSE.sub(")", _OPEN.sub("(", text.replace("&", " and ")))
    text = _OTHER.sub(" ", text).strip()
    return text if text.isascii() and "(" not in text else _AROUND_HAN.sub("", text)
