"""Why a file is not read."""

from __future__ import annotations

from jixiao.openxml.wording import Wording


class Refused(Exception):
    """A file that is not read, and why: two parts of a Chinese sentence that lacks only the file's name."""

    def __init__(self, problem: str, advice: str) -> None:
        super().__init__(problem, advice)
        self.problem = problem
        self.advice = advice


def damaged(wording: Wording) -> Refused:
    return Refused("文件已损坏", wording.repair_or_ask)
