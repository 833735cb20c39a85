"""The sheet 校验设置: rules on or off, severities, parameters, suppressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from jixiao.model.origin import Place
from jixiao.model.value import fold
from jixiao.profiles import DEFAULT_PROFILE, Parameter, load_profile
from jixiao.rules.catalogue import RULES
from jixiao.rules.core import RuleChoices, Severity, Suppression
from jixiao.rules.runner import Unchecked
from jixiao.workbook.cells import shown
from jixiao.workbook.grid import CellValue, Grid
from jixiao.workbook.layout import NO, SETTINGS_COLUMNS, SUPPRESSION_COLUMNS, YES

_SEVERITIES = {severity.label: severity for severity in Severity}
_RULE_HEADINGS = [heading for heading, _ in SETTINGS_COLUMNS]
_SUPPRESSION_HEADINGS = [heading for heading, _ in SUPPRESSION_COLUMNS]
SEPARATOR = "、"


def read_choices(grid: Grid) -> tuple[RuleChoices, list[Unchecked]]:
    """What is left blank stays as the profile has it; what is not understood too, and is reported."""
    defaults = load_profile(DEFAULT_PROFILE).parameters
    problems: list[Unchecked] = []
    disabled: set[str] = set()
    severities: dict[str, Severity] = {}
    parameters: dict[str, dict[str, Parameter]] = {}
    code = ""
    for row in _table(grid, _RULE_HEADINGS):
        code = row["代码"] or code
        if code not in RULES:
            continue
        if row["启用"] == NO:
            disabled.add(code)
        if row["级别"] in _SEVERITIES:
            severities[code] = _SEVERITIES[row["级别"]]
        problems += _strange(grid, code, row)
        if row["参数"] in RULES[code].parameters and row["参数值"]:
            value = parameter_of(row["参数值"], defaults[code][row["参数"]])
            if value is None:
                problems.append(_not_understood(grid, code, row))
            else:
                parameters.setdefault(code, {})[row["参数"]] = value
    return RuleChoices(frozenset(disabled), severities, parameters, tuple(_suppressions(grid))), problems


def _strange(grid: Grid, code: str, row: Mapping[str, str]) -> Iterator[Unchecked]:
    for heading, known in (("启用", (YES, NO)), ("级别", tuple(_SEVERITIES))):
        if row[heading] and row[heading] not in known:
            why = f"规则 {code} 的“{heading}”填了“{row[heading]}”，应为 {'、'.join(known)}；本次按默认值校验"
            yield Unchecked(Place(grid.name, 0, 0), why, (code,))


def _not_understood(grid: Grid, code: str, row: Mapping[str, str]) -> Unchecked:
    why = f"规则 {code} 的参数 {row['参数']} 填了“{row['参数值']}”，应为数字；本次按默认值校验"
    return Unchecked(Place(grid.name, 0, 0), why, (code,))


def _suppressions(grid: Grid) -> Iterator[Suppression]:
    for row in _table(grid, _SUPPRESSION_HEADINGS):
        if row["忽略的代码"]:
            yield Suppression(
                fold(row["忽略的代码"]).upper(), row["所在工作表"], fold(row["所在单元格"]).upper().replace("$", ""),
                row["理由"], row["负责人"], row["有效期至"].replace("/", "-"),
            )  # fmt: skip


def _table(grid: Grid, headings: list[str]) -> Iterator[Mapping[str, str]]:
    """The rows under the row that holds all these headings."""
    columns: dict[str, int] | None = None
    for row in grid.rows:
        if columns is not None:
            yield {heading: _text(row[column]) if column < len(row) else "" for heading, column in columns.items()}
        elif set(headings) <= set(row):
            columns = {heading: row.index(heading) for heading in headings}


def _text(value: CellValue) -> str:
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else shown(value)


def parameter_text(value: Parameter) -> str:
    """How a parameter stands in its cell."""
    return SEPARATOR.join(str(part) for part in value) if isinstance(value, list) else str(value)


def parameter_of(text: str, default: Parameter) -> Parameter | None:
    """The other way round, of the default's type: a number, or words parted by 、; None where it is no number."""
    if isinstance(default, list):
        parts = [part.strip() for part in text.replace("，", SEPARATOR).replace(",", SEPARATOR).split(SEPARATOR)]
        words = [part for part in parts if part]
        return [int(word) for word in words] if default and isinstance(default[0], int) else words
    if isinstance(default, str):
        return text
    try:
        number = float(fold(text))
    except ValueError:
        return None
    return int(number) if number == int(number) else number
