"""What is shown instead of an id, wherever a name is known."""

from collections.abc import Iterable, Mapping

from service.repositories import names
from service.repositories.names import Called
from service.runtime import Work


def called(work: Work, ids: Iterable[str | None]) -> Mapping[str, Called]:
    """The names of records, chains, links and policies by their ids; of those that have one."""
    wanted = {id_ for id_ in ids if id_ is not None}
    built_in, today = work.runtime.scorer.reference, work.reference
    found = names.names_of(work.session, wanted)
    for id_ in wanted - set(found):
        link = today.links.get(id_) or built_in.links.get(id_)
        known = link or built_in.chains.get(id_)
        rules = work.runtime.rulebook.at(work.session).of_policy(id_)
        if known is not None:
            found[id_] = Called(known.name_zh, known.name_en)
        elif rules is not None:
            found[id_] = Called(rules.policy.name_zh, rules.policy.name_en)
    return found
