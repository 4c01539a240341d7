"""GB/T 4754 classes from words and codes: by the classes' names, by the links placed, as stated."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from matching.codes import IndustryCode, resolve
from matching.reference.loader import Reference
from matching.reference.records import GbCode, IsicCode, Link
from matching.text.class_owners import gb_owners, isic_owners
from matching.text.matcher import Matcher
from matching.text.mentioned import Mentioned, best_mentions
from matching.text.sentences import NO_REASON, SCHEMES, Why, join, quote, why_words
from matching.vocabulary import CodeScheme

OWN_NAME = Why("该行业", "this industry")


@dataclass(frozen=True, slots=True)
class GbAffinity:
    """How near an investor is to a GB/T 4754 class, in (0, 1].

    `words` and `stated` in [0, 1]: what its phrases and its codes say of it by themselves.
    """

    code: str
    name_zh: str
    affinity: float
    words: float
    stated: float
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True)
class _Evidence:
    value: float
    why: Why


_NOTHING = _Evidence(0.0, NO_REASON)


class IndustryPlacer:
    """Places at classes; the names are read when they are first asked for."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference

    def place(
        self,
        phrases: Sequence[str],
        codes: Sequence[IndustryCode],
        placed: Mapping[Link, Mentioned],
        text: str = "",
    ) -> tuple[GbAffinity, ...]:
        """The classes touched, best first, then by code.

        An own class is 1, a class or group that a foreign code fans out to its share. Words count
        as far as they meet the class's name (English: through ISIC Rev.4's names, as a prior), or
        a link of `placed`, spread over the link's classes. Words and codes add up as independent.
        """
        named = *self._by_name(phrases, text), *self._by_isic(phrases, text)
        words = _best((*named, *self._by_link(placed)))
        stated = _best(self._stated(codes))
        found = [
            self._affinity(code, words.get(code, _NOTHING), stated.get(code, _NOTHING))
            for code in words.keys() | stated.keys()
        ]
        return tuple(sorted(found, key=lambda gb: (-gb.affinity, gb.code)))

    def _affinity(self, code: str, words: _Evidence, stated: _Evidence) -> GbAffinity:
        why = join(words.why, stated.why)
        return GbAffinity(
            code=code,
            name_zh=self._reference.gb4754[code].name_zh,
            affinity=1 - (1 - words.value) * (1 - stated.value),
            words=words.value,
            stated=stated.value,
            why_zh=why.zh,
            why_en=why.en,
        )

    @cached_property
    def _classes(self) -> tuple[Sequence[GbCode], Matcher]:
        classes = [gb for gb in self._reference.gb4754.values() if gb.level == "class"]
        return classes, Matcher(gb_owners(classes))

    @cached_property
    def _isic_classes(self) -> tuple[Sequence[IsicCode], Matcher]:
        classes = [isic for isic in self._reference.isic4.values() if isic.level == "class"]
        return classes, Matcher(isic_owners(classes))

    def _by_name(self, phrases: Sequence[str], text: str) -> Iterator[tuple[str, _Evidence]]:
        classes, matcher = self._classes
        for number, said in best_mentions(matcher, phrases, text).items():
            why = why_words(said, OWN_NAME)
            yield classes[number].code, _Evidence(said.value, why)

    def _by_isic(self, phrases: Sequence[str], text: str) -> Iterator[tuple[str, _Evidence]]:
        classes, matcher = self._isic_classes
        for number, said in best_mentions(matcher, phrases, text).items():
            isic = classes[number]
            of = Why(f"ISIC Rev.4 {isic.code}", f"ISIC Rev.4 {isic.code}")
            why = why_words(said, of)
            for gb in resolve(self._reference, CodeScheme.ISIC4, isic.code).gb:
                yield gb.code, _Evidence(said.value * gb.share, why)

    def _by_link(self, placed: Mapping[Link, Mentioned]) -> Iterator[tuple[str, _Evidence]]:
        for link, said in placed.items():
            of = Why(f"环节“{link.name_zh}”", f'the link "{link.name_en}"')
            why = why_words(said, of)
            for code in link.gb4754_codes:
                yield code, _Evidence(said.value / sqrt(len(link.gb4754_codes)), why)

    def _stated(self, codes: Iterable[IndustryCode]) -> Iterator[tuple[str, _Evidence]]:
        for stated in codes:
            for gb in resolve(self._reference, stated.scheme, stated.code).gb:
                yield gb.code, _Evidence(gb.share, _why_stated(stated, gb.code))


def _why_stated(stated: IndustryCode, gb_code: str) -> Why:
    scheme, code = SCHEMES[stated.scheme], quote(stated.code)
    if stated.scheme is CodeScheme.GB4754:
        return Why(f"所报行业代码{scheme} {code}", f"The stated industry code {scheme} {code}")
    return Why(
        f"所报行业代码{scheme} {code}对应GB/T 4754 {gb_code}",
        f"The stated industry code {scheme} {code} corresponds to GB/T 4754 {gb_code}",
    )


def _best(found: Iterable[tuple[str, _Evidence]]) -> dict[str, _Evidence]:
    """The best evidence of each class, whatever the order."""
    by_code: defaultdict[str, list[_Evidence]] = defaultdict(list)
    for code, evidence in found:
        by_code[code].append(evidence)
    return {c: min(all_, key=lambda e: (-e.value, e.why)) for c, all_ in by_code.items()}
