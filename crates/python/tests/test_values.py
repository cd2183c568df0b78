"""Values: kinds do not mix, units are needed, and a value survives pickle, copy, comparison and a set."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest

import chemorad
from chemorad import AbsorbedDose, AlphaBeta, Bed, ChemoradError, Eqd, Fractionation, Fractionations, Gy

RULES: dict[str, Any] = {
    "formula": "mosteller",
    "intensity": "825 mg/m2 bid",
    "tablets": "500mg,150mg",
    "rounding": "nearest",
    "ties": "up",
    "without": ["renal", "dpyd", "interactions"],
}
TUMOUR = chemorad.EffectModel(alpha_beta="10Gy", loss_per_day="0.66Gy/d", kick_off="28d")
TWICE = chemorad.EffectModel(alpha_beta="3Gy", repair_half_time="4.4h")
VALUES = [
    Gy(45),
    AbsorbedDose("0.000001 Gy"),
    AlphaBeta("10 Gy"),
    Fractionation("50Gy/30"),
    Fractionations("45Gy/25+5.4Gy/3"),
    chemorad.Course(
        {"pelvis": {"pelvis": "45Gy/25"}, "boost": {"tumour bed": Fractionation("5.4Gy/3")}},
        inside={"tumour bed": "pelvis"},
    ),
    chemorad.bed("45Gy/25+5.4Gy/3", alpha_beta="10Gy"),
    chemorad.bed("50Gy/30", alpha_beta="3.7Gy"),
    chemorad.eqd("45Gy/25", alpha_beta="3Gy", reference="1.8Gy"),
    Bed("53.1 Gy BED(a/b = 10)"),
    Eqd("44.25 Gy EQD2Gy(a/b = 10)"),
    chemorad.bed("45Gy/25", alpha_beta="10Gy").derivation,
    chemorad.bed("45Gy/25", alpha_beta="40Gy").findings[0],
    chemorad.EffectModel(alpha_beta="10Gy", loss_per_day="0.66Gy/d", kick_off="28d"),
    chemorad.EffectModel(alpha_beta="2Gy", linear_above="4Gy", final_slope=5),
    TUMOUR.effect("50.4Gy/28", overall_days=38),
    TWICE.effect("68 x 1.2 Gy", fractions_per_day=2, interval="6h"),
    TWICE.effect("68 x 1.2 Gy", fractions_per_day=2, interval="6h").bed,
    TWICE.dose_per_fraction_for("60 Gy EQD2Gy(a/b = 3)", fractions=68, fractions_per_day=2, interval="6h"),
    TUMOUR.dose_per_fraction_for(TUMOUR.effect("50.4Gy/28", overall_days=38).bed, fractions=30, overall_days=40),
    TUMOUR.fractions_for("50 Gy EQD2Gy(a/b = 10)", dose_per_fraction="1.8Gy", overall_days=38),
    chemorad.bsa(height="170cm", weight="72kg", formula="schlich", sex="female"),
    chemorad.creatinine_clearance(
        age="55a", sex="male", weight="82kg", height="180cm", creatinine="91umol/L", weight_basis="adjusted:0.4"
    ),
    chemorad.CohortRules(**RULES),
    chemorad.run("bed", "45Gy/25", alpha_beta="10Gy"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_survives(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert again == value
        assert hash(again) == hash(value)
        assert len({again, value}) == 1
    assert value != object()
    again = pickle.loads(pickle.dumps(value))
    assert getattr(again, "derivation", None) == getattr(value, "derivation", None)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_does_not_change(value: Any) -> None:
    for name in ("gray", "value", "anything"):
        with pytest.raises(AttributeError):
            setattr(value, name, 1)


def test_doses_add() -> None:
    assert Gy(45) + Gy(5.4) == AbsorbedDose("50.4 Gy")
    assert Gy(45) < Gy(45.000001)
    two = chemorad.eqd2("45Gy/25", alpha_beta="10Gy") + chemorad.eqd2("5.4Gy/3", alpha_beta="10Gy")
    assert two.gray == 49.56


PELVIS = {"alpha_beta": "10Gy"}


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        (Gy(45), chemorad.eqd2("45Gy/25", **PELVIS), "they do not add"),
        (chemorad.eqd2("45Gy/25", **PELVIS), Gy(45), "they do not add"),
        (chemorad.bed("45Gy/25", **PELVIS), chemorad.eqd2("45Gy/25", **PELVIS), "they do not add"),
        (chemorad.eqd2("45Gy/25", alpha_beta="3Gy"), chemorad.eqd2("45Gy/25", **PELVIS), "10 Gy do not add"),
        (
            chemorad.eqd("45Gy/25", reference="1.8Gy", **PELVIS),
            chemorad.eqd2("45Gy/25", **PELVIS),
            "calculate both for one fraction size",
        ),
        (chemorad.bed("45Gy/25", alpha_beta="3Gy"), chemorad.bed("45Gy/25", **PELVIS), "10 Gy do not add"),
        (Gy(45), 5.4, "no unit"),
        (5.4, Gy(45), "no unit"),
        (0, chemorad.bed("45Gy/25", **PELVIS), "no unit"),
        (Gy(45), "5.4 Gy", "nothing of the type str"),
    ],
)
def test_kinds_do_not_mix(left: Any, right: Any, why: str) -> None:
    with pytest.raises(TypeError, match=why):
        left + right


@pytest.mark.parametrize("given", [45, 45.0, "45", "45,0 Gy", "-45 Gy", "0 Gy", "45 mg", "1e3 Gy", "4500000 cGy", ""])
def test_what_is_no_dose(given: Any) -> None:
    with pytest.raises(ChemoradError) as refused:
        AbsorbedDose(given)
    error = refused.value
    assert isinstance(error, ValueError)
    assert error.code.startswith("quantity.")
    assert error.text == str(error)
    assert error.allowed[0] == "Gy"
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, again.text, again.allowed) == (error.code, error.text, error.allowed)


@pytest.mark.parametrize("given", [True, None, b"45 Gy", ["45 Gy"], Gy])
def test_other_types(given: Any) -> None:
    with pytest.raises(TypeError, match="give text with its unit"):
        AbsorbedDose(given)


def test_a_fractionation_is_consistent() -> None:
    assert Fractionation(dose=Gy(45), fractions=25, dose_per_fraction="1.8Gy") == Fractionation("45Gy/25")
    assert Fractionation("50Gy/30").dose_per_fraction is None
    with pytest.raises(ChemoradError, match="25 x 2 Gy is 50 Gy, not 45 Gy"):
        Fractionation(dose=Gy(45), fractions=25, dose_per_fraction=Gy(2))
    with pytest.raises(TypeError, match="a fractionation is a text"):
        Fractionation()
    with pytest.raises(TypeError, match="a BED|is none"):
        Fractionation(dose=chemorad.bed("45Gy/25", alpha_beta="10Gy"), fractions=25)


def test_a_course_is_text_or_parts() -> None:
    course = chemorad.bed("45Gy/25+5.4Gy/3", alpha_beta="10Gy")
    parts = [Fractionation("45Gy/25"), "5.4Gy/3"]
    assert chemorad.bed(parts, alpha_beta=AlphaBeta("10 Gy")) == course
    assert chemorad.bed(Fractionations(parts), alpha_beta="10Gy") == course
    for wrong in ([], 45, None):
        with pytest.raises((ChemoradError, TypeError)):
            chemorad.bed(wrong, alpha_beta="10Gy")


def test_the_way_to_a_number() -> None:
    total = chemorad.eqd2("45Gy/25+5.4Gy/3", alpha_beta="10Gy")
    assert total.derivation is not None
    assert total.derivation.substitution == "44.25 + 5.31"
    assert [step.result for step in total.derivations] == ["44.25 Gy", "5.31 Gy", "49.56 Gy"]
    html = total._repr_html_()
    assert "44.25 + 5.31" in html and "cleared by no authority" in html and "<script" not in html
    assert Eqd("44.25 Gy EQD2Gy(a/b = 10)").derivation is None


def test_matching() -> None:
    match chemorad.bed("45Gy/25", alpha_beta="10Gy"):
        case Bed(gray, AlphaBeta(ratio)):
            assert (gray, ratio) == (53.1, 10.0)
        case _:
            raise AssertionError


def test_nothing_is_a_default() -> None:
    for call in (chemorad.bed, chemorad.eqd2):
        with pytest.raises(TypeError, match="alpha_beta"):
            call("45Gy/25")
    with pytest.raises(TypeError, match="formula"):
        chemorad.bsa(height="170cm", weight="72kg")
    with pytest.raises(ChemoradError, match="tie|ties"):
        chemorad.CohortRules(**{**RULES, "ties": None})
    with pytest.raises(ChemoradError) as refused:
        chemorad.bsa(height="170cm", weight="72kg", formula="mostler")
    assert "mosteller" in refused.value.allowed


def test_a_course_to_several_volumes() -> None:
    phases = {"pelvis": {"pelvis": "45Gy/25", "nodes": "50Gy/25"}, "boost": {"tumour bed": "5.4Gy/3"}}
    course = chemorad.Course(phases, inside={"tumour bed": "pelvis"})
    assert course.dose("nodes") == Gy(50) and course.fractions == 28
    assert course.fractionations("tumour bed") == Fractionations("45Gy/25+5.4Gy/3")
    assert course.eqd2("tumour bed", alpha_beta="10Gy") == chemorad.eqd2("45Gy/25+5.4Gy/3", alpha_beta="10Gy")
    with pytest.raises(ChemoradError) as refused:
        course.dose("bladder")
    assert "pelvis" in refused.value.allowed
    for wrong in ({"one": {"a": "45Gy/25", "b": "50Gy/24"}}, {"one": {}}, {}):
        with pytest.raises(ChemoradError):
            chemorad.Course(wrong)
    with pytest.raises(ChemoradError):
        chemorad.Course(phases, inside={"tumour bed": "pelvis", "pelvis": "tumour bed"})


def test_numbers_that_count_nothing_are_refused() -> None:
    doses = np.array([45.0])
    for wrong in (
        lambda: chemorad.Gy(True),
        lambda: chemorad.Fractionation(dose="45Gy", fractions=True),
        lambda: chemorad.eqd2_voxels(doses, fractions=True, alpha_beta="3Gy"),
        lambda: chemorad.repair_factor(half_time="4.4h", fractions_per_day=True, interval="6h"),
        lambda: chemorad.Gy(np.True_),
        lambda: TUMOUR.effect("50.4Gy/28", overall_days=np.True_),
        lambda: TUMOUR.effect("50.4Gy/28", overall_days=True),
        lambda: TUMOUR.effect("50.4Gy/28", overall_days=38, fractions_per_day=True),
        lambda: TUMOUR.dose_per_fraction_for("50 Gy EQD2Gy(a/b = 10)", fractions=25, fractions_per_day=True),
        lambda: TUMOUR.fractions_for(
            "50 Gy EQD2Gy(a/b = 10)", dose_per_fraction="2Gy", overall_days=38, fractions_per_day=True
        ),
    ):
        with pytest.raises(TypeError, match="not a bool"):
            wrong()
    with pytest.raises(TypeError, match="give text with its unit"):
        chemorad.EffectModel(alpha_beta="2Gy", linear_above="4Gy", final_slope=True)
    with pytest.raises(TypeError, match="not .*True"):
        chemorad.run("solve", "--fractions", np.True_)
    for wrong in (
        lambda: chemorad.Gy(10**400),
        lambda: chemorad.Fractionation(dose="45Gy", fractions=-1),
        lambda: chemorad.eqd2_voxels(doses, fractions=10**12, alpha_beta="3Gy"),
        lambda: chemorad.AbsorbedDose("45 \ud800Gy"),
        lambda: chemorad.AbsorbedDose(10**5000),
        lambda: chemorad.Gy(10**5000),
        lambda: TUMOUR.effect("50.4Gy/28", overall_days=38, fractions_per_day=-1),
        lambda: TUMOUR.effect("50.4Gy/28", overall_days=2**40),
        lambda: TUMOUR.effect("50.4Gy/28\ud800", overall_days=38),
        lambda: TUMOUR.dose_per_fraction_for("50 Gy EQD2Gy(a/b = 10)", fractions=25, fractions_per_day=2**40),
        lambda: chemorad.EffectModel(endpoint="\ud800"),
        lambda: chemorad.EffectModel(alpha_beta="2Gy", linear_above="4Gy", final_slope=10**5000),
        lambda: chemorad.Course({"\ud800": {"a": "45Gy/25"}}),
        lambda: chemorad.bsa(height="170cm", weight="72kg", formula="\ud800"),
        lambda: chemorad.CohortRules(**{**RULES, "without": ["\ud800"]}),
        lambda: chemorad.cohort({"height_cm": [10**400], "weight_kg": [70]}, rules=chemorad.CohortRules(**RULES)),
        lambda: chemorad.cohort(
            {"height_cm": [170], "weight_kg": np.array([np.True_], dtype=object)}, rules=chemorad.CohortRules(**RULES)
        ),
        lambda: chemorad.run("bed", 10**5000),
        lambda: chemorad.run("bed", "\ud800"),
    ):
        with pytest.raises(ChemoradError) as refused:
            wrong()
        assert refused.value.code and refused.value.text


def test_results_of_models_are_told_apart() -> None:
    effect = TUMOUR.effect("50.4Gy/28", overall_days=38)
    assert effect == TUMOUR.effect("1.8Gy x 28", overall_days=38)
    assert effect != TUMOUR.effect("50.4Gy/28", overall_days=39)
    assert effect != chemorad.EffectModel(alpha_beta="10Gy").effect("50.4Gy/28")
    one = TWICE.effect("68 x 1.2 Gy", fractions_per_day=2, interval="6h")
    assert one == TWICE.effect("68 x 1.2 Gy", fractions_per_day=2, interval="6 h")
    solution = TUMOUR.dose_per_fraction_for("50 Gy EQD2Gy(a/b = 10)", fractions=25, overall_days=33)
    assert solution != TUMOUR.dose_per_fraction_for("50 Gy EQD2Gy(a/b = 10)", fractions=25, overall_days=34)
    assert pickle.loads(pickle.dumps(solution)).rounded(step="0.01Gy", rounding="down") == solution.rounded(
        step="0.01Gy", rounding="down"
    )
    assert pickle.loads(pickle.dumps(effect)).derivations == effect.derivations


def test_half_a_character_in_a_row_is_its_row() -> None:
    orders = chemorad.cohort(
        {"height_cm": [170, 170], "weight_kg": [72, 72], "sex": ["F", "\ud800"]}, rules=chemorad.CohortRules(**RULES)
    )
    assert np.isnan(orders["ordered_mg"]).tolist() == [False, True]
    assert orders["codes"][1] == "cohort.unreadable"


def test_a_mask_is_not_lost() -> None:
    masked = np.ma.array([45.0, 50.0], mask=[False, True])
    with pytest.raises(TypeError, match="masked"):
        chemorad.eqd2_voxels(masked, fractions=25, alpha_beta="3Gy")
    filled = chemorad.eqd2_voxels(masked.filled(np.nan), fractions=25, alpha_beta="3Gy", invalid="nan")
    assert np.isnan(filled).tolist() == [False, True]


def test_a_model_takes_what_the_command_takes() -> None:
    for field in ("loss_per_day", "eqd2_loss_per_day"):
        short, long = (chemorad.EffectModel(alpha_beta="10Gy", kick_off="28d", **{field: text}) for text in ("0.66Gy", "0.66 Gy/d"))
        assert short == long
    with pytest.raises(ChemoradError, match="unit"):
        chemorad.EffectModel(alpha_beta="10Gy", kick_off="28d", loss_per_day="0.66")
    with pytest.raises(ChemoradError, match="overall_days is a whole number of days from 1"):
        TUMOUR.effect("50.4Gy/28", overall_days=0)
    assert TUMOUR.effect("50.4Gy/28", overall_days=1).bed.gray > 0


def test_a_sum_of_doses() -> None:
    doses = [Gy(45), Gy(5.4)]
    with pytest.raises(TypeError, match=r"sum\(doses\[1:\], doses\[0\]\)"):
        sum(doses)
    assert sum(doses[1:], doses[0]) == Gy(50.4)
