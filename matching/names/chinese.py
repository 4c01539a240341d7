"""A folded name with Chinese characters, taken apart."""

import re
from collections.abc import Iterator

from matching.names.folding import HAN, HAS_HAN
from matching.names.lexicon import load_words
from matching.names.parts import CompanyName, Part, Script
from matching.names.words import Form, Role

_LISTED_MARK = re.compile(f"^(?:s?st|xd|xr|dr)(?=[{HAN}])")
"""What exchanges put before the short name of a share."""
_SHARE_CLASS = re.compile(f"(?<=[{HAN}])(?:[abuwhb]|uw)$")
"""What they put behind it."""
_BRACKET = re.compile(r"\(([^()]*)\)")
_RUN = re.compile(f"[{HAN}]+|[^{HAN}]+")
_SHORT_FORMS = {"株": "株式会社", "有": "有限会社", "주": "주식회사"}
"""Forms that a bracket stands for: ㈱."""
_FIRST_FORM = re.compile("^(株式会社|有限会社|合同会社|주식회사)")
_ADMIN = re.compile(f"^([{HAN}]{{2,3}})(市|县|自治州|自治县)")
_NO_CITY = frozenset("城都超门股上夜闹集街")
"""Before 市 these make another word (超市, 城市, 门市)."""
_NO_SUFFIX = frozenset({"市政", "市场", "市民", "州际", "县域"})
"""Words in which the first character does not end a place."""
_WEIGHTS = {Role.CORE: 1.0, Role.TRADE: 0.35, Role.BROAD: 0.3, Role.GENERAL: 0.12}
"""What a character says of who the company is: the 字号 most, a word any firm bears least."""
_LATIN_WEIGHT = 0.15
"""A Latin letter beside a Chinese 字号 (中科蓝鲸BlueWhale) mostly repeats it."""
_LONGEST_PLACE = 11
_CLEAR_BRAND = 3
"""Characters of a brand from which on a 字号 may go on after it (西门子数字)."""
_SHORTEST_CORE = 2
"""Characters of a 字号; shorter ones are not registered."""
_PLACES = 4
"""How many places a name may begin with: country, province, city, county."""


def parse_han(folded: str) -> CompanyName:
    """The parts of a folded name with Chinese characters."""
    places: list[frozenset[str]] = []
    text = _SHARE_CLASS.sub("", _LISTED_MARK.sub("", folded))
    forms: list[Form] = []
    text, generals = _open_brackets(text, places, forms)
    text = _take_forms(text, forms)
    text = _take_places(text, places)
    parts = tuple(_parts(text))
    is_branch = any(form.kind == "branch" for form in forms)
    form = next((form for form in forms if form.kind != "branch"), None)
    cores = [part.text for part in parts if part.role is Role.CORE]
    core = next(filter(HAS_HAN.search, cores), "".join(cores[:1]))
    parts += generals
    return CompanyName(
        folded,
        Script.HAN,
        parts,
        tuple(places),
        form,
        _brand(folded, core),
        is_branch,
        core,
        letters="".join(part.text for part in parts),
        weights=tuple(weight for part in parts for weight in _weights(part, core)),
    )


def _weights(part: Part, core: str) -> tuple[float, ...]:
    weight = _WEIGHTS[part.role]
    if part.role is Role.CORE and HAS_HAN.search(core) and not HAS_HAN.search(part.text):
        weight = _LATIN_WEIGHT
    return (weight,) * len(part.text)


def _open_brackets(
    text: str, places: list[frozenset[str]], forms: list[Form]
) -> tuple[str, tuple[Part, ...]]:
    """The text without brackets; a place, a form or a general word in one is taken out."""
    words = load_words()
    generals: list[Part] = []

    def opened(found: re.Match[str]) -> str:
        inner = found.group(1)
        place = _known_place(inner)
        if place is not None:
            places.append(frozenset({place}))
            return ""
        if inner in _SHORT_FORMS:
            forms.append(words.han_forms[_SHORT_FORMS[inner]])
            return ""
        trade = words.trades.get(inner)
        if trade is not None and trade.role is Role.GENERAL:
            generals.append(Part(inner, inner, Role.GENERAL))
            return ""
        return inner

    while _BRACKET.search(text):
        text = _BRACKET.sub(opened, text)
    return text.replace("(", "").replace(")", ""), tuple(generals)


def _known_place(text: str) -> str | None:
    places = load_words().han_places
    if text in places:
        return places[text]
    found = _ADMIN.fullmatch(text)
    return None if found is None else places.get(found.group(1), text)


def _take_forms(text: str, forms: list[Form]) -> str:
    first = _FIRST_FORM.match(text)
    if first and first.end() < len(text):
        forms.append(load_words().han_forms[first.group()])
        text = text[first.end() :]
    while (cut := _last_form(text)) is not None:
        form, text = cut
        forms.append(form)
        if form.kind == "branch":
            text = _without_branch_place(text)
    return text


def _last_form(text: str) -> tuple[Form, str] | None:
    words = load_words()
    for length in words.form_lengths.get(text[-2:], ()):
        form = words.han_forms.get(text[-length:])
        if form is not None and length < len(text):
            return form, text[:-length]
    return None


def _without_branch_place(text: str) -> str:
    """The text before the place of a branch (…有限公司上海分公司); it is not the company's."""
    known = load_words().han_places
    for start in range(max(1, len(text) - _LONGEST_PLACE), len(text) - 1):
        if text[start:] in known:
            return text[:start]
    return text


def _take_places(text: str, places: list[frozenset[str]]) -> str:
    for _ in range(_PLACES):
        cut = _first_place(text, places)
        if cut == 0 or len(text) - cut < 1:
            break
        text = text[cut:]
    return text


def _first_place(text: str, places: list[frozenset[str]]) -> int:
    """How many characters a place at the beginning takes; it joins the places."""
    words = load_words()
    for length in words.place_lengths.get(text[:2], ()):
        place = words.han_places.get(text[:length])
        if place is None or length >= len(text) or text[length - 1 : length + 1] in _NO_SUFFIX:
            continue
        has_suffix = text[length] in "省市县州" and text[length : length + 2] not in _NO_SUFFIX
        end = length + has_suffix
        if len(text) - end > 1 or text[end:] in words.trades:
            places.append(frozenset({place}))
            return end
    found = _ADMIN.match(text)
    if found and found.group(1)[-1] not in _NO_CITY and len(text) > found.end() + 1:
        places.append(frozenset({found.group(1)}))
        return found.end()
    return 0


def _parts(text: str) -> Iterator[Part]:
    """The core up to the first word of business, then words of business and what is between."""
    trades = load_words().trades
    start = 0
    at = 0 if _is_all_trades(text) else min(_SHORTEST_CORE, len(text))
    while at < len(text):
        word = _trade_at(text, at)
        if not word:
            at += 1
            continue
        yield from _core_parts(text[start:at])
        yield Part(word, word, trades[word].role)
        at += len(word)
        start = at
    yield from _core_parts(text[start:])


def _core_parts(text: str) -> Iterator[Part]:
    """A run of core characters; Latin letters beside Chinese ones stand apart."""
    for found in _RUN.finditer(text):
        yield Part(found.group(), found.group(), Role.CORE)


def _is_all_trades(text: str) -> bool:
    at = 0
    while at < len(text):
        word = _trade_at(text, at)
        if not word:
            return False
        at += len(word)
    return True


def _trade_at(text: str, at: int) -> str:
    """The longest word of business there, "" for none; one of one character only at the end."""
    words = load_words()
    for length in words.trade_lengths.get(text[at : at + 2], ()):
        word = text[at : at + length]
        if word in words.trades and (length > 1 or at == len(text) - 1):
            return word
    return ""


def _brand(folded: str, core: str) -> str | None:
    """The known brand that the name, or its 字号, is; longer brands may have more behind them."""
    words = load_words()
    for text in (folded, core):
        for length in words.brand_lengths.get(text[:2], ()):
            brand = words.han_brands.get(text[:length])
            if brand is not None and (length >= _CLEAR_BRAND or text[:length] == core):
                return brand
    return None
