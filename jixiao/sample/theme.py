"""What an invented project is about: the vocabulary its texts are composed from."""

from __future__ import annotations

from typing import NamedTuple

# The four columns of an indicator that differ by theme: 二级 without its ending, 三级, 描述, 指标值.
Row = tuple[str, str, str, str]


class Item(NamedTuple):
    """What is bought, built or done: `least` to `most` of `unit`, for `cheap` to `dear` yuan each."""

    name: str
    unit: str
    least: int
    most: int
    cheap: int
    dear: int


class Theme(NamedTuple):
    """Templates with {place}, {item}, {done} (what is done with the item), {people} and numbers.

    where: the kind of place. names: of the project. done: the deed as a noun. people: who is asked whether satisfied.
    pays: what the money is spent on. benefits, quality: rows. sources: documents the values rest on.
    """

    where: str
    names: tuple[str, ...]
    done: str
    people: str
    pays: tuple[str, ...]
    items: tuple[Item, ...]
    quality: tuple[Row, ...]
    benefits: tuple[Row, ...]
    sources: tuple[str, ...]
