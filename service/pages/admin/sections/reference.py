"""Editions of parts of the reference: what rules, what an edition changes, from which day."""

from collections.abc import Iterable
from typing import Final

from matching.criteria import CRITERIA
from models.edition import EditionActivation, EditionDetail
from models.edition_changes import DifferencePublic, DifferencesPublic, EditionPreview
from service import clock
from service.errors import EditionDoesNotFit
from service.pages.admin.section import Section, reads, writes
from service.pages.admin.sections.partners import seen
from service.pages.asked import shaped, whole
from service.pages.desk import Answer, Desk, Gone
from service.repositories.names import Called
from service.usecases import edition_life, edition_preview, editions, landscapes, naming

FIGURES: Final = tuple(EditionPreview.model_fields)
DIFFERENCES_SHOWN: Final = 100


class ReferenceData(Section):
    """参考数据."""

    name = "reference"
    path = "/reference"

    @reads()
    def first(self, desk: Desk) -> Answer:
        """The built-in tables and the loaded editions side by side, and what rules."""
        found = editions.list_page(desk, desk.page)
        chains = [row.chain_id for row in found.items]
        return self.show(
            "reference",
            found=found,
            following=desk.next_page(found.next_cursor),
            names=naming.called(desk, [*found.ruling, *found.gap_ids, *chains]),
        )

    @reads("/{id}")
    def one(self, desk: Desk) -> Answer:
        """One edition, and where it differs from what rules without it."""
        edition = editions.read(desk, desk.id)
        compared = _compared(desk)
        keys = [part for row in _shown(compared) for part in row.key.split()]
        return self.show(
            "edition",
            edition=edition,
            compared=compared,
            differences=_shown(compared),
            wanted=EditionPreview(),
            today=clock.china_day(),
            names=_names(desk, edition, [edition.chain_id, edition.created_by, *keys]),
        )

    @reads("/{id}/preview")
    def preview(self, desk: Desk) -> Answer:
        """What would change today: placements and first places."""
        edition, query = editions.read(desk, desk.id), desk.asked.query
        said = {n: whole(query.get(n), "is no whole number", "query", n) for n in FIGURES}
        wanted = shaped(EditionPreview, said)
        found = edition_preview.preview(desk, desk.id, wanted)
        listed = [*found.moved, *found.changed]
        ids = [id_ for one in listed for id_ in (*one.before, *one.after)]
        whose = [*(one.investor_id for one in found.moved), *(one.id for one in found.changed)]
        return self.show(
            "edition_preview",
            edition=edition,
            found=found,
            wanted=wanted,
            titles={criterion.key: criterion.title for criterion in CRITERIA},
            names=_names(desk, edition, [*ids, *whose, *found.gap_ids]),
        )

    @writes("/landscape")
    def landscape(self, desk: Desk) -> Answer:
        """Count who holds and who seeks each link, as a draft."""
        made = landscapes.make(desk, None)
        return Gone(f"/reference/{made.id}", "landscape_made")

    @writes("/{id}/activate")
    def activate(self, desk: Desk) -> Answer:
        """Let a draft rule from a day on."""
        first = {"effective_from": desk.asked.said("effective_from")}
        edition_life.activate(desk, desk.id, shaped(EditionActivation, first))
        return Gone(f"/reference/{desk.id}", "edition_activated")

    @writes("/{id}/rollback")
    def roll_back(self, desk: Desk) -> Answer:
        """Let what lay below it rule again."""
        edition_life.roll_back(desk, desk.id)
        return Gone(f"/reference/{desk.id}", "edition_rolled_back")

    @writes("/{id}/discard")
    def discard(self, desk: Desk) -> Answer:
        """Discard a draft."""
        edition_life.discard(desk, desk.id, seen(desk.asked))
        return Gone(f"/reference/{desk.id}", "discarded")


def _compared(desk: Desk) -> DifferencesPublic | None:
    """What an edition changes; None where it cannot be laid over what rules."""
    try:
        return editions.compare(desk, desk.id)
    except EditionDoesNotFit:
        return None


def _shown(compared: DifferencesPublic | None) -> list[DifferencePublic]:
    return [] if compared is None else compared.items[:DIFFERENCES_SHOWN]


def _names(desk: Desk, edition: EditionDetail, ids: Iterable[str | None]) -> dict[str, Called]:
    """What is called by a name: provinces, the edition's own links, and whatever else is known."""
    provinces = desk.reference.provinces
    own = {str(row["link_id"]): (row.get("name_zh"), row.get("name_en")) for row in edition.rows}
    return {
        **{code: Called(one.short_zh, one.name_en) for code, one in provinces.items()},
        **{id_: Called(str(zh), str(en)) for id_, (zh, en) in own.items() if zh and en},
        **naming.called(desk, ids),
    }
