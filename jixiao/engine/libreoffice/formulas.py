"""Formulas in the spelling of Excel and in that of LibreOffice's own interface."""

from __future__ import annotations

import re
from typing import Any

from jixiao.engine.formulas import as_shown, as_stored, hyperlink_text
from jixiao.engine.values import ERROR_VALUES, LONGEST_FORMULA, CannotWrite

_OF_EXCEL, _OWN = 3, 0  # com.sun.star.sheet.AddressConvention
_QUOTED = r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'"
_COMMA = re.compile(f"{_QUOTED}|(?P<own>,)")
_ERROR = re.compile(f"{_QUOTED}|(?P<own>{'|'.join(map(re.escape, sorted(ERROR_VALUES)))})")
_STAND_IN = re.compile(f"{_QUOTED}|(?P<own>jx_error_(?P<number>\\d+))", re.IGNORECASE)
_FUNCTION = re.compile(rf"{_QUOTED}|(?P<own>(?<![\w.])[A-Za-z_][\w.]*(?=\())")
_OWN_SIGNS = re.compile(rf"{_QUOTED}|(?P<own>(?<![\w.])(?P<truth>TRUE|FALSE)\(\)|~)")


class Formulas:
    """The parsers of one document. A cell is told as its UNO address, since references are relative to it."""

    def __init__(self, model: Any) -> None:
        self._excel = _parser(model, _OF_EXCEL)
        self._own = _parser(model, _OWN)

    def own(self, formula: str, cell: Any) -> str:
        """A formula of Excel in LibreOffice's spelling; both begin with "="."""
        if hyperlink_text(formula) is not None:  # the commands write these by the hundred
            return _COMMA.sub(lambda match: ";" if match["own"] else match[0], formula)
        return self.filled(formula, [cell])[0]

    def filled(self, formula: str, cells: list[Any]) -> list[str]:
        """The formula of the first cell as it is in each, with references moved along."""
        if len(formula) > LONGEST_FORMULA:
            raise CannotWrite(f"公式有 {len(formula)} 个字符，Excel 最多 {LONGEST_FORMULA} 个")
        errors: list[str] = []
        tokens = self._excel.parseFormula(_without_errors(as_stored(formula)[1:], errors), cells[0])
        return [f"={_with_errors(self._own.printFormula(tokens, cell), errors)}" for cell in cells]

    def shown(self, formula: str, cell: Any) -> str:
        """A formula of LibreOffice, which has unknown functions in small letters, as Excel shows it."""
        errors: list[str] = []
        text = _without_errors(formula.strip("{}").removeprefix("="), errors)
        text = self._excel.printFormula(self._own.parseFormula(text, cell), cell)
        text = as_shown(f"={_with_errors(text, errors)}")
        text = _FUNCTION.sub(
            lambda match: match[0].upper() if match["own"] else match[0], text
        )  # unknown ones are small
        text = _OWN_SIGNS.sub(lambda match: (match["truth"] or ",") if match["own"] else match[0], text)
        return text[1:] if text in ("=TRUE", "=FALSE") else text  # no function in Excel but a constant


def _without_errors(formula: str, errors: list[str]) -> str:
    """Names instead of error values, which the parsers lose."""

    def put_aside(match: re.Match[str]) -> str:
        if not match["own"]:
            return match[0]
        errors.append(match[0])
        return f"jx_error_{len(errors) - 1}"

    return _ERROR.sub(put_aside, formula) if "#" in formula else formula


def _with_errors(formula: str, errors: list[str]) -> str:
    if not errors:
        return formula
    return _STAND_IN.sub(lambda match: errors[int(match["number"])] if match["own"] else match[0], formula)


def _parser(model: Any, convention: int) -> Any:
    parser = model.createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish = True
    parser.FormulaConvention = convention
    return parser
