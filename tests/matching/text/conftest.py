"""One placer for all tests of this folder: it is read only."""

import pytest

from matching.reference.loader import Reference, load_reference
from matching.text.placement import Placer


@pytest.fixture(scope="session")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="session")
def placer(reference: Reference) -> Placer:
    return Placer(reference)
