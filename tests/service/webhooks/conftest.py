from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.webhooks.receiver import Receiver, running_receiver


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    """A receiver on this machine that accepts everything until told otherwise."""
    with running_receiver(tmp_path / "receiver") as running:
        yield running
