"""Word documents written part by part, for what python-docx cannot write."""

from __future__ import annotations

from pathlib import Path

from tests.bad_files import Parts, links, pack

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
KINDS = ("styles", "numbering", "footnotes", "comments", "settings")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*texts: str, properties: str = "") -> str:
    """`texts`: plain, or runs in XML."""
    runs = "".join(text if text.startswith("<") else run(text) for text in texts)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def cell(content: str, properties: str = "") -> str:
    inside = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(each if each.startswith("<") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def part(kind: str, content: str) -> bytes:
    return f"<w:{kind} {NAMESPACES}>{content}</w:{kind}>".encode()


def document_parts(body: str, **others: str) -> Parts:
    """`others`: the contents of the parts in KINDS."""
    targets = {kind: (kind, f"{kind}.xml") for kind in KINDS if kind in others}
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": links({"main": ("officeDocument", "word/document.xml")}).encode(),
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": links(targets).encode(),
    }
    return parts | {f"word/{kind}.xml": part(kind, content) for kind, content in others.items()}


def document(path: Path, body: str, **others: str) -> Path:
    return pack(path, document_parts(body, **others))
