"""The worksheet functions as Basic: generated from udfs.py, and what cannot be generated is refused."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from jixiao.libreoffice import LibreOfficeProblem
from jixiao.libreoffice.basic import MODULE, Function, basic_module, functions_of, module_file, problems
from jixiao.libreoffice.build import functions_module
from jixiao.shipped import shipped

UDFS = shipped("udfs.py").read_text("utf-8")


def test_every_function_of_udfs_is_there_with_its_arguments() -> None:
    declared = re.findall(r"^Function (\w+)\(([^)]*)\)", functions_module(), re.MULTILINE)
    counts = {name: (len(given.split(",")) if given else 0, given.count("Optional")) for name, given in declared}
    assert counts == {
        "JXCHECK": (8, 2), "JXVALUE": (2, 0), "JXNORM": (1, 0), "JXPLAN": (3, 0), "JXCURVE": (4, 0),
        "JXPROGRESS": (1, 0), "JXCODE": (1, 0), "JXVER": (0, 0),
    }  # fmt: skip


def test_the_module_is_a_file_of_a_basic_library_that_reads_back_the_same() -> None:
    root = ElementTree.fromstring(module_file(functions_module()))
    assert root.text == functions_module()
    assert root.get("{http://openoffice.org/2000/script}name") == MODULE


def function(text: str) -> str:
    return f"@func()\ndef {text}:\n    pass\n"


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (function("JX1()"), "函数名 JX1 不行"),
        (function("CHECK()"), "函数名 CHECK 不行"),
        (function("JXA(*cells)"), "函数 JXA 的参数应是固定的几个"),
        (function("JXA(a, *, b)"), "函数 JXA 的参数应是固定的几个"),
        (function("JXA(a, b=1)"), "函数 JXA 的选填参数，默认值应为 None"),
        (function("JXA()") + function("JXA()"), "重复的函数 JXA"),
    ],
)
def test_a_function_that_basic_cannot_call_alike_is_refused(source: str, told: str) -> None:
    with pytest.raises(LibreOfficeProblem, match=told):
        basic_module(source)


def test_what_is_no_worksheet_function_is_left_out() -> None:
    assert functions_of(UDFS + "\ndef helper(a: int) -> int:\n    return a\n") == functions_of(UDFS)


def test_a_module_that_basic_cannot_read_is_told() -> None:
    text = functions_module()
    wanted = functions_of(UDFS)
    assert list(problems(text, wanted)) == []
    assert list(problems(text.replace("End Function", "End Fun", 1), wanted)) == ["Function 和 End Function 的个数不同"]
    assert list(problems(text + "'中", wanted)) == ["有非 ASCII 字符"]
    assert list(problems(text + "']]>", wanted)) == ["有不能放进模块文件的字符"]
    assert list(problems(text, [*wanted, Function("JXMORE", 0, 0)])) == ["缺少函数 JXMORE"]
