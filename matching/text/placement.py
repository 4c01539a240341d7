"""Where an investor belongs: its phrases and codes placed at links, and at GB/T 4754 classes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from matching.codes import IndustryCode
from matching.reference.loader import Reference
from matching.reference.records import Link
from matching.text.admission import admitted
from matching.text.code_index import CodeEvidence, CodeIndex
from matching.text.industries import GbAffinity, IndustryPlacer
from matching.text.matcher import Matcher
from matching.text.matches import TextMatch, combine, in_basis_points
from matching.text.mentioned import NO_MENTION, Mentioned, best_mentions
from matching.text.owners import link_owners
from matching.text.sentences import NO_REASON, join, why_code, why_words
from matching.text.words import word_affinity

__all__ = ["CODE_FLOOR", "GbAffinity", "LinkAffinity", "Placer", "combine", "word_affinity"]

CODE_FLOOR = 0.2
"""What an exact GB/T 4754 class is worth at least where the words do not speak against it.

It is the relevance floor, so that the link can be seen, at the end of a ranking. Words that place
the investor decide which links that are (`admission`): naming products may lower an affinity that
rested on a code.
"""


@dataclass(frozen=True, slots=True)
class LinkAffinity:
    """How near an investor is to a link, in (0, 1], and the best evidence of words and of codes.

    `text` and `code` in [0, 1]; affinity and code in whole basis points. `phrase` and `keyword`
    are None without words, `gb_code` (the class the code means in GB/T 4754) without a code.
    """

    link_id: str
    number: int
    """The link's."""
    affinity: float
    text: float
    code: float
    match: TextMatch
    phrase: str | None
    keyword: str | None
    gb_code: str | None
    why_zh: str
    why_en: str


class Placer:
    """Places phrases and codes; built once a process, then read by any number of threads."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._links: tuple[Link, ...] = tuple(reference.links.values())
        self._matcher = Matcher(link_owners(self._links))
        self._codes = CodeIndex(reference)
        self._industries = IndustryPlacer(reference)

    def links(
        self, phrases: Sequence[str], codes: Sequence[IndustryCode], text: str = ""
    ) -> tuple[LinkAffinity, ...]:
        """The links that phrases, codes or a description touch, best first, then by link number.

        Phrases in Chinese (either script) or English, a product name or a sentence; of each the
        first `normalise.MAX_CHARACTERS` are read. The order of phrases and codes does not matter.
        One more code never lowers an affinity, one more phrase only what rests on codes
        (`admission.admitted`). What cannot be read counts as nothing said.
        """
        said = best_mentions(self._matcher, phrases, text)
        coded = admitted(self._codes.evidence(codes), said, self._links)
        placed = [
            self._affinity(link, said.get(link.number, NO_MENTION), coded.get(link.link_id))
            for link in map(self._links.__getitem__, sorted({*said, *self._numbers(coded)}))
        ]
        return tuple(sorted(placed, key=lambda p: -p.affinity))

    def _numbers(self, link_ids: Iterable[str]) -> Iterator[int]:
        return (self._reference.links[link_id].number for link_id in link_ids)

    def industries(
        self, phrases: Sequence[str], codes: Sequence[IndustryCode], text: str = ""
    ) -> tuple[GbAffinity, ...]:
        """The GB/T 4754 classes they touch, best first, then by code; see `IndustryPlacer`."""
        said = best_mentions(self._matcher, phrases, text)
        by_link = {self._links[number]: mention for number, mention in said.items()}
        return self._industries.place(phrases, codes, by_link, text)

    def _affinity(self, link: Link, said: Mentioned, coded: CodeEvidence | None) -> LinkAffinity:
        code = in_basis_points(coded.value if coded else 0.0)
        floor = CODE_FLOOR if coded and coded.is_exact_class else 0.0
        because = why_code(coded, self._reference.gb4754) if coded else NO_REASON
        why = join(why_words(said), because)
        return LinkAffinity(
            link_id=link.link_id,
            number=link.number,
            affinity=in_basis_points(max(floor, combine(code, said.value))),
            text=said.value,
            code=code,
            match=said.match,
            phrase=said.phrase or None,
            keyword=said.word or None,
            gb_code=coded.gb_code if coded else None,
            why_zh=why.zh,
            why_en=why.en,
        )
