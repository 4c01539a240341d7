"""The console script: everything is imported with nothing thrown away, then the command runs."""

import gc
from importlib import import_module


def main() -> None:
    """Run the command.

    Importing makes a million objects that stay until the end. Python would look for garbage among
    them again and again, for a quarter of the start; left out for good, no later search reads them.
    """
    gc.disable()
    command = import_module("service.cli").main
    gc.freeze()
    gc.enable()
    command()
