"""Cohorts: a frame in, the same kind of frame out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from chemorad import _chemorad
from chemorad._chemorad import CohortRules
from chemorad._error import ChemoradError

if TYPE_CHECKING:
    # its import takes longer than the rest of this file
    from numpy.typing import NDArray

_NUMBERS = ("height_cm", "weight_kg", "age_years", "creatinine_umol_l", "creatinine_mg_dl")
_TEXTS = ("sex", "dpyd")
_CDISC = {"height_cm": "HEIGHTBL", "weight_kg": "WEIGHTBL", "sex": "SEX"}


def cohort(
    frame: Any,
    /,
    *,
    rules: CohortRules,
    columns: Mapping[str, str] | None = None,
    output: Literal["same", "numpy"] = "same",
    findings: bool = True,
    threads: int | None = None,
) -> Any:
    """Orders of many patients: one row each, with the engine of ``chemorad cohort``.

    ``frame`` is a pandas, polars or pyarrow frame, or a dict of columns. Its columns are found by name: ``height_cm``
    and ``weight_kg`` (or ``HEIGHTBL``, ``WEIGHTBL``, ``SEX`` of CDISC ADaM), and where they are there ``sex``,
    ``age_years``, ``creatinine_umol_l`` or ``creatinine_mg_dl``, ``dpyd``. ``columns={"height_cm": "size"}`` names
    others; units are never guessed.

    The answer has the kind and the order of the rows of ``frame`` (``output="numpy"``: a dict of numpy columns):
    ``bmi``, ``bsa_m2``, ``creatinine_clearance_ml_min``, ``calculated_mg``, ``ordered_mg``, ``tablets_500mg`` and so on,
    ``deviation_percent`` as float64, and ``outcome`` and ``codes`` as text. What a row does not have is NaN, never 0:
    a row that is refused says why by its code. ``findings=False`` leaves out what there is to say beyond a refusal and
    is faster; ``outcome`` is then about refusals alone.
    """
    if not isinstance(rules, CohortRules):
        raise TypeError(f"rules is a CohortRules, not {type(rules).__name__}")
    if output not in ("same", "numpy"):
        raise ChemoradError(f'output is "same" or "numpy", not {output!r}', "cohort.output", ("same", "numpy"))
    if type(frame).__name__ == "LazyFrame":
        raise TypeError("a cohort is a frame whose rows are there: give frame.collect()")
    given: dict[str, Any] = {}
    unknown = sorted(set(columns or {}) - {*_NUMBERS, *_TEXTS})
    if unknown:
        raise ChemoradError(
            f"columns= names {', '.join(unknown)}, which a cohort does not have", "cohort.columns", (*_NUMBERS, *_TEXTS)
        )
    for name in (*_NUMBERS, *_TEXTS):
        column = _column(frame, name, columns or {})
        if column is not None:
            given[name] = _numbers(column, name) if name in _NUMBERS else _texts(column)
    for name in ("height_cm", "weight_kg"):
        if name not in given:
            raise ChemoradError(
                f"the frame has no column {name}: rename one, or say columns={{{name!r}: ...}}; the unit is in the name",
                "cohort.columns",
                (name, _CDISC[name]),
            )
    numbers, outcomes, codes, rows = rules._columns(findings=findings, threads=threads, **given)
    library = type(frame).__module__.split(".")[0] if output == "same" else ""
    return _framed(library, frame, numbers, {"outcome": outcomes, "codes": codes}, rows)


def _column(frame: Any, name: str, named: Mapping[str, str]) -> Any:
    wanted = named.get(name)
    names = _names(frame)
    if wanted is not None:
        if wanted not in names:
            raise ChemoradError(f"the frame has no column {wanted!r}", "cohort.columns", names)
        return frame[wanted]
    found = [known for known in (name, _CDISC.get(name)) if known in names]
    if len(found) > 1:
        raise ChemoradError(
            f"the frame has {found[0]} and {found[1]}: say which is meant with columns={{{name!r}: ...}}", "cohort.columns"
        )
    return frame[found[0]] if found else None


def _names(frame: Any) -> list[str]:
    if isinstance(frame, Mapping):
        return [str(name) for name in frame]
    names = getattr(frame, "column_names", None)
    if names is None:
        names = getattr(frame, "columns", None)
    if names is None:
        raise TypeError(f"a cohort is a pandas, polars or pyarrow frame or a dict of columns, not {type(frame).__name__}")
    return [str(name) for name in names]


def _numbers(column: Any, name: str) -> NDArray[np.float64]:
    """Nulls of every library become NaN; text is refused, though numpy would read it as a number."""
    try:
        if isinstance(column, np.ma.MaskedArray):
            column = np.ma.filled(column.astype(np.float64), np.nan) if column.dtype.kind in "iuf" else column.tolist()
        values = np.asarray(column)
        if values.ndim != 1:
            raise ValueError(f"it has {values.ndim} dimensions and a column has one")
        if values.dtype.kind in "bcUSMm":
            raise ValueError(f"it holds {values.dtype}")
        if values.dtype.kind == "O":
            values = np.array([_number(cell) for cell in values.tolist()], dtype=np.float64)
        return np.ascontiguousarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise ChemoradError(f"the column {name} is not a column of numbers: {error}", "cohort.columns") from error


def _number(cell: Any) -> float:
    # a missing value of pandas is of no type that can be named without importing pandas
    if cell is None or type(cell).__name__ in ("NAType", "NaTType"):
        return float("nan")
    if isinstance(cell, (str, bytes, bool, np.bool_)):
        raise TypeError(f"it holds {cell!r}")
    return float(cell)


def _texts(column: Any) -> list[Any]:
    for method in ("to_pylist", "to_list", "tolist"):
        listed = getattr(column, method, None)
        if listed is not None:
            return list(listed())
    return list(column)


def _framed(
    library: str,
    frame: Any,
    numbers: dict[str, NDArray[np.float64]],
    texts: dict[str, list[str]],
    rows: NDArray[np.uint32],
) -> Any:
    """The columns as a frame. Texts are few and looked up for each row, in the way of each library."""
    if library == "pandas":
        import pandas

        at = rows.astype(np.intp)
        looked_up = {name: pandas.Series(words, dtype="str").take(at).array for name, words in texts.items()}
        return pandas.DataFrame({**numbers, **looked_up}, index=frame.index, copy=False)
    if library == "polars":
        import polars

        series = {name: polars.Series(name, words, dtype=polars.String).gather(rows) for name, words in texts.items()}
        return polars.DataFrame({**numbers, **series})
    if library == "pyarrow":
        import pyarrow

        at = pyarrow.array(rows)
        arrays = {name: pyarrow.array(words, type=pyarrow.string()).take(at) for name, words in texts.items()}
        return pyarrow.table({**numbers, **arrays})
    return {**numbers, **{name: np.array(words, dtype=object)[rows] for name, words in texts.items()}}


def again(function: str, given: list[tuple[str, str]]) -> Any:
    """A pickled result of a function with named arguments again."""
    return getattr(_chemorad, function)(**dict(given))
