"""The Excel add-in: built from the sources in `addin/`, installed into Excel's start folder. Knows no domain."""


class AddinProblem(Exception):
    """The add-in cannot be built. The text is one Chinese sentence for the user."""
