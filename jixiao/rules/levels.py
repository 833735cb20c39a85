"""一级 and 二级指标 of a profile: which name in a cell means which of the profile's names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jixiao.model.records import Indicator
from jixiao.model.value import fold
from jixiao.profiles import Profile

_SUFFIX = "指标"
_WEIGHT = re.compile(r"\(\d+(?:\.\d+)?[分%]?\)$")


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """产出指标 of 产出指标（50分）: without blanks and the points some forms print there."""
    return _WEIGHT.sub("", fold(name))


@lru_cache(maxsize=4096)
def stem(name: str) -> str:
    """产出 of 产出指标: what is compared."""
    return bare(name).removesuffix(_SUFFIX)


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """By stem: the profile's 一级, where each 二级 belongs, and what names mean, those of other forms included."""

    level1: Mapping[str, str]
    home: Mapping[str, str]
    meanings1: Mapping[str, str]
    meanings2: Mapping[str, str]

    def meant1(self, name: str) -> str:
        """The profile's 一级 that the name in a cell means, misnamed or not; "" if none."""
        return self.meanings1.get(stem(name), "")

    def meant2(self, name: str) -> str:
        """Likewise for 二级."""
        return self.meanings2.get(stem(name), "")

    def level1s_of(self, indicator: Indicator) -> tuple[str, str]:
        """The 一级 it stands under and the one its 二级 belongs to; "" where that is unknown."""
        return self.meant1(indicator.level1), self.home.get(self.meant2(indicator.level2), "")


@lru_cache(maxsize=8)
def taxonomy_of(profile: Profile) -> Taxonomy:
    """The taxonomy of a profile, made once."""
    variants1, variants2 = profile.words["level1_variants"], profile.words["level2_variants"]
    level1 = {stem(name): name for name in profile.levels}
    home = {level2: level1 for level1, level2s in profile.levels.items() for level2 in level2s}
    own1 = {stem(name): meant for name, meant in variants1.items() if meant in profile.levels}
    own2 = {stem(name): meant for name, meant in variants2.items() if meant in home}
    return Taxonomy(level1, home, own1 | level1, own2 | {stem(name): name for name in home})
