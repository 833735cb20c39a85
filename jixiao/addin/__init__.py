"""The Excel add-in: built from the sources in `addin/`, installed into Excel's start folder. Knows no domain."""

from jixiao.refusal import Refusal


class AddinProblem(Refusal):
    """The add-in cannot be built. The text is one Chinese sentence for the user."""
