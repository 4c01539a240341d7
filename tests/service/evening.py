"""Answers made even: ids, times and secrets stay the same, long lists are shortened."""

import json
import re
from itertools import count
from typing import Any

from service import clock

MOST_ITEMS = 2
VARIES = re.compile(r"\b(inv|gap|ent|lead|cmp|ctc|key|pol|edn|ptn|evt|req|whk|job)_[0-9A-Z]{26}\b")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+Z")
SECRET = re.compile(r"bul_[\w-]{8,}")
SIGNING = re.compile(r"whsec_[\w+/=]{8,}")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
LINK = re.compile(r'"hash": "[0-9a-f]{64}"')


def steady(answers: dict[str, Any]) -> dict[str, Any]:
    """The same, short, with names in place of what is random."""
    text = json.dumps(shortened(answers), ensure_ascii=False)
    names: dict[str, str] = {}
    numbers = count(1)

    def name(found: re.Match[str]) -> str:
        known = names.get(found[0])
        if known is None:
            known = names[found[0]] = f"{found[1]}_01M86P{next(numbers):020d}"
        return known

    text = VARIES.sub(name, text)
    text = MOMENT.sub("2026-01-15T08:30:00Z", text)
    text = text.replace(str(clock.china_day()), "2026-01-15")
    text = SECRET.sub("bul_shown_once_and_never_again", text)
    text = SIGNING.sub("whsec_c2hvd24gb25jZSBhbmQgbmV2ZXIgYWdhaW4sIGxpa2UgdGhpcw==", text)
    text = LINK.sub(f'"hash": "{"5a" * 32}"', text)
    return json.loads(DIGEST.sub(f"sha256:{'0' * 64}", text))


def shortened(value: Any) -> Any:
    """Two items of each list, everything of each object."""
    if isinstance(value, dict):
        return {key: shortened(one) for key, one in value.items()}  # pyright: ignore[reportUnknownVariableType] - JSON
    if isinstance(value, list):
        return [shortened(one) for one in value[:MOST_ITEMS]]  # pyright: ignore[reportUnknownVariableType] - JSON
    return value


def form(value: Any) -> Any:
    """The names of the fields, all the way down; of a list the form of its first item."""
    if isinstance(value, dict):
        return {key: form(one) for key, one in sorted(value.items())}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
    if isinstance(value, list):
        return [form(one) for one in value[:1]]  # pyright: ignore[reportUnknownVariableType] - JSON
    return "…"
