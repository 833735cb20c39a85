"""The indicators a passage quotes: `1、产出指标－数量指标－活动次数（描述），指标值为≥3次。`"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from jixiao.model.narrative import Quote
from jixiao.model.value import IndicatorValue, fold, parse_value
from jixiao.profiles import PROFILES, load_profile

_DASH = r"[－—–―─‐‑─\-]"
_LEVEL1 = r"(?:[一-鿿]{2,6}指标|产出|效益|效果|满意度|成本|投入)"
_NUMBER = r"(?:[(（]?\d{1,2}\s*[、.．)）]\s*|[①-⑳]\s*)"
# A numbered quote, or a 一级 that nothing runs into: behind a dash stands a 二级.
_START = re.compile(rf"{_NUMBER}(?={_LEVEL1}\s*{_DASH})|(?<![\w－—–―─‐‑-])(?=[一-鿿]{{2,6}}指标\s*{_DASH})")
_NUMBERED = re.compile(rf"^{_NUMBER}")
_VALUE = re.compile(r"(?:[\s，,、。;；]*(?:年度|目标)?指标值(?:设定|确定)?(?:为|是|[：:，,\s])*)+")
_OPERATOR = re.compile(r"[：:，,\s]*(?=[≥≤＞＜≧≦>＝=<]=?\s*\d|[≥≤＞＜>＝=<]+＝?\s*[\d０-９])")
# 满意度达到90%以上, 培训教师200人: what a name ends with is its value.
_NUMBER_AT_END = re.compile(
    r"(?:[：:，,\s]|为|是)*(?<![\d.,，~～—-])(?=(?:不低于|不少于|不超过|不高于|大于等于|小于等于|大于|小于|高于|低于|至少|达到?|控制在)?"
    r"\s*[\d０-９][\d０-９.,]*(?:[%％‰]|[一-鿿]{1,3})(?:[及或]?以[上下内])?$)"
)
_DASHES = re.compile(rf"\s*{_DASH}+\s*")
_END = "。.；;，,：: \n\t"


def first_quote(text: str, start: int) -> int | None:
    """Where the first quoted indicator begins at or behind `start`."""
    match = _START.search(text, start)
    return match.start() if match else None


def begins_quote(text: str) -> bool:
    return _START.match(text) is not None


def read_quotes(text: str) -> tuple[Quote, ...]:
    return tuple(_quote(piece) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    bounds = [*(match.start() for match in _START.finditer(text)), len(text)]
    for start, stop in pairwise(bounds):
        piece = _NUMBERED.sub("", text[start:stop].strip()).strip(_END)
        if piece:  # nothing stands between a number and the 一级 behind it
            yield piece


def _quote(piece: str) -> Quote:
    path, value = _value(piece)
    levels, name = _levels(path)
    level3, description = split_description(name)
    return Quote(*levels, level3, description, value, piece)


def _value(piece: str) -> tuple[str, IndicatorValue]:
    """The quote without its value, and the value: after 指标值为, from an operator on, or the number at the end."""
    said = _VALUE.search(piece) or _OPERATOR.search(piece) or _NUMBER_AT_END.search(piece)
    if said is None:
        return piece, parse_value("")
    return piece[: said.start()].strip(_END), parse_value(piece[said.end() :].strip(_END))


def _levels(path: str) -> tuple[tuple[str, str], str]:
    """一级, 二级, and what stands behind them; 二级 is "" where it is left out."""
    parts = _DASHES.split(path, maxsplit=2)
    if len(parts) == 1:
        return ("", ""), path
    if len(parts) == 2:
        is_level2 = _bare(parts[1]) in _known_level2()
        return (parts[0], parts[1] if is_level2 else ""), "" if is_level2 else parts[1]
    if _bare(parts[1]) in _known_level2() or parts[1].endswith("指标"):
        return (parts[0], parts[1]), parts[2]
    return (parts[0], ""), path[path.index(parts[1]) :]


def _bare(level: str) -> str:
    return fold(level).removesuffix("指标")


@cache
def _known_level2() -> frozenset[str]:
    return frozenset(_bare(level) for name in PROFILES for level in load_profile(name).level2_order)


def split_description(name: str) -> tuple[str, str]:
    """活动次数（每季度（次）） -> its name, and what stands in the brackets it ends with."""
    text = name.strip(_END)
    if not text.endswith((")", "）")):
        return text, ""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] in ")）") - (text[index] in "(（")
        if depth == 0:
            return (text[:index].strip(), text[index + 1 : -1].strip()) if index else (text, "")
    return text, ""
