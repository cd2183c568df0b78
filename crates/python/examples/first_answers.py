"""The first answers of the README in Python. Typed: `mypy --strict` passes."""

from __future__ import annotations

import numpy as np

import chemorad
from chemorad import Gy


def main() -> None:
    # a physicist
    total = chemorad.bed("45Gy/25+5.4Gy/3", alpha_beta="10Gy")
    print(total)
    for step in total.derivations:
        print(" ", step)
    pelvis = chemorad.Fractionation(dose=Gy(45), fractions=25)
    print(chemorad.eqd2([pelvis, "5.4Gy/3"], alpha_beta="3Gy").gray)

    # voxels, in place
    doses = np.full((4, 4, 4), 50.4)
    chemorad.eqd2_voxels(doses, fractions=28, alpha_beta="3Gy", out=doses)

    # an inverse
    model = chemorad.EffectModel(alpha_beta="3Gy")
    solution = model.dose_per_fraction_for("60 Gy EQD2Gy(a/b = 3)", fractions=18)
    print(solution.rounded(step="0.01Gy", rounding="nearest"))

    # a pharmacist
    area = chemorad.bsa(height="170cm", weight="72kg", formula="mosteller")
    print(area, area.derivation.substitution)
    order = chemorad.capecitabine(
        height="170cm",
        weight="72kg",
        intensity="825 mg/m2 bid",
        formula="mosteller",
        tablets="500mg,150mg",
        rounding="nearest",
        ties="up",
        without="renal,dpyd,interactions",
    )
    print(order.ordered_mg, order.tablets, order.outcome)

    # does a plan hold what is prescribed?
    checked = chemorad.check(planned="20 x 1.8Gy", prescribed="36Gy/12")
    for finding in checked.findings:
        print(finding.outcome, finding.code)


if __name__ == "__main__":
    main()
