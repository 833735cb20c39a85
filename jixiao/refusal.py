"""The errors that are shown to the user as they stand."""

from __future__ import annotations


class Refusal(Exception):
    """Something cannot be done. The text is one Chinese sentence for the user: what, where, what to do."""


class UserError(Refusal):
    """A command cannot be carried out as it was given."""
