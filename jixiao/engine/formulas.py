"""Formulas as text: filling them over a range, following renamed sheets, the names Excel stores functions under."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jixiao.engine.address import MAX_COLUMNS, MAX_ROWS, column_letters, column_number, sheet_prefix

# What a reference can be mistaken for comes first: texts, quoted sheet names, names in brackets.
_OPAQUE = r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'!|\[[^\]]*\]"
_CELL = r"(?<![\w.$])(?P<c1>\$?)(?P<column>[A-Za-z]{1,3})(?P<r1>\$?)(?P<row>[1-9]\d{0,6})(?![\w.(!])"
_COLUMNS = r"(?<![\w.$])(?P<c2>\$?)(?P<left>[A-Za-z]{1,3}):(?P<c3>\$?)(?P<right>[A-Za-z]{1,3})(?![\w.(!])"
_ROWS = r"(?<![\w.$])(?P<r2>\$?)(?P<top>[1-9]\d{0,6}):(?P<r3>\$?)(?P<bottom>[1-9]\d{0,6})(?![\w.(!])"
_REFERENCES = re.compile(f"{_OPAQUE}|{_COLUMNS}|{_ROWS}|{_CELL}")
_PLAIN = r"[^\W\d][\w.]*"
_SHEETS = re.compile(rf"\"(?:[^\"]|\"\")*\"|'(?P<quoted>(?:[^']|'')*)'!|(?<![\w.\]])(?P<plain>{_PLAIN}(?::{_PLAIN})?)!")
_FUNCTIONS = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'!|(?<![\w.])(?P<name>[A-Za-z][A-Za-z0-9.]*)(?=\()")
_STORED_PREFIX = re.compile(r"\"(?:[^\"]|\"\")*\"|(?P<prefix>(?:_xlfn\.|_xlws\.)+)(?=[A-Za-z])")
_TEXT = r"\"((?:[^\"]|\"\")*)\""
_HYPERLINK = re.compile(rf"=HYPERLINK\(\s*{_TEXT}\s*(?:,\s*{_TEXT}\s*)?\)", re.IGNORECASE)

# Functions younger than the file format; Excel stores them with a prefix and shows #NAME? without it.
_YOUNGER_NAMES = """
    ACOT ACOTH AGGREGATE ARABIC ARRAYTOTEXT BASE BETA.DIST BETA.INV BINOM.DIST BINOM.DIST.RANGE BINOM.INV BITAND
    BITLSHIFT BITOR BITRSHIFT BITXOR BYCOL BYROW CEILING.MATH CEILING.PRECISE CHISQ.DIST CHISQ.DIST.RT CHISQ.INV
    CHISQ.INV.RT CHISQ.TEST CHOOSECOLS CHOOSEROWS COMBINA CONCAT CONFIDENCE.NORM CONFIDENCE.T COT COTH COVARIANCE.P
    COVARIANCE.S CSC CSCH DAYS DECIMAL DROP ERF.PRECISE ERFC.PRECISE EXPAND EXPON.DIST F.DIST F.DIST.RT F.INV
    F.INV.RT F.TEST FILTERXML FLOOR.MATH FLOOR.PRECISE FORECAST.ETS FORECAST.LINEAR FORMULATEXT GAMMA GAMMA.DIST
    GAMMA.INV GAMMALN.PRECISE GAUSS HSTACK HYPGEOM.DIST IFNA IFS IMCOSH IMCOT IMCSC IMCSCH IMSEC IMSECH IMSINH IMTAN
    ISFORMULA ISOMITTED ISOWEEKNUM LAMBDA LET LOGNORM.DIST LOGNORM.INV MAKEARRAY MAP MAXIFS MINIFS MODE.MULT
    MODE.SNGL MUNIT NEGBINOM.DIST NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PDURATION PERCENTILE.EXC
    PERCENTILE.INC PERCENTRANK.EXC PERCENTRANK.INC PERMUTATIONA PHI POISSON.DIST QUARTILE.EXC QUARTILE.INC RANDARRAY
    RANK.AVG RANK.EQ REDUCE RRI SCAN SEC SECH SEQUENCE SHEET SHEETS SKEW.P SORTBY STDEV.P STDEV.S SWITCH T.DIST
    T.DIST.2T T.DIST.RT T.INV T.INV.2T T.TEST TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR
    UNICODE UNIQUE VALUETOTEXT VAR.P VAR.S VSTACK WEBSERVICE WEIBULL.DIST WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR Z.TEST
"""
_YOUNGER = frozenset(_YOUNGER_NAMES.split())
_YOUNGEST = frozenset({"FILTER", "SORT"})


def shifted(formula: str, rows: int, columns: int) -> str:
    """The formula as Excel fills it `rows` down and `columns` right: relative references move, `$` ones stay."""

    def move(match: re.Match[str]) -> str:
        if match["column"]:
            across = _moved_column(match["c1"], match["column"], columns)
            down = _moved_row(match["r1"], match["row"], rows)
            return across + down if across and down else "#REF!"
        if match["left"]:
            left = _moved_column(match["c2"], match["left"], columns)
            ends = left, _moved_column(match["c3"], match["right"], columns)
        elif match["top"]:
            ends = _moved_row(match["r2"], match["top"], rows), _moved_row(match["r3"], match["bottom"], rows)
        else:
            return match[0]
        return ":".join(ends) if all(ends) else "#REF!"

    return _REFERENCES.sub(move, formula) if rows or columns else formula


def _moved_column(dollar: str, letters: str, by: int) -> str:
    number = column_number(letters) + (0 if dollar else by)
    return f"{dollar}{column_letters(number)}" if 1 <= number <= MAX_COLUMNS else ""


def _moved_row(dollar: str, row: str, by: int) -> str:
    number = int(row) + (0 if dollar else by)
    return f"{dollar}{number}" if 1 <= number <= MAX_ROWS else ""


def with_sheets_renamed(formula: str, names: Mapping[str, str | None]) -> str:
    """References to the sheets in `names` follow to the new name; None is a deleted sheet and becomes #REF!."""
    if not names:
        return formula
    folded = {old.casefold(): new for old, new in names.items()}

    def rename(match: re.Match[str]) -> str:
        name = match["plain"] or (match["quoted"] or "").replace("''", "'")
        ends = [folded.get(end.casefold(), end) for end in name.split(":")]
        if match[0][0] == '"' or not name or ":".join(end or "" for end in ends) == name:
            return match[0]
        if None in ends:
            return "#REF!"
        return sheet_prefix(":".join(end for end in ends if end))

    return _SHEETS.sub(rename, formula)


def as_stored(formula: str) -> str:
    """Younger functions get the prefix under which Excel stores them."""

    def prefixed(match: re.Match[str]) -> str:
        name = (match["name"] or "").upper()
        if name in _YOUNGEST:
            return f"_xlfn._xlws.{match[0]}"
        return f"_xlfn.{match[0]}" if name in _YOUNGER else match[0]

    return _FUNCTIONS.sub(prefixed, formula)


def as_shown(formula: str) -> str:
    """The formula as Excel's formula bar has it."""
    return _STORED_PREFIX.sub(lambda match: "" if match["prefix"] else match[0], formula)


def hyperlink_text(formula: str) -> str | None:
    """What a cell with =HYPERLINK("…","…") shows; None where that has to be calculated."""
    match = _HYPERLINK.fullmatch(formula)
    if match is None:
        return None
    return (match[1] if match[2] is None else match[2]).replace('""', '"')
