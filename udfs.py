"""Worksheet functions: a decorator and one call each. What they do is in jixiao.functions.

Docstrings and `doc` are the help Excel shows: Chinese, at most 255 characters. Annotations are what xlwings can
convert; `Any` leaves an argument as Excel gives it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import xlwings as xw

from jixiao import functions

func = partial(xw.func, category="绩效助手")
arg = partial(xw.arg, err_to_str=True)  # an error value arrives as its text and is told from an empty cell


@func()
@arg("level1", doc="一级指标，如 产出指标。合并单元格只有第一行有内容，请引用“当前一级”列")
@arg("level2", doc="二级指标，如 数量指标")
@arg("level3", doc="三级指标，即指标名称，如 培训人次")
@arg("description", doc="绩效指标描述：含义或计算方法")
@arg("value", doc="指标值，如 ≥90%、＝200人次、≤5万元")
@arg("basis", doc="指标值确定依据")
@arg("budget", doc="项目的预算数，选填；填了就核对成本指标是否高于预算数")
@arg("unit", doc="预算数的金额单位，选填：元、千元 或 万元，或“单位：元”；不填按元")
def JXCHECK(
    level1: Any, level2: Any, level3: Any, description: Any, value: Any, basis: Any,
    budget: Any = None, unit: Any = None,
) -> str:  # fmt: skip
    """检查一行指标，返回最严重的一个问题；没有问题返回 ✓，空行返回空文本。按规则默认设置，只看这一行。"""
    return functions.check_row(level1, level2, level3, description, value, basis, budget, unit)


@func()
@arg("text", doc="指标值，如 ≥90%、大于等于80%、200人次")
@arg("part", doc="取哪一部分：符号、数值、单位、类型（定量或定性），也可写 1、2、3、4")
def JXVALUE(text: Any, part: Any) -> Any:
    """取出指标值的计算符号、数值、计量单位或类型；没有这一部分返回空文本。"""
    return functions.value_part(text, part)


@func()
@arg("text", doc="指标值，如 >=90%、289份")
def JXNORM(text: Any) -> str:
    """把指标值写成规范形式，如 >= 90 % 写成 ≥90%，289份 写成 ＝289份；文字和只有数字的保持原样。"""
    return functions.normal_value(text)


@func()
@arg("budget", doc="预算数")
@arg("shares", doc="各节点的累计支出比例，一个区域；20%、0.2、20 都可以")
@arg("node", doc="第几个节点：1 是第一个")
def JXPLAN(budget: Any, shares: Any, node: Any) -> float:
    """按支出计划计算第几个节点的累计支出金额，四舍五入到分；比例为 100% 时等于预算数。参数有误返回 #N/A。"""
    return functions.node_amount(budget, shares, node)


@func()
@arg("budget", doc="预算数")
@arg("shares", doc="各节点的累计支出比例，一个区域，最后一个为 100%")
@arg("months", doc="各节点的月份，一个区域，与比例一一对应：3、6、10、12 或 3月底、6月底……")
@arg("month", doc="到几月底：0 到 12，0 是年初")
def JXCURVE(budget: Any, shares: Any, months: Any, month: Any) -> float:
    """按支出计划计算到某月底的累计支出金额，两个节点之间按月均匀推算，四舍五入到分。参数有误或计划不完整返回 #N/A。"""
    return functions.amount_by(budget, shares, months, month)


@func()
@arg("month", doc="到几月底：0 到 12")
def JXPROGRESS(month: Any) -> float:
    """到某月底的序时进度，即月份除以 12，如 3 月底为 25%（单元格格式请设为百分比）。参数有误返回 #N/A。"""
    return functions.progress(month)


@func()
@arg("code", doc="项目编码，21 位")
def JXCODE(code: Any) -> str:
    """检查项目编码：符合编码规则返回 ✓，否则说明问题；校验字符不符只作提醒，空单元格返回空文本。"""
    return functions.check_code(code)


@func()
def JXVER() -> int:
    """绩效助手的版本号，一个数字：10203 表示 1.2.3。能算出数字说明加载项已连接。"""
    return functions.version()
