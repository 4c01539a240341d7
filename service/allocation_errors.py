"""Refusals of what is asked of allocations; each docstring says what to do."""

from service.errors import NotFound, Refused


class AllocationNotPossible(Refused):
    """Lower the floors or raise the caps that `detail` names."""

    status, title = 422, "No allocation keeps these floors and caps"


class AllocationNotFound(NotFound):
    """Ask with the key that asked for it, within the days that jobs are kept."""

    title = "No such allocation"


class AllocationTooLarge(Refused):
    """Name fewer investors or gaps, or narrow them by filters."""

    status, title = 422, "Too many investors and gaps for one allocation"
