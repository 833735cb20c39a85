"""Word documents as paragraphs and tables: what a person sees on the page, and a note on everything else."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK

from jixiao.documents.reading.numerals import numeral
from jixiao.documents.reading.source_file import read_source
from jixiao.documents.source import Note, Paragraph, Source, Table
from tests.bad_files import links, pack
from tests.documents.sources import paragraphs, shape, tables
from tests.documents.word_documents import cell, document, document_parts, paragraph, row, run, table


def read(folder: Path, body: str, **others: str) -> Source:
    return read_source(document(folder / "文本.docx", body, **others))


def whys(source: Source) -> list[tuple[str, str, str]]:
    return [(note.where, note.text, note.why.split("，")[0]) for note in source.notes]


def test_paragraphs_and_tables_come_in_reading_order_with_their_places(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_paragraph("第一部分")
    written.add_paragraph("　")
    written.add_heading("一、总体绩效目标", 1)
    first = written.add_table(2, 2)
    for index, text in enumerate(["项目编码", "１３０２", "项目名称", "家站"]):
        first.cell(index // 2, index % 2).text = text
    written.add_paragraph("二、说明")
    written.add_table(2, 2).cell(1, 1).text = "乙"
    written.save(str(tmp_path / "文本.docx"))
    source = read_source(tmp_path / "文本.docx")
    assert shape(source) == [
        "第一部分",
        "一、总体绩效目标",
        [["项目编码", "１３０２"], ["项目名称", "家站"]],
        "二、说明",
        [["", ""], ["", "乙"]],
    ]
    assert [part.where for part in source.parts] == ["第 1 段", "第 2 段", "第 1 张表", "第 3 段", "第 2 张表"]
    second = source.parts[4]
    assert isinstance(second, Table) and second.rows[1][1].where == "第 2 张表第 2 行第 2 列"
    assert source.notes == ()


def test_merged_cells_stand_where_they_begin_on_the_grid(tmp_path: Path) -> None:
    written = docx.Document()
    form = written.add_table(4, 4)
    for index in range(16):
        form.cell(index // 4, index % 4).text = chr(ord("a") + index)
    form.cell(0, 1).merge(form.cell(0, 2)).text = "宽"
    form.cell(1, 0).merge(form.cell(3, 0)).text = "高"
    form.cell(2, 2).merge(form.cell(3, 3)).text = "块"
    written.save(str(tmp_path / "文本.docx"))
    source = read_source(tmp_path / "文本.docx")
    assert tables(source) == [
        [["a", "宽", "", "d"], ["高", "f", "g", "h"], ["", "j", "块", ""], ["", "n", "", ""]],
    ]
    (part,) = source.parts
    assert isinstance(part, Table)
    assert [each.where for each in part.rows[0]][1:] == [f"第 1 张表第 1 行第 {at} 列" for at in (2, 2, 3)]


def test_lines_tabs_and_special_signs_of_a_paragraph_are_kept(tmp_path: Path) -> None:
    written = docx.Document()
    inside = written.add_paragraph().add_run("甲")
    inside.add_tab()
    inside.add_text("乙")
    inside.add_break()
    inside.add_text("丙")
    inside.add_break(WD_BREAK.PAGE)
    inside.add_text("丁")
    form = written.add_table(2, 2)
    form.cell(0, 0).text = "1.完成\n2.服务"
    form.cell(0, 1).add_paragraph("丁")
    form.cell(1, 0).text = "戊"
    form.cell(1, 1).text = "己"
    written.save(str(tmp_path / "文本.docx"))
    source = read_source(tmp_path / "文本.docx")
    assert source.parts[:3] == tuple(Paragraph(line, "第 1 段") for line in ("甲\t乙", "丙", "丁"))
    assert tables(source) == [[["1.完成\n2.服务", "丁"], ["戊", "己"]]]


def test_symbols_equations_and_hyphens_are_read(tmp_path: Path) -> None:
    signs = (
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>90%</w:t><w:noBreakHyphen/></w:r>'
        '<w:r><w:sym w:font="X" w:char="F0"/></w:r>'
        "<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>"
    )
    source = read(tmp_path, paragraph(signs))
    assert paragraphs(source) == ["≥90%-□ab"]
    assert whys(source) == [("第 1 段", "X F0", "特殊符号")]


NUMBERING = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="japaneseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%3"/></w:lvl>
 <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>
  <w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:pStyle w:val="two"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="listed"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/>
 <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
"""
LIST_STYLES = """
<w:style w:styleId="one"><w:name w:val="one"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="two"><w:name w:val="two"/><w:basedOn w:val="one"/></w:style>
<w:style w:styleId="listed"><w:name w:val="l"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""


def listed(text: str, number: int, level: int = 0) -> str:
    return paragraph(
        text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    )  # fmt: skip


def styled(text: str, style: str, more: str = "") -> str:
    return paragraph(text, properties=f'<w:pStyle w:val="{style}"/>{more}')


def test_automatic_numbers_of_lists_are_read_as_a_person_reads_them(tmp_path: Path) -> None:
    body = [
        listed("总体", 1), listed("人员", 1, 1), listed("公用", 1, 1), listed("分项", 1), listed("项目", 1, 1),
        listed("甲", 1, 2), listed("乙", 1, 2), listed("点", 1, 3), listed("保障", 4), listed("重来", 3),
        styled("表", "one"), styled("下", "two"), styled("2024年", "two"), styled("又", "one"),
        styled("不编号", "one", '<w:numPr><w:numId w:val="0"/></w:numPr>'), listed("没有", 9),
    ]  # fmt: skip
    source = read(tmp_path, "".join(body), numbering=NUMBERING, styles=LIST_STYLES)
    assert paragraphs(source) == [
        "一、总体", "（一）人员", "（二）公用", "二、分项", "（一）项目", "2.1甲", "2.2乙", "点", "三、保障",
        "一、重来", "3. 表", "3.1下", "3.2 2024年", "4. 又", "不编号", "没有",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "written"),
    {
        "chineseCounting": "一 九 十 十一 二十 二十一 九十九 一〇一",
        "chineseCountingThousand": "一 九 十 十一 二十 二十一 九十九 一百零一",
        "ideographDigital": "一 九 一〇 一一 二〇 二一 九九 一〇一",
        "chineseLegalSimplified": "壹 玖 壹拾 壹拾壹 贰拾 贰拾壹 玖拾玖 壹佰零壹",
        "ideographTraditional": "甲 壬 癸 甲 癸 甲 壬 甲",
        "upperRoman": "I IX X XI XX XXI XCIX CI",
        "lowerLetter": "a i j k t u uuuu wwww",
        "decimalEnclosedCircle": "① ⑨ ⑩ ⑪ ⑳ 21 99 101",
        "decimalZero": "01 09 10 11 20 21 99 101",
        "decimalFullWidth": "１ ９ １０ １１ ２０ ２１ ９９ １０１",
    }.items(),
)
def test_every_usual_number_format_is_written(style: str, written: str) -> None:
    assert " ".join(numeral(number, style) or "" for number in (1, 9, 10, 11, 20, 21, 99, 101)) == written


def test_numbers_of_a_list_count_on_inside_tables(tmp_path: Path) -> None:
    form = table(row("目标", cell(listed("完成", 2) + listed("服务", 2))), row("甲", "乙"))
    source = read(tmp_path, listed("前", 2) + form, numbering=NUMBERING)
    assert shape(source) == ["3. 前", [["目标", "4. 完成\n5. 服务"], ["甲", "乙"]]]


def test_changes_are_accepted_and_reported(tmp_path: Path) -> None:
    body = paragraph(
        "预算",
        f"<w:ins>{run('40')}{run('万元')}</w:ins>",
        "<w:del><w:r><w:delText>30万元</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo>",
    )
    source = read(tmp_path, body)
    assert paragraphs(source) == ["预算40万元新处"]
    assert whys(source) == [
        ("第 1 段", "40万元", "修订中插入的文字"),
        ("第 1 段", "30万元旧处", "修订中删除的文字"),
        ("第 1 段", "新处", "修订中插入的文字"),
    ]


def test_paragraphs_whose_border_was_deleted_are_one(tmp_path: Path) -> None:
    body = paragraph("此项主要目标", properties="<w:rPr><w:del/></w:rPr>") + paragraph("为保障运行。")
    assert paragraphs(read(tmp_path, body)) == ["此项主要目标为保障运行。"]


def test_deleted_rows_of_a_table_are_left_out_and_reported(tmp_path: Path) -> None:
    form = table(row("甲", "1"), row("乙", "2", properties="<w:del/>"), row("丙", "3", properties="<w:ins/>"))
    source = read(tmp_path, form)
    assert tables(source) == [[["甲", "1"], ["丙", "3"]]]
    assert whys(source) == [("第 1 张表", "乙 2", "修订中删除的表格行"), ("第 1 张表", "丙 3", "修订中插入的表格行")]


def test_hidden_text_and_prompts_are_left_out_and_reported(tmp_path: Path) -> None:
    styles = """
    <w:style w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>
    <w:style w:styleId="p"><w:name w:val="Placeholder Text"/></w:style>"""
    body = paragraph(
        "看得见",
        run("看不见", "<w:vanish/>"),
        run("也看不见", '<w:rStyle w:val="h"/>'),
        run("又见", '<w:vanish w:val="0"/>'),
        run("单击此处输入", '<w:rStyle w:val="p"/>'),
    ) + styled("整段看不见", "h")
    source = read(tmp_path, body, styles=styles)
    assert paragraphs(source) == ["看得见又见"]
    assert whys(source) == [
        ("第 1 段", "看不见也看不见", "隐藏文字"),
        ("第 1 段", "单击此处输入", "控件里的提示文字"),
        ("第 1 段之后", "整段看不见", "隐藏文字"),
    ]


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_content_controls_around_anything_are_looked_into(tmp_path: Path) -> None:
    form = table(control(row("甲", control(cell(paragraph("1"))))), row(cell(control(paragraph("乙"))), "2"))
    body = control(paragraph("整段")) + paragraph(
        "名称：", control(run("家站")), "<w:hyperlink>" + run("网址") + "</w:hyperlink>"
    )
    assert shape(read(tmp_path, body + form)) == ["整段", "名称：家站网址", [["甲", "1"], ["乙", "2"]]]


def test_a_table_of_contents_is_left_out_with_one_note(tmp_path: Path) -> None:
    styles = '<w:style w:styleId="10"><w:name w:val="toc 1"/></w:style>'
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    for contents in (
        paragraph("目  录") + styled("第一部分<w:tab/>1", "10") + styled("第二部分5", "10"),
        control(paragraph("目录") + paragraph("第一部分1") + paragraph("第二部分5"), gallery),
    ):
        source = read(tmp_path, paragraph("玉田县") + contents + paragraph("第一部分"), styles=styles)
        assert [(part.where, part.text) for part in source.parts if isinstance(part, Paragraph)] == [
            ("第 1 段", "玉田县"), ("第 5 段", "第一部分"),
        ]  # fmt: skip
        assert [(note.where, note.text.count("\n"), note.why[:2]) for note in source.notes] == [("第 2 段", 2, "目录")]


def test_results_of_fields_are_read_and_their_instructions_are_not(tmp_path: Path) -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ "yyyy"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("2024") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:fldSimple w:instr='REF x'>" + run("年") + "</w:fldSimple>"
    )
    assert paragraphs(read(tmp_path, paragraph(field))) == ["2024年"]


def test_text_boxes_are_read_after_their_paragraph_once(tmp_path: Path) -> None:
    box = "<w:txbxContent>" + paragraph("框内") + "</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    source = read(tmp_path, paragraph("前", drawing) + paragraph("后"))
    assert paragraphs(source) == ["前", "框内", "后"]
    assert whys(source) == [("第 1 段之后", "框内", "文本框里的文字")]


def test_footnotes_comments_pictures_and_objects_are_reported_where_they_are(tmp_path: Path) -> None:
    marks = (
        '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
        "<w:r><w:drawing><a:blip/></w:drawing></w:r><w:r><w:pict><v:imagedata/></w:pict></w:r><w:r><w:object/></w:r>"
    )
    form = table(row("甲", cell(paragraph("乙", marks))), row("丙", "丁"))
    source = read(
        tmp_path,
        form,
        footnotes=f'<w:footnote w:id="2">{paragraph("脚注文字")}</w:footnote>',
        comments=f'<w:comment w:id="0">{paragraph("请核对")}</w:comment>',
    )
    assert tables(source) == [[["甲", "乙"], ["丙", "丁"]]]
    assert whys(source) == [
        ("第 1 张表第 1 行第 2 列", text, why)
        for text, why in [
            ("脚注文字", "脚注"), ("请核对", "批注"), ("（图片）", "图片"), ("（图片）", "图片"),
            ("（嵌入对象）", "嵌入的对象（如表格、公式、附件）"),
        ]
    ]  # fmt: skip


def test_a_small_table_in_a_cell_is_written_into_the_cell(tmp_path: Path) -> None:
    inner = table(row("数量", "1"), row("质量", "2"))
    form = table(row("项目", "家站"), row("目标", cell(paragraph("见下：") + inner + paragraph(""))), row("甲", "乙"))
    source = read(tmp_path, form)
    assert tables(source) == [[["项目", "家站"], ["目标", "见下：\n数量 1\n质量 2"], ["甲", "乙"]]]
    assert whys(source) == [("第 1 张表第 2 行第 2 列", "数量 1\n质量 2", "表格里还有表格")]


def test_a_table_that_is_all_of_a_row_stands_for_itself(tmp_path: Path) -> None:
    inner = table(row("一级指标", "二级指标"), row("产出", "数量"))
    whole = cell(inner + paragraph(""), '<w:gridSpan w:val="2"/>')
    source = read(tmp_path, table(row("项目", "家站"), row("编码", "1302"), row(whole), row("甲", "乙")))
    assert tables(source) == [
        [["项目", "家站"], ["编码", "1302"]],
        [["一级指标", "二级指标"], ["产出", "数量"]],
        [["甲", "乙"]],
    ]
    assert [part.where for part in source.parts] == ["第 1 张表", "第 2 张表", "第 1 张表"]


def test_a_table_that_only_frames_the_page_is_no_table(tmp_path: Path) -> None:
    form = table(row("项目", "家站"), row("编码", "1302"))
    for frame in (
        table(row(cell(paragraph("标题") + form + paragraph("后")))),
        table(row("标题"), row(cell(form)), row("后")),
    ):
        source = read(tmp_path, frame)
        assert shape(source) == ["标题", [["项目", "家站"], ["编码", "1302"]], "后"]
        assert [part.where for part in source.parts] == ["第 1 段", "第 1 张表", "第 2 段"]


def test_rows_that_begin_later_on_the_grid_are_filled_up(tmp_path: Path) -> None:
    form = table(
        row("甲", "乙", "丙"),
        row("丁", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
        row(cell("戊", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "己"),
    )
    assert tables(read(tmp_path, form)) == [[["甲", "乙", "丙"], ["", "丁", ""], ["戊", "", "己"]]]


def test_a_merge_that_begins_nowhere_and_text_under_a_merged_cell_are_not_lost(tmp_path: Path) -> None:
    form = table(
        row(cell("头", "<w:vMerge/>"), "1"),
        row(cell("遮住", "<w:vMerge/>"), "2"),
        row("单独", "3"),
        row(cell("又起", "<w:vMerge/>"), "4"),
    )
    source = read(tmp_path, form)
    assert tables(source) == [[["头", "1"], ["", "2"], ["单独", "3"], ["又起", "4"]]]
    assert whys(source) == [("第 1 张表", "遮住", "被合并单元格遮住的文字")]


def test_a_span_beyond_all_columns_is_taken_for_one(tmp_path: Path) -> None:
    source = read(tmp_path, table(row(cell("甲", '<w:gridSpan w:val="900000000"/>'), "乙"), row("丙", "丁")))
    assert tables(source) == [[["甲", "乙"], ["丙", "丁"]]]
    assert "超过 200 列" in source.notes[0].why


def test_macros_and_links_to_other_files_are_reported_and_left_alone(tmp_path: Path) -> None:
    parts = document_parts(paragraph("正文") + '<w:altChunk r:id="x"/>', settings="")
    outside = links(
        {"t": ("attachedTemplate", "file:///nowhere/x.dotm"), "h": ("hyperlink", "http://nowhere.invalid/")}
    )
    parts["word/_rels/settings.xml.rels"] = outside.replace("/>", ' TargetMode="External"/>').encode()
    parts["word/vbaProject.bin"] = b"\xd0\xcf"
    source = read_source(pack(tmp_path / "宏.docm", parts))
    assert paragraphs(source) == ["正文"]
    assert whys(source) == [
        ("全文", "（宏）", "文档里有宏"),
        ("全文", "（外部的模板）", "文档链接到别处"),
        ("第 1 段之后", "（嵌入的文件）", "文档里嵌入的另一个文件"),
    ]


def test_a_document_in_the_strict_form_is_read(tmp_path: Path) -> None:
    parts = document_parts(paragraph("正文"))
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", strict
    )
    assert paragraphs(read_source(pack(tmp_path / "文本.docx", parts))) == ["正文"]


def test_the_kind_is_told_by_the_content_and_not_by_the_name(tmp_path: Path) -> None:
    for name in ("文本.doc", "文本.txt", "文本"):
        assert read_source(document(tmp_path / name, paragraph("正文"))).parts == (Paragraph("正文", "第 1 段"),)


def test_pictures_written_by_python_docx_are_reported(tmp_path: Path) -> None:
    dot = b"GIF89a" + bytes((1, 0, 1, 0, 0, 0, 0)) + b";"
    written = docx.Document()
    written.add_paragraph("前")
    written.add_picture(BytesIO(dot))
    written.save(str(tmp_path / "图.docx"))
    assert read_source(tmp_path / "图.docx").notes == (Note("第 1 段之后", "（图片）", "图片，其中的文字没有读入"),)
