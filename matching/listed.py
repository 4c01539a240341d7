"""Which items of the foreign-investment negative list a project touches, as bits of its items.

Codes are wider than items, and a link is wider than an item: see `gates.negative_list` for what
means an item and what only asks for a check.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from matching.codes import resolve
from matching.facts import GapFacts, InvestorFacts
from matching.reference.loader import EDITIONS_KEPT, Reference
from matching.reference.records import Link
from matching.reference.restrictions import Measure, NegativeItem
from matching.text.normalise import normalise
from matching.vocabulary import CodeScheme, Origin

_SEPARATORS = re.compile(r"[,/]|(?<=[\x21-\x7e])(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])(?=[\x21-\x7e])")
"""Punctuation, and the seam between Latin and Chinese: a Latin word ends there."""


PHRASES_KEPT = 20_000
"""Phrases and sets of codes whose items are kept: the same words are said again and again."""

EXCEPTIONS_KEPT = 1_000
"""Provinces by origins, of a few references."""


class Items(NamedTuple):
    """Items (bits of the list) that a side touches."""

    by_words: int
    by_code: int
    """By any code of the item, those that mostly mean something else included."""
    by_close_code: int
    """By a code that alone is a reason to look."""


def investor_items(facts: InvestorFacts, reference: Reference) -> Items:
    """The items that an investor's product words and own GB/T 4754 codes touch."""
    codes = [
        share.code
        for scheme, code in facts.industry_codes
        if scheme is CodeScheme.GB4754
        for share in resolve(reference, scheme, code).gb
    ]
    return _items(facts.products, codes, reference)


def gap_items(facts: GapFacts, link: Link, reference: Reference) -> Items:
    """The items that a gap's products and its link's names and codes touch."""
    words = (*facts.products, link.name_zh, link.name_en)
    return _items(words, link.gb4754_codes, reference)


@lru_cache(maxsize=EXCEPTIONS_KEPT)
def excepted(reference: Reference, province_code: str, origin: Origin, country: str = "") -> int:
    """Items for which the province has an exception for investors of that origin and country."""
    return _bits(
        any(exception.covers(province_code, origin, country) for exception in item.exceptions)
        for item in reference.negative_list
    )


def prohibited(reference: Reference) -> int:
    """Items that prohibit; the others limit the share or the form."""
    return _bits(item.measure is Measure.PROHIBITED for item in reference.negative_list)


def items_in(items: int, reference: Reference) -> list[NegativeItem]:
    """The items of a set of bits, in the order of the list."""
    return [item for number, item in enumerate(reference.negative_list) if items >> number & 1]


def _bits(claims: Iterable[bool]) -> int:
    return sum(1 << number for number, holds in enumerate(claims) if holds)


def _items(phrases: Iterable[str], codes: Iterable[str], reference: Reference) -> Items:
    by_words = 0
    for phrase in phrases:
        by_words |= _named_by(phrase, reference)
    return Items(by_words, *_coded_by(tuple(codes), reference))


@lru_cache(maxsize=PHRASES_KEPT)
def _named_by(phrase: str, reference: Reference) -> int:
    text = normalise(phrase)
    return _bits(words.are_in(text) for words in item_words(reference))


@lru_cache(maxsize=PHRASES_KEPT)
def _coded_by(codes: tuple[str, ...], reference: Reference) -> tuple[int, int]:
    """The items of any code, and those of a close one."""
    listed = reference.negative_list
    return (
        _bits(_under(codes, (*item.gb4754_codes, *item.wide_codes)) for item in listed),
        _bits(_under(codes, item.gb4754_codes) for item in listed),
    )


def _under(codes: tuple[str, ...], listed: tuple[str, ...]) -> bool:
    """Whether a code is one of the item's or lies under one."""
    return any(code.startswith(one) for code in codes for one in listed)


class ItemWords(NamedTuple):
    """The words that mean an item and the phrases that deny it, normalised."""

    words: tuple[str, ...]
    denials: tuple[str, ...]

    def are_in(self, text: str) -> bool:
        """Whether a normalised text holds one of the words outside the phrases that deny them."""
        plain = f" {_spaced(text)} "
        for denial in self.denials:
            plain = plain.replace(denial, " ")
        return any(word in plain for word in self.words)


@lru_cache(maxsize=EDITIONS_KEPT)
def item_words(reference: Reference) -> tuple[ItemWords, ...]:
    """The words of every item, in the order of the list; Latin ones hold whole or not at all."""
    return tuple(
        ItemWords(
            _forms((*item.words_zh, *item.words_en)), _forms((*item.unless_zh, *item.unless_en))
        )
        for item in reference.negative_list
    )


def _spaced(text: str) -> str:
    return _SEPARATORS.sub(" ", text)


def _forms(words: Iterable[str]) -> tuple[str, ...]:
    normal = [_spaced(normalise(word)) for word in words]
    return tuple(f" {word} " if word.isascii() else word for word in normal)
