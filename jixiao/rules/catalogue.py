"""The one list of all rules, in the order of their codes. Importing this module is what fills it."""

from __future__ import annotations

from jixiao.rules import basis, framework, goal, identity, indicator, money, plan, project_codes, text
from jixiao.rules.core import RULES as _ENTERED
from jixiao.rules.core import Rule
from jixiao.rules.parts import rules as parts

FAMILIES = {
    "JX1": ((identity, project_codes), "表头与编码"),
    "JX2": (money, "金额"),
    "JX3": (plan, "资金支出计划"),
    "JX4": (framework, "指标框架"),
    "JX5": (indicator, "绩效指标"),
    "JX6": (basis, "指标值确定依据"),
    "JX7": (goal, "绩效目标"),
    "JX8": (parts, "两部分之间"),
    "JX9": (text, "文字"),
}

RULES: dict[str, Rule] = {code: _ENTERED[code] for code in sorted(_ENTERED)}
