"""Cohorts: every kind of frame, the same columns; a refused row is NaN and says why."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import polars
import pyarrow
import pytest

import chemorad
from chemorad import ChemoradError

SAME: dict[str, Any] = {
    "formula": "mosteller",
    "intensity": "825 mg/m2 bid",
    "tablets": "500mg,150mg",
    "rounding": "nearest",
    "ties": "up",
}
RULES = chemorad.CohortRules(**SAME, without=["renal", "dpyd", "interactions"])
NUMBERS = ("bmi", "bsa_m2", "calculated_mg", "ordered_mg", "tablets_500mg", "tablets_150mg", "deviation_percent")


def patients(rows: int = 2000) -> dict[str, Any]:
    random = np.random.default_rng(7)
    height = random.normal(168, 14, rows).round(1)
    weight = random.normal(75, 18, rows).round(1)
    height[::97] = np.nan
    weight[5::89] = 9000.0
    return {"height_cm": height, "weight_kg": weight}


def frames(columns: dict[str, Any]) -> dict[str, Any]:
    nulled = {name: [None if np.isnan(v) else v for v in column] for name, column in columns.items()}
    return {
        "dict": columns,
        "dict of lists": nulled,
        "pandas": pandas.DataFrame(columns),
        "pandas nullable": pandas.DataFrame(nulled).convert_dtypes(),
        "polars": polars.DataFrame(nulled),
        "pyarrow": pyarrow.table(nulled),
        "pyarrow in pieces": pyarrow.concat_tables([pyarrow.table(nulled).slice(0, 700), pyarrow.table(nulled).slice(700)]),
    }


@pytest.mark.parametrize("kind", list(frames(patients(2))))
def test_every_frame_gives_the_same(kind: str) -> None:
    frame = frames(patients())[kind]
    same = chemorad.cohort(frame, rules=RULES)
    if not isinstance(frame, dict):
        assert type(same) is type(frame)
    expected = chemorad.cohort(patients(), rules=RULES, threads=1)
    for threads in (1, 3):
        found = chemorad.cohort(frame, rules=RULES, output="numpy", threads=threads)
        for name, column in expected.items():
            np.testing.assert_array_equal(found[name], column, err_msg=name)
            np.testing.assert_array_equal(np.asarray(same[name]), column, err_msg=name)


def test_a_row_is_an_order() -> None:
    columns = patients(40)
    found = chemorad.cohort(columns, rules=RULES)
    for at in range(40):
        height, weight = columns["height_cm"][at], columns["weight_kg"][at]
        if found["codes"][at].startswith("cohort."):
            assert np.isnan(found["ordered_mg"][at]) and np.isnan(found["tablets_500mg"][at])
            assert found["outcome"][at] == "cannot_tell"
            continue
        order = chemorad.capecitabine(
            height=f"{height}cm", weight=f"{weight}kg", without="renal,dpyd,interactions", **SAME
        )
        assert order.bsa_m2 == found["bsa_m2"][at]
        assert order.calculated_mg == found["calculated_mg"][at]
        assert order.ordered_mg == found["ordered_mg"][at]
        assert order.tablets.get("500 mg", 0) == found["tablets_500mg"][at]


def test_the_command_gives_the_same_records(tmp_path: Path) -> None:
    rows = 300
    columns = patients(rows)
    columns["sex"] = np.where(np.arange(rows) % 2 == 0, "F", "male").astype(object)
    columns["age_years"] = (np.arange(rows) % 70 + 15).astype(float)
    columns["creatinine_umol_l"] = np.linspace(40, 400, rows).round(1)
    columns["dpyd"] = np.array(["not-tested", "1.5", "2", "0.5", ""], dtype=object)[np.arange(rows) % 5]
    columns["sex"][3] = "woman"
    frame = pandas.DataFrame(columns)
    source, target = tmp_path / "patients.csv", tmp_path / "orders.csv"
    frame.to_csv(source, index=False)
    ruled = {"rule_sets": ["fda-label-before-2022", "dpyd=cpic-dpyd-2018"], "without": ["interactions"]}
    summary = chemorad.run(
        "cohort", source, output=target, rule_set=ruled["rule_sets"], without="interactions", weight_basis="actual",
        as_of="2026-12-07", **SAME
    )  # fmt: skip
    summary.write()
    rules = chemorad.CohortRules(**SAME, **ruled, weight_basis="actual", as_of="2026-12-07")
    found = chemorad.cohort(frame, rules=rules)
    records = list(csv.DictReader(io.StringIO(target.read_text())))
    assert len(records) == rows
    for name in (*NUMBERS, "creatinine_clearance_ml_min"):
        written = [float(record[name]) if record[name] else np.nan for record in records]
        np.testing.assert_array_equal(found[name].to_numpy(), written, err_msg=name)
    assert found["outcome"].tolist() == [record["outcome"] for record in records]
    assert found["codes"].tolist() == [record["codes"] for record in records]
    assert len(set(found["codes"])) > 5


def test_findings_can_be_left_out() -> None:
    whole = chemorad.cohort(patients(), rules=RULES)
    short = chemorad.cohort(patients(), rules=RULES, findings=False)
    for name in NUMBERS:
        np.testing.assert_array_equal(whole[name], short[name])
    refused = [code if code.startswith("cohort.") else "" for code in whole["codes"]]
    assert list(short["codes"]) == refused


def test_nothing_in_nothing_out() -> None:
    found = chemorad.cohort(pandas.DataFrame({"height_cm": [], "weight_kg": []}), rules=RULES)
    assert len(found) == 0 and list(found)[:2] == ["bmi", "bsa_m2"]


def test_an_index_stays() -> None:
    frame = pandas.DataFrame({"height_cm": [170.0, 160.0], "weight_kg": [72.0, 60.0]}, index=["b", "a"])
    assert chemorad.cohort(frame, rules=RULES).index.tolist() == ["b", "a"]


def test_names_of_columns() -> None:
    cdisc = {"HEIGHTBL": [170.0], "WEIGHTBL": [72.0]}
    other = {"size": [170.0], "weight_kg": [72.0]}
    assert chemorad.cohort(cdisc, rules=RULES)["ordered_mg"][0] == 1500
    assert chemorad.cohort(other, rules=RULES, columns={"height_cm": "size"})["ordered_mg"][0] == 1500
    for frame, words in [
        (other, "no column height_cm"),
        ({"height_m": [1.7], "weight_kg": [72.0]}, "no column height_cm"),
        ({**cdisc, "height_cm": [1.0]}, "say which"),
        ({"height_cm": ["170"], "weight_kg": [72.0]}, "not a column of numbers"),
        ({"height_cm": [True], "weight_kg": [72.0]}, "not a column of numbers"),
        ({"height_cm": [170.0, 171.0], "weight_kg": [72.0]}, "columns of one length"),
    ]:
        with pytest.raises(ChemoradError, match=words):
            chemorad.cohort(frame, rules=RULES)
    with pytest.raises(TypeError, match="a cohort is"):
        chemorad.cohort(3, rules=RULES)
    with pytest.raises(TypeError, match="both given"):
        chemorad.cohort({**cdisc, "creatinine_mg_dl": [1.0], "creatinine_umol_l": [88.0]}, rules=RULES)


def test_a_sum_does_not_overflow() -> None:
    rows = 400_000
    found = chemorad.cohort({"height_cm": np.full(rows, 190.0), "weight_kg": np.full(rows, 110.0)}, rules=RULES)
    assert found["ordered_mg"].dtype == np.float64
    assert found["ordered_mg"].sum() == rows * found["ordered_mg"][0]


def test_rules_are_refused_as_in_the_library() -> None:
    for changed, words in [
        ({"formula": "mostler"}, "mosteller"),
        ({"intensity": "825 mg/m2"}, "bid|a day"),
        ({"rule_sets": ["fda"]}, "fda-label-2026"),
        ({"without": ["kidneys"]}, "renal"),
        ({"as_of": "07.12.2026"}, "2026-12-07"),
    ]:
        with pytest.raises(ChemoradError, match=words):
            chemorad.CohortRules(**{**SAME, **changed})
    assert "cpic-dpyd-2018" in chemorad.rule_set_names()


def test_a_column_is_numbers_in_one_dimension() -> None:
    weight = {"weight_kg": [70.0, 80.0]}
    for height in (["170", "180"], np.array(["170", 180], dtype=object), [True, False], np.ones((2, 1)), [170, "x"]):
        with pytest.raises(ChemoradError, match="height_cm is not a column of numbers"):
            chemorad.cohort({"height_cm": height, **weight}, rules=RULES)
    mixed = pandas.Series([170, pandas.NA], dtype="object")
    found = chemorad.cohort(pandas.DataFrame({"height_cm": mixed, **weight}), rules=RULES)
    assert found["ordered_mg"].notna().tolist() == [True, False]


def test_names_and_threads_that_mean_nothing_are_refused() -> None:
    columns = {"height_cm": [170.0], "weight_kg": [70.0]}
    with pytest.raises(ChemoradError, match="columns= names size") as refused:
        chemorad.cohort(columns, rules=RULES, columns={"size": "height_cm"})
    assert "height_cm" in refused.value.allowed
    for threads in (0, 10**9):
        with pytest.raises(ChemoradError, match="threads is 1 to"):
            chemorad.cohort(columns, rules=RULES, threads=threads)


def test_a_stopped_row_says_why_without_findings_too() -> None:
    rules = chemorad.CohortRules(**SAME, rule_sets=["fda-label-2026"], without=["interactions"], weight_basis="actual")
    columns = {
        "height_cm": [170.0, 170.0],
        "weight_kg": [70.0, 70.0],
        "sex": ["male", "male"],
        "age_years": [60.0, 60.0],
        "creatinine_umol_l": [80.0, 600.0],
        "dpyd": ["2", "2"],
    }
    for findings in (True, False):
        found = chemorad.cohort(columns, rules=rules, findings=findings)
        assert np.isnan(found["ordered_mg"]).tolist() == [False, True]
        assert found["outcome"][1] not in ("pass", "warn") and found["codes"][1]


def test_a_masked_cell_is_missing() -> None:
    height = np.ma.array([170, 160, 170], mask=[True, False, False])
    weight = np.ma.array([72.0, 70.0, 72.0], mask=[False, False, True])
    found = chemorad.cohort({"height_cm": height, "weight_kg": weight}, rules=RULES)
    assert np.isnan(found["ordered_mg"]).tolist() == [True, False, True]


def test_what_is_no_cohort_says_so() -> None:
    columns = {"height_cm": [170.0], "weight_kg": [70.0]}
    with pytest.raises(TypeError, match="rules is a CohortRules, not dict"):
        chemorad.cohort(columns, rules={})  # type: ignore[arg-type]
    with pytest.raises(ChemoradError, match="output is"):
        chemorad.cohort(columns, rules=RULES, output="pandas")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="collect"):
        chemorad.cohort(polars.DataFrame(columns).lazy(), rules=RULES)
