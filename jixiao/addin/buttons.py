"""What the buttons do, in the one place that says it, so that another host than Excel can offer the same buttons.

What is seen of a button stands in the ribbon's XML, which macro it starts in its VBA procedure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jixiao.addin import AddinProblem
from jixiao.addin.ribbon import Button, read_ribbon
from jixiao.addin.sources import Sources

# Label -> why another host does not need it.
EXCEL_ALONE = {"重启": "结束 Excel 在后台另外启动的 Python；其他宿主没有这样的后台程序"}

_PROCEDURE = re.compile(
    r"^Public Sub (?P<name>\w+)\(control As IRibbonControl\)\n(?P<body>.*?)^End Sub$", re.MULTILINE | re.DOTALL
)
_COMMENT = re.compile(r"^ *'.*$", re.MULTILINE)
_CALL = re.compile(r'"([a-z_]\w*)\(')  # the beginning of a text of Python that calls a macro


@dataclass(frozen=True, slots=True)
class MacroButton:
    """A button that starts a macro."""

    label: str
    tip: str
    macro: str


def button_groups(sources: Sources) -> tuple[tuple[MacroButton, ...], ...]:
    """The groups with their buttons, in the order of the screen; without what concerns Excel's way to Python alone.

    Raises AddinProblem for any other button whose macro is not told by its procedure.
    """
    calls = dict(_calls(sources.modules))
    return tuple(
        tuple(_macro_button(button, calls) for button in group.buttons if button.label not in EXCEL_ALONE)
        for group in read_ribbon(sources.ribbon).groups
    )


def _calls(modules: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Each procedure of the ribbon as Module.Procedure, and the macros that it names."""
    for module, text in modules.items():
        for found in _PROCEDURE.finditer(text):
            yield f"{module}.{found['name']}", sorted(set(_CALL.findall(_COMMENT.sub("", found["body"]))))


def _macro_button(button: Button, calls: Mapping[str, list[str]]) -> MacroButton:
    macros = calls.get(button.action, [])
    if len(macros) != 1:
        found = f"写了 {'、'.join(macros)}" if macros else "一个也没有"
        raise AddinProblem(f"按钮“{button.label}”的过程 {button.action} 应写明一个 Python 宏，现在{found}")
    return MacroButton(button.label, button.supertip, macros[0])
