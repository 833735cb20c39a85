"""The published document as a Word file: cover, contents, Part 1 as text, Part 2 a form for each project.

The package is written part by part: python-docx would bring along the styles, the theme and the picture of an English
template, and the time of day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from jixiao.documents.writing import word_styles as style
from jixiao.documents.writing.form_layout import FormLayout, lay_out
from jixiao.documents.writing.page import HEIGHT as PAGE_HEIGHT
from jixiao.documents.writing.page import TABLE_PAGE, TEXT_PAGE, Margins, twips
from jixiao.documents.writing.page import WIDTH as PAGE_WIDTH
from jixiao.documents.writing.pagination import Pages, paginate
from jixiao.documents.writing.publication import NO_FORMS, PART1, PART2, Level, PartTitle, Publication, publication
from jixiao.documents.writing.word_tables import form_tables
from jixiao.documents.writing.word_xml import (
    DECLARATION,
    NAMESPACES,
    bookmark,
    field,
    field_begin,
    field_end,
    link,
    paragraph,
    run,
    tab,
)
from jixiao.documents.writing.zipped import write_package
from jixiao.model.records import Department
from jixiao.profiles import Profile

_STYLE_OF = {Level.TEXT: style.BODY, Level.HEADING: style.HEADING, Level.SUBHEADING: style.SUBHEADING}
_CONTENTS_FIELD = r'TOC \o "1-2" \h \z \t "表标题,2"'
_FOOTER_RELATION = "rId4"
_NEW_PAGE = "<w:pageBreakBefore/>"


def write_word(department: Department, profile: Profile, path: Path, *, today: date) -> tuple[str, ...]:
    """Returns what the document leaves blank, as sentences for the user. `today` is the document's date of creation."""
    document = publication(department, profile)
    parts = {name: text.encode("utf-8") for name, text in _parts(document, today).items()}
    write_package(path, parts, today)
    return document.gaps


def _parts(document: Publication, today: date) -> dict[str, str]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(_PACKAGE_RELATIONS),
        "docProps/core.xml": _core_properties(document, today),
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{_body(document)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(_DOCUMENT_RELATIONS),
        "word/styles.xml": style.styles_xml(),
        "word/settings.xml": style.settings_xml(),
        "word/fontTable.xml": style.font_table_xml(),
        "word/footer1.xml": _footer(),
    }


def _body(document: Publication) -> str:
    layouts = [lay_out(form) for form in document.forms]
    contents = _contents(document, paginate(document.lines, layouts))
    return "".join((*_cover(document), *contents, *_part1(document), *_part2(layouts)))


def _cover(document: Publication) -> Iterator[str]:
    yield paragraph(style.COVER_UNIT, run(document.unit_name))
    yield paragraph(style.COVER_TITLE, run(document.title), _section(TEXT_PAGE))


def _contents(document: Publication, pages: Pages) -> Iterator[str]:
    yield paragraph(style.CONTENTS_TITLE, run("目　录"))
    entries = list(_entries(document, pages))
    last = len(entries) - 1
    for place, (key, text, name, number) in enumerate(entries):
        page_number = field(rf"PAGEREF {name} \h", str(number))
        content = link(name, f"{run(text)}{tab()}{page_number}")
        begin = field_begin(_CONTENTS_FIELD) if place == 0 else ""
        end, section = (field_end(), _section(TEXT_PAGE)) if place == last else ("", "")
        yield paragraph(key, f"{begin}{content}{end}", section)


def _entries(document: Publication, pages: Pages) -> Iterator[tuple[str, str, str, int]]:
    """Style, text, bookmark and page of each line of the contents."""
    headings = [line.text for line in document.lines if line.level is Level.HEADING]
    yield style.CONTENTS1, _title(PART1), _bookmark_name("1"), pages.part1
    for place, (text, number) in enumerate(zip(headings, pages.headings, strict=True)):
        yield style.CONTENTS2, text, _bookmark_name(f"1_{place}"), number
    yield style.CONTENTS1, _title(PART2), _bookmark_name("2"), pages.part2
    for place, (form, number) in enumerate(zip(document.forms, pages.forms, strict=True)):
        yield style.CONTENTS2, form.title, _bookmark_name(f"2_{place}"), number


def _title(part: PartTitle) -> str:
    return f"{part.number}　{part.name}"


def _bookmark_name(key: str) -> str:
    """Word hides the bookmarks that begin like this."""
    return f"_Toc{key}"


def _part1(document: Publication) -> Iterator[str]:
    yield paragraph(style.PART, bookmark(0, _bookmark_name("1"), run(_title(PART1))))
    place = 0
    last = len(document.lines) - 1
    for number, line in enumerate(document.lines):
        content = run(line.text)
        more = _NEW_PAGE if number == 0 else ""
        if line.level is Level.HEADING:
            content = bookmark(1 + place, _bookmark_name(f"1_{place}"), content)
            place += 1
        yield paragraph(
            _STYLE_OF[line.level], content, more + (_section(TEXT_PAGE, first=True) if number == last else "")
        )


def _part2(layouts: Sequence[FormLayout]) -> Iterator[str]:
    yield paragraph(style.PART, bookmark(100, _bookmark_name("2"), run(_title(PART2))))
    if not layouts:
        yield paragraph(style.CELL_CENTRED, run(NO_FORMS))
    for place, layout in enumerate(layouts):
        title = bookmark(101 + place, _bookmark_name(f"2_{place}"), run(layout.form.title))
        yield paragraph(style.FORM_TITLE, title)
        yield form_tables(layout)
    yield _section(TABLE_PAGE)


def _section(margins: Margins, *, first: bool = False) -> str:
    """`first`: the section whose pages are numbered from 1; the sections after it take over its footer and go on."""
    footer = f'<w:footerReference w:type="default" r:id="{_FOOTER_RELATION}"/>' if first else ""
    numbering = '<w:pgNumType w:start="1"/>' if first else ""
    top, bottom, side, foot = (twips(one) for one in margins)
    return (
        f'<w:sectPr>{footer}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(PAGE_WIDTH)}" w:h="{twips(PAGE_HEIGHT)}"/>'
        f'<w:pgMar w:top="{top}" w:right="{side}" w:bottom="{bottom}" w:left="{side}" w:header="{foot}" '
        f'w:footer="{foot}" w:gutter="0"/>{numbering}<w:cols w:space="425"/></w:sectPr>'
    )


def _footer() -> str:
    content = paragraph(style.FOOTER, f"{run('— ')}{field('PAGE', '1')}{run(' —')}")
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{content}</w:ftr>"


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE_RELATIONS = (
    (f"{_OFFICE}/officeDocument", "word/document.xml"),
    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
)
_DOCUMENT_RELATIONS = (
    (f"{_OFFICE}/styles", "styles.xml"),
    (f"{_OFFICE}/settings", "settings.xml"),
    (f"{_OFFICE}/fontTable", "fontTable.xml"),
    (f"{_OFFICE}/footer", "footer1.xml"),
)
_TYPES = {
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/word/document.xml": f"{_WORD_TYPE}.document.main+xml",
    "/word/styles.xml": f"{_WORD_TYPE}.styles+xml",
    "/word/settings.xml": f"{_WORD_TYPE}.settings+xml",
    "/word/fontTable.xml": f"{_WORD_TYPE}.fontTable+xml",
    "/word/footer1.xml": f"{_WORD_TYPE}.footer+xml",
}


def _content_types() -> str:
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in _TYPES.items())
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: tuple[tuple[str, str], ...]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _core_properties(document: Publication, today: date) -> str:
    moment = f'<dcterms:{{0}} xsi:type="dcterms:W3CDTF">{today.isoformat()}T00:00:00Z</dcterms:{{0}}>'
    title = escape(f"{document.unit_name}{document.title}")
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{escape(document.unit_name)}</dc:creator>"
        f"{moment.format('created')}{moment.format('modified')}</cp:coreProperties>"
    )
