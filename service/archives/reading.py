"""Reading an archive, and whether it is what was written."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile
from zlib import error as BadDeflate  # noqa: N812 - a class, named like a function

from pydantic import ValidationError

from service.archives.form import MANIFEST, Manifest, TableEntry

BROKEN: Final = (BadZipFile, BadDeflate, EOFError, NotImplementedError, RuntimeError, OSError)
"""What the library raises on bytes that are no archive, or other ones than were written."""

LARGEST_MANIFEST: Final = 1_000_000


class NotWhole(ValueError):  # noqa: N818 - house style: the name is the sentence
    """The file is no archive of this service, or not the one that was written; take another."""


class Archive:
    """An open archive.

    Attributes:
        manifest: what it says of itself.
    """

    def __init__(self, file: ZipFile, manifest: Manifest) -> None:
        self._file = file
        self.manifest = manifest

    def lines(self, entry: TableEntry) -> Iterator[bytes]:
        """The rows of a table, and after the last one whether they were the right ones.

        Raises:
            NotWhole: they were others.
        """
        digest, rows = sha256(), 0
        try:
            with self._file.open(entry.member) as lines:
                for line in lines:
                    digest.update(line)
                    rows += 1
                    yield line
        except (*BROKEN, KeyError):
            raise NotWhole(f"{entry.member} cannot be read") from None
        if (rows, digest.hexdigest()) != (entry.rows, entry.sha256):
            raise NotWhole(f"{entry.member} is not what was written")

    def check(self) -> None:
        """Read everything.

        Raises:
            NotWhole: something is not what was written.
        """
        for entry in self.manifest.tables:
            for _ in self.lines(entry):
                pass


@contextmanager
def opened(path: Path) -> Generator[Archive]:
    """An archive.

    Raises:
        NotWhole: the file is none.
    """
    try:
        file = ZipFile(path)
    except BROKEN:
        raise NotWhole(f"{path} is no archive that can be read") from None
    with file:
        yield Archive(file, _manifest_of(file))


def _manifest_of(file: ZipFile) -> Manifest:
    try:
        if file.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise NotWhole("its manifest is too large")
        return Manifest.model_validate_json(file.read(MANIFEST))
    except ValidationError:
        raise NotWhole("its manifest is not one of this version's") from None
    except (*BROKEN, KeyError):
        raise NotWhole("it holds no manifest") from None
