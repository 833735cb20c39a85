"""A page a rule and an index, in Chinese, all derived from the rules and the profiles.

`python -m jixiao.rules.pages docs/rules` writes them anew.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from jixiao.model.fields import field_label
from jixiao.profiles import PROFILES, Parameter, Profile, load_profile
from jixiao.rules.catalogue import FAMILIES, RULES
from jixiao.rules.core import GOOD_PRACTICE, On, Rule, Severity, Wording

INDEX = "README.md"

_SUBJECTS = {
    On.DEPARTMENT: "部门信息和全部项目（整体比较）",
    On.PROJECT: "每个项目",
    On.SPENDING: "每个项目和基本支出（人员经费、日常公用经费）",
    On.INDICATORS: "每一行绩效指标",
    On.WORDED: "每一行指标值是文字或时间的绩效指标",
    On.RECORDS: "部门信息、每个项目和基本支出、每一行绩效指标里的文字",
    On.TEXTS: "部门信息、每个项目和基本支出、每一行绩效指标、第一部分每个项目的一段里的文字",
    On.PAIR: "第一部分的每一段和第二部分对应的表",
}
_BLANK = "××"
_YES, _NO = "是", "否"


def page(rule: Rule) -> str:
    """Everything there is to know about one rule; reads as Markdown and as plain text."""
    return (
        "\n\n".join(
            (
                f"# {rule.code} {rule.title}",
                "\n".join(_head(rule)),
                f"## 为什么检查\n\n{rule.explanation}",
                "\n".join(("## 提示的内容", "", *_wordings(rule))),
                f"## 例子\n\n- 应改：{rule.example.wrong}\n- 改为：{rule.example.right}",
                *_parameters(rule),
                *_unjudged(rule),
                "\n".join(("## 调整和关闭", "", *_switches(rule))),
            )
        )
        + "\n"
    )


def plain_page(rule: Rule) -> str:
    """The page for a message box: headings in brackets, no blank line below them."""
    text = page(rule).removeprefix("# ").rstrip()
    return re.sub(r"^## (.*)\n+", r"【\1】\n", text, flags=re.MULTILINE)


def index() -> str:
    """All rules by family: code, severity, title, name."""
    lines = [
        "# 校验规则一览",
        "",
        f"共 {len(RULES)} 条。错误：可以确证，必须改正；警告：很可能要改；提示：供参考。编号一经使用不再改变。",
    ]
    for family, (_, title) in FAMILIES.items():
        rules = [rule for code, rule in RULES.items() if code.startswith(family)]
        if rules:
            lines += ["", f"## {family} {title}", ""]
            lines += [_entry(rule) for rule in rules]
    return "\n".join(lines) + "\n"


def _entry(rule: Rule) -> str:
    return f"- [{rule.code}]({rule.code}.md) {_severities(rule)}：{rule.title}（{rule.name}）"


def pages() -> dict[str, str]:
    """File name -> content, the index included."""
    return {INDEX: index(), **{f"{code}.md": page(rule) for code, rule in RULES.items()}}


def write_pages(folder: Path) -> int:
    """Write all pages into `folder`, remove those of rules that are no more; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    current = pages()
    for known in folder.glob("*.md"):
        if known.name not in current:
            known.unlink()
    for name, content in current.items():
        (folder / name).write_text(content, "utf-8")
    return len(current)


def _head(rule: Rule) -> Iterator[str]:
    yield f"- 名称：{rule.name}"
    yield f"- 级别：{_severities(rule)}"
    yield f"- 类别：{FAMILIES[rule.code[:3]][1]}"
    yield f"- 检查对象：{_SUBJECTS[rule.on]}"
    yield f"- 依据：{_source(rule)}"
    yield f"- 自版本：{rule.since}"


def _source(rule: Rule) -> str:
    if rule.source == GOOD_PRACTICE:
        return "编制实践建议。没有文件强制要求，是否修改由单位自行决定"
    return rule.source


def _severities(rule: Rule) -> str:
    """The rule's own severity, and the profiles that have another."""
    others = [
        f"{profile.title}为{Severity(profile.severities[rule.code]).label}"
        for profile in _profiles()
        if profile.severities.get(rule.code, rule.severity) != rule.severity
    ]
    return rule.severity.label + (f"（{'；'.join(others)}）" if others else "")


def _profiles() -> list[Profile]:
    return [load_profile(name) for name in PROFILES]


def _wordings(rule: Rule) -> Iterator[str]:
    yield f"- {_spoken(rule.wording)}"
    for wording in rule.variants.values():
        own = f"（{wording.severity.label}）" if wording.severity else ""
        yield f"- {own}{_spoken(wording)}"
    yield ""
    yield f"{_BLANK}是填表内容，校验时换成实际的文字或数字。"


def _spoken(wording: Wording) -> str:
    return f"{_sentence(wording.says)}\n  建议：{_sentence(wording.advice)}"


def _sentence(template: str) -> str:
    """The text of a message with its placeholders blanked out."""
    pieces = (text + ("" if name is None else _BLANK) for text, name, _, _ in Formatter().parse(template))
    return "".join(pieces).rstrip("。") + "。"


def _parameters(rule: Rule) -> Iterator[str]:
    if rule.parameters:
        lines = [f"- {name}：{meaning}。{_defaults(rule, name)}" for name, meaning in rule.parameters.items()]
        yield "\n".join(("## 参数", "", *lines))


def _defaults(rule: Rule, name: str) -> str:
    values = {profile.title: _shown(profile.parameters[rule.code][name]) for profile in _profiles()}
    if len(set(values.values())) == 1:
        return f"默认：{next(iter(values.values()))}"
    return "默认：" + "；".join(f"{title} {value}" for title, value in values.items())


def _shown(value: Parameter) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, list):
        return "、".join(map(str, value)) or "无"
    return str(value) or "无"


def _unjudged(rule: Rule) -> Iterator[str]:
    if rule.needs:
        labels = "、".join(field_label(name) for name in rule.needs)
        yield f"## 什么时候无法判断\n\n{labels}的单元格无法读取（如 #REF!）时，本条不作判断，结果里列为“未校验”。"


def _switches(rule: Rule) -> Iterator[str]:
    yield "在工作簿的“校验设置”表里找到这一条所在的行："
    yield ""
    yield "- 不检查这一条：“启用”改为“否”；"
    if rule.parameters:
        yield "- 改变标准：在“参数值”里填写，空着按默认值；"
    yield f"- 改变级别：在“级别”里选择{'、'.join(severity.label for severity in Severity)}。"
    yield ""
    if rule.severity is Severity.ERROR:
        yield "错误不能逐条忽略，应改正数据。"
    else:
        yield "只忽略某一处：在该表右侧填写忽略的代码、所在工作表、所在单元格、理由、负责人和有效期至，到期自动恢复。"


def _main(folder: str) -> None:
    print(f"{write_pages(Path(folder))} pages in {folder}")


if __name__ == "__main__":
    _main(*sys.argv[1:])
