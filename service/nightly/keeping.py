"""Where lists are kept: a folder a run, a JSON Lines file a block, and a manifest over them.

Only whole blocks count: a file is written beside its place, moved there, and only then named in
the manifest with its digest. So a run that was broken off, however, goes on where it stopped.
"""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

MANIFEST: Final = "manifest.json"
KEPT_RUNS: Final = 7
"""A week of nights."""

DIGITS: Final = 12
"""Of the digest of the rules, in the name of a folder."""


class Basis(BaseModel):
    """What the lists of a run rest on: with the same, every block is the same bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ruleset: str
    policy_id: str
    day: str
    """Of China's calendar: it opens and closes gaps."""
    log_number: int
    log_id: str
    """The last event of the state."""
    gaps: int
    """Open ones."""
    investors: int
    most: int
    """Investors a list holds."""
    block: int
    """Gaps a block holds, but the last."""

    @property
    def name(self) -> str:
        """Of the folder: in the order of time, and no two runs that differ share one."""
        digest = sha256(self.model_dump_json().encode()).hexdigest()[:DIGITS]
        return f"{self.day}-{self.log_number:012d}-{digest}"

    def ranges(self) -> list[tuple[int, int]]:
        """The blocks, as the gaps from the first to below the second number."""
        starts = range(0, self.gaps, self.block)
        return [(start, min(start + self.block, self.gaps)) for start in starts]


class Manifest(BaseModel):
    """A run: what it rests on, and the digests of the blocks that are whole, by file."""

    model_config = ConfigDict(extra="forbid")

    basis: Basis
    blocks: dict[str, str] = {}

    @property
    def is_whole(self) -> bool:
        """Whether no block is missing."""
        return set(self.blocks) == {file_of(*one) for one in self.basis.ranges()}


def file_of(g0: int, g1: int) -> str:
    """The name of a block's file.

    >>> file_of(0, 100)
    'block-0000000-0000100.jsonl'
    """
    return f"block-{g0:07d}-{g1:07d}.jsonl"


@dataclass(frozen=True, slots=True)
class Run:
    """A run in its folder; one process writes it."""

    folder: Path
    manifest: Manifest

    def missing(self) -> list[tuple[int, int]]:
        """The blocks that are not there yet."""
        every = self.manifest.basis.ranges()
        return [one for one in every if file_of(*one) not in self.manifest.blocks]

    def keep(self, g0: int, g1: int, block: bytes) -> None:
        """Keep a whole block, then name it in the manifest."""
        name = file_of(g0, g1)
        _write(self.folder / name, block)
        self.manifest.blocks[name] = sha256(block).hexdigest()
        self.write_manifest()

    def write_manifest(self) -> None:
        """Keep the manifest."""
        _write(self.folder / MANIFEST, self.manifest.model_dump_json(indent=1).encode())


def open_run(root: Path, basis: Basis) -> Run:
    """The run of that basis, as far as it came: a block whose bytes are others counts no more.

    Args:
        root: the folder of all runs.
        basis: what the lists rest on.
    """
    folder = root / basis.name
    folder.mkdir(parents=True, exist_ok=True)
    known = _manifest_in(folder)
    blocks = {} if known is None or known.basis != basis else known.blocks
    whole = {name: digest for name, digest in blocks.items() if _digest(folder / name) == digest}
    run = Run(folder, Manifest(basis=basis, blocks=whole))
    run.write_manifest()
    return run


def newest_whole(root: Path) -> Run | None:
    """The newest run of which no block is missing; None where there is none."""
    folders = sorted(root.iterdir(), reverse=True) if root.is_dir() else []
    for folder in folders:
        manifest = _manifest_in(folder)
        if manifest is not None and manifest.is_whole:
            return Run(folder, manifest)
    return None


def tidy(root: Path, most: int = KEPT_RUNS) -> None:
    """Delete all runs but the newest; the newest whole one stays, and what was begun since."""
    folders = sorted(root.iterdir(), reverse=True)
    whole = newest_whole(root)
    for folder in folders[most:]:
        if whole is None or folder.name < whole.folder.name:
            shutil.rmtree(folder)


def lists_of_zone(run: Run, zone_id: str) -> Iterator[dict[str, Any]]:
    """The lists of a zone's gaps; they lie together, zone after zone."""
    for g0, g1 in run.manifest.basis.ranges():
        with (run.folder / file_of(g0, g1)).open(encoding="utf-8") as lines:
            for line in lines:
                told: dict[str, Any] = json.loads(line)
                if told["zone_id"] == zone_id:
                    yield told


def _manifest_in(folder: Path) -> Manifest | None:
    """The manifest of a folder; None where there is none that can be read."""
    try:
        return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None


def _digest(file: Path) -> str | None:
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else None


def _write(file: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, also after a loss of power."""
    beside = file.with_name(f"{file.name}.part")
    with beside.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)
