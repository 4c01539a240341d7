"""Folders of reference tables for tests: the real one with single cells changed."""

import csv
from pathlib import Path

import matching.reference

DATA = Path(matching.reference.__file__).parent / "data"


def read_rows(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def link_data(folder: Path) -> Path:
    for file in DATA.iterdir():
        (folder / file.name).symlink_to(file)
    return folder


def replace_file(folder: Path, name: str, text: str) -> Path:
    (folder / name).unlink(missing_ok=True)
    (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def change_cells(folder: Path, table: str, row: int, cells: dict[str, str]) -> Path:
    """The data with the cells of one row changed; rows count from 2, as in the errors."""
    rows = read_rows(table)
    assert set(cells) <= set(rows[0]), "a column the table has"
    rows[row - 2] |= cells
    link_data(folder)
    (folder / f"{table}.csv").unlink()
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return folder
