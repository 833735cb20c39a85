"""The ribbon: what it shows, and that the lint sees what would break it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from jixiao.addin.ribbon import LONGEST_LABEL, NAMESPACE, OLDER_NAMESPACE, for_older_hosts, problems, read_ribbon
from jixiao.addin.sources import Sources, read_sources

# Icons that Office has under these names. First the names read in [MS-CUSTOMUI] 3.2 "imageMso Table"
# (learn.microsoft.com/openspecs/office_standards/ms-customui), then those in two published comparisons of the icons
# that Office 2019 and WPS both know (blog.csdn.net, articles 138683429 and 133832128).
# The last set was found only in the published ribbons of several Excel add-ins.
KNOWN_IMAGES = {
    "Spelling", "FileNew", "TableExcelSpreadsheetInsert", "AutoFormat", "Clear", "ChartInsert", "ContextHelp",
    "FindDialog", "Repeat", "FileOpen",
} | {"AutoSum", "ErrorChecking", "ApplicationOptionsDialog", "About"} | {"FileSaveAsWordDocx"}  # fmt: skip

LABELS = {
    "填报": ["新建部门工作簿", "导入文档", "新增项目"],
    "校验": ["校验全部", "校验当前表", "规范指标值", "清除标记"],
    "汇总": ["生成汇总", "支出曲线"],
    "文本": ["导出文本"],
    "帮助": ["规则说明", "设置", "诊断", "重启", "关于"],
}


@pytest.fixture(scope="module")
def sources() -> Sources:
    return read_sources()


def test_nothing_is_wrong_with_the_ribbon(sources: Sources) -> None:
    assert problems(sources.ribbon, sources.modules) == []


def test_the_tab_shows_its_groups_and_buttons_in_order(sources: Sources) -> None:
    ribbon = read_ribbon(sources.ribbon)
    assert ribbon.label == "绩效目标"
    assert {group.label: [button.label for button in group.buttons] for group in ribbon.groups} == LABELS
    assert [button.label for button in ribbon.buttons if button.large] == ["校验全部", "生成汇总", "导出文本"]


def test_every_icon_is_one_that_office_has(sources: Sources) -> None:
    images = [button.image for button in read_ribbon(sources.ribbon).buttons]
    assert set(images) <= KNOWN_IMAGES
    assert len(set(images)) == len(images)


def test_every_button_says_what_will_happen_and_whether_the_user_s_content_changes(sources: Sources) -> None:
    for button in read_ribbon(sources.ribbon).buttons:
        assert len(button.supertip) > len(button.label) + 10
        assert button.supertip.endswith("。")
        assert button.id.startswith("jx")


def test_no_two_buttons_do_the_same(sources: Sources) -> None:
    actions = [button.action for button in read_ribbon(sources.ribbon).buttons]
    assert len(set(actions)) == len(actions)


def test_older_hosts_get_the_same_ribbon_in_their_namespace(sources: Sources) -> None:
    older = for_older_hosts(sources.ribbon)
    assert older.replace(OLDER_NAMESPACE, NAMESPACE) == sources.ribbon
    newer_elements = [element.attrib for element in ElementTree.fromstring(sources.ribbon).iter()]
    assert [element.attrib for element in ElementTree.fromstring(older).iter()] == newer_elements
    assert ElementTree.fromstring(older).tag == f"{{{OLDER_NAMESPACE}}}customUI"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('id="jxClear"', 'id="jxValidate"', "编号 jxValidate 用了 2 次"),
        ('id="jxClear"', 'id=""', "缺少 id"),
        ('imageMso="Clear"', "", "缺少 imageMso"),
        ('imageMso="Clear"', 'imageMso="Clear" colour="red"', "不认识的属性 colour"),
        ('label="清除标记"', f'label="{"长" * (LONGEST_LABEL + 1)}"', "超过 20 个字"),
        ('screentip="清除标记"', f'screentip="{"长" * 1025}"', "screentip 超过 1024 个字"),
        ('size="large" imageMso="AutoSum"', 'size="huge" imageMso="AutoSum"', "size 应为 large、normal"),
        ('"JXRibbon.ClearMarks"', '"JXRibbon.ClearMark"', "指向的过程 ClearMark 在模块 JXRibbon 里没有"),
        ('"JXRibbon.ClearMarks"', '"JXRibon.ClearMarks"', "指向不存在的模块 JXRibon"),
        ('"JXRibbon.ClearMarks"', '"ClearMarks"', "没有写模块名"),
        ('"JXRibbon.ClearMarks"', '"JXRibbon.ChangeBook"', "指向的过程 ChangeBook"),
        ("<ribbon>", '<ribbon><qat id="q"/>', "不认识的元素 qat q"),
        ("<tabs>", '<tabs><group id="g" label="组"/>', "tabs 里不能有 group"),
        (NAMESPACE, OLDER_NAMESPACE, "根元素"),
        ("</customUI>", "", "不是有效的 XML"),
    ],
)
def test_a_fault_in_the_ribbon_is_named(sources: Sources, before: str, after: str, told: str) -> None:
    assert before in sources.ribbon
    found = problems(sources.ribbon.replace(before, after, 1), sources.modules)
    assert any(told in fault for fault in found), found


@pytest.mark.parametrize(
    ("signature", "told"),
    [
        ("Public Sub ClearMarks(control As Object)", "参数应为 IRibbonControl"),
        ("Public Sub ClearMarks()", "没有，或者不是只带一个参数的 Public Sub"),
        ("Private Sub ClearMarks(control As IRibbonControl)", "没有，或者不是只带一个参数的 Public Sub"),
    ],
)
def test_a_callback_with_another_signature_is_named(sources: Sources, signature: str, told: str) -> None:
    text = sources.modules["JXRibbon"].replace("Public Sub ClearMarks(control As IRibbonControl)", signature)
    found = problems(sources.ribbon, {**sources.modules, "JXRibbon": text})
    assert [told in fault for fault in found] == [True]
