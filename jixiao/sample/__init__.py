"""Departments to try the program on: the published 2024 one of 玉田县人大, and invented ones of any size."""

from jixiao.sample.invented import sample_department
from jixiao.sample.real import REAL_DOCUMENT, real_department, real_import

__all__ = ["REAL_DOCUMENT", "real_department", "real_import", "sample_department"]
