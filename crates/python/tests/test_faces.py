"""The wheel answers the cases that every face runs (tests/faces/README.md)."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest

import chemorad

FOLDER = Path(__file__).resolve().parents[3] / "tests" / "faces"
CASES = [
    pytest.param(case, id=f"{file.stem}/{case['id']}")
    for file in sorted(FOLDER.glob("*.json"))
    for case in json.loads(file.read_text())["cases"]
]
MODEL = ("alpha_beta", "alpha", "doubling_time", "kick_off", "linear_above", "final_slope")


def bits(value: float) -> bytes:
    return struct.pack("<d", value)


def answer(function: str, given: dict[str, Any]) -> float:
    given = dict(given)
    if function in ("bed", "eqd2"):
        return getattr(chemorad, function)(given.pop("course"), **given).gray
    if function == "bsa":
        return chemorad.bsa(**given).square_meters
    if function == "clearance":
        return chemorad.creatinine_clearance(**given).milliliters_per_minute
    model = chemorad.EffectModel(**{name: given.pop(name) for name in MODEL if name in given})
    if function == "effect_bed":
        return model.effect(given.pop("course"), **given).bed.gray
    if function == "effect_eqd2":
        return model.effect(given.pop("course"), **given).eqd2.gray
    if function == "dose_per_fraction_for":
        return model.dose_per_fraction_for(given.pop("target"), **given).gray
    assert function == "fractions_for", function
    return model.fractions_for(given.pop("target"), **given).exact


def at(value: Any, pointer: str) -> Any:
    for key in pointer.strip("/").split("/"):
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def test_there_are_cases() -> None:
    assert len(CASES) > 50


@pytest.mark.parametrize("case", CASES)
def test_typed(case: dict[str, Any]) -> None:
    if not case.get("function"):
        pytest.skip("a case of the command alone")
    if "refused" in case:
        with pytest.raises(chemorad.ChemoradError) as refused:
            answer(case["function"], case["given"])
        assert case["refused"] in refused.value.text
        assert refused.value.code
        return
    found = answer(case["function"], case["given"])
    assert bits(found) == bits(case["answer"][case["returns"]]), found


@pytest.mark.parametrize("case", CASES)
def test_command(case: dict[str, Any]) -> None:
    arguments, files = case["arguments"], {k: v.encode() for k, v in case.get("files", {}).items()}
    if "refused" in case:
        with pytest.raises(chemorad.ChemoradError) as refused:
            chemorad.run(*arguments, files=files)
        assert case["refused"] in " ".join(refused.value.text.split())
        return
    result = chemorad.run(*arguments, files=files)
    assert result.exit == case["exit"]
    for pointer, wanted in case["answer"].items():
        found = at(result.to_dict(), pointer)
        if isinstance(wanted, (int, float)):
            assert bits(found) == bits(wanted), pointer
        else:
            assert found == wanted, pointer
