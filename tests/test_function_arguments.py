"""Worksheet functions with arguments that are no arguments, and what Excel is told of the functions."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import typing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from xlwings import conversion

import udfs
from jixiao.arguments import BadArgument

FUNCTIONS = [value for name, value in sorted(vars(udfs).items()) if name.startswith("JX")]
ROW = ("产出指标", "数量指标", "培训场次", "全年举办的培训场次", "≥12次", "《某某县培训管理办法》", 40000.0, "元")
SHARES, MONTHS = [0.2, 0.5, 0.8, 1.0], [3.0, 6.0, 10.0, 12.0]
DAY = datetime(2024, 3, 5)
TEXT_FUNCTIONS = [
    (udfs.JXCHECK, ROW),
    (udfs.JXVALUE, ("≥90%", "单位")),
    (udfs.JXNORM, ("≥90%",)),
    (udfs.JXCODE, ("13022924P004R2810292F",)),
]
NUMBER_FUNCTIONS = [
    (udfs.JXPLAN, (40000.0, SHARES, 2.0)),
    (udfs.JXCURVE, (40000.0, SHARES, MONTHS, 4.0)),
    (udfs.JXPROGRESS, (3.0,)),
]
ODD = [
    None, "", " ", "#REF!", "#N/A", True, False, -1.0, 0.5, 13.0, 1e300, -1e300, float("nan"), float("inf"), DAY,
    date(2024, 3, 5), "abc", "四万元", "20%%", "1e5", "１２", "=1+1", "\x00", "😀" * 30, "9" * 5000, "长" * 32_767,
    [], [[]], [1.0, 2.0], ((1.0, None), (None, 2.0)), [["a", DAY], [True, "#DIV/0!"]], (None,) * 40, b"x", object(),
]  # fmt: skip


def with_each_odd_argument(functions: list[Any]) -> list[Any]:
    cases = []
    for function, good in functions:
        for place in range(len(good)):
            cases += [pytest.param(function, good, place, id=f"{function.__name__}-{place + 1}")]
    return cases


@pytest.mark.parametrize(("function", "good", "place"), with_each_odd_argument(TEXT_FUNCTIONS))
def test_functions_of_texts_answer_whatever_they_are_given(function: Any, good: tuple[Any, ...], place: int) -> None:
    for odd in ODD:
        answer = function(*good[:place], odd, *good[place + 1 :])
        assert isinstance(answer, str | float)
        assert "Traceback" not in str(answer) and "Error" not in str(answer)


@pytest.mark.parametrize(("function", "good", "place"), with_each_odd_argument(NUMBER_FUNCTIONS))
def test_functions_of_numbers_give_a_number_or_say_why_not(function: Any, good: tuple[Any, ...], place: int) -> None:
    for odd in ODD:
        try:
            answer = function(*good[:place], odd, *good[place + 1 :])
        except BadArgument as problem:
            assert is_chinese(str(problem))
            assert len(str(problem)) < 100
        else:
            assert isinstance(answer, float)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: udfs.JXPLAN(None, SHARES, 1.0), "“预算数”没有填写"),
        (lambda: udfs.JXPLAN("四万", SHARES, 1.0), "“预算数”填的“四万”不是有效的金额"),
        (lambda: udfs.JXPLAN([1.0, 2.0], SHARES, 1.0), "“预算数”应是一个单元格，不能是多个单元格的区域"),
        (lambda: udfs.JXPLAN(40000.0, SHARES, 5.0), "“第几个节点”应是 1 到 4 的整数，现在是“5”"),
        (lambda: udfs.JXPLAN(40000.0, SHARES, 1.5), "“第几个节点”应是 1 到 4 的整数，现在是“1.5”"),
        (lambda: udfs.JXPLAN(40000.0, [0.2, None], 2.0), "第 2 个节点的支出比例没有填写"),
        (lambda: udfs.JXPLAN(40000.0, [0.2, "全部"], 2.0), "第 2 个节点的支出比例填的“全部”不是百分数"),
        (lambda: udfs.JXPLAN(40000.0, [0.2, 1.2], 2.0), "第 2 个节点的支出比例是 120%，应在 0% 到 100% 之间"),
        (lambda: udfs.JXCURVE(40000.0, SHARES, MONTHS[:3], 1.0), "支出比例有 4 个，节点月份有 3 个，应一一对应"),
        (lambda: udfs.JXCURVE(40000.0, SHARES, [3.0, 6.0, 13.0, 12.0], 1.0), "“月份”应是 1 到 12 的整数，现在是“13”"),
        (lambda: udfs.JXCURVE(40000.0, SHARES[:3], MONTHS[:3], 1.0), "支出计划画不成曲线"),
        (lambda: udfs.JXCURVE(40000.0, SHARES, MONTHS[::-1], 1.0), "支出计划画不成曲线"),
        (lambda: udfs.JXCURVE(40000.0, None, None, 1.0), "支出计划画不成曲线"),
        (lambda: udfs.JXPROGRESS(13.0), "“月份”应是 0 到 12 的整数，现在是“13”"),
        (lambda: udfs.JXPROGRESS(None), "“月份”应是 0 到 12 的整数，现在是空的"),
    ],
)
def test_the_reason_for_no_number_is_plain(call: Any, reason: str) -> None:
    with pytest.raises(BadArgument, match=f"^{re.escape(reason)}"):
        call()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (udfs.JXVALUE("≥90%", "颜色"), "没有“颜色”这一部分：应填 符号、数值、单位 或 类型"),
        (udfs.JXVALUE("≥90%", None), "没有写明取哪一部分：应填 符号、数值、单位 或 类型"),
        (udfs.JXVALUE(DAY, "单位"), "“指标值”单元格是日期 2024-03-05，应为文字"),
        (udfs.JXNORM("#DIV/0!"), "“指标值”单元格是错误值 #DIV/0!，应为文字"),
        (udfs.JXNORM(["a", "b"]), "“指标值”应是一个单元格，不能是多个单元格的区域"),
        (udfs.JXCODE("#N/A"), "“项目编码”单元格是错误值 #N/A，应为文字"),
        (udfs.JXCHECK(*ROW[:2], ["a", "b"], *ROW[3:]), "“三级指标”应是一个单元格，不能是多个单元格的区域"),
    ],
)
def test_a_function_of_texts_says_what_is_wrong(answer: str, reason: str) -> None:
    assert answer == reason


# What Excel is told


def decorated(function: Any) -> ast.FunctionDef:
    tree = ast.parse(Path(udfs.__file__).read_text("utf-8"))
    return next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function.__name__)


def is_chinese(text: str) -> bool:
    return any("一" <= sign <= "鿿" for sign in text)


def is_help(text: object) -> bool:
    return isinstance(text, str) and len(text) <= 255 and "\n" not in text and is_chinese(text)


def test_there_are_the_functions_the_add_in_promises() -> None:
    names = [function.__name__ for function in FUNCTIONS]
    assert names == ["JXCHECK", "JXCODE", "JXCURVE", "JXNORM", "JXPLAN", "JXPROGRESS", "JXVALUE", "JXVER"]


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_every_function_and_every_argument_is_explained_in_chinese(function: Any) -> None:
    assert is_help(function.__doc__)
    explained = {}
    for decorator in decorated(function).decorator_list[1:]:
        assert isinstance(decorator, ast.Call)
        name, doc = decorator.args[0], decorator.keywords[0].value
        assert isinstance(name, ast.Constant) and isinstance(doc, ast.Constant)
        explained[name.value] = doc.value
    parameters = inspect.signature(function).parameters
    assert list(explained) == list(parameters)
    assert all(is_help(doc) for doc in explained.values())
    assert all(name.isascii() and one.kind is one.POSITIONAL_OR_KEYWORD for name, one in parameters.items())


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_every_annotation_is_one_xlwings_converts(function: Any) -> None:
    hints = typing.get_type_hints(function)
    assert set(hints) == {*inspect.signature(function).parameters, "return"}
    assert all(hint in conversion.accessors for hint in hints.values())


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_every_function_is_one_call(function: Any) -> None:
    docstring, call = decorated(function).body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(call, ast.Return) and isinstance(call.value, ast.Call)


def test_the_functions_load_nothing_heavy() -> None:
    heavy = {"pandas", "numpy", "openpyxl", "python_calamine", "excelize", "xlwings"}
    code = f"import sys, jixiao.functions; print({heavy!r} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert loaded.stdout.strip() == "set()"
