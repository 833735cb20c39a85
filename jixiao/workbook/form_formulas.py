"""The formulas of a form's helper columns.

They ask the add-in's worksheet functions and have plain formulas to fall back on, so that a workbook also computes
where there is no add-in. A function is asked once a row: each question costs a call into another process. Texts are
passed as `C11&""`, since a mere reference would make the other side call back for its content.
"""

from __future__ import annotations

CONNECTED = '=IFERROR(IF(ISNUMBER(JXVER()),"已连接","未连接"),"未连接")'
_ANY_DIGIT = "COUNT(FIND({{0,1,2,3,4,5,6,7,8,9}},{cell}))"


def current_level1(row: int, column: str, *, is_first: bool) -> str:
    """一级指标 is one merged cell over its rows: what is filled in last, from above."""
    above = '""' if is_first else f"{column}{row - 1}"
    return f'=IF(A{row}<>"",A{row},{above})'


def value_kind(row: int) -> str:
    digits = _ANY_DIGIT.format(cell=f"F{row}")
    return f'=IF(F{row}="","",IF({digits}>0,"定量","定性"))'


def row_check(row: int, level1: str, budget: str, unit: str) -> str:
    """What the rules say of the row, else what a formula can see: no value, a bare number, no operator.

    The value itself is passed as a reference: a date is to be told from a number.
    """
    texts = ",".join(f'{cell}&""' for cell in (level1, f"C{row}", f"D{row}", f"E{row}"))
    rules = f'JXCHECK({texts},F{row},G{row}&"",{budget},{unit}&"")'
    bare = f'IF(ISNUMBER(--F{row}),"缺计算符号和计量单位",IF(ISNUMBER(--LEFT(F{row})),"缺计算符号",""))'
    plain = f'IF(F{row}="","缺指标值",{bare})'
    return f'=IF(D{row}&E{row}&F{row}="","",IFERROR({rules},{plain}))'


def node_total(number: int, share: str, shares: str, budget: str) -> str:
    """The amount at the plan's node `number`, whose share stands in `share`."""
    plain = f"IF({share}=1,{budget},ROUND({budget}*{share},2))"
    amount = f'IFERROR(JXPLAN({budget},{shares},{number}),IFERROR({plain},""))'
    return f'=IF(OR({budget}="",{share}=""),"",{amount})'


def code_check(cell: str) -> str:
    digits = f'"✗ 项目编码应为21位，现有"&LEN({cell})&"位"'
    return f'=IF({cell}="","",IFERROR(JXCODE({cell}&""),IF(LEN({cell})=21,"✓ 项目编码21位",{digits})))'


def sources_check(row: int) -> str:
    """预算数 against the sum of its sources, all in one row."""
    difference = f"ROUND(C{row}-E{row}-G{row},2)"
    wrong = f'"✗ 与财政资金＋其他资金相差 "&TEXT({difference},"#,##0.00")&" 元"'
    told = f'IF({difference}=0,"✓ 预算数＝财政资金＋其他资金",{wrong})'
    return f'=IF(C{row}="","",IFERROR({told},"✗ 金额应为数字"))'


def numeric_share(kinds: str) -> str:
    """How many of the rows with a value, their kinds in `kinds`, have a number."""
    stated = f'COUNTIF({kinds},"定?")'
    return f'=IF({stated}=0,"","定量指标占 "&TEXT(COUNTIF({kinds},"定量")/{stated},"0%"))'
