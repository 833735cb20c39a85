"""What an engine's class has may lie in a base class of its own; what xlwings only declares it has not."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from xlwings import base_classes

from jixiao.engine.members import UnsupportedMember, engine_class

FIRST: Counter[str] = Counter()
SECOND: Counter[str] = Counter()


class Shared:
    refers_to: str = "=A1"

    def __init__(self) -> None:
        self.text = "甲"

    @property
    def name(self) -> str:
        return self.text

    @name.setter
    def name(self, text: str) -> None:
        self.text = text


@engine_class(base_classes.Name, FIRST, counted=["name"])
class Name(Shared):
    pass


@engine_class(base_classes.Name, SECOND, counted=["name set"])
class OtherName(Shared):
    def delete(self) -> None:
        """Nothing lies behind it."""


@engine_class(base_classes.Name, Counter())
class BareName(base_classes.Name):  # type: ignore[misc]
    name = "甲"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    FIRST.clear()
    SECOND.clear()


def test_inherited_members_are_supported_and_the_others_refused_under_the_name_of_the_class() -> None:
    assert vars(Name)["supported_members"] == {"name", "refers_to"}
    assert vars(OtherName)["supported_members"] == {"name", "refers_to", "delete"}
    assert Name().refers_to == "=A1"
    with pytest.raises(UnsupportedMember, match=r"^Name\.refers_to_range "):
        Name().refers_to_range  # type: ignore[attr-defined]  # noqa: B018


def test_an_inherited_member_is_counted_for_each_engine_by_itself() -> None:
    for cls in (Name, OtherName):
        made: Any = cls()
        made.name = "乙"
        assert made.name == "乙"
    assert (FIRST, SECOND) == ({"Name.name set": 1, "Name.name get": 1}, {"OtherName.name set": 1})
    assert Shared().name == "甲"
    assert FIRST["Name.name get"] == 1


def test_what_only_a_base_class_of_xlwings_declares_is_refused() -> None:
    assert vars(BareName)["supported_members"] == {"name"}
    with pytest.raises(UnsupportedMember, match=r"^BareName\.delete "):
        BareName().delete()
