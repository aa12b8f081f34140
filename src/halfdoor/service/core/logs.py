"""Logs as fields. What a person wrote or said never becomes one."""

import logging
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

# Names and texts of people are in no field here, so they cannot get into a log by being passed along.
LOGGED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "logger",
        "practice",
        "account",
        "door",
        "how",
        "job",
        "task",
        "attempt",
        "error",
        "where",
        "status",
        "directive",
        "path",
    }
)


def log(name: str) -> Any:
    """Return a logger that takes an event name and fields of `LOGGED`."""
    return structlog.wrap_logger(
        logging.getLogger(name),
        processors=[
            structlog.stdlib.filter_by_level,
            keep_named_fields,
            structlog.stdlib.render_to_log_kwargs,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def keep_named_fields(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every field that is not on the list."""
    return {name: value for name, value in event.items() if name in LOGGED}


def name_the_error(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace an exception by its kind and its place in the code: its message may quote a person."""
    kind, _, trace = event.get("exc_info") or (None, None, None)
    if kind is not None:
        event["error"] = kind.__qualname__
        frames = traceback.extract_tb(trace)
        event["where"] = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return event


def name_the_answer(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Say of a request that was refused or failed with which status, and not at which address: it can hold a name."""
    if "status_code" in event:
        event["event"], event["status"] = "answered", event["status_code"]
    return event


def formatter() -> logging.Formatter:
    """
    Return the formatter of the log: JSON lines, with the same list of fields for everybody who logs.

    What others log is kept as it stands in their code, without what they fill in.
    """
    return structlog.stdlib.ProcessorFormatter(
        use_get_message=False,
        foreign_pre_chain=[structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            name_the_error,
            name_the_answer,
            keep_named_fields,
            structlog.processors.JSONRenderer(),
        ],
    )
