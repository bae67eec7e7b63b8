"""Reading the XPath 1.0 of an XLSForm into a tree of plain lists, by elementpath's parser."""

import itertools
import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from elementpath import ElementPathError
from elementpath.tdop import Parser
from elementpath.xpath1 import XPath1Parser
from elementpath.xpath_tokens import XPathToken

from consultations.questionnaires.xpath.functions import OPERATORS
from consultations.questionnaires.xpath.notation import COUNTS, PIECES, REFERENCE, LogicError, Tree
from consultations.questionnaires.xpath.patterns import PatternError, program
from consultations.words import N_

LONGEST = 5_000
DEEPEST = 60
"""Characters of an expression, and how deep one may stand in another."""

_NAME = re.compile(r"[^\W\d][\w.-]*")
_OF_ITSELF = ("string", "number", "string-length", "normalize-space")
_OPERATOR_WORDS = ("and", "or", "div", "mod")
_TOO_DEEP = N_("This expression is too deeply nested.")
_NO_FUNCTION = N_("The function %(name)s() is not supported.")
_LITERALS = ("(string)", "(integer)", "(decimal)", "(float)")


class _XLSFormParser(XPath1Parser):
    """XPath 1.0 with the functions of XLSForm; it only reads, and works nothing out."""

    def parse(self, source: str) -> XPathToken:
        if self.tokenizer is None:
            type(self).tokenizer = self.create_tokenizer(self.symbol_table)
        return Parser.parse(self, source)


for _function in COUNTS:
    _XLSFormParser.symbol_table.pop(_function, None)
    _XLSFormParser.function(_function, nargs=(0, None))
_XLSFormParser.build()


@lru_cache(maxsize=4096)
def tree_of(source: str) -> Tree:
    """The tree of an expression; raises `LogicError`."""
    if len(source) > LONGEST:
        raise LogicError(
            N_("This expression is too long: at most %(most)s characters."), most=LONGEST
        )
    plain = PIECES.sub(_plain, source)
    try:
        return _Translation().of(_XLSFormParser().parse(plain))
    except (ElementPathError, ValueError) as error:
        reason = getattr(error, "message", error)
        raise LogicError(
            N_("This is not an expression that can be read: %(reason)s."), reason=reason
        ) from error
    except RecursionError as error:
        raise LogicError(_TOO_DEEP) from error
    except PatternError as error:
        raise LogicError(error.message, **error.values) from error


def _plain(piece: re.Match[str]) -> str:
    """A piece of the source as elementpath reads it."""
    if name := piece["name"]:
        if not _NAME.fullmatch(name):
            raise LogicError(N_("There is no question named “%(name)s”."), name=name)
        return f"${name} "
    if piece["dollar"]:
        raise LogicError(N_("A “$” stands only before a name in braces, as in ${name}."))
    if (function := piece["function"]) and function not in _OPERATOR_WORDS:
        name = function.removeprefix("jr:") if function == "jr:choice-name" else function
        if name not in COUNTS or function == "choice-name":
            raise LogicError(_NO_FUNCTION, name=function)
        return f"{name}("
    return piece[0]


class _Translation:
    """From elementpath's tokens to a tree of plain values."""

    def __init__(self) -> None:
        self.depth = 0
        self.randoms = itertools.count()

    def of(self, token: XPathToken) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise LogicError(_TOO_DEEP)
        tree = self._of(token)
        self.depth -= 1
        return tree

    def _of(self, token: XPathToken) -> Tree:
        symbol, parts = token.symbol, [*token]
        if symbol in _LITERALS:
            return _literal(token.value)
        if symbol == "$":
            return ["answer", parts[0].value]
        if symbol == "(name)":
            return ["column", token.value]
        if symbol == "." and not parts:
            return ["own"]
        if symbol == "(" and len(parts) == 1:
            return self.of(parts[0])
        if symbol in ("and", "or"):
            return [symbol, *map(self.of, _chain(token))]
        if symbol in ("-", "+") and len(parts) == 1:
            return ["negative" if symbol == "-" else "number", self.of(parts[0])]
        if symbol in OPERATORS and len(parts) == 2:
            return [symbol, *map(self.of, parts)]
        if token.label == "function":
            return self._function(symbol, parts)
        raise LogicError(N_("“%(what)s” is not supported in an expression."), what=symbol)

    def _function(self, name: str, values: Sequence[XPathToken]) -> Tree:
        if not values and name in _OF_ITSELF:
            return [name, ["own"]]
        _check_count(name, len(values))
        if name == "random":
            return ["random", next(self.randoms)]
        if name == "now":
            return ["today"]
        if name == "regex":
            return ["regex", self.of(values[0]), program(_written(name, values[1]))]
        if name == "choice-name":
            return ["choice-name", self.of(values[0]), _named(values[1])]
        if name == "once":
            return ["if", ["=", ["own"], ""], self.of(values[0]), ["own"]]
        return [name, *map(self.of, values)]


def _check_count(name: str, count: int) -> None:
    if name not in COUNTS:
        raise LogicError(_NO_FUNCTION, name=name)
    least, most = COUNTS[name]
    if not least <= count <= most:
        raise LogicError(
            N_("The function %(name)s() is given %(count)s values."), name=name, count=count
        )


def _chain(token: XPathToken) -> list[XPathToken]:
    """The parts of `a or b or c`, which elementpath reads as `(a or b) or c`."""
    parts: list[XPathToken] = []
    each = token
    while each.symbol == token.symbol:
        each, last = each
        parts.insert(0, last)
    return [each, *parts]


def _literal(value: Any) -> str | float:
    if isinstance(value, str):
        return value
    number = float(str(value))
    if not math.isfinite(number):
        raise LogicError(N_("A number is too large."))
    return number


def _written(function: str, token: XPathToken) -> str:
    if token.symbol != "(string)":
        raise LogicError(
            N_("The last value of %(name)s() has to be written out, in quotation marks."),
            name=function,
        )
    return str(token.value)


def _named(token: XPathToken) -> str:
    written = _written("jr:choice-name", token).strip()
    found = REFERENCE.fullmatch(written)
    return found[1] if found else written
