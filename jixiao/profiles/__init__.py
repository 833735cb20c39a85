"""Profiles (规则口径): what a form and its authority demand, as data. Words and thresholds live here only.

`common.toml` holds what the profiles share; a profile's own file overrides it key by key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

PROFILES = {"hebei": "hebei.toml", "mof-2021": "mof-2021.toml"}
DEFAULT_PROFILE = "hebei"

Parameter = int | float | str | bool | list[str] | list[int]


class UnknownProfile(ValueError):
    """There is no profile of this name."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """One 规则口径; each is loaded once and equal to itself alone, so that what is compiled of it is kept by it.

    levels: 一级 -> its 二级, both as the form prints them and in the form's order.
    required_level1: each needs at least one indicator. required_level2: likewise, by full name.
    words: word lists by name. parameters: rule code -> parameter -> default value.
    severities: rule code -> severity, where it differs from the rule's own.
    """

    name: str
    title: str
    authority: str
    nodes: tuple[int, ...]
    levels: Mapping[str, tuple[str, ...]]
    required_level1: tuple[str, ...]
    required_level2: tuple[str, ...]
    weights: Mapping[str, int]
    words: Mapping[str, Any]
    parameters: Mapping[str, Mapping[str, Parameter]]
    severities: Mapping[str, str]

    @property
    def level2_order(self) -> tuple[str, ...]:
        return tuple(level2 for level2s in self.levels.values() for level2 in level2s)


@lru_cache(maxsize=8)
def load_profile(name: str) -> Profile:
    """Raises UnknownProfile."""
    if name not in PROFILES:
        raise UnknownProfile(name)
    data = _merged(_read("common.toml"), _read(PROFILES[name]))
    return Profile(
        name=name,
        title=data["title"],
        authority=data["authority"],
        nodes=tuple(data["nodes"]),
        levels={level["name"]: tuple(level["level2"]) for level in data["level"]},
        required_level1=tuple(data["required"]["level1"]),
        required_level2=tuple(data["required"]["level2"]),
        weights=data.get("weights", {}),
        words=data["words"],
        parameters=data["rules"],
        severities=data.get("severities", {}),
    )


@cache
def _read(file: str) -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(file).read_text("utf-8"))


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        known = merged.get(key)
        merged[key] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return merged
