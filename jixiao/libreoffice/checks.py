"""What would keep LibreOffice from taking the extension, or a button of it from working."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from xml.etree import ElementTree

from jixiao.libreoffice.choosing import ASKING
from jixiao.libreoffice.configuration import PROTOCOL, SERVICE
from jixiao.libreoffice.packages import COMPILED, FOLDER

_OOR = "{http://openoffice.org/2001/registry}"
_MANIFEST = "{http://openoffice.org/2001/manifest}"
_TYPES = ("xs:string", "xs:boolean", "xs:int", "oor:string-list")
_XML = (".xml", ".xcu")
_MANIFEST_FILE = "META-INF/manifest.xml"
_MACROS = f"{FOLDER}/jixiao/_shipped/macros.py"
_NEEDED = (
    "description.xml", _MANIFEST_FILE, "Addons.xcu", "ProtocolHandler.xcu", "component.py", _MACROS,
)  # fmt: skip

Parts = Mapping[str, bytes]


def problems(parts: Parts) -> list[str]:
    """Sentences for the one who builds; nothing where all is well."""
    if missing := [name for name in _NEEDED if name not in parts]:
        return [f"缺少文件 {'、'.join(missing)}"]
    if broken := [*_files(parts)]:
        return broken
    found: list[str] = []
    for name in (name for name in parts if name.endswith(_XML)):
        root = ElementTree.fromstring(parts[name])
        found += _values(name, root) if name.endswith(".xcu") else ()
        found += _listed(root, parts) if name == _MANIFEST_FILE else ()
        found += _commands(root, parts) if name == "Addons.xcu" else ()
        found += _handled(root, parts) if name == "ProtocolHandler.xcu" else ()
    return found


def _files(parts: Parts) -> Iterator[str]:
    for name, content in parts.items():
        if name.endswith(COMPILED) or content[:4] in (b"\x7fELF", b"MZ\x90\x00"):
            yield f"{name} 是编译过的文件"
        elif name.endswith(".py") and not _reads(ast.parse, content):
            yield f"{name} 不是有效的 Python"
        elif name.endswith(_XML) and not _reads(ElementTree.fromstring, content):
            yield f"{name} 不是有效的 XML"


def _reads(read: Callable[[bytes], object], content: bytes) -> bool:
    try:
        read(content)
    except (SyntaxError, ValueError, ElementTree.ParseError):
        return False
    return True


def _values(name: str, root: ElementTree.Element) -> Iterator[str]:
    """LibreOffice refuses the whole extension for one value of a wrong type."""
    for own in root.iter("prop"):
        kind, label = own.get(f"{_OOR}type", ""), own.get(f"{_OOR}name", "")
        texts = [value.text or "" for value in own.iter("value")]
        if kind not in _TYPES:
            yield f"{name} 的 {label} 有不认识的类型 {kind}"
        elif not texts or not all(_fits(text, kind) for text in texts):
            yield f"{name} 的 {label} 的值不符合类型 {kind}"


def _fits(text: str, kind: str) -> bool:
    if kind == "xs:boolean":
        return text in ("true", "false")
    return text.isdigit() if kind == "xs:int" else bool(text)


def _listed(root: ElementTree.Element, parts: Parts) -> Iterator[str]:
    listed = {entry.get(f"{_MANIFEST}full-path", "") for entry in root}
    yield from (f"清单里的 {name} 不在扩展里" for name in sorted(listed - parts.keys()))
    own = {name for name in parts if name.endswith(".xcu") or name == "component.py"}
    yield from (f"{name} 不在清单里" for name in sorted(own - listed))


def _commands(root: ElementTree.Element, parts: Parts) -> Iterator[str]:
    """Every command of the toolbar and the menu is a macro that asks for nothing, or for the path it is given."""
    urls = [value.text or "" for own in root.iter("prop") if own.get(f"{_OOR}name") == "URL" for value in own]
    asked = {url.removeprefix(PROTOCOL) for url in urls if url.startswith(PROTOCOL)}
    if not asked:
        yield "没有按钮"
    yield from (f"按钮要运行的 {name} 在 macros.py 里没有" for name in sorted(asked - _macros(parts[_MACROS])))


def _macros(source: bytes) -> set[str]:
    defined = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]
    return {node.name for node in defined if len(node.args.args) - len(node.args.defaults) == (node.name in ASKING)}


def _handled(root: ElementTree.Element, parts: Parts) -> Iterator[str]:
    if f"{PROTOCOL}*" not in [value.text for value in root.iter("value")]:
        yield "没有登记按钮的命令"
    component = parts["component.py"].decode()
    yield from (f"component.py 里没有 {name}" for name in (SERVICE, PROTOCOL) if f'"{name}"' not in component)
