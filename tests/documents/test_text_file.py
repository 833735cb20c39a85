"""Text files as paragraphs and tables, in every encoding and form that published texts come in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.documents.reading.text_file import read_text as read_content
from jixiao.documents.source import CannotImport, Note, Paragraph, Table
from tests.documents.sources import all_text, paragraphs, read_bytes, read_text, shape, tables

TEXT = "第一部分\n人员经费年初预算安排５０元，满意度≥90%。\n"
LINES = ["第一部分", "人员经费年初预算安排５０元，满意度≥90%。"]

LISTED = """\
1.家站绩效目标表
\t101001县人大
\t单位：元

\t项目编码
\t13022924P004R2810292F

\t
\t主要为家站提供保障。

\t绩效目标
\t1.活动


\x20
\t一级指标
\t二级指标

\t产出指标
\t \t
\t活动次数
2.订刊绩效目标表
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_end_is_read(tmp_path: Path, encoding: str, end: str) -> None:
    text = TEXT.replace("５０", "50").replace("≥", "" if encoding == "gbk" else "≥")
    source = read_bytes(tmp_path, text.replace("\n", end).encode(encoding))
    assert [part.where for part in source.parts] == ["第 1 行", "第 2 行"]
    assert paragraphs(source) == text.splitlines() and source.notes == ()


def test_the_end_mark_of_old_text_files_is_no_character(tmp_path: Path) -> None:
    assert paragraphs(read_bytes(tmp_path, TEXT.encode("gb18030") + b"\x1a")) == LINES


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_that_cannot_be_read_is_shown_and_reported_with_its_line(tmp_path: Path, encoding: str) -> None:
    broken = (TEXT * 9).encode(encoding).replace("满意度".encode(encoding), b"\xff" + "意度".encode(encoding), 1)
    source = read_bytes(tmp_path, broken)
    assert len(source.parts) == 18 and "�意度" in paragraphs(source)[1]
    assert [(note.where, "�意度" in note.text) for note in source.notes] == [("第 2 行", True)]
    assert "无法识别的字符" in source.notes[0].why


def test_a_text_cut_within_a_character_keeps_all_before_it(tmp_path: Path) -> None:
    source = read_bytes(tmp_path, (TEXT * 9).encode()[:-2])
    assert paragraphs(source)[-1].endswith("90%�")
    assert source.notes[0].where == "第 18 行"


def test_control_characters_are_taken_out_and_reported(tmp_path: Path) -> None:
    source = read_text(tmp_path, "项目\x07名称\n" + TEXT * 40)
    assert paragraphs(source)[0] == "项目名称"
    assert source.notes == (Note("第 1 行", "项目名称", "有不可见的控制字符，已去掉"),)


@pytest.mark.parametrize("content", [bytes(range(256)) * 40, b"\x01\x02" * 50 + b"\xff"])
def test_what_is_no_text_is_refused_with_how_to_get_one(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CannotImport, match=r"^无法读取“绩效文本\.txt”：.*编码；请用记事本.*UTF-8.*。$"):
        read_bytes(tmp_path, content)


def test_a_line_with_a_tab_is_a_cell_and_a_blank_line_ends_the_row(tmp_path: Path) -> None:
    assert shape(read_text(tmp_path, LISTED)) == [
        "1.家站绩效目标表",
        [
            ["101001县人大", "单位：元"],
            ["项目编码", "13022924P004R2810292F"],
            ["", "主要为家站提供保障。"],
            ["绩效目标", "1.活动"],
            ["一级指标", "二级指标"],
            ["产出指标", "", "活动次数"],
        ],
        "2.订刊绩效目标表",
    ]


def test_tables_rows_and_cells_know_their_lines(tmp_path: Path) -> None:
    title, table, _ = read_text(tmp_path, LISTED).parts
    assert isinstance(table, Table)
    assert (title.where, table.where) == ("第 1 行", "第 2 至 21 行")
    assert [row[0].where for row in table.rows] == [f"第 {line} 行" for line in (2, 5, 8, 11, 16, 19)]
    assert table.rows[2][1].where == "第 9 行"


def form(goal: str, after: str = "\n\t一级指标\n\t二级指标\n") -> str:
    return f"表\n\t项目编码\n\t1302\n\n\t绩效目标\n\t{goal}\n{after}"


@pytest.mark.parametrize(
    "goal",
    [
        "1.完成征订\n2.服务代表",
        "1.完成征订\n2.服务代表\n\n3.保证质量",
        "1.完成征订\n \n2.服务代表\n3.保证质量",
        "1、完成征订，\n于年底前报告\n2、服务代表",
        "（1）完成征订\n（2）服务代表",
        "一、完成征订\n二、服务代表",
        "完成征订\n服务代表",
        "第一季度" + "认真" * 40 + "\n第二季度" + "认真" * 40,
    ],
)
def test_a_goal_of_several_lines_is_one_cell(tmp_path: Path, goal: str) -> None:
    goal_lines = "\n".join(line.strip() for line in goal.splitlines() if line.strip())
    (table,) = tables(read_text(tmp_path, form(goal)))
    assert table == [["项目编码", "1302"], ["绩效目标", goal_lines], ["一级指标", "二级指标"]]


@pytest.mark.parametrize(
    "after",
    [
        "2.人大代表订刊绩效目标表",
        "\n\n2.人大代表订刊绩效目标表\n\t项目编码\n\t1302\n\n\t绩效目标\n\t1.完成",
        "[bookmark: _Toc_4_4_0000000005]2.订刊",
        "\n三、工作保障措施",
        "三、工作保障措施",
        "\n2.服务代表是我单位的职责。",
        "第二部分",
        "备注：本表一式两份。",
        "认真" * 40,
    ],
)
def test_what_follows_a_table_is_not_taken_into_its_last_cell(tmp_path: Path, after: str) -> None:
    source = read_text(tmp_path, form("1.完成征订", after))
    assert tables(source)[0][-1] == ["绩效目标", "1.完成征订"]
    assert paragraphs(source)[1] == after.strip().splitlines()[0]


def test_a_table_cut_at_the_end_of_the_file_keeps_its_last_cells(tmp_path: Path) -> None:
    assert tables(read_text(tmp_path, form("1.完成", "\n\t满意度指标")))[0][-1] == ["满意度指标"]
    assert tables(read_text(tmp_path, form("1.完成", "\n\t产出指标\n\t数量")))[0][-1] == ["产出指标", "数量"]


def test_rows_with_their_cells_in_one_line_are_a_table(tmp_path: Path) -> None:
    source = read_text(
        tmp_path,
        "家站绩效目标表\n101001县人大\t单位：元\n项目编码\t1302\t项目名称\t家站\n资金支出计划\t3月底\t6月底\n\t20%\t50%\n"
        "绩效目标\t1.完成征订\n2.服务代表\n\n一级指标\t二级指标\t\n产出指标\t数量指标\t活动\n\t质量指标\n三、说明\n",
    )
    assert shape(source) == [
        "家站绩效目标表",
        [
            ["101001县人大", "单位：元"],
            ["项目编码", "1302", "项目名称", "家站"],
            ["资金支出计划", "3月底", "6月底"],
            ["", "20%", "50%"],
            ["绩效目标", "1.完成征订\n2.服务代表"],
            ["一级指标", "二级指标", ""],
            ["产出指标", "数量指标", "活动"],
            ["", "质量指标"],
        ],
        "三、说明",
    ]


def test_cells_copied_out_of_a_spreadsheet_lose_their_quotation_marks(tmp_path: Path) -> None:
    source = read_text(
        tmp_path,
        '绩效目标\t"1.完成""征订""\n\n2.服务"\t"1,000.00"\n"一级\n指标"\t二级指标\n“产出”\t"数量"\n"质量\t成本\n',
    )
    assert tables(source) == [
        [
            ["绩效目标", '1.完成"征订"\n\n2.服务', "1,000.00"],
            ["一级\n指标", "二级指标"],
            ["“产出”", '"数量"'],
            ['"质量', "成本"],
        ]
    ]


def test_a_tab_for_an_indent_or_between_two_ends_of_a_line_makes_no_table(tmp_path: Path) -> None:
    long = (
        "聚焦民生事业持续改善，对民生实事项目全程跟踪督办，积极推动工程项目落地见效，听取审议工作情况报告，督导建设。"
    )
    text = f"\t一、总体目标\n\t{long}\n\t{long}\n\n\t{long}\n\t{long}\n\n县人大\t单位：元\n\n1.\t{long}\n2.\t{long}\n"
    source = read_text(tmp_path, text)
    assert paragraphs(source) == [
        "一、总体目标", long, long, long, long, "县人大\t单位：元", f"1.\t{long}", f"2.\t{long}",
    ]  # fmt: skip


def test_an_indented_heading_stands_between_two_tables(tmp_path: Path) -> None:
    table = "\t项目编码\n\t1302\n\n\t绩效目标\n\t1.完成\n\n"
    source = read_text(tmp_path, f"\t1.家站绩效目标表\n\n{table}\t2.订刊绩效目标表\n\n{table}")
    rows = [["项目编码", "1302"], ["绩效目标", "1.完成"]]
    assert shape(source) == ["1.家站绩效目标表", rows, "2.订刊绩效目标表", rows]


def test_tables_of_both_forms_may_follow_each_other(tmp_path: Path) -> None:
    source = read_text(tmp_path, "\t项目编码\n\t1302\n\n\t绩效目标\n\t1.完成\n\n一级指标\t二级指标\n产出指标\t数量\n")
    assert tables(source) == [
        [["项目编码", "1302"], ["绩效目标", "1.完成"]],
        [["一级指标", "二级指标"], ["产出指标", "数量"]],
    ]


def test_a_typed_table_of_contents_is_left_out_with_a_note(tmp_path: Path) -> None:
    for tabbed in ("第一部分 总体目标\t1\n第二部分\t12\n", "第一部分 总体目标…………1\n第二部分......12\n"):
        source = read_text(tmp_path, f"玉田县\n目  录\n{tabbed}第一部分 总体目标\n正文\n")
        assert paragraphs(source) == ["玉田县", "第一部分 总体目标", "正文"]
        (note,) = source.notes
        assert note.where == "第 2 行" and "目录" in note.why and note.text.count("\n") == 2


def test_line_and_page_breaks_within_a_line_part_its_texts(tmp_path: Path) -> None:
    source = read_text(tmp_path, "一行\v二行\n\f第二部分\n\t项目\v编码\n\t1302\n\n\t绩效目标\n\t完成\n")
    assert source.parts[:3] == (
        Paragraph("一行", "第 1 行"), Paragraph("二行", "第 1 行"), Paragraph("第二部分", "第 2 行"),
    )  # fmt: skip
    assert tables(source)[0][0] == ["项目\n编码", "1302"]


WORD = st.text(alphabet="产出数量质效益满意度指标绩预算万元0123456789.%≥年月（）“”—x \u3000\"'", max_size=12).map(
    str.strip
)
ITEMS = st.lists(WORD.filter(bool), min_size=1, max_size=3).map(
    lambda items: "\n".join(f"{number}.目标{item}" for number, item in enumerate(items, 1))
)
ROWS = st.lists(st.lists(WORD | ITEMS, min_size=2, max_size=7), min_size=2, max_size=8)


@given(ROWS, st.sampled_from(["\n", "\n\n", "\n\n\n \n"]))
def test_what_is_written_a_cell_a_line_is_read_back(rows: list[list[str]], gap: str) -> None:
    written = gap.join("".join(f"\t{cell}\n" for cell in row) for row in rows)
    source = read_content(f"表格\n{written}三、说明\n".encode())
    assert shape(source) == ["表格", rows, "三、说明"]


@given(ROWS)
def test_what_is_written_a_row_a_line_is_read_back(rows: list[list[str]]) -> None:
    rows = [[cell.replace("\n", "；").replace('"', "'") for cell in row] for row in rows]
    written = "".join("\t".join(row) + "\n" for row in rows if any(row))
    table = [row for row in rows if any(row)]
    if len(table) > 1 and any(len(row) > 2 and row[0] for row in table[:1]):
        source = read_content(f"表格\n{written}".encode())
        assert shape(source) == ["表格", table]


@given(st.text(alphabet='\t\n \v1.目标表一、"', max_size=60))
def test_no_character_is_lost_whatever_the_tabs_and_lines(text: str) -> None:
    source = read_content(text.encode())
    found = all_text(source)
    kept = "".join(note.text for note in source.notes)
    strip = str.maketrans("", "", '\t\n\v "')
    assert sorted((found + kept).translate(strip)) == sorted(text.translate(strip))


def test_reading_a_text_loads_no_library_for_other_kinds(tmp_path: Path) -> None:
    path = tmp_path / "文本.txt"
    path.write_text(TEXT, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from jixiao.documents.reading.source_file import read_source\n"
        "read_source(Path(sys.argv[1])); print(sorted({'lxml', 'docx', 'openpyxl', 'xlwings'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
