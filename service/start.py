"""The console script: everything is imported with nothing thrown away, then the command runs."""

import gc
from importlib import import_module


def main() -> None:
    """Run the command.

    What importing makes stays until the end. Python would look for garbage among it again and
    again, for a good part of the start; left out for good, no later search reads it either.
    """
    gc.disable()
    command = import_module("service.cli").main
    gc.freeze()
    gc.enable()
    command()
