"""Cohorts: every kind of frame, the same columns; a refused row is NaN and says why."""

from __future__ import annotations

import csv
import io
import warnings
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
    assert chemorad.cohort({"height_m": [1.7], "weight_kg": [72.0]}, rules=RULES)["ordered_mg"][0] == 1500
    assert chemorad.cohort(cdisc, rules=RULES)["ordered_mg"][0] == 1500
    assert chemorad.cohort(other, rules=RULES, columns={"height_cm": "size"})["ordered_mg"][0] == 1500
    for frame, words in [
        (other, "no column height_cm"),
        ({"height_mm": [1700], "weight_kg": [72.0]}, "the column height_mm is in a unit that is not read"),
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


ENTERED: dict[str, Any] = {
    "id": ["A", "B", "C", "D", "A"],
    "height_cm": [170, 170.5, 170, None, 170],
    "weight_kg": [72, 72, 72, 72, 72.5],
    "ordered_mg": [1500, 3000, None, 1500, 1500],
    "ordered_frequency": ["bid", "bid", "bid", "bid", "QD"],
    "dispensed_mg": [84000, 84000, 84000, 84000, 83000],
    "days": [28, 28, 28, 28, None],
    "interacting_drugs": ["none", "warfarin", "none", "none; none", None],
}


def test_what_somebody_ordered_is_compared(tmp_path: Path) -> None:
    ruled = {"rule_sets": ["eu-leaflet-interactions"], "without": ["renal", "dpyd"]}
    rules = chemorad.CohortRules(**SAME, **ruled)
    source, target = tmp_path / "orders.csv", tmp_path / "records.csv"
    pandas.DataFrame(ENTERED).astype({"days": "Int64", "ordered_mg": "Int64"}).to_csv(source, index=False)
    chemorad.run("cohort", source, output=target, rule_set=ruled["rule_sets"], without="renal,dpyd", **SAME).write()
    records = list(csv.DictReader(io.StringIO(target.read_text())))
    nulled = {name: [None if value is None else value for value in column] for name, column in ENTERED.items()}
    for frame in (ENTERED, pandas.DataFrame(ENTERED), polars.DataFrame(ENTERED, strict=False), pyarrow.table(nulled)):
        found = chemorad.cohort(frame, rules=rules)
        if not isinstance(frame, dict):
            assert type(found) is type(frame)
        for name in [name for name in records[0] if name not in ("row", "id")]:
            column = np.asarray(found[name])
            written = [record[name] for record in records]
            if column.dtype.kind == "f":
                np.testing.assert_array_equal(column, [float(text) if text else np.nan for text in written], err_msg=name)
            else:
                assert column.tolist() == written, name
    outcomes = [record["outcome"] for record in records]
    assert outcomes[1] == "fail" and outcomes[3] == "cannot_tell"
    assert "cohort.id_twice" in records[4]["codes"]


def test_a_right_order_is_not_accused() -> None:
    frame = {"height_cm": [170.0, 160.0], "weight_kg": [71.0, 60.0], "ordered_mg": [1500, 3000]}
    expected = chemorad.cohort({name: frame[name] for name in ("height_cm", "weight_kg")}, rules=RULES)["ordered_mg"]
    right = chemorad.cohort({**frame, "ordered_mg": expected}, rules=RULES)
    assert "fail" not in right["outcome"].tolist()
    assert chemorad.cohort(frame, rules=RULES)["outcome"].tolist()[1] == "fail"
    empty = chemorad.cohort({name: [] for name in frame}, rules=RULES)
    assert list(empty) == list(right) and len(empty["outcome"]) == 0


def test_a_name_that_is_nearly_known_is_asked_about() -> None:
    patient = {"height_cm": [170.0], "weight_kg": [72.0]}
    for name, known in (("DPYD", "dpyd"), ("creatinine_umol_L", "creatinine_umol_l"), ("odered_mg", "ordered_mg")):
        with pytest.raises(ChemoradError, match=f"is the column {name} {known}") as refused:
            chemorad.cohort({**patient, name: ["0"]}, rules=RULES)
        assert f'columns={{"{known}": "{name}"}}' in refused.value.text and f'ignore=["{name}"]' in refused.value.text
        assert "--" not in refused.value.text
        assert chemorad.cohort({**patient, name: ["0"]}, rules=RULES, ignore=[name])["ordered_mg"][0] == 1500
    with pytest.raises(ChemoradError, match="weight_basis"):
        chemorad.cohort({**patient, "creatinine_umol_l": [80.0]}, rules=RULES)
    with pytest.raises(ChemoradError, match="ignore= names"):
        chemorad.cohort(patient, rules=RULES, ignore="ward")


def test_columns_that_are_not_used_are_told() -> None:
    patient = {"height_cm": [170.0], "weight_kg": [72.0]}
    with pytest.raises(ChemoradError, match="is the column dpyd_score dpyd"):
        chemorad.cohort({**patient, "dpyd_score": ["0"]}, rules=RULES)
    for name in ("Height_cm", "prescription"):
        with pytest.warns(chemorad.ChemoradWarning, match=name):
            chemorad.cohort({**patient, name: ["0"]}, rules=RULES)
    with pytest.warns(chemorad.ChemoradWarning, match="nothing that somebody ordered was compared"):
        chemorad.cohort({**patient, "prescription": ["3000"]}, rules=RULES)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chemorad.cohort(patient, rules=RULES)
        chemorad.cohort({**patient, "ward": ["B2"]}, rules=RULES, ignore=["ward"])
        chemorad.cohort({**patient, "ordered_mg": [1500], "ordered_frequency": ["bid"]}, rules=RULES)


def test_float32_is_its_shortest_decimal() -> None:
    double = {"height_cm": np.array([170.2, 165.4]), "weight_kg": np.array([70.1, np.nan])}
    single = {name: column.astype("f4") for name, column in double.items()}
    expected = chemorad.cohort(double, rules=RULES)
    assert expected["ordered_mg"][0] == 1500
    for frame in (single, pandas.DataFrame(single), polars.DataFrame(single), pyarrow.table(single),
                  pandas.DataFrame(single).convert_dtypes()):  # fmt: skip
        found = chemorad.cohort(frame, rules=RULES, output="numpy")
        for name in ("bsa_m2", "ordered_mg"):
            np.testing.assert_array_equal(found[name], expected[name])


def test_dates_in_a_frame() -> None:
    frame = pandas.DataFrame({
        "height_cm": [170.0, 170.0], "weight_kg": [71.0, 71.0], "planned": ["45Gy/25", "45Gy/25"], "prescribed": ["45Gy/25", "45Gy/25"],
        "start_date": pandas.to_datetime(["2026-12-07", None]), "end_date": pandas.to_datetime(["2027-01-12", None]),
    })  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = chemorad.cohort(frame, rules=RULES)
        assert found["overall_days"][0] == 37 and not found["unread_column"][0]
        columns = {name: frame[name].to_numpy() for name in frame}
        assert chemorad.cohort(columns, rules=RULES)["overall_days"][0] == 37
        late = frame.assign(start_date=frame["start_date"] + pandas.Timedelta("10h"))
        assert chemorad.cohort(late, rules=RULES)["unread_column"][0] == "start_date"


def test_rules_take_one_text_and_dates() -> None:
    assert chemorad.CohortRules(**SAME, without="renal, dpyd,interactions") == RULES
    rules = chemorad.CohortRules(**SAME, without="renal,dpyd,interactions", as_of=pandas.Timestamp("2026-12-07"))
    assert "ordered_mg" in chemorad.cohort({"height_cm": [170.0], "weight_kg": [72.0]}, rules=rules)
    with pytest.raises(ChemoradError, match="kidneys"):
        chemorad.CohortRules(**SAME, without="renal,kidneys")
