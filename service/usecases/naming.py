"""What is shown instead of an id, wherever a name is known."""

from collections.abc import Iterable, Mapping

from matching.reference.records import Link
from service.repositories import names
from service.repositories.names import Called
from service.runtime import Work


def called(work: Work, ids: Iterable[str | None]) -> Mapping[str, Called]:
    """The names of records, chains, links and policies by their ids; of those that have one.

    A gap without a title is called after its link and its zone.
    """
    wanted = {id_ for id_ in ids if id_ is not None}
    found = names.names_of(work.session, wanted)
    found |= _untitled(work, {id_ for id_ in wanted - set(found) if id_.startswith("gap_")})
    for id_ in wanted - set(found):
        known = _link(work, id_) or work.runtime.scorer.reference.chains.get(id_)
        rules = work.runtime.rulebook.at(work.session).of_policy(id_)
        if known is not None:
            found[id_] = Called(known.name_zh, known.name_en)
        elif rules is not None:
            found[id_] = Called(rules.policy.name_zh, rules.policy.name_en)
    return found


def _untitled(work: Work, ids: set[str]) -> dict[str, Called]:
    found: dict[str, Called] = {}
    for id_, (link_id, zone) in names.places_of_gaps(work.session, ids).items():
        link = _link(work, link_id)
        if link is not None:
            found[id_] = Called(f"{link.name_zh}（{zone.zh}）", f"{link.name_en} ({zone.en})")
    return found


def _link(work: Work, link_id: str) -> Link | None:
    """The link as it is called today, or as it was called before an edition took it away."""
    built_in = work.runtime.scorer.reference.links
    return work.reference.links.get(link_id) or built_in.get(link_id)
