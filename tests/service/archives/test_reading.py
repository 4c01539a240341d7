"""What is no archive, or not the one that was written, is found and told plainly."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from service.archives.form import MANIFEST
from service.archives.reading import NotWhole, opened
from tests.databases import SqliteCopies
from tests.service.archives.houses import saved


@pytest.fixture(scope="module")
def members(
    sqlite_copies: SqliteCopies, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """What a good archive holds."""
    with sqlite_copies.copy() as settings:
        file = saved(settings, tmp_path_factory.mktemp("archive") / "good.zip")
    with ZipFile(file) as good:
        return {name: good.read(name) for name in good.namelist()}


def packed(members: dict[str, bytes], file: Path) -> Path:
    with ZipFile(file, "w", ZIP_DEFLATED) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return file


def test_a_whole_archive_is_whole(members: dict[str, bytes], tmp_path: Path) -> None:
    with opened(packed(members, tmp_path / "a.zip")) as archive:
        archive.check()
        assert archive.manifest.rows > 179


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("zone.jsonl", b"[]\n", "zone.jsonl is not what was written"),
        ("zone.jsonl", b"", "zone.jsonl is not what was written"),
        ("zone.jsonl", None, "zone.jsonl cannot be read"),
        (MANIFEST, None, "no manifest"),
        (MANIFEST, b"{}", "not one of this version's"),
        (MANIFEST, b" " * 1_000_001, "too large"),
    ],
    ids=["other", "empty", "missing", "no_manifest", "other_manifest", "large_manifest"],
)
def test_a_changed_archive_is_refused(
    name: str, content: bytes | None, words: str, members: dict[str, bytes], tmp_path: Path
) -> None:
    held = {one: members[one] for one in members if one != name}
    if content is not None:
        held[name] = content
    with (
        pytest.raises(NotWhole, match=words),
        opened(packed(held, tmp_path / "a.zip")) as archive,
    ):
        archive.check()


def test_what_is_no_archive_is_refused(members: dict[str, bytes], tmp_path: Path) -> None:
    file = packed(members, tmp_path / "a.zip")
    whole = file.read_bytes()
    for content in (b"", b"nonsense", whole[: len(whole) // 2]):
        file.write_bytes(content)
        with pytest.raises(NotWhole, match="no archive"), opened(file):
            pass


def test_a_flipped_bit_is_found_wherever_it_is(members: dict[str, bytes], tmp_path: Path) -> None:
    file = packed({name: members[name] for name in ("zone.jsonl", MANIFEST)}, tmp_path / "a.zip")
    whole = bytearray(file.read_bytes())
    for place in range(60, len(whole) // 2, len(whole) // 20):
        whole[place] ^= 4
        file.write_bytes(whole)
        whole[place] ^= 4
        with pytest.raises(NotWhole), opened(file) as archive:
            archive.check()
