"""Part 1 as a whole: its paragraphs, and the passages found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jixiao.model.narrative import Passage
from jixiao.narrative.headings import Role
from jixiao.narrative.paragraphs import Classified, begins_line, classify, is_title
from jixiao.narrative.passage import read_passage

_LINE_ENDS = ("。", "；", "：", ";", ":")


@dataclass(frozen=True, slots=True)
class PartOne:
    """`passages` by the index of the paragraph each begins in."""

    paragraphs: tuple[Classified, ...]
    passages: dict[int, Passage]

    @property
    def overall_goal(self) -> str:
        return self._texts(Role.OVERALL)

    @property
    def measures(self) -> str:
        return self._texts(Role.MEASURES)

    def _texts(self, role: Role) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs if paragraph.role is role)


def read_part_one(texts: Sequence[str], sources: Sequence[str]) -> PartOne:
    """`sources`: where in the document each paragraph stands, for people."""
    paragraphs = classify(texts)
    passages: dict[int, Passage] = {}
    for index, (role, text) in enumerate(paragraphs):
        if role is Role.PASSAGE:
            passage = read_passage(text + _continuation(paragraphs, index + 1), sources[index])
            if passage:
                passages[index] = passage
    return PartOne(tuple(paragraphs), passages)


def _continuation(paragraphs: Sequence[Classified], start: int) -> str:
    """A passage that a page or a line broke goes on in the next paragraphs; its items stay lines of their own."""
    texts = []
    before = paragraphs[start - 1].text
    for role, text in paragraphs[start:]:
        if role is not Role.CONTINUED:
            break
        is_new = before.endswith(_LINE_ENDS) or is_title(before) or begins_line(text)
        texts.append(f"\n{text}" if is_new else text)
        before = text
    return "".join(texts)
