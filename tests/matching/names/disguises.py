"""The ways in which one company's name is written differently, by rule: what must not fool us."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from opencc import OpenCC

from matching.names.lookalikes import TWINS
from matching.names.parsing import parse
from matching.names.parts import Script

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\ufe0f"
_BRACKETS = ("()", "（）", "[]", "【】", "〔〕", "《》")
_LATIN_TWINS: Mapping[str, str] = {twin: letter for letter, twin in reversed(list(TWINS.items()))}
_HAN_FORMS = (
    ("股份有限公司", "股份公司"),
    ("有限责任公司", "有限公司"),
    ("有限公司", "有限责任公司"),
)
_LATIN_FORMS = (
    (" Inc.", ", Incorporated"),
    (" GmbH", " Gesellschaft mit beschränkter Haftung"),
    (" Co., Ltd.", " Company Limited"),
    (" AG", " Aktiengesellschaft"),
    (" Ltd.", " LIMITED"),
)


def disguises(name: str) -> list[str]:
    """The name as others might write it, each once, the name itself not among them."""
    found = dict.fromkeys([*_general(name), *_of_script(name)])
    return [disguise for disguise in found if disguise != name]


def _general(name: str) -> Iterator[str]:
    """Width, case, spaces, invisible characters, punctuation."""
    yield "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in name)
    yield name.upper()
    yield name.lower()
    yield f"  {name}\u3000"
    for hidden in INVISIBLE:
        yield name[:2] + hidden + name[2:]
    yield INVISIBLE.join(name)
    yield f"“{name}”"


def _of_script(name: str) -> Iterator[str]:
    if parse(name).script is Script.HAN:
        yield from _of_chinese(name)
    else:
        yield from _of_latin(name)


def _of_chinese(name: str) -> Iterator[str]:
    """Traditional script, other forms, the place with 市 or in brackets, spaces within."""
    yield _converted(name, "s2t")
    yield _converted(name, "s2hk")
    yield " ".join(name)
    for form, other in _HAN_FORMS:
        if name.endswith(form):
            yield name.removesuffix(form)
            yield name.removesuffix(form) + other
            yield from _moved_place(name, form)
            break


def _converted(name: str, config: str) -> str:
    converter = cast("Any", OpenCC)(config)  # the package has no types
    return str(converter.convert(name))


def _moved_place(name: str, form: str) -> Iterator[str]:
    places = [min(place) for place in parse(name).places]
    if places and name.startswith(places[0]):
        rest = name.removeprefix(places[0]).removesuffix(form)
        yield f"{places[0]}市{rest}{form}"
        for opened, closed in _BRACKETS:
            yield f"{rest}{opened}{places[0]}{closed}{form}"
            yield f"{opened}{places[0]}{closed}{rest}{form}"


def _of_latin(name: str) -> Iterator[str]:
    """Letters of other alphabets that look alike, other forms, punctuation left out."""
    for place, letter in enumerate(name):
        if letter in _LATIN_TWINS:
            yield name[:place] + _LATIN_TWINS[letter] + name[place + 1 :]
    yield "".join(_LATIN_TWINS.get(letter, letter) for letter in name)
    yield name.replace(",", "").replace(".", "")
    yield name.replace(" ", "  ").replace("-", "‐")
    for form, other in _LATIN_FORMS:
        if name.endswith(form):
            yield name.removesuffix(form) + other
            break
