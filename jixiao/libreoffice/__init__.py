"""LibreOffice Calc as a second host: the extension's builder and installer, and the part of it that runs inside."""

from jixiao.refusal import Refusal


class LibreOfficeProblem(Refusal):
    """It cannot be built, installed or removed. The text is one Chinese sentence for the user."""
