"""What a file is called when it is refused, and in which program its user opens it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """`resave`: how to get a file that can be read; `divide`: what to do with one that is too large."""

    thing: str
    program: str
    suffix: str
    resave: str
    divide: str

    @property
    def repair(self) -> str:
        return f"请用 {self.program} 打开并另存为新的 {self.suffix} 文件"

    @property
    def repair_or_ask(self) -> str:
        return f"{self.repair}，打不开时请向提供者重新索取"


WORKBOOK = Wording(
    "工作簿", "Excel", ".xlsx", "请用 Excel 或 WPS 打开后另存为 .xlsx 格式", "请把其中的工作表分到几个工作簿里"
)
DOCUMENT = Wording(
    "文档", "Word", ".docx", "请用 Word 或 WPS 打开后另存为 .docx 格式", "请把其中的项目绩效目标表分到几个文件里"
)
