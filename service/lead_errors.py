"""Refusals of what is asked of leads and their companies; each docstring says what to do."""

from collections.abc import Iterable

from service.errors import Refused


class LeadExists(Refused):
    """Go on with your own lead; its id is in `lead_id`."""

    status, title = 409, "You have a lead for this company at this place"

    def __init__(self, lead_id: str) -> None:
        super().__init__()
        self.members = {"lead_id": lead_id}


class MoveRefused(Refused):
    """Choose one of the moves in `allowed`."""

    status, title = 409, "The lead cannot be moved there"

    def __init__(self, detail: str, allowed: Iterable[str]) -> None:
        super().__init__(detail)
        self.members = {"allowed": [str(status) for status in allowed]}


class PlaceHeld(Refused):
    """Wait until the lead in `lead_id` no longer holds the company there."""

    status, title = 409, "Another lead holds this company at this place"

    def __init__(self, lead_id: str) -> None:
        super().__init__()
        self.members = {"lead_id": lead_id}


class LeadAhead(Refused):
    """Decide first on the lead in `lead_id`, which was registered earlier."""

    status, title = 409, "Another partner's lead for this company at this place came first"

    def __init__(self, lead_id: str) -> None:
        super().__init__()
        self.members = {"lead_id": lead_id}


class GapNotOpen(Refused):
    """Look at the gap: it is filled, closed, or out of its period."""

    status, title = 409, "The gap takes no investor now"


class SameCompany(Refused):
    """Nothing is to be done: the two leads are of one company already."""

    status, title = 409, "The leads are of the same company"


class PlacesCollide(Refused):
    """Release one of the leads in `lead_ids` first; both hold the same place."""

    status, title = 409, "Both companies are held at one place"

    def __init__(self, lead_ids: list[str]) -> None:
        super().__init__()
        self.members = {"lead_ids": lead_ids}


class NotMerged(Refused):
    """Unmerge a lead whose company was taken for another's."""

    status, title = 409, "Nothing joins this lead's company to another"


class GapFull(Refused):
    """Raise the gap's capacity first, or release one of those that have signed."""

    status, title = 409, "As many investors as the gap can take have signed"
