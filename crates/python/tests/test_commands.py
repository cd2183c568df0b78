"""Every command as an object: outcome, findings, page, report."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

import chemorad
from chemorad import ChemoradError

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def test_a_sheet(tmp_path: Path) -> None:
    sheet = chemorad.sheet(EXAMPLES / "adjuvant-chemoradiotherapy.toml")
    assert sheet.volumes and sheet.course and sheet.drug and sheet.schedule
    assert sheet.outcome in ("pass", "warn", "cannot_tell")
    page = sheet._repr_html_()
    assert "cleared by no authority" in page and "<script" not in page
    assert str(sheet) == sheet.text
    report = tmp_path / "sheet.html"
    sheet.report(report)
    assert report.read_text().startswith("<!DOCTYPE html>")
    with pytest.raises((ChemoradError, OSError)):
        sheet.report(report)
    sheet.report(report, replace=True)
    assert pickle.loads(pickle.dumps(sheet)) == sheet


def test_files_as_bytes() -> None:
    text = (EXAMPLES / "adjuvant-chemoradiotherapy.toml").read_bytes()
    path = chemorad.sheet(EXAMPLES / "adjuvant-chemoradiotherapy.toml")
    given = chemorad.sheet(text.replace(b'site = "site.toml"', f'site = "{EXAMPLES}/site.toml"'.encode()))
    assert given["volumes"] == path["volumes"]
    with pytest.raises(ChemoradError, match="given-case.toml"):
        chemorad.sheet(b"volumes = [")


def test_a_check_of_what_was_typed() -> None:
    checked = chemorad.check(planned="20 x 1.8Gy", prescribed="36Gy/12")
    assert checked.outcome == "fail" and not checked.passed and checked.exit == 1
    assert checked.failed and all(finding.outcome == "fail" for finding in checked.failed)
    assert chemorad.explain(checked.failed[0].code).text
    assert chemorad.check(planned="36Gy/12", prescribed="36Gy/12").passed


def test_a_file_that_is_no_plan() -> None:
    with pytest.raises(ChemoradError) as refused:
        chemorad.check(b"\0" * 128 + b"DICM" + b"\xff" * 40, protocol="NCT06949098/adverse")
    assert "given-plan.dcm" in refused.value.text
    with pytest.raises(ChemoradError):
        chemorad.check("no-such-plan.dcm", protocol="NCT06949098/adverse")


def test_a_gap_has_a_picture() -> None:
    gap = chemorad.gap(EXAMPLES / "gap-machine-down-in-boost.toml")
    assert gap.compensations and gap.lost is not None and gap.planned
    assert "<svg" in gap._repr_html_()


def test_courses() -> None:
    courses = chemorad.courses(EXAMPLES / "two-courses.toml")
    assert courses.findings is not None and courses.text


def test_protocols(tmp_path: Path) -> None:
    assert len(chemorad.protocols()) == 22
    assert chemorad.load("NCT06949098")["id"] == "NCT06949098"
    assert chemorad.lint(EXAMPLES / "protocol-bladder-two-arm.toml").passed
    text = (EXAMPLES / "protocol-bladder-two-arm.toml").read_bytes()
    assert chemorad.lint(text).passed
    # a change of the file is seen when the report is written
    copy = tmp_path / "trial.toml"
    copy.write_bytes(text)
    linted = chemorad.lint(copy)
    copy.write_bytes(b"x = 1\n")
    with pytest.raises(ChemoradError):
        linted.report(tmp_path / "lint.html")
    assert not (tmp_path / "lint.html").exists()


def test_an_arm() -> None:
    arms = chemorad.assign(tumour_stage="pT2", nodal_stage="N0", metastasis="M0", margin="positive").arms
    assert [arm["id"] for arm in arms]
    with pytest.raises(ChemoradError, match="pT9"):
        chemorad.assign(tumour_stage="pT9")


def test_an_order() -> None:
    order = chemorad.capecitabine(
        height="170cm", weight="72kg", intensity="825mg/m2", per="administration", times_per_day=2,
        formula="mosteller", tablets="500mg,150mg", rounding="nearest", ties="up",
    )  # fmt: skip
    assert order.ordered_mg == 1500 and order.tablets == {"500 mg": 3}
    assert order.outcome == "cannot_tell" and order.findings
    assert order.derivations
    with pytest.raises(ChemoradError, match="--tablets"):
        chemorad.capecitabine(height="170cm", weight="72kg", intensity="825 mg/m2 bid", formula="mosteller")


def test_a_day_of_unequal_administrations() -> None:
    order = chemorad.capecitabine(
        height="170cm", weight="72kg", intensity="1650mg/m2", per="day", times_per_day=2, split="larger-morning",
        formula="mosteller", tablets="500mg,150mg", rounding="nearest", ties="up", without="renal,dpyd,interactions",
    )  # fmt: skip
    assert order.administrations == [(1550, {"500 mg": 1, "150 mg": 7}), (1500, {"500 mg": 3})]
    for name in ("ordered_mg", "tablets"):
        with pytest.raises(ChemoradError, match="administrations"):
            getattr(order, name)


def test_a_drug_that_the_rules_stop() -> None:
    order = chemorad.capecitabine(
        height="170cm", weight="72kg", intensity="825 mg/m2 bid", formula="mosteller", tablets="500mg,150mg",
        rounding="nearest", ties="up", rule_set="cpic-dpyd-2018", dpyd="0", without="renal,interactions",
    )  # fmt: skip
    assert order.outcome == "fail" and "capecitabine.dpyd" in [finding.code for finding in order.findings]
    assert (order.ordered_mg, order.calculated_mg, order.deviation_percent, order.tablets) == (None, None, None, {})
    assert order.administrations == []


def test_a_flag_without_its_value_takes_no_file(tmp_path: Path) -> None:
    plan = tmp_path / "plan.dcm"
    for named in ({"report": True, "force": True}, {"fractions_per_week": True}):
        with pytest.raises(ChemoradError, match="value is required"):
            chemorad.check(plan, prescribed="36Gy/12", **named)
    assert not plan.exists()


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: chemorad.run("bed", "45/25", alpha_beta="10Gy"), "quantity.missing_unit"),
        (lambda: chemorad.run("bed", "45Gy/25", alpha_beta="10"), "quantity.missing_unit"),
        (lambda: chemorad.run("bed", "45 Gy in 25 x 2 Gy", alpha_beta="10Gy"), "fractionation.inconsistent"),
        (lambda: chemorad.run("bsa"), "input.missing"),
        (lambda: chemorad.run("bed", "45Gy/25", alphabeta="10Gy"), "input.unknown_argument"),
        (lambda: chemorad.run("bedd"), "input.unknown_command"),
        (lambda: chemorad.sheet("none.toml"), "file.unreadable"),
        (lambda: chemorad.sheet(b"volumes = ["), "file.syntax"),
        (lambda: chemorad.sheet(b"\xff\xfe"), "file.encoding"),
        (lambda: chemorad.run("sheet", "case.txt", files={"case.txt": b"x"}), "file.format"),
        (lambda: chemorad.inspect("none.dcm"), "file.unreadable"),
        (lambda: chemorad.run("bsa", "170", "72kg", formula="mosteller"), "input.value"),
        (lambda: chemorad.run("bsa", "999cm", "72kg", formula="mosteller"), "quantity.above_maximum"),
        (lambda: chemorad.run("bsa", "170cm", "72kg", formula="schlich"), "patient.refused"),
    ],
)
def test_a_refusal_of_a_command_has_its_code(call: Callable[[], object], code: str) -> None:
    with pytest.raises(ChemoradError) as refused:
        call()
    assert refused.value.code == code, refused.value.text


def test_a_refusal_of_a_command_says_what_is_accepted() -> None:
    with pytest.raises(ChemoradError) as refused:
        chemorad.run("bed", "45Gy/25", alpha_beta="10")
    assert refused.value.allowed == ("Gy", "cGy")
    with pytest.raises(ChemoradError) as refused:
        chemorad.run("bsa", "170cm", "72kg", formula="mosteller", format="yaml")
    assert "json" in refused.value.allowed


def test_wrong_use() -> None:
    with pytest.raises(ChemoradError, match="unrecognized subcommand"):
        chemorad.run("bedd")
    with pytest.raises(ChemoradError, match="unexpected argument"):
        chemorad.run("bed", "45Gy/25", alphabeta="10Gy")
    assert "Usage" in chemorad.run("--help").text
    with pytest.raises(ChemoradError, match="no JSON"):
        chemorad.run("--help").to_dict()


def test_a_name_in_a_file_is_text() -> None:
    linted = chemorad.lint(b"<script>alert(1)</script>")
    assert linted.outcome == "fail" and "<script>alert" not in linted._repr_html_()


def test_values_are_never_flags(tmp_path: Path) -> None:
    with pytest.raises(ChemoradError, match="-1"):
        chemorad.run("bed", "45Gy/25", alpha_beta="-1Gy")
    with pytest.raises(ChemoradError, match="--help"):
        chemorad.lint("--help")
    for nested in ([["10Gy"]], {"a": 1}, [None]):
        with pytest.raises(TypeError, match="an argument is"):
            chemorad.run("bed", "45Gy/25", alpha_beta=nested)
    # a report of a command whose places stand behind "--"
    case = (EXAMPLES / "gap-machine-down-in-boost.toml").read_bytes()
    gap = chemorad.run("gap", "--", "-case.toml", files={"-case.toml": case})
    gap.report(tmp_path / "gap.html")
    assert (tmp_path / "gap.html").exists()


def test_an_answer_does_not_change() -> None:
    checked = chemorad.check(planned="20 x 1.8Gy", prescribed="36Gy/12")
    checked["findings"].clear()
    assert checked.failed and checked["findings"]
    assert checked.get("no such part") is None


def test_height_and_weight_are_not_exchanged() -> None:
    with pytest.raises(ChemoradError, match="height"):
        chemorad.capecitabine(height="72kg", weight="170cm", intensity="825 mg/m2 bid", formula="mosteller",
                              tablets="500mg", rounding="nearest", ties="up", without="renal,dpyd,interactions")


def test_an_order_from_a_case_file() -> None:
    order = chemorad.capecitabine(EXAMPLES / "adjuvant-chemoradiotherapy.toml", site=EXAMPLES / "site.toml")
    assert order.ordered_mg == 1500 and order.tablets == {"500 mg": 3}
    assert order.administrations[0][0] == 1500
    assert order.bsa_m2 == order["drug"]["bsa"]["value"] and order.calculated_mg is not None
    assert order.deviation_percent == order["drug"]["deviation_percent"]
    none = chemorad.capecitabine(EXAMPLES / "radiotherapy-alone.toml", site=EXAMPLES / "site.toml")
    with pytest.raises(ChemoradError, match="no order"):
        none.ordered_mg


def test_a_result_is_no_truth() -> None:
    for planned in ("20 x 1.8Gy", "36Gy/12"):
        checked = chemorad.check(planned=planned, prescribed="36Gy/12")
        with pytest.raises(TypeError, match=r"ask \.passed or \.outcome"):
            bool(checked)


def test_flags_without_their_value_blame_no_other() -> None:
    with pytest.raises(ChemoradError, match="--times-per-day") as refused:
        chemorad.capecitabine(
            height="170cm", weight="72kg", intensity="825mg/m2", per="administration", times_per_day=True,
            formula="mosteller", tablets="500mg,150mg", rounding="nearest", ties="up", without="renal,dpyd,interactions",
        )  # fmt: skip
    assert "--formula" not in refused.value.text and "Usage" not in refused.value.text
    with pytest.raises(ChemoradError, match="give one of them") as refused:
        chemorad.check(planned="36Gy/12", prescribed="36Gy/12", protocol="NCT06949098/adverse")
    assert "Usage" not in refused.value.text and "For more information" not in refused.value.text


def test_a_report_says_how_to_replace_it(tmp_path: Path) -> None:
    checked = chemorad.check(planned="36Gy/12", prescribed="36Gy/12")
    checked.report(tmp_path / "check.html")
    with pytest.raises(ChemoradError, match="replace=True") as refused:
        checked.report(tmp_path / "check.html")
    assert "--force" not in refused.value.text
    checked.report(tmp_path / "check.html", replace=True)


def test_dates_of_python_and_pandas() -> None:
    named: dict[str, Any] = {"missed": "2026-11-24", "alpha_beta": "10Gy", "late_alpha_beta": "3Gy"}
    expected = chemorad.gap("45Gy/25", start="2026-11-02", **named)
    for start in (
        datetime.date(2026, 11, 2),
        datetime.datetime(2026, 11, 2),
        pandas.Timestamp("2026-11-02"),
        np.datetime64("2026-11-02"),
        np.datetime64("2026-11-02T00:00:00"),
    ):
        assert chemorad.gap("45Gy/25", start=start, **named) == expected
    with pytest.raises(ChemoradError, match="10:30"):
        chemorad.gap("45Gy/25", start=datetime.datetime(2026, 11, 2, 10, 30), **named)


def test_bytes_are_called_after_their_argument() -> None:
    with pytest.raises(ChemoradError, match="given-site.toml"):
        chemorad.sheet(EXAMPLES / "adjuvant-chemoradiotherapy.toml", site=b"schema = [")
    with pytest.raises(ChemoradError, match="given-plan-2.dcm|given-plan.dcm"):
        chemorad.check(b"\0" * 128 + b"DICM", b"\0" * 128 + b"DICM" + b"\xff", prescribed="36Gy/12")
