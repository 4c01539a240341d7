"""Why two names are taken for one company, for related ones or for strangers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ReasonKey(StrEnum):
    """What was found; the value travels in answers."""

    SAME_USCC = "same_uscc"
    OTHER_USCC = "other_uscc"
    SAME_LEI = "same_lei"
    OTHER_LEI = "other_lei"
    IDENTICAL = "identical"
    SAME_CORE = "same_core"
    SAME_BRAND = "same_brand"
    CORE_WITHIN = "core_within"
    SAME_SOUND = "same_sound"
    SAME_MEANING = "same_meaning"
    ABBREVIATED = "abbreviated"
    MISSPELT = "misspelt"
    OTHER_CORE = "other_core"
    OTHER_NUMBER = "other_number"
    SAME_PLACE = "same_place"
    PLACE_MISSING = "place_missing"
    WIDER_PLACE = "wider_place"
    OTHER_CITY = "other_city"
    OTHER_COUNTRY = "other_country"
    SAME_TRADE = "same_trade"
    OTHER_TRADE = "other_trade"
    MORE_WORDS = "more_words"
    OTHER_FORM = "other_form"
    BRANCH = "branch"
    NO_NAME = "no_name"


_SENTENCES: Mapping[ReasonKey, tuple[str, str]] = {
    ReasonKey.SAME_USCC: ("统一社会信用代码相同", "the same credit code"),
    ReasonKey.OTHER_USCC: ("统一社会信用代码不同", "different credit codes"),
    ReasonKey.SAME_LEI: ("法人识别编码（LEI）相同", "the same LEI"),
    ReasonKey.OTHER_LEI: ("法人识别编码（LEI）不同", "different LEIs"),
    ReasonKey.IDENTICAL: ("名称规范化后完全一致", "the names are one when written alike"),
    ReasonKey.SAME_CORE: ("字号相同", "the same core name"),
    ReasonKey.SAME_BRAND: ("同一知名品牌", "the same known brand"),
    ReasonKey.CORE_WITHIN: ("一方字号包含于另一方", "one core name lies in the other"),
    ReasonKey.SAME_SOUND: ("字号读音相同或相近", "the core names sound alike"),
    ReasonKey.SAME_MEANING: ("字号互为译名", "the core names translate each other"),
    ReasonKey.ABBREVIATED: ("一方为缩写", "one name abbreviates the other"),
    ReasonKey.MISSPELT: ("拼写仅有细微差别", "the spelling differs by a letter or two"),
    ReasonKey.OTHER_CORE: ("字号不同", "different core names"),
    ReasonKey.OTHER_NUMBER: ("名称中的数字不同", "different numbers in the names"),
    ReasonKey.SAME_PLACE: ("所在地相同", "the same place"),
    ReasonKey.PLACE_MISSING: ("仅一方写明所在地", "only one name states a place"),
    ReasonKey.WIDER_PLACE: ("一方所在地包含另一方", "one place lies in the other"),
    ReasonKey.OTHER_CITY: ("所在城市或地区不同", "different cities or provinces"),
    ReasonKey.OTHER_COUNTRY: ("所在国家不同", "different countries"),
    ReasonKey.SAME_TRADE: ("行业一致", "the same business"),
    ReasonKey.OTHER_TRADE: ("行业不同", "different businesses"),
    ReasonKey.MORE_WORDS: ("一方另有其他字词", "one name has words the other lacks"),
    ReasonKey.OTHER_FORM: ("组织形式不同", "different legal forms"),
    ReasonKey.BRANCH: ("一方为分支机构", "one name is a branch"),
    ReasonKey.NO_NAME: ("名称中没有可比较的文字", "nothing in the name can be compared"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One finding, with its sentence in both languages."""

    key: ReasonKey
    zh: str
    en: str


def reason(key: ReasonKey) -> Reason:
    """The reason of a key."""
    return _REASONS[key]


_REASONS = {key: Reason(key, *_SENTENCES[key]) for key in ReasonKey}
