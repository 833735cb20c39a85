"""What goes wrong with LibreOffice, in sentences for the user."""

from __future__ import annotations

from jixiao.engine.members import EngineError
from jixiao.engine.values import CannotWrite
from jixiao.refusal import Refusal


class NoOffice(EngineError, Refusal):
    """LibreOffice or its Python interface is missing, or cannot be started or reached."""


class CannotOpen(EngineError, Refusal):
    """A document cannot be opened, or is no spreadsheet."""


class CannotSave(EngineError, Refusal):
    """A document cannot be saved."""


__all__ = ["CannotOpen", "CannotSave", "CannotWrite", "NoOffice"]
