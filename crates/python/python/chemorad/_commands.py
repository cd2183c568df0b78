"""The big commands as functions, each with the attributes of its answer.

They go through the command and not through the rooms behind it: reading files, the site's decisions, the page, the
record and the refusals are the command's, and a second way to them would be a second answer.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Union

from chemorad._error import ChemoradError
from chemorad._result import Result, behind, flags_of, places_of

#: A file: its path, or its bytes.
File = Union[str, os.PathLike[str], bytes]


class CapecitabineOrder(Result):
    """An order of capecitabine.

    >>> import chemorad
    >>> order = chemorad.capecitabine(
    ...     height="170cm", weight="72kg", intensity="825 mg/m2 bid", formula="mosteller",
    ...     tablets="500mg,150mg", rounding="nearest", ties="up", without="renal,dpyd,interactions")
    >>> order.ordered_mg, order.tablets, round(order.deviation_percent, 2)
    (1500, {'500 mg': 3}, -1.4)
    """

    __slots__ = ()

    @property
    def bsa_m2(self) -> float:
        """The body surface area."""
        return float(self._order()["bsa"]["value"])

    @property
    def calculated_mg(self) -> float | None:
        """The dose of one administration before rounding; ``None`` where the rules stop the drug."""
        calculated = self._order()["calculated"]
        return None if calculated is None else float(calculated["value"])

    @property
    def ordered_mg(self) -> int | None:
        """What is to be taken at one administration; ``None`` where the rules stop the drug.

        Where the administrations of a day differ there is no one number: see ``administrations``.
        """
        ordered = self._one_administration()["to_take"]
        return None if ordered is None else int(ordered["value"])

    @property
    def tablets(self) -> dict[str, int]:
        """The tablets of one administration: strength and count, those of which none is taken left out."""
        return _counted(self._one_administration()["tablets"] or [])

    @property
    def administrations(self) -> list[tuple[int, dict[str, int]]]:
        """Each administration of a day: milligrams and tablets; none where the rules stop the drug."""
        return [(int(one["dose"]["value"]), _counted(one["tablets"])) for one in self._order()["administrations"]]

    def _order(self) -> dict[str, Any]:
        """The order itself, which is a part of the answer to a case file."""
        answered = self._read()
        order = answered if "administrations" in answered else answered.get("drug")
        if not isinstance(order, dict) or "administrations" not in order:
            raise ChemoradError("the case has no order of capecitabine: .text says why", "result.no_order")
        return order

    def _one_administration(self) -> dict[str, Any]:
        order = self._order()
        if order["administrations"] and order["to_take"] is None:
            raise ChemoradError(
                "the administrations of a day differ, so that none speaks for all: read .administrations",
                "result.administrations",
            )
        return order

    @property
    def deviation_percent(self) -> float | None:
        """100 (ordered - calculated) / calculated."""
        percent = self._order()["deviation_percent"]
        return None if percent is None else float(percent)


def _counted(tablets: list[dict[str, Any]]) -> dict[str, int]:
    return {f"{t['strength']['value']} {t['strength']['unit']}": int(t["count"]) for t in tablets if t["count"]}


class TreatmentSheet(Result):
    """The sheet of a patient: course, volumes, drug, schedule. ``chemorad.sheet`` makes it.

    >>> import chemorad
    >>> [part for part in vars(chemorad.TreatmentSheet) if not part.startswith("_")]
    ['course', 'volumes', 'drug', 'schedule']
    """

    __slots__ = ()

    @property
    def course(self) -> Any:
        """The course."""
        return self["course"]

    @property
    def volumes(self) -> list[dict[str, Any]]:
        """What each volume gets."""
        return list(self["volumes"])

    @property
    def drug(self) -> Any:
        """The order of the drug; ``None`` where the arm has none."""
        return self.get("drug")

    @property
    def schedule(self) -> Any:
        """The fractions by date."""
        return self.get("schedule")


class PlanCheck(Result):
    """What a check of plans found. ``chemorad.check`` makes it.

    >>> import chemorad
    >>> checked = chemorad.check(planned="20 x 1.8Gy", prescribed="36Gy/12")
    >>> [finding.code for finding in checked.failed][0]
    'rx.fractions'
    """

    __slots__ = ()

    @property
    def failed(self) -> tuple[Any, ...]:
        """The findings that fail."""
        return tuple(finding for finding in self.findings if finding.outcome == "fail")


class Gap(Result):
    """Missed time and the ways to make it good. ``chemorad.gap`` makes it.

    >>> import chemorad
    >>> missed = chemorad.gap(
    ...     "45Gy/25", start="2026-11-02", missed="2026-11-24", alpha_beta="10Gy", late_alpha_beta="3Gy")
    >>> missed.lost["fractions_behind"]
    1
    """

    __slots__ = ()

    @property
    def planned(self) -> Any:
        """The planned treatment."""
        return self["planned"]

    @property
    def lost(self) -> Any:
        """What the missed time costs."""
        return self["lost"]

    @property
    def compensations(self) -> list[dict[str, Any]]:
        """The ways to make it good."""
        return list(self["compensations"])


class DoseInStructures(Result):
    """Dose in structures. ``chemorad.dose_in_structures`` makes it.

    >>> import chemorad
    >>> [part for part in vars(chemorad.DoseInStructures) if not part.startswith("_")]
    ['structures']
    """

    __slots__ = ()

    @property
    def structures(self) -> list[dict[str, Any]]:
        """Each structure with its volume and metrics."""
        return list(self["structures"])


class Assignment(Result):
    """The arms that a pathology leads to. ``chemorad.assign`` makes it.

    >>> import chemorad
    >>> found = chemorad.assign(tumour_stage="pT2", nodal_stage="N0", metastasis="M0", margin="positive")
    >>> found.arms[0]["id"], len(found.reasons) > 0
    ('adverse', True)
    """

    __slots__ = ()

    @property
    def arms(self) -> list[dict[str, Any]]:
        """The arms with their options."""
        return list(self["arms"])

    @property
    def reasons(self) -> list[Any]:
        """Why."""
        return list(self.get("reasons", []))


def _made(
    kind: type[Any], command: Sequence[str], positional: Sequence[tuple[str, Any]], named: dict[str, Any]
) -> Any:
    files: dict[str, bytes] = {}
    flags = flags_of(named, files)
    places = [place for name, value in positional for place in places_of([value], files, name)]
    return kind([*command, *flags, *behind(flags, places)], files)


def capecitabine(case: File | None = None, /, *, intensity: str | None = None, **named: Any) -> CapecitabineOrder:
    """An order of capecitabine: from a case file, or from body size, regimen, tablets and rounding by name.

    ``named`` are the flags of ``chemorad capecitabine``, such as ``height``, ``weight``, ``formula``, ``tablets``,
    ``rounding``, ``ties``, ``site``, ``rule_set``, ``dpyd``, ``creatinine``, ``without``. Nothing has a default.
    ``intensity="825 mg/m2 bid"``, or ``"825mg/m2"`` with ``per`` and ``times_per_day``.

    >>> import chemorad
    >>> order = chemorad.capecitabine(
    ...     height="170cm", weight="72kg", intensity="825 mg/m2 bid", formula="mosteller",
    ...     tablets="500mg,150mg", rounding="nearest", ties="up", without="renal,dpyd,interactions")
    >>> order.ordered_mg
    1500
    """
    positional: list[tuple[str, Any]] = [] if case is None else [("case", case)]
    if intensity is not None:
        named["intensity"] = intensity
    made: CapecitabineOrder = _made(CapecitabineOrder, ["capecitabine"], positional, named)
    return made


def sheet(case: File, /, **named: Any) -> TreatmentSheet:
    """The treatment sheet of a case file (a path or its bytes); ``site=`` names a site file.

    >>> import chemorad
    >>> case = b'''
    ... title = "Synthetic"
    ... protocol = "NCT06949098"
    ... earlier_radiotherapy = "none"
    ... option = "radiotherapy_alone"
    ... alpha_beta = ["10 Gy"]
    ... patient = { height = "181 cm", weight = "84 kg", sex = "male", age = "68 years" }
    ... pathology = { tumour_stage = "pT1", nodal_stage = "N0", metastasis = "M0", differentiation = "well",
    ...     lymphovascular_invasion = "no", margin = "negative", submucosal_level = "SM1", submucosal_depth = "0.4 mm" }
    ... site = { fractions_per_week = 5 }
    ... '''.replace(b",\\n", b", ")
    >>> [volume["volume"] for volume in chemorad.sheet(case).volumes]
    ['pelvis', 'tumour bed']
    """
    made: TreatmentSheet = _made(TreatmentSheet, ["sheet"], [("case", case)], named)
    return made


def check(*plans: File, **named: Any) -> PlanCheck:
    """Whether plans (DICOM, paths or bytes; a dose, an export, a case) hold what is prescribed.

    ``protocol="NCT06949098/adverse"`` or ``prescribed="45Gy/25+5.4Gy/3"``, and the other flags of ``chemorad check``.

    >>> import chemorad
    >>> checked = chemorad.check(planned="20 x 1.8Gy", prescribed="36Gy/12")
    >>> checked.outcome, checked.passed
    ('fail', False)
    """
    made: PlanCheck = _made(PlanCheck, ["check"], [("plan", plan) for plan in plans], named)
    return made


def gap(course: File, /, **named: Any) -> Gap:
    """Missed time of a course or a case file, and the ways to make it good.

    >>> import chemorad
    >>> missed = chemorad.gap(
    ...     "45Gy/25+5.4Gy/3", start="2026-11-02", missed="2026-11-24,2026-11-25",
    ...     alpha_beta="10Gy", late_alpha_beta="3Gy")
    >>> len(missed.compensations) > 0
    True
    """
    made: Gap = _made(Gap, ["gap"], [("course", course)], named)
    return made


def courses(case: File, /, **named: Any) -> Result:
    """Several courses to one patient, from a file of courses.

    >>> import chemorad
    >>> case = b'''
    ... title = "Synthetic"
    ... start = "2026-12-07"
    ... other_radiotherapy = "none"
    ... volumes = [{ name = "cord", alpha_beta = "2 Gy", doses = ["20Gy/5"] }]
    ... [[earlier]]
    ... name = "first course"
    ... finished = "2024-03-12"
    ... volumes = [{ name = "cord", doses = ["46Gy/25"] }]
    ... '''
    >>> chemorad.courses(case)["volumes"][0]["total"]["value"]
    74.16
    """
    made: Result = _made(Result, ["courses"], [("case", case)], named)
    return made


def dose_in_structures(structures: File, dose: File, /, **named: Any) -> DoseInStructures:
    """Dose in structures from RT Structure Set and RT Dose; ``structure=`` and ``metric=`` may be lists.

    >>> import chemorad
    >>> chemorad.dose_in_structures(b"x", b"x")
    Traceback (most recent call last):
    chemorad._error.ChemoradError: given-structures.toml: this is not a DICOM file: it is too short
    """
    made: DoseInStructures = _made(DoseInStructures, ["dvh"], [("structures", structures), ("dose", dose)], named)
    return made


def inspect(*files: File, **named: Any) -> Result:
    """What DICOM files hold.

    >>> import chemorad
    >>> chemorad.inspect(b"x")
    Traceback (most recent call last):
    chemorad._error.ChemoradError: given-file.toml: this is not a DICOM file: it is too short
    """
    made: Result = _made(Result, ["inspect"], [("file", file) for file in files], named)
    return made


def assign(**named: Any) -> Assignment:
    """The arms of a protocol for a pathology: ``tumour_stage="pT2"``, ``margin="negative"``, …

    >>> import chemorad
    >>> chemorad.assign(tumour_stage="pT2", nodal_stage="N0", metastasis="M0", margin="positive").arms[0]["id"]
    'adverse'
    """
    made: Assignment = _made(Assignment, ["assign"], [], named)
    return made


def protocols() -> tuple[str, ...]:
    """The identifiers of the protocols that chemorad ships.

    >>> import chemorad
    >>> "NCT06949098" in chemorad.protocols()
    True
    """
    listed = Result(["protocol", "list"], {})
    return tuple(protocol["id"] for protocol in listed["protocols"])


def load(protocol: File, /) -> Result:
    """A protocol by its identifier, or from a file or its bytes.

    >>> import chemorad
    >>> chemorad.load("NCT06949098")["id"]
    'NCT06949098'
    """
    made: Result = _made(Result, ["protocol", "show"], [("protocol", protocol)], {})
    return made


def lint(*protocols: File, **named: Any) -> Result:
    """What is wrong in protocol files (paths or bytes), held against their own words and arithmetic.

    >>> import chemorad
    >>> chemorad.lint("NCT06949098").outcome
    'pass'
    """
    made: Result = _made(Result, ["protocol", "lint"], [("protocol", protocol) for protocol in protocols], named)
    return made


def explain(code: str, /) -> Result:
    """What a finding means and what to do.

    >>> import chemorad
    >>> "fractions" in chemorad.explain("model.same_number_of_fractions").text
    True
    """
    return Result(["explain", code], {})
