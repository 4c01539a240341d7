from pathlib import Path

import pytest

from tests.browser import chromium


def make_program(path: Path) -> Path:
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_named_browser_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = make_program(tmp_path / "my browser")
    make_program(tmp_path / "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("BULIAN_CHROMIUM", str(own))
    assert chromium.find() == str(own)


def test_named_browser_that_is_absent_is_not_replaced_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_program(tmp_path / "chromium")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("BULIAN_CHROMIUM", str(tmp_path / "absent"))
    assert chromium.find() is None


@pytest.mark.parametrize("name", chromium.NAMES)
def test_usual_names_are_found(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = make_program(tmp_path / name)
    monkeypatch.delenv("BULIAN_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.find() == str(program)
