"""JX5: the indicators. Importing the package enters its rules into the catalogue."""

from __future__ import annotations

from jixiao.rules.indicator import grading, limits, sets, spelling, texts, wording

__all__ = ["grading", "limits", "sets", "spelling", "texts", "wording"]
