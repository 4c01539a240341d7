"""Bodies about a zone's diagnosis: what is taken and what is refused."""

from typing import Any

import pytest
from pydantic import ValidationError

from matching.vocabulary import LinkStatus
from models.computed_gaps import GapsAsked
from models.override import CorrectionSet, OverrideSet


def test_words_of_officers_are_taken() -> None:
    said = OverrideSet.model_validate({"status": "weak", "reason": " 走访\r\n所见 "})
    assert (said.status, said.reason) == (LinkStatus.WEAK, "走访\n所见")
    links = CorrectionSet.model_validate({"link_ids": ["ic.eda", "ic.eda"], "reason": "x"})
    assert links.link_ids == ["ic.eda"]
    assert CorrectionSet.model_validate({"link_ids": [], "reason": "x"}).link_ids == []
    assert GapsAsked().chain_id is None


@pytest.mark.parametrize(
    ("shape", "body"),
    [
        (OverrideSet, {"status": "weak", "reason": " "}),
        (OverrideSet, {"status": "poor", "reason": "x"}),
        (OverrideSet, {"status": "weak", "reason": "x" * 5001}),
        (OverrideSet, {"status": "weak", "reason": "x", "by": "me"}),
        (CorrectionSet, {"link_ids": None, "reason": "x"}),
        (CorrectionSet, {"link_ids": ["ic"], "reason": "x"}),
        (CorrectionSet, {"link_ids": [f"ic.n{n}" for n in range(21)], "reason": "x"}),
        (CorrectionSet, {"link_ids": ["ic.eda"]}),
        (GapsAsked, {"chain_id": "IC"}),
        (GapsAsked, {"zone_id": "Z"}),
    ],
)
def test_what_makes_no_sense_is_refused(shape: type[Any], body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        shape.model_validate(body)
