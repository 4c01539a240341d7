"""The console script: the command runs after all was imported, and garbage is looked for again."""

import gc

import pytest

from service import cli, start


def test_the_command_runs_with_what_was_imported_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[bool, bool]] = []
    monkeypatch.setattr(
        cli, "main", lambda: seen.append((gc.isenabled(), gc.get_freeze_count() > 0))
    )
    start.main()
    assert seen == [(True, True)]
