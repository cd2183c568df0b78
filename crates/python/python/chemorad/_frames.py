"""Cohorts: a frame in, the same kind of frame out."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from chemorad import _chemorad
from chemorad._chemorad import CohortRules
from chemorad._dates import as_date
from chemorad._error import ChemoradError, ChemoradWarning

if TYPE_CHECKING:
    # its import takes longer than the rest of this file
    from numpy.typing import NDArray

_NUMBERS = ("height_cm", "weight_kg", "age_years", "creatinine_umol_l", "creatinine_mg_dl")
_TEXTS = ("sex", "dpyd")
_TWICE = {"height_cm": "HEIGHTBL", "weight_kg": "WEIGHTBL", "sex": "SEX"}


def cohort(
    frame: Any,
    /,
    *,
    rules: CohortRules,
    columns: Mapping[str, str] | None = None,
    ignore: Iterable[str] = (),
    output: Literal["same", "numpy"] = "same",
    findings: bool = True,
    threads: int | None = None,
) -> Any:
    """Orders of many patients: one row each, with the engine of ``chemorad cohort``.

    ``frame`` is a pandas, polars or pyarrow frame, or a dict of columns. Its columns are found by the names that
    ``chemorad cohort`` knows, with their units: ``height_cm`` and ``weight_kg`` (or ``HEIGHTBL``, ``WEIGHTBL``, ``SEX`` of
    CDISC ADaM), and where they are there ``sex``, ``age_years``, ``creatinine_umol_l`` or ``creatinine_mg_dl``, ``dpyd``,
    ``interacting_drugs``; what somebody ordered and dispensed (``ordered_mg``, ``ordered``, ``EXDOSE`` with ``EXDOSU`` and
    ``EXDOSFRQ``, ``dispensed_mg``, ``dispensed``, ``days``) is compared with the order; ``id`` is looked at for repeats.
    ``columns={"height_cm": "size"}`` names others, and ``ignore=["ward"]`` leaves columns out. A name that is nearly
    known is refused; columns that are not used are told by a ``ChemoradWarning``, as is a frame in which no order
    stands that could be compared.

    The answer has the kind and the order of the rows of ``frame`` (``output="numpy"``: a dict of numpy columns):
    ``bmi``, ``bsa_m2``, ``creatinine_clearance_ml_min``, ``calculated_mg``, ``ordered_mg`` (the expected order),
    ``tablets_500mg`` and so on, ``deviation_percent`` as float64, and ``outcome`` and ``codes`` as text; with more than
    the columns of a patient also ``entered_mg`` and the other columns of a record, and ``unread_column``. What a row does
    not have is NaN, never 0: a row that is refused says why by its code. ``findings=False`` leaves out what there is to
    say beyond a refusal and is faster where the frame has the columns of patients alone; ``outcome`` is then about
    refusals alone.

    >>> import chemorad
    >>> rules = chemorad.CohortRules(
    ...     formula="mosteller", intensity="825 mg/m2 bid", tablets="500mg,150mg",
    ...     rounding="nearest", ties="up", without="renal,dpyd,interactions")
    >>> frame = {"height_cm": [170, 170], "weight_kg": [72, 72], "ordered_mg": [1500, 3000]}
    >>> chemorad.cohort(frame, rules=rules)["outcome"].tolist()
    ['warn', 'fail']
    """
    if not isinstance(rules, CohortRules):
        raise TypeError(f"rules is a CohortRules, not {type(rules).__name__}")
    if output not in ("same", "numpy"):
        raise ChemoradError(f'output is "same" or "numpy", not {output!r}', "cohort.output", ("same", "numpy"))
    if type(frame).__name__ == "LazyFrame":
        raise TypeError("a cohort is a frame whose rows are there: give frame.collect()")
    names = _names(frame)
    left_out = [ignore] if isinstance(ignore, str) else list(ignore)
    mapped = [*(columns or {}).items(), *(("", name) for name in left_out)]
    _one_of_each(names, {of for _, of in mapped})
    kinds, said = _chemorad._cohort_columns(rules, names, mapped)
    for message in said:
        warnings.warn(message, ChemoradWarning, stacklevel=2)
    library = type(frame).__module__.split(".")[0] if output == "same" else ""
    keys = list(frame) if isinstance(frame, Mapping) else names
    used = [(kind, frame[key]) for kind, key in zip(kinds, keys) if kind is not None]
    of_patients = {kind: column for kind, column in used if kind in _NUMBERS or kind in _TEXTS}
    if len(of_patients) == len(used):
        given: dict[str, Any] = {
            kind: _numbers(column, kind) if kind in _NUMBERS else _texts(column) for kind, column in used
        }
        numbers, outcomes, codes, rows = rules._columns(findings=findings, threads=threads, **given)
        return _framed(library, frame, numbers, {"outcome": outcomes, "codes": codes}, rows)
    numbers, texts = _records(rules, frame, (names, keys, kinds), mapped)
    return _framed(library, frame, numbers, texts, np.arange(len(texts["outcome"]), dtype=np.uint32))


def _one_of_each(names: list[str], settled: set[str]) -> None:
    """Two names of one quantity are a question, unless one of them is settled."""
    for name, other in _TWICE.items():
        if name in names and other in names and not {name, other} & settled:
            raise ChemoradError(
                f"the frame has {name} and {other}: say which is meant with columns={{{name!r}: ...}} or ignore=[...]",
                "cohort.columns",
            )
    both = {"creatinine_umol_l", "creatinine_mg_dl"}
    if both <= set(names) and not both & settled:
        raise TypeError("creatinine_umol_l and creatinine_mg_dl are both given: a row has one creatinine")


def _records(
    rules: CohortRules, frame: Any, columns: tuple[list[str], list[Any], list[str | None]], mapped: list[tuple[str, str]]
) -> tuple[dict[str, NDArray[np.float64]], dict[str, list[str]]]:
    """The rows as a file has them, judged by the engine of files. Cells that are not used are empty."""
    names, keys, kinds = columns
    cells = [_cells(frame[key], kind, name) if kind else None for name, key, kind in zip(names, keys, kinds)]
    lengths = {name: len(column) for name, column in zip(names, cells) if column is not None}
    rows = next(iter(lengths.values()), 0)
    for name, length in lengths.items():
        if length != rows:
            raise ChemoradError(
                f"the column {name} has {length} rows and {next(iter(lengths))} has {rows}: give columns of one length",
                "cohort.columns",
            )
    empty = [""] * rows
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(range(len(names)))
    writer.writerows(zip(*(empty if column is None else column for column in cells)))
    numbers, texts = _chemorad._cohort_records(
        rules, names, mapped, written.getvalue().encode("utf-8", "surrogatepass")
    )
    if len(texts["outcome"]) != rows:
        raise RuntimeError("defect of chemorad, please report it: rows of a cohort are missing")
    return numbers, texts


def _cells(column: Any, kind: str, name: str) -> list[str]:
    """A column as the cells of a file."""
    if kind in _NUMBERS or kind in ("number", "days"):
        return [_decimal(value) for value in _numbers(column, name).tolist()]
    return [_word(cell, kind) for cell in _texts(column)]


def _decimal(value: float) -> str:
    if value != value:
        return ""
    if value.is_integer():
        return str(int(value))
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text


def _word(cell: Any, kind: str) -> str:
    if _is_missing(cell):
        return ""
    if kind == "date":
        cell = as_date(cell)
    elif isinstance(cell, float) and cell.is_integer():
        # a column of whole numbers in which one is missing
        cell = int(cell)
    return str(cell)


def _is_missing(cell: Any) -> bool:
    # a missing value of pandas is of no type that can be named without importing pandas
    return cell is None or type(cell).__name__ in ("NAType", "NaTType") or (isinstance(cell, float) and cell != cell)


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
            column = np.ma.filled(_double(column), np.nan) if column.dtype.kind in "iuf" else column.tolist()
        values = np.asarray(column)
        if values.ndim != 1:
            raise ValueError(f"it has {values.ndim} dimensions and a column has one")
        if values.dtype.kind in "bcUSMm":
            raise ValueError(f"it holds {values.dtype}")
        if values.dtype.kind == "O":
            values = np.array([_number(cell) for cell in values.tolist()], dtype=np.float64)
        return np.ascontiguousarray(_double(values))
    except (TypeError, ValueError, OverflowError) as error:
        raise ChemoradError(f"the column {name} is not a column of numbers: {error}", "cohort.columns") from error


def _double(values: Any) -> Any:
    """Whole and decimal numbers as float64. What was 70.1 as float32 is 70.1, and not 70.0999984741211."""
    if values.dtype.kind == "f" and values.dtype.itemsize < 8:
        return values.astype(str).astype(np.float64)
    return values.astype(np.float64)


def _number(cell: Any) -> float:
    if _is_missing(cell):
        return float("nan")
    if isinstance(cell, np.floating):
        # the shortest decimal, also of a float32
        return float(str(cell))
    if isinstance(cell, (str, bytes, bool, np.bool_)):
        raise TypeError(f"it holds {cell!r}")
    return float(cell)


def _texts(column: Any) -> list[Any]:
    if isinstance(column, np.ndarray) and column.dtype.kind == "M":
        # in nanoseconds they would be listed as whole numbers
        column = column.astype("datetime64[us]")
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
        import pandas  # type: ignore[import-untyped,unused-ignore]

        at = rows.astype(np.intp)
        looked_up = {name: pandas.Series(words, dtype="str").take(at).array for name, words in texts.items()}
        return pandas.DataFrame({**numbers, **looked_up}, index=frame.index, copy=False)
    if library == "polars":
        import polars

        series = {name: polars.Series(name, words, dtype=polars.String).gather(rows) for name, words in texts.items()}
        return polars.DataFrame({**numbers, **series})
    if library == "pyarrow":
        import pyarrow  # type: ignore[import-untyped,unused-ignore]

        at = pyarrow.array(rows)
        arrays = {name: pyarrow.array(words, type=pyarrow.string()).take(at) for name, words in texts.items()}
        return pyarrow.table({**numbers, **arrays})
    return {**numbers, **{name: np.array(words, dtype=object)[rows] for name, words in texts.items()}}


def again(function: str, given: list[tuple[str, str]]) -> Any:
    """A pickled result of a function with named arguments again."""
    return getattr(_chemorad, function)(**dict(given))
