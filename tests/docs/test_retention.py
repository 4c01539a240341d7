"""The page on how long things are kept says what the code does, and leaves no table out."""

import re
from datetime import timedelta
from pathlib import Path

from models.tables import metadata
from service.background import KEPT_DELIVERIES, KEPT_JOBS
from service.nightly.keeping import KEPT_RUNS
from service.usecases import contacts, replays, sessions

PAGE = (Path(__file__).parents[2] / "docs/operation/retention.md").read_text(encoding="utf-8")
KEPT = {
    "contact": contacts.KEPT,
    "consent": contacts.KEPT,
    "webhook_delivery": KEPT_DELIVERIES,
    "job": KEPT_JOBS,
    "job_portion": KEPT_JOBS,
    "idempotency_record": replays.KEPT,
    "session": sessions.LIFETIME,
}


def test_the_page_says_how_long() -> None:
    said: dict[str, timedelta] = {}
    for tables, days in re.findall(r"^\|.*\| (`.+`) \| ([\d.]+) \|$", PAGE, re.MULTILINE):
        kept = timedelta(days=float(days))
        said |= dict.fromkeys(re.findall(r"`(\w+)`", tables), kept)
    assert said == KEPT
    assert timedelta(hours=1) == sessions.IDLE
    assert f"newest {KEPT_RUNS} runs" in PAGE
    assert f"最近 {KEPT_RUNS} 次" in PAGE


def test_no_table_is_left_out() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert named - set(metadata.tables) == set()
    assert set(metadata.tables) - named == set()
