"""The few elements of WordprocessingML that the published document is made of, as text."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Without the hint Word draws “”, — and ≥ with the Latin font, too narrow among Chinese characters.
_CHINESE = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'


def run(text: str) -> str:
    return f'<w:r>{_CHINESE}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(style: str, content: str, more: str = "") -> str:
    """`content` in runs; `more`: properties beside the style, in the order of the standard."""
    return f"<w:p><w:pPr><w:pStyle w:val={quoteattr(style)}/>{more}</w:pPr>{content}</w:p>"


def field(code: str, shown: str) -> str:
    """A field with the result it shows until Word computes it anew."""
    return f"{field_begin(code)}{run(shown)}{field_end()}"


def field_begin(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def field_end() -> str:
    return '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def bookmark(number: int, name: str, content: str) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(name)}/>{content}<w:bookmarkEnd w:id="{number}"/>'


def link(name: str, content: str) -> str:
    """Leads to the bookmark of that name."""
    return f'<w:hyperlink w:anchor={quoteattr(name)} w:history="1">{content}</w:hyperlink>'


def tab() -> str:
    return "<w:r><w:tab/></w:r>"
