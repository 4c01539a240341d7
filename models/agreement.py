"""Rules between fields; the same ones hold for a new record and for one a PATCH has changed."""

from models.base import FieldsDisagree


def check_order(record: object, lower: str, upper: str) -> None:
    """Nothing when the field `lower` is not above the field `upper`, or one of them is unknown.

    Raises:
        FieldsDisagree: it is above.
    """
    low, high = getattr(record, lower), getattr(record, upper)
    if low is not None and high is not None and low > high:
        raise FieldsDisagree((lower, upper), f"{lower} must not be above {upper}")


def check_any(record: object, *fields: str) -> None:
    """Nothing when one of the fields, texts or lists, holds something.

    Raises:
        FieldsDisagree: all are empty or unknown.
    """
    if not any(getattr(record, field) for field in fields):
        raise FieldsDisagree(fields, f"one of {', '.join(fields)} is needed")
