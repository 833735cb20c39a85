"""Published pages as paragraphs and tables: data tables on their grid, tables that only place things taken apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.documents.reading.web_page import read_page
from jixiao.documents.source import CannotImport, Note, Source, Table
from tests.documents.sources import all_text, paragraphs, read_bytes, shape, tables

FORM = "<table><tr><th>项目编码<td>1302<tr><td>项目名称<td>家站</table>"
FORM_CELLS = [["项目编码", "1302"], ["项目名称", "家站"]]


def read(folder: Path, body: str, head: str = "", encoding: str = "utf-8") -> Source:
    page = f"<!DOCTYPE html><html><head><title>公开</title>{head}</head><body>{body}</body></html>"
    return read_bytes(folder, page.encode(encoding), "公开.html")


def test_paragraphs_and_tables_come_in_reading_order_with_their_places(tmp_path: Path) -> None:
    source = read(tmp_path, f"<h1>第一部分</h1><p>　　一、\n 总体<b>目标</b></p><p>&nbsp;</p>{FORM}<div>后<br>尾</div>")
    assert shape(source) == ["第一部分", "一、 总体目标", FORM_CELLS, "后", "尾"]
    assert [part.where for part in source.parts] == ["第 1 段", "第 2 段", "第 1 张表", "第 3 段", "第 4 段"]
    table = source.parts[2]
    assert isinstance(table, Table) and table.rows[1][1].where == "第 1 张表第 2 行第 2 列"
    assert source.notes == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "head", ["", "<meta charset=gb2312>", '<meta http-equiv=x content="text/html; charset=utf-8">']
)
def test_the_encoding_is_found_whatever_the_page_says_of_it(tmp_path: Path, encoding: str, head: str) -> None:
    text = "人员经费年初预算安排元，满意度≥90%，以上指标依据相关政策文件规定。"
    assert paragraphs(read(tmp_path, f"<p>{text}</p>", head, encoding)) == [text]


def test_merged_cells_stand_where_they_begin_on_the_grid(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        "<table><caption>家站绩效目标表</caption><thead><tr><th colspan=2>宽<th>甲</thead>"
        "<tbody><tr><td rowspan='3'>高<td>乙<td rowspan=0>底<tr><td>丙<tr><td>己<tr><td>丁<td>戊</table>",
    )
    assert shape(source) == [
        "家站绩效目标表",
        [["宽", "", "甲"], ["高", "乙", "底"], ["", "丙", ""], ["", "己", ""], ["丁", "戊", ""]],
    ]
    table = source.parts[1]
    assert isinstance(table, Table)
    assert [cell.where[-5:] for cell in table.rows[0]] == ["第 1 列", "第 1 列", "第 2 列"]


def test_lines_in_a_cell_are_kept(tmp_path: Path) -> None:
    cell = "1.完成<br/>2.服务<p>3.保证<p>&nbsp;<div>4.<span>其他</span></div>"
    source = read(tmp_path, f"<table><tr><td>目标<td>{cell}<tr><td>甲<td><ol type=A><li>乙<li>丙</ol></table>")
    assert tables(source) == [[["目标", "1.完成\n2.服务\n3.保证\n4.其他"], ["甲", "A.乙\nB.丙"]]]


def test_numbered_lists_are_read_with_their_numbers(tmp_path: Path) -> None:
    source = read(tmp_path, "<ol start=3><li>甲<ul><li>点</ul><li>乙</ol><pre>一行\n二行</pre>")
    assert paragraphs(source) == ["3.甲", "点", "4.乙", "一行", "二行"]


@pytest.mark.parametrize(
    "page",
    [
        f"<table><tr><td>标题{FORM}<p>后</table>",
        f"<table><tr><td>标题</td></tr><tr><td>{FORM}</td></tr><tr><td>后</td></tr></table>",
        f"<table><tr><td>标题<td><tr><td colspan=2>{FORM}<tr><td>后<td></table>",
        f"<table><tr><td><table><tr><td>标题</table><td><table><tr><td><table><tr><td>{FORM}</table>后</table></table>",
        f"<table><tr><td>标题<td>{FORM}后</table>",
    ],
)
def test_a_table_that_only_places_things_on_the_page_is_no_table(tmp_path: Path, page: str) -> None:
    source = read(tmp_path, page)
    assert shape(source) == ["标题", FORM_CELLS, "后"] and source.notes == ()


def test_a_frame_with_menus_in_its_rows_is_taken_apart(tmp_path: Path) -> None:
    big = "<table>" + "<tr><td>产出指标<td>数量指标<td>次数" * 6 + "</table>"
    frame = f"<table><tr><td>首页<td>公开<tr><td>栏目<td><p>第一部分</p>{big}{big}<tr><td>版权<td>备案</table>"
    source = read(tmp_path, frame)
    assert paragraphs(source) == ["首页", "公开", "栏目", "第一部分", "版权", "备案"] and len(tables(source)) == 2


def test_a_form_with_a_table_in_a_cell_stays_a_form(tmp_path: Path) -> None:
    form = f"<table><tr><td>编码<td>1302<tr><td>表<td>见下{FORM}<tr><td colspan=2>{FORM}</table>"
    source = read(tmp_path, form)
    assert tables(source) == [
        [["编码", "1302"], ["表", "见下\n项目编码 1302\n项目名称 家站"]],
        FORM_CELLS,
    ]
    assert [(note.where, note.why[:7]) for note in source.notes] == [("第 1 张表第 2 行第 2 列", "表格里还有表格")]


def test_what_the_page_does_not_show_is_not_read(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        "<nav>首页</nav><script>var a='<p>x</p>'</script><style>p{}</style><!-- 注 --><noscript>请</noscript>"
        "<p>看<span style='DISPLAY: none'>不</span>见<img src=x><img src=y></p><div hidden>藏</div>"
        "<iframe src='file:///etc/passwd'></iframe>",
    )
    assert paragraphs(source) == ["看见"]
    assert source.notes == (
        Note("全文", "（2 张图片）", "图片，其中的文字没有读入"),
        Note("文档开头", "不", "网页里不显示的文字，没有读入"),
        Note("第 1 段之后", "藏", "网页里不显示的文字，没有读入"),
        Note("第 1 段之后", "（嵌入的页面）", "网页里嵌入的另一个页面，没有打开"),
    )


def test_a_typed_table_of_contents_is_left_out(tmp_path: Path) -> None:
    source = read(tmp_path, "<p>目录<p>第一部分……1<p>第二部分……5<p>第一部分")
    assert paragraphs(source) == ["第一部分"] and source.notes[0].where == "第 1 段"


def test_unfinished_pages_are_read_to_their_end(tmp_path: Path) -> None:
    source = read_bytes(tmp_path, "<div><table><tr><td>甲<td>乙<tr><td>丙</div><td>丁<p>尾".encode(), "页.htm")
    assert all_text(source).replace("\n", "") == "甲乙丙丁尾"


@pytest.mark.parametrize(
    ("page", "said"),
    {
        "<div>" * 100_000 + "底": "嵌套过深",
        "<table><tr><td>" * 60 + "底": "超过 50 层",
        "<i></i>" * 1_100_000: "内容过多",
        "<table><tr>" + "<td rowspan=999999 colspan=200>甲" * 9 + "<tr><td>乙" * 100_000: "超过 50 万个",
    }.items(),
    ids=["elements", "tables", "tags", "spans"],
)
def test_pages_without_end_are_refused(tmp_path: Path, page: str, said: str) -> None:
    with pytest.raises(CannotImport, match=said):
        read(tmp_path, page)


def test_a_span_beyond_all_columns_is_taken_for_one(tmp_path: Path) -> None:
    source = read(tmp_path, "<table><tr><td colspan=9999999>甲<td>乙<tr><td>丙<td colspan=x rowspan=-1>丁</table>")
    assert tables(source) == [[["甲", "乙"], ["丙", "丁"]]] and "超过 200 列" in source.notes[0].why


def test_entities_of_a_page_are_signs_and_never_files(tmp_path: Path) -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&ge;90%&#x5143;&x;&#0;末</p></html>'
    assert paragraphs(read_bytes(tmp_path, page.encode(), "页.html"))[-1] == "≥90%元&x;末"


TAGS = st.sampled_from(
    "<table> </table> <tr> <td> <td/rowspan=3> <td/colspan=2> </td> </tr> <p> </div> <div> <br> <b> <ol> <li> </ol> "  # noqa: SIM905
    "<th> <pre> </pre> <caption>".split()
)


@given(st.lists(TAGS | st.sampled_from("甲乙丙丁戊己庚辛"), max_size=40))
def test_no_text_is_lost_whatever_the_order_of_the_tags(pieces: list[str]) -> None:
    source = read_page(f"<body>{''.join(pieces)}".encode())
    found = all_text(source)
    written = [piece for piece in pieces if "<" not in piece]
    assert sorted(sign for sign in found if sign in "甲乙丙丁戊己庚辛") == sorted(written)


CELL = st.text(alphabet="产出数量≥90%万元（）", max_size=6)
ROWS = st.lists(st.lists(CELL, min_size=2, max_size=5), min_size=2, max_size=6).filter(lambda rows: any(map(any, rows)))


@given(ROWS)
def test_rows_written_as_a_table_are_read_back(rows: list[list[str]]) -> None:
    written = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    assert shape(read_page(f"<table>{written}</table>".encode())) == [rows]
