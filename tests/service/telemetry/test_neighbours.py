"""How the processes of one server know each other's figures."""

import os
from pathlib import Path

from service.telemetry.neighbours import OLD_SECONDS, SETTING, Neighbours, meeting_place


def test_processes_read_each_other_and_not_themselves(tmp_path: Path) -> None:
    mine = Neighbours(tmp_path / "made")
    assert mine.texts() == []
    mine.show("mine 1\n")
    (tmp_path / "made" / "other.prom").write_text("other 2\n", "utf-8")
    (tmp_path / "made" / "other.new").write_text("half", "utf-8")
    assert mine.texts() == ["other 2\n"]
    mine.show("mine 3\n")
    assert (tmp_path / "made" / f"{os.getpid()}.prom").read_text("utf-8") == "mine 3\n"
    mine.leave()
    mine.leave()
    assert [path.name for path in tmp_path.glob("made/*.prom")] == ["other.prom"]


def test_who_ended_is_left_out(tmp_path: Path) -> None:
    other = tmp_path / "other.prom"
    other.write_text("other 2\n", "utf-8")
    written = other.stat().st_mtime
    assert Neighbours(tmp_path, lambda: written + OLD_SECONDS).texts() == ["other 2\n"]
    assert Neighbours(tmp_path, lambda: written + OLD_SECONDS + 1).texts() == []


def test_a_file_that_goes_meanwhile_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "gone.prom").symlink_to(tmp_path / "nowhere")
    assert Neighbours(tmp_path).texts() == []


def test_a_server_makes_a_folder_and_takes_it_away() -> None:
    environment: dict[str, str] = {}
    with meeting_place(environment, None):
        folder = Path(environment[SETTING])
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "1.prom").write_text("x", "utf-8")
    assert environment == {}
    assert not folder.exists()


def test_a_folder_that_was_chosen_stays(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    with meeting_place(environment, tmp_path):
        assert environment == {}
    assert tmp_path.is_dir()
