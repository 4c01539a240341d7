"""What comes with the service and is no code: migrations, demo data, the contract."""

from pathlib import Path


def shipped(name: str) -> Path:
    """A file or folder of the project: in a wheel inside this package, in a checkout beside it.

    Raises:
        FileNotFoundError: in neither place.
    """
    here = Path(__file__).resolve().parent
    for path in (here / name, here.parent / name):
        if path.exists():
            return path
    raise FileNotFoundError(f"{name} was not installed with the service")
