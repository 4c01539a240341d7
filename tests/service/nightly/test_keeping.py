"""Kept lists: only whole blocks count, and what a run rests on names its folder."""

from pathlib import Path

import pytest

from service.nightly.keeping import (
    MANIFEST,
    Basis,
    file_of,
    lists_of_zone,
    newest_whole,
    open_run,
    tidy,
)

BASIS = Basis(
    ruleset="sha256:0",
    policy_id="national-2026",
    day="2026-12-01",
    log_number=7,
    log_id="evt_7",
    gaps=5,
    investors=3,
    most=50,
    block=2,
)
BLOCKS = {
    (0, 2): b'{"zone_id":"A"}\n{"zone_id":"B","gap_id":"1"}\n',
    (2, 4): b'{"zone_id":"B","gap_id":"2"}\n{"zone_id":"C"}\n',
    (4, 5): b'{"zone_id":"D"}\n',
}


def whole_run(root: Path, basis: Basis = BASIS) -> Path:
    run = open_run(root, basis)
    for one, block in BLOCKS.items():
        run.keep(*one, block)
    return run.folder


def test_the_last_block_is_what_is_left() -> None:
    assert BASIS.ranges() == [(0, 2), (2, 4), (4, 5)]
    assert BASIS.model_copy(update={"gaps": 0}).ranges() == []


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    open_run(tmp_path, BASIS).keep(2, 4, BLOCKS[2, 4])
    again = open_run(tmp_path, BASIS)
    assert again.missing() == [(0, 2), (4, 5)]
    assert newest_whole(tmp_path) is None


def test_the_newest_runs_are_kept_and_the_newest_whole_one_always(tmp_path: Path) -> None:
    days = [BASIS.model_copy(update={"day": f"2030-01-0{day}"}) for day in range(1, 7)]
    for basis in days[:3]:
        whole_run(tmp_path, basis)
    for basis in days[3:]:
        open_run(tmp_path, basis)
    tidy(tmp_path, most=2)
    assert sorted(one.name for one in tmp_path.iterdir()) == [one.name for one in days[2:]]
    whole_run(tmp_path, days[5])
    tidy(tmp_path, most=2)
    assert sorted(one.name for one in tmp_path.iterdir()) == [one.name for one in days[4:]]


@pytest.mark.parametrize("damage", ["cut", "gone", "not named", "no manifest", "half a manifest"])
def test_what_is_not_whole_does_not_count(tmp_path: Path, damage: str) -> None:
    run = open_run(tmp_path, BASIS)
    run.keep(0, 2, BLOCKS[0, 2])
    file, manifest = run.folder / file_of(0, 2), run.folder / MANIFEST
    if damage == "cut":
        file.write_bytes(BLOCKS[0, 2][:-3])
    elif damage == "gone":
        file.unlink()
    elif damage == "not named":
        run.manifest.blocks.clear()
        run.write_manifest()
    elif damage == "no manifest":
        manifest.unlink()
    else:
        manifest.write_bytes(manifest.read_bytes()[:40])
    assert open_run(tmp_path, BASIS).missing() == BASIS.ranges()


@pytest.mark.parametrize(
    "change",
    [
        {"ruleset": "sha256:1"},
        {"log_id": "evt_8"},
        {"day": "2026-12-02"},
        {"most": 9},
        {"block": 3},
    ],
)
def test_a_run_on_another_basis_begins_anew(tmp_path: Path, change: dict[str, object]) -> None:
    folder = whole_run(tmp_path)
    other = open_run(tmp_path, Basis.model_validate(BASIS.model_dump() | change))
    assert other.folder != folder
    assert len(other.missing()) == len(other.manifest.basis.ranges())


def test_the_newest_whole_run_is_read(tmp_path: Path) -> None:
    assert newest_whole(tmp_path / "nowhere") is None
    older = whole_run(tmp_path)
    newer = whole_run(tmp_path, BASIS.model_copy(update={"log_number": 10}))
    open_run(tmp_path, BASIS.model_copy(update={"log_number": 11}))
    (tmp_path / "notes").mkdir()
    found = newest_whole(tmp_path)
    assert found is not None
    assert found.folder == newer != older
    assert [one.get("gap_id") for one in lists_of_zone(found, "B")] == ["1", "2"]
    assert list(lists_of_zone(found, "E")) == []
