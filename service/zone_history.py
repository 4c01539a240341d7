"""A zone's firms as they were: the events of the log folded, one after another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from matching.codes import IndustryCode
from matching.facts import EnterpriseFacts
from matching.vocabulary import CodeScheme, Honour, LinkStatus
from models.event import Event

LISTS: Final = ("zone.enterprises_replaced", "zone.enterprises_imported")
OVERRIDES: Final = ("zone.override_set", "zone.override_withdrawn")
CORRECTIONS: Final = ("zone.correction_set", "zone.correction_withdrawn")
LANDED: Final = "enterprise.landed"
OF_FIRMS: Final = (*LISTS, LANDED, *OVERRIDES, *CORRECTIONS)
"""Actions that can move a link's strength or status."""

Told = Mapping[str, Any]


@dataclass(slots=True)
class ZoneThen:
    """What was known of a zone's firms at one place in the log."""

    firms: dict[str, EnterpriseFacts] = field(default_factory=dict[str, EnterpriseFacts])
    corrections: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    overrides: dict[str, LinkStatus] = field(default_factory=dict[str, LinkStatus])

    def follow(self, event: Event) -> list[str]:
        """Go past an event; the external ids of the firms it was about are answered."""
        before: Told = event.before or {}
        after: Told = event.after or {}
        if event.action in LISTS:
            return self._list(_inside(before, "enterprises"), _inside(after, "enterprises"))
        if event.action == LANDED:
            known = self.firms.get(str(after["external_id"]))
            firm = firm_of(after, is_listed=known is not None and known.is_listed)
            self.firms[firm.external_id] = firm
            return [firm.external_id]
        if event.action in OVERRIDES:
            _lay(self.overrides, before, after, "overrides", _status)
            return []
        return _lay(self.corrections, before, after, "corrections", _links)

    def _list(self, before: Told, after: Told) -> list[str]:
        for external_id in before:
            self.firms.pop(external_id, None)
        for external_id, traits in after.items():
            self.firms[external_id] = firm_of(traits, is_listed=True)
        return sorted({*before, *after})


def firm_of(traits: Told, *, is_listed: bool) -> EnterpriseFacts:
    """A firm as an event tells of it."""
    return EnterpriseFacts(
        external_id=traits["external_id"],
        name=traits["name"],
        is_listed=is_listed,
        link_ids=tuple(traits["link_ids"]),
        products=tuple(traits["products"]),
        industry_codes=tuple(
            IndustryCode(CodeScheme(code["scheme"]), code["code"])
            for code in traits["industry_codes"]
        ),
        revenue_cny=traits["revenue_cny"],
        employees=traits["employees"],
        honours=tuple(Honour(honour) for honour in traits["honours"]),
    )


def _inside(snapshot: Told, name: str) -> Told:
    return cast("Told", snapshot.get(name, {}))


def _status(said: Told) -> LinkStatus:
    return LinkStatus(said["status"])


def _links(said: Told) -> tuple[str, ...]:
    return tuple(said["link_ids"])


def _lay(held: dict[str, Any], before: Told, after: Told, name: str, read: Any) -> list[str]:
    """Take back what was said and lay what is said; the keys it was about."""
    gone, laid = _inside(before, name), _inside(after, name)
    for key in gone:
        held.pop(key, None)
    held.update({key: read(said) for key, said in laid.items()})
    return sorted({*gone, *laid})
