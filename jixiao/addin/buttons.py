"""What the buttons do, in the one place that says it, so that another host than Excel can offer the same buttons.

What is seen of a button stands in the ribbon's XML, which macro it starts in its VBA procedure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jixiao.addin.ribbon import read_ribbon
from jixiao.addin.sources import Sources

_PROCEDURE = re.compile(
    r'^Public Sub (?P<name>\w+)\(control As IRibbonControl\)\n +\w+ "(?P<macro>\w+)\(', re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class MacroButton:
    """A button that starts a macro."""

    label: str
    tip: str
    macro: str


def button_groups(sources: Sources) -> tuple[tuple[MacroButton, ...], ...]:
    """The groups with their buttons, in the order of the screen; without what concerns Excel's way to Python alone."""
    known = {
        f"{module}.{found['name']}": found
        for module, text in sources.modules.items()
        for found in _PROCEDURE.finditer(text)
    }
    return tuple(
        tuple(
            MacroButton(button.label, button.supertip, found["macro"])
            for button in group.buttons
            if (found := known.get(button.action))
        )
        for group in read_ribbon(sources.ribbon).groups
    )
