"""Heads of a log as witnesses keep them: a file, a message, or what somebody typed off a page."""

import json
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from consultations.errors import Refused
from consultations.words import N_

HEX_DIGITS_OF_A_ROOT = 64


def read_heads(path: Path) -> list[dict[str, Any]]:
    """The heads in a file: JSON of one head or of a log's `heads`, or a message that holds one.

    Each has `size` and `root`, and what else the witness kept of `consultation`, `signed_on`,
    `signature` and `public_key`. Raises Refused where there is none.
    """
    try:
        heads = [each for each in _found(path.read_bytes()) if is_head(each)]
    except (OSError, LookupError, ValueError, TypeError, RecursionError):
        heads = []
    if not heads:
        raise Refused(N_("%(file)s does not hold the head of a log: its size and its root."),
                      file=path)  # fmt: skip
    return heads


def _found(content: bytes) -> Iterator[Any]:
    text = content.decode("utf-8-sig")
    try:
        value = json.loads(text)
    except ValueError:
        yield from _in_message(content)
    else:
        yield from value["heads"] if isinstance(value, dict) and "heads" in value else [value]


def _in_message(content: bytes) -> Iterator[Any]:
    """Every line that is a JSON object, of a whole e-mail or of its text alone."""
    message = message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain",)) if message.keys() else None
    text = body.get_content() if body else content.decode("utf-8-sig")
    for line in text.splitlines():
        if line.strip().startswith("{"):
            yield json.loads(line)


def is_head(value: Any) -> bool:
    """Whether a value read from elsewhere has the size and the root of a log."""
    if not isinstance(value, dict):
        return False
    size, root = value.get("size"), value.get("root")
    return (
        isinstance(size, int)
        and size > 0
        and isinstance(root, str)
        and len(root) == HEX_DIGITS_OF_A_ROOT
        and set(root) <= set("0123456789abcdef")
    )
