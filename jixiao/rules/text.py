"""JX9: the wording of every text, whatever it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from jixiao.model.normal import MENDABLE, mend_punctuation
from jixiao.rules.core import (
    GOOD_PRACTICE,
    MOF_2015_88,
    Case,
    Fault,
    On,
    Settings,
    Severity,
    Text,
    Wording,
    rule,
    text_fault,
)
from jixiao.rules.indicator.wording import speaks_of_sign
from jixiao.rules.numbering import find_misnumbering
from jixiao.rules.slips import (
    Residue,
    find_repeat,
    find_repeated_line,
    find_residues,
    find_typos,
    may_hold_residue,
    mend_typos,
    typo_list,
)
from jixiao.rules.texts import excerpt, quote_mended
from jixiao.rules.years import foreign_years, may_name_year, year_words

_NAMES = ("name", "title")
_LONGEST_QUOTE = 30
_DOUBLED = re.compile("[，、；：。！？](?:(?<=[，、；：。])[，、；：。]+|(?<=[！？])。)")
_MARKS = re.compile(f"{MENDABLE}|{_DOUBLED.pattern}")
_LISTS = ("overall_goal", "measures", "purpose", "goal")


@rule(
    "JX901",
    "foreign-year",
    Severity.WARNING,
    on=On.TEXTS,
    title="文字中的年份应与预算年度一致",
    source=MOF_2015_88,
    says="“{quoted}”写的是{years}，预算年度是{budget_year}年",
    advice="如沿用了往年文本，请把年份改为{budget_year}年；确指其他年度事项的，写明“截至…年底”“较…年”等，或不修改",
    example=Case("2024年预算：用于2022年五星级代表之家补贴", "2024年预算：用于2024年五星级代表之家补贴"),
)
def foreign_year(texts: Iterable[Text], settings: Settings) -> Iterator[Fault]:
    """每年的绩效目标多由上年文本修改而来，最容易漏改的就是年份；年份不符，目标和指标就不是本预算年度的。

    检查项目名称、表标题、用途、目标、指标各栏、总体目标和保障措施，以及第一部分每个项目的一段。
    以下年份不报告：文号、书名号内的文件名、法律法规的修订年份、规划期（如2021-2025年）、包含预算年度的区间、同一分句里同时写了预算年度的、“截至2023年底”“较2023年”“自2023年起”“2023年实际完成”
    等基数和历史情况、往年决算、结转、尾款等；写了预算年度的文字里更晚的年份；依据里往年的数据（往年的工作要点、安排等仍报告）。
    未填预算年度时不检查。
    """
    year = settings.department.year
    if year is None:
        return
    words = year_words(settings.profile.name)
    for text in texts:
        if not may_name_year(text.content):
            continue
        found = foreign_years(text.content, year, words, at_start=text.field in _NAMES, is_source=text.field == "basis")
        if found:
            years = "、".join(dict.fromkeys(f"{other.year}年" for other in found))
            quoted = excerpt(text.content, found[0].start, found[0].end)
            yield text_fault(text, quoted=quoted, years=years, budget_year=year)


@rule(
    "JX902",
    "repeated-phrase",
    Severity.WARNING,
    on=On.TEXTS,
    title="同一词语不应连写两遍",
    source=GOOD_PRACTICE,
    says="“{quoted}”中“{phrase}”连写了两遍",
    advice="删去重复的“{phrase}”",
    variants={"line": Wording("“{phrase}”写了两行", "删去重复的一行，或改为应写的内容")},
    example=Case("指标值为指标值为≥90%", "指标值为≥90%"),
)
def repeated_phrase(texts: Iterable[Text], settings: Settings) -> Iterator[Fault]:
    """复制粘贴时常把一个词语粘贴两遍，报送后才被发现。

    只报告三个字以上、紧挨着的重复（或“≥90%≥90%”这样重复的指标值），以及一段文字里相同的两行。叠词（高高兴兴、研究研究）、数字（100100）、连续的标点和
    “一件事一件事”这类说法不报告。
    """
    for text in texts:
        if repeat := find_repeat(text.content):
            end = repeat.start + 2 * len(repeat.phrase)
            yield text_fault(text, quoted=excerpt(text.content, repeat.start, end), phrase=repeat.phrase)
        elif line := find_repeated_line(text.content):
            yield text_fault(text, "line", phrase=excerpt(line, 0, _LONGEST_QUOTE))


@rule(
    "JX903",
    "likely-typo",
    Severity.WARNING,
    on=On.TEXTS,
    title="疑似错别字",
    source=GOOD_PRACTICE,
    says="疑似错别字：{pairs}",
    advice="核对后可改为“{mended}”",
    parameters={"own": "另加的错别字，每项写作“误→正”", "accepted": "不作为错别字报告的写法"},
    example=Case("被采纳意见建设数量占总数量的比例", "被采纳意见建议数量占总数量的比例"),
)
def likely_typo(texts: Iterable[Text], settings: Settings) -> Iterator[Fault]:
    """只收录几乎不可能是正确写法的错字，如“意见建设数量”（建议）、“帐目”（账目）、“更好的提升能力”（更好地）。

    容易误判的写法要看上下文：“按装修标准”“营帐”“严峻工作”不报告。可以在参数里另加本单位常见的错字，或排除不想报告的写法。
    """
    typos = typo_list(settings.profile.name, tuple(settings["own"]), tuple(settings["accepted"]))
    for text in texts:
        if found := find_typos(text.content, typos):
            pairs = "；".join(dict.fromkeys(f"“{typo.wrong}”应为“{typo.right}”" for typo in found))
            yield text_fault(text, pairs=pairs, mended=quote_mended(text.content, mend_typos(text.content, found)))


@rule(
    "JX904",
    "heading-number",
    Severity.INFO,
    on=On.TEXTS,
    title="条目编号应连续、写法一致",
    source=GOOD_PRACTICE,
    says="编号“{previous}”之后是“{found}”，不连续",
    advice="按顺序应为“{expected}”，请检查是否漏了一条或未改编号",
    variants={
        "first": Wording("第一个编号是“{found}”，没有从 1 开始", "按顺序应为“{expected}”，请检查是否漏了前面的条目"),
        "duplicate": Wording("编号“{found}”重复", "按顺序应为“{expected}”"),
        "style": Wording("编号写法不一致：前面是“{previous}”，这里是“{found}”", "改为“{expected}”，或统一为一种写法"),
    },
    example=Case("1.加强培训 2.强化学习 3、落实制度（各占一行）", "1.加强培训 2.强化学习 3.落实制度（各占一行）"),
)
def heading_number(texts: Iterable[Text], settings: Settings) -> Iterator[Fault]:
    """分条书写的用途、目标和保障措施，编号应当连续，写法（1. 、1、、（1））应当一致，否则看不出是否漏了内容。

    看行首和句首（句号、分号、冒号之后）的编号，也看“一是、二是”“目标1：”“第一，”和①②；“13.5%”“2024.”“3、6、10月底”不是
    编号。分层编号（一、（一）1.（1））各自计数，第一部分各段里引用指标的编号不看。每个单元格只报告第一处。
    """
    for text in texts:
        if text.field in _LISTS and (wrong := find_misnumbering(text.content)):
            values = asdict(wrong)
            variant = values.pop("problem")
            yield text_fault(text, variant if variant in ("first", "duplicate", "style") else "", **values)


@rule(
    "JX905",
    "punctuation",
    Severity.INFO,
    on=On.TEXTS,
    title="中文里应使用全角标点",
    source=GOOD_PRACTICE,
    says="标点写法：{pairs}",
    advice="可改为“{mended}”",
    variants={"doubled": Wording("标点“{found}”连用：“{quoted}”", "按文意只保留一个标点")},
    example=Case("提高代表履职能力.", "提高代表履职能力。"),
)
def punctuation(texts: Iterable[Text], settings: Settings) -> Iterator[Fault]:
    """公开的预算文本里，中文应使用全角的逗号、句号、分号、冒号、问号、叹号、引号和括号；同一段文字里连接号只用一种；
    逗号、句号等不连用（“，。”“。。”）。

    数字（1,200.50、3.5%）、时间（8:30）、网址、英文、行首编号（1.）、计算公式里的括号和文号里的年份不报告。
    项目名称和表标题以预算系统登记的为准，也不检查。除指标值和第一部分原文外，这些标点可以自动修正，连用的除外。
    """
    for text in texts:
        if text.field in _NAMES or not _MARKS.search(text.content):
            continue
        written, mended = text.content, mend_punctuation(text.content)
        if mended != written:
            changed = {f"“{old}”应为“{new}”" for old, new in zip(written, mended, strict=True) if old != new}
            yield text_fault(text, pairs="；".join(sorted(changed)), mended=quote_mended(written, mended))
        elif doubled := _DOUBLED.search(written):
            yield text_fault(text, "doubled", found=doubled[0], quoted=excerpt(written, *doubled.span()))


@rule(
    "JX906",
    "conversion-residue",
    Severity.INFO,
    on=On.TEXTS,
    title="文字中不应有格式转换或模板的残留",
    source=GOOD_PRACTICE,
    says="文字中有{kinds}：“{quoted}”",
    advice="删去，或补上应填的内容，再核对文字",
    example=Case("[bookmark: _Toc1]一、总体绩效目标", "一、总体绩效目标"),
)
def conversion_residue(texts: Iterable[Text], settings: Settings) -> Iterator[Fault]:
    """从 Word、网页或其他系统复制文字时，会带入书签、网页转义符（`&nbsp;`）、控制字符和看不见的字符，
    造成查找、比对失败和排版错乱；套用模板时，会留下没有填写的“XX”“____”或公式错误值。

    两个以上的连续空格也报告；行首的缩进不报告。指标名称、描述、指标值、目标和用途里不能录入的符号由 JX506 报告。
    """
    for text in texts:
        if may_hold_residue(text.content) and (found := _unspoken_residues(text, settings)):
            kinds = "、".join(dict.fromkeys(residue.what for residue in found))
            yield text_fault(text, kinds=kinds, quoted=excerpt(text.content, found[0].start, found[0].end))


def _unspoken_residues(text: Text, settings: Settings) -> list[Residue]:
    """Those that JX506 does not speak of."""
    return [
        residue
        for residue in find_residues(text.content)
        if not speaks_of_sign(text.kind, text.field, text.content[residue.start : residue.end], settings)
    ]
