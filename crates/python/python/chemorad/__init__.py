"""The arithmetic of chemoradiotherapy prescriptions.

A second check, cleared by no authority: a qualified person must review every number before it is used for a
patient.

>>> import chemorad
>>> chemorad.bed("45Gy/25+5.4Gy/3", alpha_beta="10Gy").gray
59.472
>>> chemorad.eqd2("45Gy/25", alpha_beta="3Gy")
Eqd('43.2 Gy EQD2Gy(a/b = 3)')

Everything after the first argument is named. A quantity is text with its unit (``"45 Gy"``) or an object
(``Gy(45)``); a number without a unit is refused. Kinds of dose do not mix. There are no defaults where a person has to
decide: α/β, formula, tablets, rounding.
"""

from chemorad._chemorad import (
    AbsorbedDose,
    AlphaBeta,
    Bed,
    BodySurfaceArea,
    CohortRules,
    Course,
    CreatinineClearance,
    Derivation,
    DoseSolution,
    Effect,
    EffectModel,
    Eqd,
    Finding,
    Fractionation,
    Fractionations,
    FractionsSolution,
    Gy,
    __version__,
    bed,
    bed_voxels,
    bsa,
    creatinine_clearance,
    eqd,
    eqd2,
    eqd2_voxels,
    eqd_voxels,
    repair_factor,
    rule_set_names,
)
from chemorad._commands import (
    Assignment,
    CapecitabineOrder,
    DoseInStructures,
    Gap,
    PlanCheck,
    TreatmentSheet,
    assign,
    capecitabine,
    check,
    courses,
    dose_in_structures,
    explain,
    gap,
    inspect,
    lint,
    load,
    protocols,
    sheet,
)
from chemorad._error import ChemoradError, ChemoradWarning
from chemorad._frames import cohort
from chemorad._result import Result, run

__all__ = [
    "AbsorbedDose",
    "AlphaBeta",
    "Assignment",
    "Bed",
    "BodySurfaceArea",
    "CapecitabineOrder",
    "ChemoradError",
    "ChemoradWarning",
    "CohortRules",
    "Course",
    "CreatinineClearance",
    "Derivation",
    "DoseInStructures",
    "DoseSolution",
    "Effect",
    "EffectModel",
    "Eqd",
    "Finding",
    "Fractionation",
    "Fractionations",
    "FractionsSolution",
    "Gap",
    "Gy",
    "PlanCheck",
    "Result",
    "TreatmentSheet",
    "__version__",
    "assign",
    "bed",
    "bed_voxels",
    "bsa",
    "capecitabine",
    "check",
    "cohort",
    "courses",
    "creatinine_clearance",
    "dose_in_structures",
    "eqd",
    "eqd2",
    "eqd2_voxels",
    "eqd_voxels",
    "explain",
    "gap",
    "inspect",
    "lint",
    "load",
    "protocols",
    "repair_factor",
    "rule_set_names",
    "run",
    "sheet",
]
