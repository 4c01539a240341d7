"""What the operating system says."""

from pathlib import Path

from service.telemetry import system


def test_figures_of_this_process() -> None:
    usage = system.read()
    assert usage.cpu_seconds > 0
    if system.PROC.is_dir():
        assert 10_000_000 < (usage.resident_bytes or 0) < 10**11
        assert (usage.open_files or 0) > 2


def test_what_is_not_told_is_not_zero(tmp_path: Path) -> None:
    usage = system.read(tmp_path / "none")
    assert (usage.resident_bytes, usage.open_files) == (None, None)
