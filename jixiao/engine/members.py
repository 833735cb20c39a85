"""Which members of xlwings' object model an engine has, and a plain refusal for all the others.

xlwings calls the objects of an engine by the names its base classes declare. A member an engine lacks must say so by
its name; were it to return None, a macro would go on with nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from functools import wraps
from inspect import get_annotations, getattr_static
from typing import Any, NoReturn, TypeVar

Class = TypeVar("Class", bound=type)


class EngineError(Exception):
    """An engine cannot do what was asked."""


class UnsupportedMember(EngineError, NotImplementedError):
    """A member of xlwings that this engine does not have. `member` is its name, e.g. "Range.font"."""

    def __init__(self, member: str) -> None:
        super().__init__(f"{member} is not available when a macro works without Excel; docs/engine.md lists what is")
        self.member = member


class NoNativeObject:
    """Stands where Excel's own object would. It is true, since xlwings asks that of `Range.api` before it writes."""

    def __init__(self, member: str) -> None:
        self._member = member

    def __getattr__(self, name: str) -> NoReturn:
        raise UnsupportedMember(f"{self._member}.{name}")

    def __call__(self, *args: object, **options: object) -> NoReturn:
        raise UnsupportedMember(self._member)


def engine_class(
    base: Any, calls: Counter[str], *, counted: Collection[str] = (), lacking: Collection[str] = ()
) -> Callable[[Class], Class]:
    """Decorate a class with the refusals for every member of `base` it has not, and for those in `lacking`.

    What it has are the members it defines and the attributes it annotates, itself or in a base class of its own; its
    `api`, the native object of xlwings, has nothing.
    Every use of a member in `counted` adds one to `calls`, under "Sheet.delete", "Range.formula get" or "… set";
    "name set" in `counted` leaves reading uncounted.
    The names of the members it does have are kept as `supported_members`.
    """

    def decorate(cls: Class) -> Class:
        own = _own(cls, base)
        for name, member in _members(base).items():
            if name not in own:
                setattr(cls, name, _refusal(f"{cls.__name__}.{name}", member))
        cls.api = NoNativeObject(f"{cls.__name__}.api")  # type: ignore[attr-defined]
        for name in lacking:
            setattr(cls, name, _refusing_property(f"{cls.__name__}.{name}"))
        for entry in counted:
            name, only_set = entry.removesuffix(" set"), entry.endswith(" set")
            setattr(cls, name, _counted(f"{cls.__name__}.{name}", getattr_static(cls, name), calls, only_set))
        cls.supported_members = frozenset(own & _members(base).keys())  # type: ignore[attr-defined]
        return cls

    return decorate


def _own(cls: type, base: Any) -> set[str]:
    """All that the class and its base classes define or annotate; nothing of what xlwings' `base` only declares."""
    found: set[str] = set()
    for part in cls.__mro__:
        if part not in base.__mro__:
            found |= vars(part).keys() | get_annotations(part).keys()
    return {name for name in found if not name.startswith("_")}


def _members(base: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for cls in reversed(base.__mro__[:-1]):
        found |= {name: member for name, member in vars(cls).items() if not name.startswith("_")}
    return found


def _refusal(name: str, member: Any) -> Any:
    if isinstance(member, property):
        return _refusing_property(name)

    def refuse(self: object, *args: object, **options: object) -> NoReturn:
        raise UnsupportedMember(name)

    return refuse


def _refusing_property(name: str) -> property:
    def refuse(self: object, value: object = None) -> NoReturn:
        raise UnsupportedMember(name)

    return property(refuse, refuse)


def _counted(name: str, member: Any, calls: Counter[str], only_set: bool) -> Any:
    if isinstance(member, property):
        getter = _counting(f"{name} get", member.fget, calls) if member.fget and not only_set else member.fget
        setter = _counting(f"{name} set", member.fset, calls) if member.fset else None
        return property(getter, setter, doc=member.__doc__)
    return _counting(name, member, calls)


def _counting(name: str, function: Callable[..., Any], calls: Counter[str]) -> Callable[..., Any]:
    @wraps(function)
    def count(*args: Any, **options: Any) -> Any:
        calls[name] += 1
        return function(*args, **options)

    return count
