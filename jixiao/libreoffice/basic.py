"""The worksheet functions as a module of LibreOffice Basic: each hands its arguments to Python and returns the answer.

Functions of this kind keep their plain names in a saved workbook; those of a native add-in do not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from jixiao.libreoffice import LibreOfficeProblem
from jixiao.libreoffice.configuration import SERVICE

MODULE = "JXFunctions"

_NAME = re.compile(r"JX[A-Z]+")  # letters alone: with a number it could be the address of a cell
_DEFINED = re.compile(r"^(?:Private )?Function (\w+)\(", re.MULTILINE)
_ENDED = re.compile(r"^End Function$", re.MULTILINE)
_HEAD = """\
REM Made by jixiao; do not edit: the next installation replaces it.
Option Explicit

Private jxHost As Object
"""
_ASK = f"""
Private Function JXASKED(wanted As String, given As Variant) As Variant
    Dim question(0) As New com.sun.star.beans.NamedValue
    On Error GoTo failed
    If IsNull(jxHost) Then jxHost = createUnoService("{SERVICE}")
    question(0).Name = wanted
    question(0).Value = given
    JXASKED = jxHost.execute(question)
    Exit Function
failed:
    REM The extension is gone. An empty array is the one answer of Basic that a cell takes for an error.
    JXASKED = Array()
End Function
"""


@dataclass(frozen=True, slots=True)
class Function:
    """A worksheet function of udfs.py; the last `optional` of its arguments may be left out."""

    name: str
    count: int
    optional: int


def basic_module(source: str) -> str:
    """The text of the module for the functions of `source`, the text of udfs.py."""
    functions = functions_of(source)
    text = "\n".join([_HEAD, *map(_function, functions)]) + _ASK
    if faults := list(problems(text, functions)):
        raise LibreOfficeProblem(f"生成的工作表函数有 {len(faults)} 处错误：{'；'.join(faults)}")
    return text


def functions_of(source: str) -> tuple[Function, ...]:
    """Those decorated as worksheet functions. Raises LibreOfficeProblem for one that Basic cannot call alike."""
    defined = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    return tuple(_read(node) for node in defined if any(_is_func(each) for each in node.decorator_list))


def _is_func(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "func"


def _read(node: ast.FunctionDef) -> Function:
    arguments, defaults = node.args, node.args.defaults
    if not _NAME.fullmatch(node.name):
        raise LibreOfficeProblem(f"函数名 {node.name} 不行：应以 JX 开头，只用大写英文字母")
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs or arguments.posonlyargs:
        raise LibreOfficeProblem(f"函数 {node.name} 的参数应是固定的几个")
    if any(not isinstance(each, ast.Constant) or each.value is not None for each in defaults):
        raise LibreOfficeProblem(f"函数 {node.name} 的选填参数，默认值应为 None")
    return Function(node.name, len(arguments.args), len(defaults))


def _function(function: Function) -> str:
    """The parameters have names that no word of Basic has."""
    needed = function.count - function.optional
    named = [f"{'Optional ' if number > needed else ''}a{number}" for number in range(1, function.count + 1)]
    lines = [f"Function {function.name}({', '.join(named)}) As Variant"]
    if not function.count:
        return "\n".join([*lines, f'    {function.name} = JXASKED("{function.name}", Array())', "End Function", ""])
    lines.append(f"    Dim given({function.count - 1}) As Variant")
    for number in range(1, function.count + 1):
        passed = f"given({number - 1}) = a{number}"
        lines.append(f"    If Not IsMissing(a{number}) Then {passed}" if number > needed else f"    {passed}")
    return "\n".join([*lines, f'    {function.name} = JXASKED("{function.name}", given)', "End Function", ""])


def problems(text: str, functions: Sequence[Function]) -> Iterator[str]:
    """What would keep Basic from reading the module, or a cell from finding a function in it."""
    if not text.isascii():
        yield "有非 ASCII 字符"
    if "]]>" in text:
        yield "有不能放进模块文件的字符"
    defined = _DEFINED.findall(text)
    if len(defined) != len(_ENDED.findall(text)):
        yield "Function 和 End Function 的个数不同"
    if doubled := sorted({name for name in defined if defined.count(name) > 1}):
        yield f"重复的函数 {'、'.join(doubled)}"
    if missing := [function.name for function in functions if function.name not in defined]:
        yield f"缺少函数 {'、'.join(missing)}"


def module_file(text: str) -> bytes:
    """The module as a file of a Basic library."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
        '<script:module xmlns:script="http://openoffice.org/2000/script" '
        f'script:name="{MODULE}" script:language="StarBasic">{escape(text)}</script:module>'
    ).encode()
