"""I-JSON (RFC 7493 §2), read so that no two parsers can see different things in it."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn, cast

from sallyport._errors import FormError

Object = dict[str, Any]

MAX_DEPTH = 8
"""How deep objects and arrays may nest. Our claims nest once."""

_MAX_DIGITS = 19


def parse_object(text: bytes) -> Object:
    """Read an object in which no name comes twice and no string holds half a surrogate pair.

    A number with a fraction, an exponent or the sign of -0 is a float, also where its value is
    whole: 1e9 is another spelling of 1000000000. An integer that needs more than 64 bits is one
    too.
    """
    try:
        decoded = text.decode("utf-8")
        value: Any = _decoder.decode(decoded)
    except FormError:
        raise
    except (ValueError, RecursionError):
        raise FormError("not a JSON object in UTF-8") from None
    if not isinstance(value, dict):
        raise FormError("not a JSON object in UTF-8")
    _walk(value, 1, strings="\\u" in decoded or "\ufffd" in decoded)
    return cast(Object, value)


def _members(pairs: list[tuple[str, Any]]) -> Object:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise FormError("duplicate member")
    return members


def _integer(digits: str) -> int | float:
    if digits == "-0" or len(digits) > _MAX_DIGITS:
        return float(digits)
    return int(digits)


def _constant(_: str) -> NoReturn:
    raise ValueError("NaN and infinity are no JSON")


_decoder = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_integer, parse_constant=_constant
)


# U+FFFD is what other parsers make of half a surrogate pair; none of our strings has it.
_BROKEN = re.compile("[\ud800-\udfff\ufffd]")


def _walk(value: Any, depth: int, *, strings: bool) -> None:
    """Look at depth and, where one could be broken, at strings."""
    if isinstance(value, str):
        if strings and _BROKEN.search(value):
            raise FormError("not a JSON object in UTF-8")
    elif isinstance(value, dict):
        if depth > MAX_DEPTH:
            raise FormError("nested too deep")
        for name, member in cast(Object, value).items():
            _walk(name, depth, strings=strings)
            _walk(member, depth + 1, strings=strings)
    elif isinstance(value, list):
        if depth > MAX_DEPTH:
            raise FormError("nested too deep")
        for member in cast("list[Any]", value):
            _walk(member, depth + 1, strings=strings)


_MISSING: Any = object()


class Reader:
    """Reads members of an object in the one form that each has."""

    def __init__(self, members: Object) -> None:
        self.members = members

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def _required(self, name: str) -> Any:
        value = self.members.get(name, _MISSING)
        if value is _MISSING:
            raise FormError(f"member {name}: missing")
        return value

    def text(self, name: str) -> str:
        """Give a string that is not empty."""
        return _text(name, self._required(name))

    def optional_text(self, name: str) -> str:
        """Give a string, empty if there is no such member."""
        return self.text(name) if name in self.members else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a list of strings none of which is empty."""
        value = self._required(name)
        if not isinstance(value, list):
            raise FormError(f"member {name}: wrong form")
        return tuple(_text(name, member) for member in cast("list[Any]", value))

    def optional_texts(self, name: str) -> tuple[str, ...]:
        """Give a list of strings, empty if there is no such member."""
        return self.texts(name) if name in self.members else ()

    def integer(self, name: str, limit: int = 1 << 62) -> int:
        """Give a number of 0 to limit, written without sign, fraction and exponent."""
        value = self._required(name)
        if type(value) is not int or not 0 <= value <= limit:
            raise FormError(f"member {name}: wrong form")
        return value

    def date(self, name: str) -> int:
        """Give a NumericDate (RFC 7519 §2) in whole seconds."""
        value = self.integer(name, _LAST_SECOND)
        if value == 0:
            raise FormError(f"member {name}: wrong form")
        return value

    def objects(self, name: str, limit: int) -> list[Object]:
        """Give a list of at most limit objects."""
        value = self._required(name)
        if not isinstance(value, list):
            raise FormError(f"member {name}: wrong form")
        members = cast("list[Any]", value)
        if len(members) > limit or not all(isinstance(member, dict) for member in members):
            raise FormError(f"member {name}: wrong form")
        return members


_LAST_SECOND = 253402300799
"""The end of year 9999, the last that RFC 3339 can write."""


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise FormError(f"member {name}: wrong form")
    return value
