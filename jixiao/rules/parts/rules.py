"""The rules of JX8. Importing this module enters them into the catalogue; `matching` alone does not."""

from __future__ import annotations

from jixiao.rules.parts import amounts_and_plans, bases, counts, projects, quotes

__all__ = ["amounts_and_plans", "bases", "counts", "projects", "quotes"]
