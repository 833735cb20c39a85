"""The one counter of what macros ask of this engine, by member: "Range.raw_value set", "Sheets.add"."""

from collections import Counter

CALLS: Counter[str] = Counter()
