"""The anatomy of a project code (项目编码) and of a unit code, and the check character of kind P.

Source: the codes of published 项目绩效目标表 of Hebei, Tianjin and Beijing (years 21-24). A project code has
21 characters: six digits of the region (GB/T 2260), two of the year, a letter for the kind, eleven digits or
capitals as serial, and a check character. A unit code has three digits for the department and three for the
unit in it.

No published text describes the check character. Its algorithm was derived from real codes of kind P, all of
which it fits; it does not hold for other kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

CODE_LENGTH = 21
_REGION = range(6)
_YEAR = range(6, 8)
_KIND = 8

CHECK_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CHECK_VALUES = {sign: value for value, sign in enumerate(CHECK_ALPHABET)}
_CHECK_FACTOR = 3

_SIX_DIGITS = re.compile(r"[0-9]{6}")
_FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


class CodeProblem(NamedTuple):
    """One thing wrong with a code.

    kind: `length`, `blank`, `full-width`, `lower-case`, `sign` (anything but a digit or a capital),
          `region`, `year` (not a digit there), `kind` (not a letter there).
    position: counts from 1; for `length` the number of characters. sign: what stands there.
    """

    kind: str
    position: int
    sign: str


class ProjectCode(NamedTuple):
    """The parts of a code without problems."""

    region: str
    year: str
    kind: str
    serial: str
    check: str


@lru_cache(maxsize=4096)
def code_problems(code: str) -> tuple[CodeProblem, ...]:
    """What is wrong with a project code, from left to right; () for a well-formed one.

    Where the length is wrong the parts cannot be told apart: then only the characters are judged.
    """
    problems = tuple(_foreign_signs(code))
    if len(code) != CODE_LENGTH:
        return (CodeProblem("length", len(code), ""), *problems)
    known = {problem.position for problem in problems}
    parts = (problem for problem in _misplaced_signs(code) if problem.position not in known)
    return tuple(sorted((*problems, *parts), key=lambda problem: problem.position))


def parse_code(code: str) -> ProjectCode | None:
    """The parts of a project code; None for a malformed one."""
    if code_problems(code):
        return None
    return ProjectCode(code[:6], code[6:8], code[8], code[9:20], code[20])


def check_character(code: str) -> str | None:
    """The check character that the first twenty characters ask for; None where one of them has no value."""
    values = [_CHECK_VALUES.get(sign) for sign in code[: CODE_LENGTH - 1]]
    known = [value for value in values if value is not None]
    if len(known) < CODE_LENGTH - 1:
        return None
    total = sum(value * _CHECK_FACTOR**power for power, value in enumerate(known))
    return CHECK_ALPHABET[-1 - total % len(CHECK_ALPHABET)]


def signs_without_check_value(code: str) -> tuple[CodeProblem, ...]:
    """The characters of a code that the check character's alphabet does not know: the letters I O S V Z."""
    return tuple(
        CodeProblem("sign", position, sign) for position, sign in enumerate(code, 1) if sign not in _CHECK_VALUES
    )


def is_six_digits(text: str) -> bool:
    """The form of a unit code and of a region code."""
    return bool(_SIX_DIGITS.fullmatch(text))


def _foreign_signs(code: str) -> Iterator[CodeProblem]:
    for position, sign in enumerate(code, 1):
        if "0" <= sign <= "9" or "A" <= sign <= "Z":
            continue
        yield CodeProblem(_kind_of_sign(sign), position, sign)


def _kind_of_sign(sign: str) -> str:
    if sign.isspace():
        return "blank"
    if sign in _FULL_WIDTH:
        return "full-width"
    return "lower-case" if "a" <= sign <= "z" else "sign"


def _misplaced_signs(code: str) -> Iterator[CodeProblem]:
    for part, name in ((_REGION, "region"), (_YEAR, "year")):
        for index in part:
            if not code[index].isdigit():
                yield CodeProblem(name, index + 1, code[index])
    if code[_KIND].isdigit():
        yield CodeProblem("kind", _KIND + 1, code[_KIND])


def plain_code(code: str) -> str:
    """The code as it should have been typed: half-width capitals without blanks."""
    return "".join(_FULL_WIDTH.get(sign, sign) for sign in code if not sign.isspace()).upper()
