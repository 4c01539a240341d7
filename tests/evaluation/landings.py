"""Zones as the engine knows them, made from a plain list of zones, and projects as investors."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from matching.codes import IndustryCode
from matching.describing.classes import ClassPlacer, IndustryClass, Placed
from matching.describing.thesaurus import businesses
from matching.engine import score
from matching.facts import GapFacts, InvestorFacts, ZoneFacts
from matching.fit import NO_FIT
from matching.policy import built_in
from matching.preparing import prepare_gap, prepare_investor
from matching.profiles import InvestorProfile
from matching.reference.loader import Reference
from matching.reference.places import province_of
from matching.reference.records import Link
from matching.ruleset import ruleset
from matching.text.matches import TextMatch
from matching.text.placement import Placer
from matching.vocabulary import Activity, CodeScheme, GapKind, Origin

Row = Mapping[str, str]

NAMED = frozenset({TextMatch.EXACT, TextMatch.CONTAINED})
"""How a leading industry must meet a link's words to name the link's chain."""

LEAST_SCORE = 0.08
"""How near a leading industry must be to a division to mean it."""

MOST_LINKS = 12
"""How many of an investor's links a zone is taken to have a gap at."""

CNY_PER_USD_M = 7_000_000
"""Seven yuan to the dollar: amounts are compared by magnitude only."""

BY_DIVISION = 0.6
"""What the same GB/T 4754 division is worth beside words."""

LATER = 0.1
"""An industry named later in a zone's list is a little less wanted."""

LINK, INDUSTRY = 0.5, 0.9
"""What the link's words and the leading industry's words are worth in an affinity."""

JOBS_PER_PLAN_CNY = 5 / 1_000_000
"""Five jobs per million yuan: what makes a project labour-intensive under the policy."""

USUAL_PLAN_CNY = 100_000_000
RD_INTENSITY_PCT = {"T": 5.0, "CT": 3.0}
"""A project said to be technology-intensive, or capital- and technology-intensive."""

HMT = frozenset({"HK", "MO", "TW"})


class Landings:
    """The zones of a list, ranked for one project at a time by the engine under its policy.

    A zone is taken to want the project as far as the project's description fits one of its leading
    industries, by the words or by the GB/T 4754 division; the policy's criteria do the rest.
    """

    def __init__(self, zones: Sequence[Row], reference: Reference) -> None:
        self._reference = reference
        self._placer = Placer(reference)
        self._rules = ruleset(built_in()[0], reference)
        self._divisions = ClassPlacer(_division_classes(reference), reference)
        self._words = {row["zone_id"]: _industries(row) for row in zones}
        named = dict.fromkeys(one for words in self._words.values() for one in words)
        self._industries = ClassPlacer([IndustryClass(n, n, (n,)) for n in named], reference)
        self._division_shares = {name: self._shares_of(name) for name in named}
        self._zones = [zone for row in zones if (zone := self._zone(row))]

    def rank(self, case: Row) -> list[str]:
        """Zone ids, best first: by the score of a zone's best gap, then by id."""
        facts = investor_facts(case, self._class_of(case))
        who = prepare_investor(facts, self._reference, self._placer)
        near = self._nearness(case)
        links = [self._reference.links[p.link_id] for p in who.placement[:MOST_LINKS]]
        scores = {zone.id: self._score(who, zone, links, near) for zone in self._zones}
        return sorted(scores, key=lambda zone: (-scores[zone], zone))

    def _nearness(self, case: Row) -> dict[str, float]:
        """How near the project is to each leading industry, [0, 1], by words or by division."""
        by_words = _relative(self._industries.place(case["project_zh"]))
        division = case["csrc_division"][1:]
        return {
            name: 1 - (1 - by_words.get(name, 0.0)) * (1 - BY_DIVISION * shares.get(division, 0.0))
            for name, shares in self._division_shares.items()
        }

    def _shares_of(self, industry: str) -> dict[str, float]:
        """The divisions a leading industry means, the nearest one 1."""
        return _relative(_nearest(self._divisions.place(industry), LEAST_SCORE))

    def _score(
        self,
        who: InvestorProfile,
        zone: ZoneFacts,
        links: Sequence[Link],
        near: Mapping[str, float],
    ) -> int:
        """The score of the zone's best gap for the project, in basis points."""
        wanted = [
            near[name] / (1 + LATER * place) for place, name in enumerate(self._words[zone.id])
        ]
        leading = [link for link in links if link.chain_id in zone.leading_chains]
        any_link = next(iter(self._reference.links.values()))
        scores = [
            self._score_at(who, zone, link, max(wanted, default=0.0), is_leading=link in leading)
            for link in leading or links[:1] or [any_link]
        ]
        return max(scores)

    def _score_at(
        self,
        who: InvestorProfile,
        zone: ZoneFacts,
        link: Link,
        wanted: float,
        *,
        is_leading: bool,
    ) -> int:
        facts = GapFacts(
            id=zone.id, version=1, number=1, zone=zone, kind=GapKind.MISSING, link_id=link.link_id
        )
        gap = prepare_gap(facts, self._reference, is_open=True)
        at_link = who.fits.get(gap.row.link, NO_FIT).value if is_leading else 0.0
        affinity = 1 - (1 - LINK * at_link) * (1 - INDUSTRY * wanted)
        row = who.row._replace(affinity=affinity)
        return score(gap.row, row, self._rules.tables, self._rules.policy).score

    def chains_of(self, industry: str) -> set[str]:
        """The chains that a zone's leading industry means.

        Those it or a link of theirs is named by; else those that the other words for its line of
        business name; else those that lie most in its divisions.
        """
        named = set(self._named([industry]))
        chains = self._reference.chains.values()
        named |= {one.chain_id for one in chains if _is_named(one.name_zh, industry)}
        if named:
            return named
        known = businesses(self._reference)
        meant = {word for one in known if industry in one.words for word in one.words}
        if meant:
            return _commonest(self._named(sorted(meant)))
        near = {p.code for p in _nearest(self._divisions.place(industry), LEAST_SCORE)}
        return _chains_in(near, self._reference.links.values())

    def _named(self, words: Sequence[str]) -> list[str]:
        """The chain of each link that a word names, as often as there are such links."""
        placed = self._placer.links(words, [])
        links = self._reference.links
        return [links[p.link_id].chain_id for p in placed if p.match in NAMED]

    def _class_of(self, case: Row) -> str:
        """The GB/T 4754 class that the project's words are nearest to, within its division."""
        division = case["csrc_division"]
        classes = [
            IndustryClass(entry.code, entry.name_zh, (entry.name_zh,))
            for entry in self._reference.gb4754.values()
            if entry.level == "class" and entry.code.startswith(division[1:])
        ]
        placed = ClassPlacer(classes, self._reference).place(case["project_zh"]) if division else ()
        return placed[0].code if placed else division

    def _zone(self, row: Row) -> ZoneFacts | None:
        province = province_of(self._reference, row["province"])
        if province is None:
            return None
        chains = [c for one in _industries(row) for c in sorted(self.chains_of(one))]
        return ZoneFacts(
            id=row["zone_id"],
            version=1,
            region=province.region,
            province_code=province.code,
            leading_chains=tuple(dict.fromkeys(chains)),
        )


def investor_facts(case: Row, code: str) -> InvestorFacts:
    """What a landing says of its project, of that GB/T 4754 code; an empty cell is unknown."""
    home, plan, factor = case["home"], case["invest_usd_m"], case["factor"]
    cny = round(float(plan) * CNY_PER_USD_M) if plan else None
    is_labour = factor == "LI"
    if is_labour:
        cny = cny or USUAL_PLAN_CNY
    return InvestorFacts(
        id=case["case_id"],
        version=1,
        number=1,
        country=home,
        origin=origin_of(home),
        products=(case["project_zh"],),
        industry_codes=(IndustryCode(CodeScheme.GB4754, code),) if code else (),
        planned_investment_max_cny=cny,
        jobs=round(cny * JOBS_PER_PLAN_CNY) if is_labour and cny else None,
        rd_intensity_pct=RD_INTENSITY_PCT.get(factor),
        activities=(Activity.SERVICES,) if factor == "S" else (),
    )


def origin_of(home: str) -> Origin:
    """Whether a country's investors are domestic, of Hong Kong, Macao or Taiwan, or foreign."""
    if home == "CN":
        return Origin.DOMESTIC
    return Origin.HMT if home in HMT else Origin.FOREIGN


def _industries(row: Row) -> tuple[str, ...]:
    return tuple(filter(None, row["leading_industries"].split("、")))


def _division_classes(reference: Reference) -> list[IndustryClass]:
    return [
        IndustryClass(entry.code, entry.name_zh, (entry.name_zh,))
        for entry in reference.gb4754.values()
        if entry.level == "division"
    ]


def _is_named(chain: str, industry: str) -> bool:
    """Whether one of a chain's names (X与Y has two) holds the industry's, or is held by it."""
    return any(industry in part or part in industry for part in chain.split("与"))


def _relative(placed: Sequence[Placed]) -> dict[str, float]:
    """Scores as shares of the best one, by code."""
    return {p.code: p.score / placed[0].score for p in placed}


def _nearest(placed: Sequence[Placed], least: float) -> list[Placed]:
    """The best and those at least half as good, of the ones that reach a score."""
    return [p for p in placed if p.score >= least and p.score * 2 >= placed[0].score]


def _commonest(chains: Sequence[str]) -> set[str]:
    counted = Counter(chains)
    most = max(counted.values(), default=0)
    return {chain for chain, count in counted.items() if count * 2 >= most}


def _chains_in(divisions: set[str], links: Iterable[Link]) -> set[str]:
    """The chains with the greatest share of core links in the divisions, or half of it."""
    inside: dict[str, list[bool]] = {}
    for link in links:
        if link.is_core:
            codes = {code[:2] for code in link.gb4754_codes}
            inside.setdefault(link.chain_id, []).append(bool(divisions & codes))
    shares = {chain: sum(core) / len(core) for chain, core in inside.items()}
    most = max(shares.values())
    return {chain for chain, share in shares.items() if share * 2 >= most > 0.0}
