"""How the published document looks: its fonts, styles and settings.

Government documents are set in 方正小标宋 (titles), 黑体, 楷体_GB2312 and 仿宋_GB2312. A computer without one of them
takes the alternative that the font table names, which comes with Windows or Office.
"""

from __future__ import annotations

from typing import NamedTuple

from jixiao.documents.writing import page
from jixiao.documents.writing.form_layout import SMALL, USUAL, Lettering
from jixiao.documents.writing.page import twips
from jixiao.documents.writing.word_xml import DECLARATION, NAMESPACES

TITLE_FONT, HEADING_FONT, SUBHEADING_FONT, BODY_FONT = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
TABLE_FONT = "宋体"

COVER_UNIT, COVER_TITLE, CONTENTS_TITLE = "CoverUnit", "CoverTitle", "ContentsTitle"
PART, HEADING, FORM_TITLE, SUBHEADING = "Heading1", "Heading2", "FormTitle", "Heading3"
BODY, FOOTER, CONTENTS1, CONTENTS2, SEAM = "BodyText", "Footer", "TOC1", "TOC2", "Seam"
CELL_LABEL, CELL_TEXT, CELL_CENTRED, CELL_RIGHT = "CellLabel", "CellText", "CellCentred", "CellRight"
SMALL_SUFFIX = "Small"

# Font -> what takes its place, and its kind as Word's font table describes it.
_ALTERNATIVES = {
    TITLE_FONT: ("华文中宋", "auto"),
    HEADING_FONT: ("SimHei", "modern"),
    SUBHEADING_FONT: ("楷体", "modern"),
    BODY_FONT: ("仿宋", "modern"),
    TABLE_FONT: ("SimSun", "auto"),
}


class _Style(NamedTuple):
    """size and line in points; `more`: paragraph properties before, `after` behind spacing and indents."""

    name: str
    font: str
    size: float
    line: float
    align: str = "left"
    indent: int = 0  # first line, in hundredths of a character
    before: float = 0
    below: float = 0
    keep: bool = False
    new_page: bool = False
    outline: int | None = None
    tabs: bool = False
    left: int = 0  # in hundredths of a character


def _cell_styles(suffix: str, letters: Lettering) -> dict[str, _Style]:
    name = "小" if suffix else ""
    return {
        CELL_LABEL + suffix: _Style(f"表格标签{name}", HEADING_FONT, letters.size, letters.line, "center"),
        CELL_TEXT + suffix: _Style(f"表格文字{name}", TABLE_FONT, letters.size, letters.line),
        CELL_CENTRED + suffix: _Style(f"表格居中{name}", TABLE_FONT, letters.size, letters.line, "center"),
        CELL_RIGHT + suffix: _Style(f"表格右齐{name}", TABLE_FONT, letters.size, letters.line, "right"),
    }


_STYLES = {
    COVER_UNIT: _Style("封面单位", TITLE_FONT, 26, 44, "center", before=170),
    COVER_TITLE: _Style("封面标题", TITLE_FONT, 32, 52, "center", before=40),
    CONTENTS_TITLE: _Style("目录标题", TITLE_FONT, 22, 36, "center", below=14),
    PART: _Style("heading 1", TITLE_FONT, 26, 44, "center", before=220, outline=0),
    HEADING: _Style("heading 2", HEADING_FONT, page.TEXT_SIZE, page.TEXT_LINE, indent=200, keep=True, outline=1),
    SUBHEADING: _Style("heading 3", SUBHEADING_FONT, page.TEXT_SIZE, page.TEXT_LINE, indent=200, keep=True, outline=2),
    FORM_TITLE: _Style(
        "表标题", TITLE_FONT, page.FORM_TITLE_SIZE, page.FORM_TITLE_LINE, "center",
        below=page.FORM_TITLE_AFTER, keep=True, new_page=True, outline=1,
    ),
    BODY: _Style("Body Text", BODY_FONT, page.TEXT_SIZE, page.TEXT_LINE, "left", indent=200),
    **_cell_styles("", USUAL),
    **_cell_styles(SMALL_SUFFIX, SMALL),
    SEAM: _Style("表间", TABLE_FONT, 1, page.SEAM),
    CONTENTS1: _Style("toc 1", HEADING_FONT, 14, 26, tabs=True, before=4),
    CONTENTS2: _Style("toc 2", BODY_FONT, 14, 26, tabs=True, left=200),
    FOOTER: _Style("footer", TABLE_FONT, 14, 18, "center"),
}  # fmt: skip


def styles_xml() -> str:
    own = "".join(_style_xml(key, style) for key, style in _STYLES.items())
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(BODY_FONT)}"
        '<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        f"{own}</w:styles>"
    )


def _style_xml(key: str, style: _Style) -> str:
    size = round(style.size * 2)
    custom = "" if style.name.isascii() else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{key}">'
        f'<w:name w:val="{style.name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{_paragraph_properties(style)}</w:pPr>"
        f'<w:rPr>{_fonts(style.font)}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _paragraph_properties(style: _Style) -> str:
    """In the order of the standard."""
    spacing = (
        f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.below)}" '
        f'w:line="{twips(style.line)}" w:lineRule="exact"/>'
    )
    indent = ""
    if style.indent or style.left:
        first = f' w:firstLineChars="{style.indent}" w:firstLine="{twips(style.size * style.indent / 100)}"'
        left = f' w:leftChars="{style.left}" w:left="{twips(style.size * style.left / 100)}"'
        indent = f"<w:ind{left if style.left else ''}{first if style.indent else ''}/>"
    right = twips(page.TEXT_PAGE.text_width)
    return "".join((
        "<w:keepNext/>" if style.keep else "",
        "<w:pageBreakBefore/>" if style.new_page else "",
        '<w:widowControl w:val="0"/>',
        f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{right}"/></w:tabs>' if style.tabs else "",
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>',
        spacing,
        indent,
        f'<w:jc w:val="{style.align}"/>',
        "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>',
    ))  # fmt: skip


def _fonts(name: str) -> str:
    """Latin letters and digits from the same font, in which they are half as wide as a character."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def font_table_xml() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{alternative}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>'
        for name, (alternative, family) in _ALTERNATIVES.items()
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def settings_xml() -> str:
    """The mode of Word 2013 and later, so that the document does not open as an old one."""
    uri = "http://schemas.microsoft.com/office/word"
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        f'<w:compatSetting w:name="compatibilityMode" w:uri="{uri}" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )
