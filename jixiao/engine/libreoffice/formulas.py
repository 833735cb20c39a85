"""Formulas in the spelling of Excel and in that of LibreOffice's own interface."""

from __future__ import annotations

import re
from typing import Any

from jixiao.engine.formulas import as_shown, as_stored, hyperlink_text
from jixiao.engine.values import LONGEST_FORMULA, CannotWrite

_OF_EXCEL, _OWN = 3, 0  # com.sun.star.sheet.AddressConvention
_COMMA = re.compile(r"\"(?:[^\"]|\"\")*\"|,")
_TRUTH = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|(?<![\w.])(?P<truth>TRUE|FALSE)\(\)")


class Formulas:
    """The parsers of one document. A cell is told as its UNO address, since references are relative to it."""

    def __init__(self, model: Any) -> None:
        self._excel = _parser(model, _OF_EXCEL)
        self._own = _parser(model, _OWN)

    def own(self, formula: str, cell: Any) -> str:
        """A formula of Excel in LibreOffice's spelling; both begin with "="."""
        if hyperlink_text(formula) is not None:  # the commands write these by the hundred
            return _COMMA.sub(lambda match: ";" if match[0] == "," else match[0], formula)
        return f"={self._own.printFormula(self._tokens(formula, cell), cell)}"

    def filled(self, formula: str, cells: list[Any]) -> list[str]:
        """The formula of the first cell as it is in each, with references moved along."""
        tokens = self._tokens(formula, cells[0])
        return [f"={self._own.printFormula(tokens, cell)}" for cell in cells]

    def _tokens(self, formula: str, cell: Any) -> Any:
        if len(formula) > LONGEST_FORMULA:
            raise CannotWrite(f"公式有 {len(formula)} 个字符，Excel 最多 {LONGEST_FORMULA} 个")
        return self._excel.parseFormula(as_stored(formula)[1:], cell)

    def shown(self, tokens: Any, cell: Any) -> str:
        """What the tokens of a cell or a name are in Excel. Excel's truth values are constants, not functions."""
        text = as_shown(f"={self._excel.printFormula(tokens, cell)}")
        text = _TRUTH.sub(lambda match: match["truth"] or match[0], text)
        return text[1:] if text in ("=TRUE", "=FALSE") else text


def _parser(model: Any, convention: int) -> Any:
    parser = model.createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish = True
    parser.FormulaConvention = convention
    return parser
