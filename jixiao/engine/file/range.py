"""A range, as xlwings asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings.utils import hex_to_rgb

from jixiao.engine.address import Area
from jixiao.engine.file.calls import CALLS
from jixiao.engine.file.styles import Trait
from jixiao.engine.formulas import shifted
from jixiao.engine.members import UnsupportedMember, engine_class
from jixiao.engine.range_base import COUNTED, Color, RangeBase, rgb
from jixiao.engine.values import Formula, Written, shown_as_formula

if TYPE_CHECKING:
    from jixiao.engine.file.document import Document
    from jixiao.engine.file.looks import Looks
    from jixiao.engine.file.sheet import Sheet


@engine_class(base_classes.Range, CALLS, counted=COUNTED)
class Range(RangeBase):
    """A rectangle of cells of a file."""

    sheet: Sheet

    @property
    def _document(self) -> Document:
        return self.sheet.book.document

    # where it is

    def select(self) -> None:
        """For as long as the book is open; there is no window to show it."""
        self.sheet.book.selections[self.sheet.state] = self.place

    @property
    def merge_area(self) -> Range:
        """The merged range the first cell lies in; the cell where it lies in none."""
        own = (area for area in self.sheet.state.contents.merged if area.contains(self.row, self.column))
        return self._at(next(own, Area(self.row, self.column)))

    # what it holds

    def _values(self) -> list[list[Any]]:
        return self.sheet.state.cells.block(self.place)

    def _shown_formulas(self) -> list[list[Any]]:
        formulas = self._document.formulas(self.sheet.state, self.place)
        return [
            [formulas.get((row, column)) or shown_as_formula(value) for column, value in enumerate(values, self.column)]
            for row, values in enumerate(self._values(), self.row)
        ]

    def _put(self, rows: list[list[Written]]) -> None:
        self._document.write(self.sheet.state, self.place, rows)

    def _fill(self, formula: Formula) -> None:
        rows, columns = range(self.place.rows), range(self.place.columns)
        self._put([[Formula(shifted(formula, down, right)) for right in columns] for down in rows])

    def clear_contents(self) -> None:
        self._document.clear(self.sheet.state, self.place)

    # how it looks

    @property
    def number_format(self) -> str | None:
        """None where cells differ."""
        text: str | None = self._trait("number_format")
        return text

    @number_format.setter
    def number_format(self, text: str) -> None:
        self._set_trait("number_format", text)

    @property
    def color(self) -> tuple[int, int, int] | None:
        """None where there is no fill of one colour, or cells differ."""
        color = self._trait("color")
        return hex_to_rgb(color) if color else None

    @color.setter
    def color(self, color: Color | None) -> None:
        self._set_trait("color", None if color is None else "{:02X}{:02X}{:02X}".format(*rgb(color)))

    @property
    def wrap_text(self) -> bool | None:
        """None where cells differ."""
        wrapped: bool | None = self._trait("wrap_text")
        return wrapped

    @wrap_text.setter
    def wrap_text(self, wrapped: bool) -> None:
        self._set_trait("wrap_text", bool(wrapped))

    @property
    def column_width(self) -> float | None:
        """In characters; None where columns differ."""
        width: float | None = _only(self._looks.column_widths(self.sheet.state.key, self.place))
        return width

    @column_width.setter
    def column_width(self, characters: float) -> None:
        looks = self._document.changing_looks(self.sheet.state)
        looks.set_column_width(self.sheet.state.key, self.place, characters)

    @property
    def row_height(self) -> float | None:
        """In points; None where rows differ, or have been fitted and not yet saved."""
        state = self.sheet.state
        if not state.fitted.isdisjoint(range(self.row, self.place.last_row + 1)):
            return None
        height: float | None = _only(self._looks.row_heights(state.key, self.place))
        return height

    @row_height.setter
    def row_height(self, points: float) -> None:
        self._document.set_row_height(self.sheet.state, self.place, points)

    def autofit(self, axis: str | None = None) -> None:
        """Rows alone: as high as their wrapped texts need when the file is saved, an estimate."""
        if axis not in ("r", "rows"):
            raise UnsupportedMember("Range.autofit of columns")
        self._document.fit_rows(self.sheet.state, self.place)

    @property
    def _looks(self) -> Looks:
        return self._document.looks(self.sheet.state)

    def _trait(self, name: str) -> Any:
        return _only(self._looks.traits(self.sheet.state.key, self.place, name))

    def _set_trait(self, name: str, value: Trait) -> None:
        self._document.changing_looks(self.sheet.state).change(self.sheet.state.key, self.place, name, value)


def _only(values: set[Any]) -> Any:
    return values.pop() if len(values) == 1 else None
