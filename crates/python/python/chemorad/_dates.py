"""Dates of Python, pandas and numpy."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any


def as_date(value: Any) -> Any:
    """The date of a time that is midnight, as pandas and numpy keep dates; anything else as it is.

    A time of day is not dropped: what is no midnight is refused by who reads it.
    """
    if type(value).__name__ == "datetime64":
        value = value.astype("datetime64[us]").item()
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
