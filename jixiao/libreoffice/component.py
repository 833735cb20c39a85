"""The one component of the extension: LibreOffice loads this file, which finds the program beside it and passes on.

What is asked of it: to run a macro (a command of the toolbar or menu), and to answer a worksheet function (a job).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import unohelper
from com.sun.star.frame import XDispatch, XDispatchProvider
from com.sun.star.lang import XInitialization, XServiceInfo
from com.sun.star.task import XJob

_SERVICE, _PROTOCOL = "org.jixiao.Handler", "org.jixiao.run:"

# Before all else: an other version of the program, or of xlwings, may be installed where this Python looks first.
_PACKAGES = str(Path(__file__).resolve().parent / "pythonpath")
sys.path[:] = [_PACKAGES, *(path for path in sys.path if path != _PACKAGES)]


class Handler(unohelper.Base, XJob, XInitialization, XDispatchProvider, XDispatch, XServiceInfo):  # type: ignore[misc]
    """One object for each window, and one for all worksheet functions."""

    def __init__(self, context: Any, *_: Any) -> None:
        self._context = context
        self._frame: Any = None

    # XInitialization
    def initialize(self, arguments: Any) -> None:
        self._frame = arguments[0] if arguments else None

    # XDispatchProvider
    def queryDispatch(self, url: Any, target: str, flags: int) -> Any:
        return self if url.Protocol == _PROTOCOL else None

    def queryDispatches(self, requests: Any) -> Any:
        return tuple(self.queryDispatch(each.FeatureURL, each.FrameName, each.SearchFlags) for each in requests)

    # XDispatch
    def dispatch(self, url: Any, arguments: Any) -> None:
        from jixiao.libreoffice import host

        host.run(url.Path, self._frame, self._context, arguments)

    def addStatusListener(self, listener: Any, url: Any) -> None:
        """The commands are always available."""

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """There is none."""

    # XJob
    def execute(self, arguments: Any) -> Any:
        from jixiao.libreoffice import host

        return host.answer(arguments[0].Name, arguments[0].Value)

    # XServiceInfo
    def getImplementationName(self) -> str:
        return _SERVICE

    def supportsService(self, name: str) -> bool:
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self) -> tuple[str, ...]:
        return (_SERVICE, "com.sun.star.frame.ProtocolHandler")


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Handler, _SERVICE, (_SERVICE, "com.sun.star.frame.ProtocolHandler"))
