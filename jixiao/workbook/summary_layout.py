"""The columns of 部门汇总: what the sheet is built with and what its rows are written by."""

from __future__ import annotations

from dataclasses import dataclass

from jixiao.profiles import Profile

_MONEY, _PERCENT, _INTEGER = "#,##0.00", "0.0%", "0"


@dataclass(frozen=True, slots=True)
class SummaryColumn:
    heading: str
    width: float
    number_format: str = "General"
    wraps: bool = False

    @property
    def is_count(self) -> bool:
        return self.number_format == _INTEGER

    @property
    def is_number(self) -> bool:
        return self.number_format != "General"


def summary_columns(profile: Profile) -> tuple[SummaryColumn, ...]:
    """Money first, then text, then the counts: a profile with more levels only adds columns at the end."""
    short = {name: name.removesuffix("指标") for name in (*profile.levels, *profile.level2_order)}
    return (
        SummaryColumn("序号", 6),
        SummaryColumn("类别", 10),
        SummaryColumn("项目编码", 29),
        SummaryColumn("名称", 30, wraps=True),
        SummaryColumn("预算数（元）", 16, _MONEY),
        SummaryColumn("财政资金（元）", 16, _MONEY),
        SummaryColumn("其他资金（元）", 14, _MONEY),
        *(SummaryColumn(f"{month}月底比例", 11, _PERCENT) for month in profile.nodes),
        *(SummaryColumn(f"{month}月底金额", 16, _MONEY) for month in profile.nodes),
        SummaryColumn("绩效目标", 34, wraps=True),
        SummaryColumn("定量占比", 9, _PERCENT),
        *(SummaryColumn(heading, 6, _INTEGER) for heading in ("错误", "警告", "提示")),
        *(SummaryColumn(short[level1], 8, _INTEGER) for level1 in profile.levels),
        *(SummaryColumn(short[level2], 8, _INTEGER) for level2 in profile.level2_order),
    )
