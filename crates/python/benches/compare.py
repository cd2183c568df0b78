#!/usr/bin/env python3
"""The wheel beside numpy, the standard library and peers from PyPI, side by side in one run.

    python crates/python/benches/compare.py [ROWS]

with chemorad, numpy, pandas, polars and pyarrow installed, and pyradiobiology where it is to be compared. Prints one table;
a ratio above 1 is in favour of chemorad. Best of several turns, in which the rivals take turns.
"""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import chemorad

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
TURNS = 7


def best(rivals: dict[str, Callable[[], Any]], before: Callable[[], Any] | None = None) -> dict[str, float]:
    """The shortest time of each, in seconds; they take turns."""
    times = {name: float("inf") for name in rivals}
    for _ in range(TURNS):
        for name, run in rivals.items():
            if before:
                before()
            start = time.perf_counter()
            run()
            times[name] = min(times[name], time.perf_counter() - start)
    return times


def line(what: str, found: str, ratio: str = "") -> None:
    print(f"| {what} | {found} | {ratio} |")


def voxels() -> None:
    n, ratio = 25, 3.0
    for kind in (np.float32, np.float64):
        doses = np.random.default_rng(1).uniform(0, 70, (256, 256, 256)).astype(kind)
        work, temporary = doses.copy(), np.empty_like(doses)

        def in_place_numpy() -> None:
            np.multiply(work, kind(1 / n), out=temporary)
            np.add(temporary, kind(ratio), out=temporary)
            np.multiply(work, temporary, out=work)
            np.multiply(work, kind(1 / (2 + ratio)), out=work)

        given: dict[str, Any] = {"fractions": n, "alpha_beta": "3Gy"}
        out = np.empty_like(doses)
        times = best(
            {
                "chemorad in place": lambda: chemorad.eqd2_voxels(work, out=work, **given),
                "numpy in place": in_place_numpy,
                "chemorad out=": lambda: chemorad.eqd2_voxels(doses, out=out, **given),
                "numpy plain": lambda: doses * (doses / kind(n) + kind(ratio)) / kind(2 + ratio),
                "chemorad new array": lambda: chemorad.eqd2_voxels(doses, **given),
                "copy alone": lambda: np.copyto(out, doses),
            },
            before=lambda: np.copyto(work, doses),
        )
        for name, seconds in times.items():
            rival = times["numpy in place"] if name.endswith("in place") else times["numpy plain"]
            against = f"{rival / seconds:.1f} x numpy" if name.startswith("chemorad") else ""
            line(f"EQD2 of 256^3 {np.dtype(kind).name}, {name}", f"{doses.size / seconds / 1e6:.0f} Mvoxel/s", against)


def scalars() -> None:
    calls = 20_000

    def plain() -> float:
        return 25 * 1.8 * (1 + 1.8 / 10) + 3 * 1.8 * (1 + 1.8 / 10)

    phase = chemorad.Fractionation("45Gy/25")
    ratio = chemorad.AlphaBeta("10 Gy")
    rivals: dict[str, Callable[[], Any]] = {
        'bed("45Gy/25", alpha_beta="10Gy")': lambda: chemorad.bed("45Gy/25", alpha_beta="10Gy"),
        'bed("45Gy/25+5.4Gy/3", alpha_beta="10Gy")': lambda: chemorad.bed("45Gy/25+5.4Gy/3", alpha_beta="10Gy"),
        "bed(Fractionation, alpha_beta=AlphaBeta)": lambda: chemorad.bed(phase, alpha_beta=ratio),
        'run("bed", ...)': lambda: chemorad.run("bed", "45Gy/25", alpha_beta="10Gy"),
        "the float formula in Python": plain,
    }
    try:
        rivals["pyradiobiology " + importlib.metadata.version("pyradiobiology")] = peer_call()
    except ImportError:
        line("pyradiobiology", "not installed")

    def repeat(call: Callable[[], Any], times: int) -> Callable[[], None]:
        def run() -> None:
            for _ in range(times):
                call()

        return run

    counts = {name: calls if "run(" not in name else 200 for name in rivals}
    times = best({name: repeat(call, counts[name]) for name, call in rivals.items()})
    for name, seconds in times.items():
        line(f"one call, {name}", f"{seconds / counts[name] * 1e6:.2f} us")


def peer_call() -> Callable[[], Any]:
    """The BED of pyradiobiology, its objects made as its manual makes them."""
    from pyradiobiology.models.linear_quadratic import LinearQuadratic
    from pyradiobiology.primitives.dose import Dose, DoseUnit
    from pyradiobiology.primitives.dosebag import DoseBag

    def call() -> Any:
        model = LinearQuadratic(ab_ratio=Dose(10.0, DoseUnit.GY), nfx=25)
        return model.eqd_zero(DoseBag.create(data=np.array([45.0]), unit=DoseUnit.GY))

    assert abs(float(call().data[0]) - 53.1) < 1e-9
    return call


def cohorts() -> None:
    import pandas
    import polars
    import pyarrow

    random = np.random.default_rng(3)
    height = random.normal(168, 12, ROWS).round(1).clip(130, 210)
    weight = random.normal(75, 15, ROWS).round(1).clip(35, 150)
    columns = {"height_cm": height, "weight_kg": weight}
    rules = chemorad.CohortRules(
        formula="mosteller", intensity="825 mg/m2 bid", tablets="500mg,150mg", rounding="nearest", ties="up",
        without=["renal", "dpyd", "interactions"],
    )  # fmt: skip
    frames = {"pandas": pandas.DataFrame(columns), "polars": polars.DataFrame(columns), "pyarrow": pyarrow.table(columns)}

    def by_hand() -> np.ndarray[Any, Any]:
        area = np.sqrt(height * weight / 3600)
        amounts = np.array(sorted({500 * a + 150 * b for a in range(9) for b in range(4)}), dtype=float)
        wanted = 825 * area
        above = np.searchsorted(amounts, wanted).clip(1, len(amounts) - 1)
        low, high = amounts[above - 1], amounts[above]
        return np.where(wanted - low < high - wanted, low, high)

    rivals: dict[str, Callable[[], Any]] = {"numpy by hand: dose alone, no checks": by_hand}
    for name, frame in frames.items():
        for threads in (1, None):
            for findings in (False, True):
                label = f"{name}, {'1 thread' if threads else 'all cores'}, {'with findings' if findings else 'refusals alone'}"
                rivals[label] = lambda frame=frame, threads=threads, findings=findings: chemorad.cohort(
                    frame, rules=rules, threads=threads, findings=findings
                )
    times = best(rivals)
    hand = times["numpy by hand: dose alone, no checks"]
    for name, seconds in times.items():
        line(f"{ROWS:,} rows, {name}", f"{ROWS / seconds / 1e6:.1f} M rows/s", f"{hand / seconds:.2f} x numpy by hand")


def starts() -> None:
    code = "import time, numpy; t = time.perf_counter(); import chemorad; print((time.perf_counter() - t) * 1e3)"
    found = min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(7))
    line("import chemorad, after numpy", f"{found:.1f} ms")
    module = Path(str(chemorad._chemorad.__file__))
    line("the compiled module", f"{module.stat().st_size / 1e6:.1f} MB")
    for wheel in sorted(Path(os.environ.get("WHEELS", "target/wheel/release")).glob("*.whl")):
        line(wheel.name, f"{wheel.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    print("| what | chemorad or rival | beside |\n| --- | --- | --- |")
    starts()
    scalars()
    voxels()
    cohorts()
