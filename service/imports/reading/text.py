"""Text files: which encoding they are in, and their lines, none of them endless."""

import codecs
from collections.abc import Iterator
from typing import IO, Final

from service.imports.reading.limits import MOST_LINE, refused

BLOCK: Final = 1024 * 1024
ENCODINGS: Final = ("utf-8-sig", "gb18030")
"""UTF-8 first: its rule is so strict that what keeps it is nothing else."""

UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(file: IO[bytes]) -> str:
    """The encoding that the whole file keeps to.

    Raises:
        NotValid: it is neither UTF-8 nor GB18030, or holds what no text holds.
    """
    file.seek(0)
    if file.read(2) in UTF16:
        raise refused("is encoded as UTF-16; save it as UTF-8")
    for encoding in ENCODINGS:
        if _keeps(file, encoding):
            return encoding
    raise refused("is encoded neither as UTF-8 nor as GB18030")


def check_encoding(file: IO[bytes], wanted: str) -> str:
    """The encoding that a caller names, if the whole file keeps to it.

    Raises:
        NotValid: it does not.
    """
    encoding = "gb18030" if wanted in {"gb18030", "gbk", "gb2312"} else "utf-8-sig"
    if not _keeps(file, encoding):
        raise refused(f"is not encoded as {wanted}")
    return encoding


def _keeps(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    file.seek(0)
    try:
        while block := file.read(BLOCK):
            if b"\0" in block:
                raise refused("holds a NUL character: it is no text")
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def lines_of(file: IO[bytes], encoding: str) -> Iterator[str]:
    """The lines of a file with their ends.

    Raises:
        NotValid: a line is too long.
    """
    file.seek(0)
    reader = codecs.getreader(encoding)(file)
    rest = ""
    number = 0
    while block := reader.read(BLOCK):
        lines = (rest + block).split("\n")
        rest = lines.pop()
        for line in lines:
            number += 1
            yield _checked(number, line) + "\n"
        _checked(number + 1, rest)
    if rest:
        yield rest


def _checked(number: int, line: str) -> str:
    if len(line) > MOST_LINE:
        raise refused(f"line {number} has more than {MOST_LINE} characters")
    return line
