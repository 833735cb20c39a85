"""The ribbon as data, read from its XML, and what is wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
OLDER_NAMESPACE = "http://schemas.microsoft.com/office/2006/01/customui"

LONGEST_LABEL = 20
LONGEST_TIP = 1024

# Element -> what may stand in it, and its attributes; those that it must have come first, up to the None.
_CHILDREN: dict[str, tuple[str, ...]] = {
    "customUI": ("ribbon",),
    "ribbon": ("tabs",),
    "tabs": ("tab",),
    "tab": ("group",),
    "group": ("button", "separator"),
    "button": (),
    "separator": (),
}
_REQUIRED: dict[str, tuple[str, ...]] = {
    "tab": ("id", "label"),
    "group": ("id", "label"),
    "button": ("id", "label", "imageMso", "onAction", "screentip", "supertip"),
    "separator": ("id",),
}
_OPTIONAL: dict[str, tuple[str, ...]] = {
    "customUI": ("onLoad",),
    "tab": ("keytip", "insertAfterMso", "insertBeforeMso"),
    "button": ("size", "keytip"),
}
_SIZES = ("large", "normal")
_CALLBACKS = {"onLoad": "IRibbonUI", "onAction": "IRibbonControl"}
_PROCEDURE = re.compile(r"^\s*(?:Public )?Sub (\w+)\((?:ByVal |ByRef )?\w+ As (\w+)\)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Button:
    """`action` is the VBA procedure as Module.Procedure, `image` one of Office's own icons."""

    id: str
    label: str
    large: bool
    image: str
    action: str
    screentip: str
    supertip: str


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One tab, its groups and their buttons, in the order of the screen."""

    label: str
    groups: tuple[Group, ...]

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for group in self.groups for button in group.buttons)


def read_ribbon(xml: str) -> Ribbon:
    """The ribbon of a text in which `problems` finds nothing."""
    tab = next(element for element in ElementTree.fromstring(xml).iter() if _name(element) == "tab")
    return Ribbon(tab.get("label", ""), tuple(_group(element) for element in tab))


def _group(element: ElementTree.Element) -> Group:
    return Group(element.get("label", ""), tuple(_button(button) for button in element if _name(button) == "button"))


def _button(element: ElementTree.Element) -> Button:
    return Button(
        id=element.get("id", ""),
        label=element.get("label", ""),
        large=element.get("size") == "large",
        image=element.get("imageMso", ""),
        action=element.get("onAction", ""),
        screentip=element.get("screentip", ""),
        supertip=element.get("supertip", ""),
    )


def for_older_hosts(xml: str) -> str:
    """The same ribbon in the namespace of Office 2007, which uses no element the newer one lacks."""
    return xml.replace(NAMESPACE, OLDER_NAMESPACE)


def problems(xml: str, modules: Mapping[str, str]) -> list[str]:
    """What would keep Excel from showing the ribbon, or a button from working; `modules` are the VBA texts."""
    try:
        root = ElementTree.fromstring(xml)
    except ElementTree.ParseError as problem:
        return [f"功能区不是有效的 XML：{problem}"]
    if root.tag != f"{{{NAMESPACE}}}customUI":
        return [f"功能区的根元素应为 {NAMESPACE} 的 customUI"]
    found: list[str] = []
    for element in root.iter():
        found += _of_element(element, modules)
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    found += [f"编号 {name} 用了 {count} 次" for name, count in ids.items() if count > 1]
    return found


def _of_element(element: ElementTree.Element, modules: Mapping[str, str]) -> Iterator[str]:
    name, where = _name(element), f"{_name(element)} {element.get('id', '')}".strip()
    if name not in _CHILDREN:
        yield f"不认识的元素 {where}"
        return
    required, optional = _REQUIRED.get(name, ()), _OPTIONAL.get(name, ())
    yield from (f"{where} 缺少 {key}" for key in required if not element.get(key))
    yield from (f"{where} 有不认识的属性 {key}" for key in element.attrib if key not in (*required, *optional))
    yield from (f"{where} 里不能有 {_name(child)}" for child in element if _name(child) not in _CHILDREN[name])
    if len(element.get("label", "")) > LONGEST_LABEL:
        yield f"{where} 的名称超过 {LONGEST_LABEL} 个字"
    for tip in ("screentip", "supertip"):
        if len(element.get(tip, "")) > LONGEST_TIP:
            yield f"{where} 的 {tip} 超过 {LONGEST_TIP} 个字"
    if element.get("size", "normal") not in _SIZES:
        yield f"{where} 的 size 应为 {'、'.join(_SIZES)}"
    for attribute, control in _CALLBACKS.items():
        if action := element.get(attribute):
            yield from _of_callback(f"{where} 的 {attribute}", action, control, modules)


def _of_callback(where: str, action: str, control: str, modules: Mapping[str, str]) -> Iterator[str]:
    module, _, procedure = action.rpartition(".")
    if module not in modules:
        yield f"{where} 指向不存在的模块 {module or '（没有写模块名）'}"
        return
    known = {found[1]: found[2] for found in _PROCEDURE.finditer(modules[module])}
    if procedure not in known:
        yield f"{where} 指向的过程 {procedure} 在模块 {module} 里没有，或者不是只带一个参数的 Public Sub"
    elif known[procedure] != control:
        yield f"{where} 指向的过程 {action} 的参数应为 {control}，现在是 {known[procedure]}"


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
