"""Excel as far as it can be had without Excel: the add-in as built, its VBA run by pyOpenVBA's interpreter.

xlwings' own VBA runs too, except for what needs Windows: the DLL that starts Python, whose place is taken by this
process, the disk, and the environment. Every exception is listed in `_WITHOUT_WINDOWS`; what the interpreter does not
know of Excel itself, such as the dialogs that ask for a file, in `_LACKING`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._model import Application, Workbook
from pyopenvba.interpreter._objects import MemberSpec, VBAObject, method
from pyopenvba.interpreter._values import MISSING, VBAArray, error

PYTHON, FOLDER = r"C:\Program Files\JiXiao & Co\python.exe", r"C:\用户 数据\app"
NEEDED = frozenset({PYTHON, rf"{FOLDER}\macros.py"})
SERVER = "Test.Python"
MODULES = ("xlwings", "JXHelp", "JXRibbon", "xlwings_udfs")

# In xlwings' module: a pattern, what stands instead, how often it must be found.
_WITHOUT_WINDOWS: tuple[tuple[str, str, int], ...] = (
    (
        r"^Function XLPy\(\).*?^End Function\n",
        f'Function XLPy()\nSet XLPy = CreateObject("{SERVER}")\nEnd Function\n',
        1,
    ),
    (r"^Sub KillPy\(\).*?^End Sub\n", f'Sub KillPy()\nCreateObject("{SERVER}").Kill\nEnd Sub\n', 1),
    (
        r"^Function FileExistsOnWindows\(ByVal FileSpec As String\).*?^End Function\n",
        "Function FileExistsOnWindows(ByVal FileSpec As String) As Boolean\n"
        f'FileExistsOnWindows = CreateObject("{SERVER}").FileExists(FileSpec)\nEnd Function\n',
        1,
    ),
    (r'Environ\("USERPROFILE"\)', '"%USERPROFILE%"', 1),
    # The interpreter looks for such a range in the active workbook alone; Excel takes that of its cells.
    (r"In Range\(sht\.Range\(", "In sht.Range(sht.Range(", 1),
)
_DIRECTIVE_COMMENT = re.compile(r"^(\s*#\w.*?)\s+'.*$", re.MULTILINE)


class _Control(VBAObject):
    vba_type_name = "IRibbonControl"


class _Shell(VBAObject):
    vba_type_name = "WshShell3"

    @method
    def ExpandEnvironmentStrings(self, text: Any) -> Any:
        return text


class _Python(VBAObject):
    """What the DLL gives VBA: the Python that stays in the background."""

    vba_type_name = "XLPython"
    excel: Excel

    @method
    def Module(self, name: Any) -> Any:
        self._load()
        return name

    @method
    def SetAttr(self, owner: Any, name: Any, value: Any) -> None:
        assert (owner, name) == ("xlwings._xlwindows", "BOOK_CALLER")
        self.excel.caller = str(value.vba_get("Name"))

    @method
    def Exec(self, command: Any) -> None:
        self.excel.commands.append(str(command))
        self._answer(self.excel.on_command, str(command))

    @method
    def CallUDF(self, module: Any, function: Any, arguments: Any, book: Any, caller: Any) -> Any:
        return self._answer(self.excel.on_function, str(module), str(function), list(arguments.items))

    @method
    def Kill(self) -> None:
        self._load()
        self.excel.killed += 1

    @method
    def FileExists(self, path: Any) -> bool:
        return str(path) in self.excel.disk

    def _load(self) -> None:
        if self.excel.dll_error:
            raise error(1, self.excel.dll_error)

    def _answer(self, asked: Callable[..., Any] | None, *about: Any) -> Any:
        assert asked, "nothing answers for Python here"
        try:
            return asked(*about)
        except Exception as problem:
            raise error(1000, f"{type(problem).__name__}: {problem}") from problem


class Excel:
    """One Excel with the add-in, as it is after its start; `on_command` and `on_function` answer for Python.

    `chosen` is what the user chooses in a dialog that asks for a file: a path, or False for cancelling.
    """

    def __init__(self, addin: Path, *, disk: Iterable[str] = NEEDED) -> None:
        self.disk = set(disk)
        self.commands: list[str] = []
        self.registered: list[dict[str, Any]] = []
        self.later: list[str] = []
        self.killed = self.recalculated = 0
        self.refuses_help = False
        self.refuses_dialogs = ""
        self.dll_error = ""
        self.caller = ""
        self.chosen: str | bool = False
        self.asked: list[dict[str, str]] = []
        self.on_command: Callable[[str], object] | None = None
        self.on_function: Callable[[str, str, list[Any]], Any] | None = None
        self.app = ExcelApplication()
        self.app.application.excel = self
        self._start_python()
        self.book = self.app.open_workbook(addin)
        self._load(addin)
        self.app.application.active_book = None

    def _load(self, addin: Path) -> None:
        with ExcelFile(addin) as file:
            texts = file.vba_modules()
        for name in MODULES:
            self.app.add_module(_readable(texts[name], name == "xlwings"), name=name)
        self.app.add_module(texts["ThisWorkbook"], name="ThisWorkbook", kind="document")

    def _start_python(self) -> None:
        python = _Python()
        python.excel = self
        objects = {"WScript.Shell": _Shell(), SERVER: python}
        usual = self.app.interpreter.host.create
        self.app.interpreter.host.create = lambda name: objects.get(name) or usual(name)

    def start(self) -> None:
        """What Excel runs when it opens the add-in."""
        self.app.run("ThisWorkbook.Workbook_Open")

    def open(self, path: Path, *, read_only: bool = False) -> Workbook:
        book = self.app.open_workbook(path)
        book.read_only = read_only
        self.app.activate_workbook(book)
        return book

    def press(self, action: str) -> None:
        """Click the button whose onAction this is."""
        self.app.run(action, _Control())

    def call(self, function: str, *arguments: object) -> Any:
        """Calculate a cell with the function; an argument may be a range of `cells`."""
        return self.app.run(function, *arguments)

    def cells(self, address: str) -> Any:
        return self.app.application.vba_get("ActiveSheet").vba_get("Range", [address])

    @property
    def told(self) -> list[str]:
        """The texts of the boxes that VBA showed."""
        return [text for _, text, *_ in self.app.dialogs]

    @property
    def names_of_books(self) -> list[str]:
        return [str(book.vba_get("Name")) for book in self.app.workbooks()]


def _readable(text: str, of_xlwings: bool) -> str:
    """As the interpreter can read it: no comments behind directives, nothing that needs Windows."""
    text = _DIRECTIVE_COMMENT.sub(r"\1", text.replace("\r\n", "\n"))
    for pattern, instead, times in _WITHOUT_WINDOWS if of_xlwings else ():
        text, found = re.subn(pattern, lambda _, new=instead: new, text, flags=re.MULTILINE | re.DOTALL)
        assert found == times, f"{pattern} stands {found} times in xlwings' module"
    return text


def _macro_options(
    application: Any,
    macro: Any = MISSING,
    description: Any = MISSING,
    category: Any = MISSING,
    arguments: Any = MISSING,
) -> None:
    if application.excel.refuses_help:
        raise error(1004, "Cannot edit a macro on a hidden workbook.")
    docs = [str(text) for text in arguments.items] if isinstance(arguments, VBAArray) else []
    application.excel.registered.append(
        {"macro": str(macro), "description": str(description), "category": str(category), "arguments": docs}
    )


def _count_recalculation(application: Any) -> None:
    application.excel.recalculated += 1


def _file_dialog(*names: str) -> Callable[..., Any]:
    """A dialog that shows the arguments of these names and returns what Excel would: the path, or False."""

    def ask(application: Any, *arguments: Any) -> Any:
        if application.excel.refuses_dialogs:
            raise error(1004, application.excel.refuses_dialogs)
        told = dict(zip(names, arguments, strict=False))
        application.excel.asked.append({name: str(value) for name, value in told.items() if value is not MISSING})
        return application.excel.chosen

    return ask


def _dialog_member(name: str, *parameters: str) -> tuple[type, MemberSpec]:
    return Application, MemberSpec(name=name, kind="method", getter=_file_dialog(*parameters), parameters=parameters)


def _caller(application: Any) -> Any:
    return application.vba_get("ActiveSheet").vba_get("Range", ["A1"])


_LACKING = (
    (Workbook, MemberSpec(name="ReadOnly", kind="property", getter=lambda book: getattr(book, "read_only", False))),
    _dialog_member("GetOpenFilename", "FileFilter", "FilterIndex", "Title", "ButtonText", "MultiSelect"),
    _dialog_member("GetSaveAsFilename", "InitialFilename", "FileFilter", "FilterIndex", "Title", "ButtonText"),
    (Application, MemberSpec(name="Caller", kind="property", getter=_caller)),
    (Application, MemberSpec(name="CalculateFull", kind="method", getter=_count_recalculation)),
    (
        Application,
        MemberSpec(
            name="MacroOptions",
            kind="method",
            getter=_macro_options,
            parameters=("Macro", "Description", "Category", "ArgumentDescriptions"),
        ),
    ),
    (
        Application,
        MemberSpec(
            name="OnTime",
            kind="method",
            getter=lambda application, when, procedure: application.excel.later.append(str(procedure)),
            parameters=("EarliestTime", "Procedure"),
        ),
    ),
)
for _owner, _member in _LACKING:
    _owner.vba_add_member(_member)
