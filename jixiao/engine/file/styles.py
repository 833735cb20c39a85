"""Changing one trait of a cell's style and keeping all others.

excelize can only describe a style and make a new one of the description, which loses theme colours, named styles and
more. So a new style is registered with the trait alone, and when the file is saved it is filled up from the style it
was derived from (see mend.py).
"""

from __future__ import annotations

from typing import Any, NamedTuple

Trait = str | bool | None

BUILTIN_FORMATS = {
    "General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "0.00E+00": 11, "# ?/?": 12,
    "# ??/??": 13, "m/d/yyyy": 14, "d-mmm-yy": 15, "d-mmm": 16, "mmm-yy": 17, "h:mm AM/PM": 18, "h:mm:ss AM/PM": 19,
    "h:mm": 20, "h:mm:ss": 21, "m/d/yyyy h:mm": 22, "#,##0_);(#,##0)": 37, "#,##0_);[Red](#,##0)": 38,
    "#,##0.00_);(#,##0.00)": 39, "#,##0.00_);[Red](#,##0.00)": 40, "mm:ss": 45, "[h]:mm:ss": 46, "mm:ss.0": 47,
    "##0.0E+0": 48, "@": 49,
}  # fmt: skip
_FORMAT_TEXTS = {number: text for text, number in BUILTIN_FORMATS.items()}
_SOLID = 1


class Derivation(NamedTuple):
    """Style `number` is style `base`, except that its trait `name` is `value`."""

    number: int
    base: int
    name: str
    value: Trait


class Styles:
    """The styles of one open excelize file. Traits: number_format, color (RRGGBB), wrap_text."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._numbers: dict[tuple[int, str, Trait], int] = {}
        self.derivations: dict[int, Derivation] = {}

    def derived(self, base: int, name: str, value: Trait) -> int:
        """The number of the style that has `value` for `name` and else is like `base`."""
        if self.trait(base, name) == value:
            return base
        key = (base, name, value)
        if key not in self._numbers:
            number = self._register(name, value)
            self._numbers[key] = number
            self.derivations[number] = Derivation(number, base, name, value)
        return self._numbers[key]

    def trait(self, number: int, name: str) -> Trait:
        while number in self.derivations:
            derivation = self.derivations[number]
            if derivation.name == name:
                return derivation.value
            number = derivation.base
        return _trait(self._file.get_style(number), name)

    def _register(self, name: str, value: Trait) -> int:
        import excelize

        mark = excelize.Alignment(relative_indent=len(self.derivations) + 1)  # equal styles would get one number
        style = excelize.Style(alignment=mark, fill=excelize.Fill())
        if name == "number_format" and value in BUILTIN_FORMATS:
            style.num_fmt = BUILTIN_FORMATS[str(value)]
        elif name == "number_format":
            style.custom_num_fmt = str(value)
        return int(self._file.new_style(style))


def _trait(style: Any, name: str) -> Trait:
    if name == "number_format":
        return style.custom_num_fmt or _FORMAT_TEXTS.get(style.num_fmt, "General")
    if name == "color":
        return str(style.fill.color[0]) if style.fill.pattern == _SOLID and style.fill.color else None
    return bool(style.alignment and style.alignment.wrap_text)
