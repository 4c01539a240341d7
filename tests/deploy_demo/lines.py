"""The lines of the demo files, as they stand and as the request bodies they are."""

import json
from pathlib import Path
from typing import cast

from models.gap import GapCreate
from models.investor import InvestorCreate

FOLDER = Path(__file__).parents[2] / "deploy" / "demo"


def read_lines(file_name: str) -> list[str]:
    """The lines of a demo file without their line ends; none is blank."""
    return (FOLDER / file_name).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def read_objects(file_name: str) -> list[dict[str, object]]:
    """The fields of every line as written, in their order."""
    return [cast("dict[str, object]", json.loads(line)) for line in read_lines(file_name)]


def read_gaps() -> list[GapCreate]:
    """The gaps, each checked as the service checks a request."""
    return [GapCreate.model_validate_json(line) for line in read_lines("gaps.jsonl")]


def read_investors() -> list[InvestorCreate]:
    """The investors, each checked as the service checks a request."""
    return [InvestorCreate.model_validate_json(line) for line in read_lines("investors.jsonl")]


def list_names(investor: InvestorCreate) -> list[str]:
    """Every name an investor goes by."""
    shown = [] if investor.name is None else [investor.name]
    return list(dict.fromkeys([*shown, *(named.name for named in investor.names or [])]))
