"""JX506: lengths and signs the input form of the integrated system takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from jixiao.model.fields import field_label
from jixiao.model.records import BasicExpenditure, Indicator, Project
from jixiao.rules.core import INTEGRATED_SYSTEM, Case, Fault, On, Record, Settings, Severity, Wording, fault, rule
from jixiao.rules.indicator.lexicon import Lexicon, lexicon
from jixiao.rules.texts import text_of

SHORT_FIELDS = ("level3", "description", "value")
LONG_FIELDS = ("goal", "purpose")
_FIELDS: dict[type[Record], dict[str, Callable[[Record], str]]] = {
    kind: {name: text_of(name) for name in names}
    for kind, names in ((Indicator, SHORT_FIELDS), (Project, LONG_FIELDS), (BasicExpenditure, ("goal",)))
}

_LINE_BREAK = re.compile(r"[\r\n]")
# No keyboard types these; they come along from web pages and messengers.
_ODD_SIGNS = {
    "看不见的控制字符": "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u200b-\\u200f\\u2028-\\u202e\\u2060\\ufeff",
    "无法显示的字符": "\\ue000-\\uf8ff\\ufffd",
    "表情符号": "\\U0001f000-\\U0001faff\\ufe0f\\u20e3",
}
_ODD = {name: re.compile(f"[{signs}]") for name, signs in _ODD_SIGNS.items()}


@rule(
    "JX506",
    "text-too-long-or-forbidden",
    Severity.WARNING,
    on=On.RECORDS,
    title="文字长度和符号应符合录入要求",
    source=INTEGRATED_SYSTEM,
    says="{label}有 {length} 个字，超过 {limit} 个字",
    advice="删减到 {limit} 个字以内；细节写入项目申报材料",
    variants={
        "signs": Wording("{label}里有不宜录入的符号：{signs}", "删去这些符号，或改用中文标点"),
        "breaks": Wording("指标值里有换行", "删去换行，一个单元格只写一个指标值"),
    },
    parameters={"short": "指标名称、描述、指标值的最多字数", "long": "绩效目标、用途的最多字数"},
    needs=(*SHORT_FIELDS, *LONG_FIELDS),
    example=Case("≥3次|≥5次", "≥3次"),
)
def text_too_long_or_forbidden(records: Iterable[Record], settings: Settings) -> Iterator[Fault]:
    """录入系统时过长的文字会被截断或拒收；竖线、网页标记、表情符号和从网页、微信带来的看不见的字符会造成导入失败或乱码。

    长度上限可以在校验设置里改。中英文括号、引号、大于小于号都可以用；指标名称、描述和绩效目标里可以换行，指标值里不可以。
    """
    words = lexicon(settings)
    may_be_forbidden = _first_signs(words.forbidden_starts).search
    for record in records:
        limit = settings["short" if isinstance(record, Indicator) else "long"]
        for name, get in _FIELDS.get(type(record), {}).items():
            text = get(record)
            if len(text) > limit:
                yield fault(record, name, label=field_label(name), length=len(text), limit=limit)
            if may_be_forbidden(text) and (signs := _signs_in(text, words)):
                yield fault(record, name, "signs", label=field_label(name), signs="、".join(signs))
            if name == "value" and _LINE_BREAK.search(text):
                yield fault(record, name, "breaks")


def speaks_of_sign(kind: type[Record], name: str, piece: str, settings: Settings) -> bool:
    """Is this piece of the field reported by JX506, so that no other rule has to?"""
    return name in _FIELDS.get(kind, {}) and bool(_signs_in(piece, lexicon(settings)))


def _signs_in(text: str, words: Lexicon) -> list[str]:
    odd = [name for name, signs in _ODD.items() if signs.search(text)]
    return list(dict.fromkeys(words.forbidden.findall(text) + odd))


@lru_cache(maxsize=8)
def _first_signs(forbidden: str) -> re.Pattern[str]:
    """Any sign that a forbidden piece begins with, or an odd one: hardly any text has one."""
    return re.compile(f"[{re.escape(forbidden.lower() + forbidden.upper())}{''.join(_ODD_SIGNS.values())}]")
