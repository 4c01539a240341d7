"""The loop as machine code, by numba (the extra `fast`): the only module that knows of it.

Criteria and gates are compiled as they stand. Whatever they call is compiled with them: each
function is copied with names that lead to compiled ones, so the modules stay as they are.
"""

import dis
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from importlib import import_module
from math import nan
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory, TemporaryFile
from types import FunctionType
from typing import Any, TypeVar, cast
from warnings import warn

import numpy as np

from matching.columns import ARRAYS, columns_of, places
from matching.criteria import CRITERIA
from matching.loop import Judged, Loop, functions, loop_text, made_loop, plain
from matching.points import WHOLE
from matching.policy import CASES
from matching.rows import KINDS, REGIONS, Gap, Investor, Tables
from matching.ruleset import code_digest

INNER = {"nogil": True, "forceinline": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
SAMPLES = 64
MACHINE_CODE = "__pycache__"
"""Where numba keeps it, beside the text."""

Row = TypeVar("Row", Gap, Investor)


def compiled_loop(folder: Path | None = None) -> Loop | None:
    """The compiled loop, checked against the plain one; None where there is none. Seconds.

    With a folder that can be written to, machine code is kept there under a name made of all it
    depends on, and read again at the next start. Nobody but the service may write there: what is
    read is run. A folder that cannot be written to is read if the loop was compiled there before;
    else, and where it is absent, it is done without.

    Warns:
        RuntimeWarning: numba is there, but its loop cannot be made or disagrees with the plain one.
    """
    try:
        numba = cast("Any", import_module("numba"))
    except ImportError:
        return None
    reasons: list[str] = []
    with _kept_text(folder, numba.__version__) as file:
        for place in (file, None) if file else (None,):
            try:
                return _checked(_compiled(numba, place))
            except Exception as error:  # noqa: BLE001 — a kept file may be broken in any way
                reasons.append(f"{type(error).__name__}: {error}")
    warn(f"scoring without the compiled loop ({'; '.join(reasons)})", RuntimeWarning, stacklevel=2)
    return None


@contextmanager
def _kept_text(folder: Path | None, version: str) -> Generator[Path | None]:
    """The file of the loop's text, beside which numba keeps machine code; None without one."""
    if folder is None:
        yield None
        return
    text = loop_text()
    digest = sha256("\n".join((version, np.__version__, code_digest(), text)).encode()).hexdigest()
    file = folder / f"loop_{digest[:32]}.py"
    with ExitStack() as stack:
        yield _written(file, text) or _lent(stack, file, text)


def _lent(stack: ExitStack, file: Path, text: str) -> Path | None:
    """A copy of what was kept, for numba reads only where it may write too; None without one."""
    try:
        if file.read_text(encoding="utf-8") != text:
            return None
        lent = Path(stack.enter_context(TemporaryDirectory(prefix="bulian-")))
        (lent / file.name).write_text(text, encoding="utf-8")
        (lent / MACHINE_CODE).mkdir()
        for code in (file.parent / MACHINE_CODE).glob(f"{file.stem}.*"):
            copyfile(code, lent / MACHINE_CODE / code.name)
    except OSError:
        return None
    return lent / file.name


def _written(file: Path, text: str) -> Path | None:
    """The file, written where it does not hold the text; None where it cannot be."""
    folder = file.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):  # else numba would keep it in a home folder
            pass
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    except OSError:
        return None
    return file


def _compiled(numba: Any, file: Path | None) -> Loop:
    made: dict[Callable[..., object], Callable[..., object]] = {}
    called = {name: _with_compiled_names(f, numba, made) for name, f in functions().items()}
    python = made_loop(called, "<loop>" if file is None else str(file))
    return numba.njit(nogil=True, cache=file is not None)(python)


def _with_compiled_names(
    function: Callable[..., object],
    numba: Any,
    made: dict[Callable[..., object], Callable[..., object]],
) -> Callable[..., object]:
    """The function compiled, with every function of ours that it calls."""
    if function not in made:
        python = cast("FunctionType", function)
        names = dict(python.__globals__)
        for step in dis.get_instructions(python):
            if step.opname == "LOAD_GLOBAL" and isinstance(names.get(step.argval), FunctionType):
                names[step.argval] = _with_compiled_names(names[step.argval], numba, made)
        made[function] = numba.njit(**INNER)(FunctionType(python.__code__, names, python.__name__))
    return made[function]


def _checked(loop: Any) -> Loop:
    """The loop after its first run, which compiles it or reads it: as the plain one, or refused.

    Raises:
        ValueError: it judges a sample otherwise than the plain loop.
    """
    ours, theirs = judged_sample(loop), judged_sample(plain)
    if not all(np.array_equal(a, b) for a, b in zip(ours, theirs, strict=True)):
        raise ValueError("the compiled loop disagrees with the plain one")
    loop.disable_compile()
    return loop


def judged_sample(loop: Loop) -> Judged:
    """What a loop says of some made-up pairs, all kinds of verdicts and unknowns among them."""
    gaps = columns_of(Gap, [_sample(Gap, n) for n in range(SAMPLES)])
    investors = columns_of(Investor, [_sample(Investor, n) for n in range(SAMPLES)])
    at, affinity = np.arange(SAMPLES), np.arange(SAMPLES) / SAMPLES
    weights = np.full((len(CASES), len(CRITERIA)), WHOLE // len(CRITERIA))
    judged = Judged(*(np.empty(SAMPLES, np.int64) for _ in range(3)))
    orientation = ((0.25,) * len(KINDS),) * len(REGIONS)
    loop(gaps, at, investors, at, affinity, weights, Tables(0.4, 0.2, orientation, 0.45, 1), judged)
    return judged


def _sample(kind: type[Row], n: int) -> Row:
    """A row with patterns for values: standing open, now and then listed, a fifth unknown."""
    values: dict[str, float] = {}
    for name, (array, number) in places(kind).items():
        step = n * (2 * number + 3) + number
        if array == ARRAYS[float]:
            values[name] = nan if step % 5 == 0 else step % 11 / 10 + 0.01
        else:
            values[name] = step % 4 if array == ARRAYS[int] else step % 7 == 0
    return kind(**cast("Any", values | ({"is_open": True} if kind is Gap else {})))
