"""One JSON line an event on standard error; never a body, a key or a personal field."""

import json
import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Final, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from service.telemetry import tracing

QUIET: Final = ("uvicorn.access", "alembic", "httpx2", "sqlalchemy", "starlette_admin")


class ToStandardError(logging.Handler):
    """Writes to what standard error is at that moment."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line; a stream that is gone costs the line, not the request."""
        try:
            sys.stderr.write(f"{self.format(record)}\n")
        except (OSError, ValueError):
            self.handleError(record)


_log = structlog.stdlib.get_logger("service")


def note_request(method: str, path: str, status: int, ms: float, request_id: str) -> None:
    """One line on a request: what was asked for and how it went, nothing of what was said.

    Written straight in the form that `configure` gives to all lines: the way through the libraries
    costs more than all else of a request that finds its answer ready. Ids are those of `edge`.
    """
    if not _is_ours():
        _log.info("request", method=method, path=path, status=status, ms=round(ms, 1))
        return
    moment = datetime.now(UTC).isoformat()[: -len("+00:00")]
    traced = "".join(f'"{name}": "{value}", ' for name, value in tracing.ids().items())
    line = (
        f'{{"method": {_quoted(method)}, "path": {_quoted(path)}, "status": {status}, '
        f'"ms": {ms:.1f}, "event": "request", "request_id": "{request_id}", {traced}'
        f'"level": "info", "timestamp": "{moment}Z"}}\n'
    )
    with suppress(OSError, ValueError):
        sys.stderr.write(line)


_quoted = lru_cache(maxsize=256)(partial(json.dumps, ensure_ascii=False))
"""A text as JSON; there are few methods and templates of paths."""


def _is_ours() -> bool:
    """Whether lines go where `configure` sends them."""
    root = logging.getLogger()
    return root.level <= logging.INFO and any(
        isinstance(handler, ToStandardError) for handler in root.handlers
    )


def configure(level: int = logging.INFO) -> None:
    """Send our own lines and those of the libraries through one format."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        frames_only,
        add_trace,
    ]
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler = ToStandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def add_trace(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Say which trace and span a line belongs to, where traces are made."""
    line.update(tracing.ids())
    return line


def frames_only(_logger: WrappedLogger, _method: str, line: EventDict) -> EventDict:
    """Say where an exception came from, not what it says: its message may repeat what was sent."""
    error: object = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        _, error, _ = cast("tuple[object, object, object]", error)
    if isinstance(error, BaseException):
        line["error"] = type(error).__name__
        line["frames"] = where(error)
    return line


def where(error: BaseException) -> list[str]:
    """The last frames of an exception as `module:line function`, innermost last."""
    frames: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "?")
        frames.append(f"{module}:{trace.tb_lineno} {trace.tb_frame.f_code.co_name}")
        trace = trace.tb_next
    return frames[-12:]
