"""Files made to harm: far cells hidden by every trick, bombs, noise. Read in a child process, which must survive."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.openxml.package import Packer, Part
from tests.bad_files import Child, book, book_parts, filled_row, links, pack, sheet_xml, texts_xml, workbook_xml

pytestmark = pytest.mark.slow

SHEET = sheet_xml(filled_row(1))


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    with Child() as process:
        yield process


ONE = '<c r="A1"><v>1</v></c>'
FAR = f'<row r="1">{ONE}</row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HIDDEN = {
    "another table in an attribute": f"<worksheet a='<sheetData><row r=\"1\">{ONE}</row></sheetData>'>"
    f"<sheetData>{FAR}</sheetData></worksheet>",
    "the table's beginning in an attribute": f"<worksheet a='<sheetData>'><sheetData>{FAR}</sheetData></worksheet>",
    "a prefixed table before": f"<worksheet xmlns:x='x'><x:sheetData>{FAR}</x:sheetData>"
    f'<sheetData><row r="1">{ONE}</row></sheetData></worksheet>',
    "a second table": f'<worksheet><sheetData><row r="1">{ONE}</row></sheetData>'
    f"<sheetData>{FAR}</sheetData></worksheet>",
    "an instruction": f'<worksheet xmlns:x="x"><?a <sheetData><row r="1">{ONE}</row></sheetData>?>'
    f"<x:sheetData>{FAR}</x:sheetData></worksheet>",
    "a marked section": sheet_xml(f'<row r="1">{ONE}<![CDATA[<c r="B1">]]></row>{FAR}'),
    "a cell beyond its row": sheet_xml('<row r="1">' + ONE + '<c r="XFD1048576"><v>1</v></c></row>'),
    "a quoted end of tag": sheet_xml(f'<row r="1" a=">">{ONE}</row>{FAR}'),
    "a cell in a cell": sheet_xml(f'<row r="1"><c r="A1"><v>1</v><c r="XFD1048576"><v>1</v></c></c></row>{FAR}'),
}


@pytest.mark.parametrize("sheet", HIDDEN.values(), ids=list(HIDDEN))
def test_no_trick_hides_a_far_cell_from_the_guard(child: Child, tmp_path: Path, sheet: str) -> None:
    answer = child.read(book(tmp_path / "trick.xlsx", sheet))
    assert "refused" in answer or answer["sizes"][0][0] <= 1


LONG_END = ("<x/>" + " " * 1000) * 9000


def unfolding(path: Path) -> Path:
    """An entry said to hold forty bytes, whose stream holds eight hundred million."""
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = block.compress(bytes(1 << 20)) + block.flush(zlib.Z_FULL_FLUSH)
    packer = Packer()
    for name, content in book_parts(SHEET).items():
        if "sheets/" in name:
            packer.add_part(name, Part(bytes(40), packed * 800 + block.flush(), zipfile.ZIP_DEFLATED, 0))
        else:
            packer.add(name, content)
    path.write_bytes(packer.finish())
    return path


ATTRIBUTES = " ".join(f"a{number}=''" for number in range(2_500_000))
BOMBS: dict[str, Callable[[Path], Path]] = {
    "a stream without end": unfolding,
    "a sheet of next to nothing": lambda path: book(path, sheet_xml(filled_row(1), after=LONG_END * 6)),
    "sheets of next to nothing": lambda path: book(path, *[sheet_xml(filled_row(1), after=LONG_END)] * 30),
    "blank cells without end": lambda path: book(path, sheet_xml("<row>" + "<c/>" * 7_000_000 + "</row>")),
    "elements in elements": lambda path: book(path, "<worksheet><sheetData>" + "<a>" * 5_900_000),
    "attributes without end": lambda path: book(path, sheet_xml(f"<c {ATTRIBUTES}/>")),
    "texts without end": lambda path: book(path, SHEET, texts="<sst>" + "<si/>" * 5_000_000 + "</sst>"),
    "styles without end": lambda path: book(path, SHEET, styles="<styleSheet>" + "<a/>" * 13_000_000 + "</styleSheet>"),
    "one text a hundred thousand times": lambda path: book(
        path,
        sheet_xml("".join(filled_row(row, "ABCDEFGHIJ", "<v>0</v>", "s") for row in range(1, 10_001))),
        texts=texts_xml("长" * 32_000),
    ),
    "one text in many sheets": lambda path: book(
        path,
        *[sheet_xml("".join(filled_row(row, "ABCDEFGHIJ", "<v>0</v>", "s") for row in range(1, 51)))] * 60,
        texts=texts_xml("长" * 32_000),
    ),
    "formulas without end": lambda path: book(
        path, sheet_xml("".join(filled_row(row, "ABCDEFGHIJ", "<f>A1</f>") for row in range(1, 25_001)))
    ),
    "sheets without end": lambda path: book(path, *[SHEET] * 5_001),
    "one part a hundred times": lambda path: book(
        path, sheet_xml(filled_row(1), after=LONG_END), main=workbook_xml(["表"] * 100),
        main_links=links({f"rId{n}": ("worksheet", "worksheets/sheet1.xml") for n in range(1, 101)}),
    ),
    "entries without end": lambda path: pack(path, book_parts(SHEET) | {f"xl/{n}": b"" for n in range(20_001)}),
    "a directory without end": lambda path: pack(
        path, book_parts(SHEET) | {f"xl/{'长' * 8000}{n}": b"" for n in range(200)}
    ),
}  # fmt: skip


@pytest.mark.parametrize("build", BOMBS.values(), ids=list(BOMBS))
def test_a_small_file_that_unfolds_into_a_huge_one_is_refused_within_limits(
    child: Child, tmp_path: Path, build: Callable[[Path], Path]
) -> None:
    path = build(tmp_path / "炸弹.xlsx")
    assert path.stat().st_size < 12 << 20
    assert re.search("过大|过多|超过|损坏", child.read(path)["refused"])


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("honest") / "book.xlsx"
    written = openpyxl.Workbook()
    written.active.append(["项目", 1.5, "=A1", True])
    written.create_sheet("二").append(["#REF!"])
    written.save(path)
    return path.read_bytes()


PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@PROPERTY
@given(content=st.binary(max_size=300), zipped=st.booleans())
def test_random_bytes_never_do_more_than_be_refused(child: Child, tmp_path: Path, content: bytes, zipped: bool) -> None:
    path = tmp_path / "random.xlsx"
    path.write_bytes((b"PK\x03\x04" if zipped else b"") + content)
    assert "refused" in child.read(path)


@PROPERTY
@given(data=st.data())
def test_a_workbook_cut_or_changed_anywhere_is_read_or_refused(
    child: Child, tmp_path: Path, honest: bytes, data: st.DataObject
) -> None:
    content = bytearray(honest)
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "changed.xlsx"
    path.write_bytes(content[: data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))])
    assert child.read(path)


# Split at blanks; an underscore is a blank within a piece.
PIECES = """<row> <row_r="1"> <row_r='1048576'> <row_r="2"_a=">"> <row_r='0'> </row> <sheetData> </sheetData> <c> </c>
<c_r="A1"> <c_r="XFD1048576"> <c_t="s"> <c_r="B2"_t="e"> <c_r="xfd1"> <c_r="AAAA1"> <c_r="A1"_r="B1"> <x:c_r='ZZ9'> <c/>
<v> </v> <v/> <f> </f> <f_t="shared"_si="0"/> <is> </is> <t> </t> <mergeCell_ref='A1:'/> <dimension_ref="XFD9"/>
1 99999999999999999999 1e999 #REF! <!-- --> <![CDATA[ ]]> <?x ?> &#65; &x; " ' > < \0"""
NOISE = st.lists(st.sampled_from(PIECES.split()), max_size=14).map(lambda pieces: "".join(pieces).replace("_", " "))


@settings(PROPERTY, max_examples=150)
@given(noise=NOISE, other=st.sampled_from(["sheet", "texts", "styles", "main", "links"]))
def test_whatever_the_xml_says_it_is_read_within_limits_or_refused(
    child: Child, tmp_path: Path, noise: str, other: str
) -> None:
    path = tmp_path / "noise.xlsx"
    book(
        path,
        sheet_xml(noise if other == "sheet" else filled_row(1, "AB", "<v>0</v>", "s")),
        texts=f"<sst><si><t>{noise if other == 'texts' else ''}</t></si></sst>",
        styles=f"<styleSheet><cellXfs>{noise if other == 'styles' else '<xf/>'}</cellXfs></styleSheet>",
        main=workbook_xml(["表1"], before=noise if other == "main" else ""),
        **({"package_links": links({}).replace("><", f">{noise}<")} if other == "links" else {}),
    )
    answer = child.read(path)
    assert "refused" in answer or all(rows * columns <= 2_000_000 for rows, columns in answer["sizes"])
