"""Cohorts beside numpy and pandas doing the same arithmetic, in the same run.

    cargo build --release -p chemorad-cli
    python3 -m venv venv && venv/bin/pip install numpy pandas
    venv/bin/python benches/cohort_compare.py [rounds]

Columns of 1,000,000 rows on one core: the bench `cohort` and numpy one after the other in every round, by
the time on the processor. The whole command on a CSV of as many rows, and pandas reading, calculating and
writing the same file: wall time, time on the processors, and the peak memory of the process. What both order
is added up and must be equal. `--large` adds a CSV of 10,000,000 rows.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
NUMBERS = [word for word in sys.argv[1:] if word.isdigit()]
ROUNDS = int(NUMBERS[0]) if NUMBERS else 7
ROWS = 1_000_000
PROGRAM = ROOT / "target" / "release" / "chemorad"
SETTINGS = [
    "--formula", "mosteller", "--intensity", "825 mg/m2 bid", "--tablets", "500mg,150mg",
    "--max-150", "2", "--rounding", "nearest", "--ties", "up",
]
RULES = [
    "--rule-set", "renal=fda-label-2026", "--rule-set", "cpic-dpyd-2018",
    "--without", "interactions", "--weight-basis", "actual",
]


def executable():
    """The compiled bench `cohort`."""
    command = ["cargo", "bench", "--bench", "cohort", "--no-run", "--message-format=json"]
    output = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
    for line in output.splitlines():
        message = json.loads(line)
        if message.get("executable") and message["target"]["name"] == "cohort":
            return message["executable"]
    raise SystemExit("cargo built no bench named cohort")


def scattered(stream, most):
    """The same numbers as the bench makes."""
    row = np.arange(ROWS, dtype=np.uint32)
    with np.errstate(over="ignore"):
        mixed = (row + np.uint32((stream * 0x9E3779B9) & 0xFFFFFFFF)) * np.uint32(0x85EBCA6B)
        mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return (mixed ^ (mixed >> np.uint32(16))) % np.uint32(most)


def patients():
    return {
        "height_cm": (1450 + scattered(1, 500)) / 10,
        "weight_kg": (450 + scattered(2, 650)) / 10,
        "female": scattered(3, 2) == 0,
        "age_years": (30 + scattered(4, 55)).astype(float),
        "creatinine_umol_l": (50 + scattered(5, 100)).astype(float),
        "dpyd": np.array([2, 2, 2, 2, 2, 2, 1.5, 1, 0.5, np.nan])[scattered(6, 10)],
    }


def tablets():
    """Every amount of 500 mg tablets and at most two of 150 mg, with the tablets for it."""
    made = {}
    for large in range(12):
        for small in range(3):
            amount = 500 * large + 150 * small
            if amount and amount not in made:
                made[amount] = (large, small)
    amounts = np.array(sorted(made))
    return amounts, np.array([made[a] for a in amounts])


AMOUNTS, TABLETS = tablets()


def order(milligrams):
    above = np.searchsorted(AMOUNTS, milligrams)
    below = np.maximum(above - 1, 0)
    up = milligrams >= (AMOUNTS[below] + AMOUNTS[above]) / 2
    chosen = np.where(up, above, below)
    ordered = AMOUNTS[chosen].astype(float)
    return ordered, TABLETS[chosen, 0], TABLETS[chosen, 1], 100 * (ordered - milligrams) / milligrams


def by_sizes(p):
    h, w = p["height_cm"], p["weight_kg"]
    bmi = w / (h / 100) ** 2
    bsa = np.sqrt(h * w / 3600)
    milligrams = 825 * bsa
    return (bmi, bsa, milligrams, *order(milligrams))


def by_rules(p):
    h, w = p["height_cm"], p["weight_kg"]
    bmi = w / (h / 100) ** 2
    bsa = np.sqrt(h * w / 3600)
    clearance = (140 - p["age_years"]) * w / (72 * (p["creatinine_umol_l"] / 88.4))
    clearance = np.where(p["female"], 0.85 * clearance, clearance)
    # the label of 2026 reduces nothing above 50 mL/min and gives no number below
    score = p["dpyd"]
    share = np.where(np.isnan(score) | (score == 2), 1.0, np.where(score >= 1, 0.5, np.nan))
    share = np.where(clearance > 50, share, np.nan)
    milligrams = 825 * share * bsa
    given = ~np.isnan(milligrams)
    results = [np.full(len(h), np.nan) for _ in range(4)]
    for column, values in zip(results, order(milligrams[given])):
        column[given] = values
    return (bmi, bsa, clearance, milligrams, *results)


def columns():
    ours = subprocess.Popen(
        [executable(), "--serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def chemorad(what):
        print(what, file=ours.stdin, flush=True)
        seconds, ordered = ours.stdout.readline().split()
        return float(seconds), float(ordered)

    p = patients()
    rows = []
    for what, title, theirs in (
        ("sizes", "body sizes to tablets", by_sizes),
        ("rules", "the same with renal and DPYD rules and findings", by_rules),
    ):
        pairs = []
        for _ in range(ROUNDS):
            own, ordered = chemorad(what)
            start = time.process_time()
            results = theirs(p)
            seconds = time.process_time() - start
            expected = np.nansum(results[-4])
            assert ordered == expected, (what, ordered, expected)
            pairs.append((own, seconds))
        a, b = zip(*pairs)
        ratio = statistics.median(y / x for x, y in pairs)
        rows.append(
            f"| {title}, columns, one core | {ROWS / min(a) / 1e6:.1f} million rows/s |"
            f" numpy, {ROWS / min(b) / 1e6:.1f} million rows/s (no findings) | {ratio:.2f} |"
        )
    ours.stdin.close()
    ours.wait()
    return rows


MEASURE = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), time.perf_counter() - start,
      usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


def measured(command):
    """Seconds, seconds on the processors, and peak memory (MB) of a process.

    A small process of its own starts it: the peak memory that the system states is never below that of
    the process that started it, and this one holds millions of rows.
    """
    lines = subprocess.run(
        [sys.executable, "-c", MEASURE, *map(str, command)],
        check=True, stdout=subprocess.PIPE, text=True,
    ).stdout
    code, *figures = lines.split()
    assert int(code) in (0, 1, 3), (command, code)
    return tuple(map(float, figures))


PANDAS = """
import sys, numpy as np, pandas as pd
sys.argv, sys.path[:0] = ["x"], [{benches!r}]
import cohort_compare as c
frame = pd.read_csv({source!r})
p = {{name: frame[name].to_numpy() for name in frame if name not in ("id", "sex")}}
if "sex" in frame:
    p["female"] = (frame["sex"] == "female").to_numpy()
    p["dpyd"] = pd.to_numeric(frame["dpyd"], errors="coerce").to_numpy()
    names = ["bmi", "bsa_m2", "creatinine_clearance_ml_min", "calculated_mg"]
    results = c.by_rules(p)
else:
    names = ["bmi", "bsa_m2", "calculated_mg"]
    results = c.by_sizes(p)
names += ["ordered_mg", "tablets_500mg", "tablets_150mg", "deviation_percent"]
pd.DataFrame({{"id": frame["id"], **dict(zip(names, results))}}).to_csv({target!r}, index=False)
"""


def whole():
    p = patients()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        for what, title, more in (
            ("sizes", "body sizes to tablets", ["--without", "renal,dpyd,interactions"]),
            ("rules", "the same with renal and DPYD rules and findings", RULES),
        ):
            source = folder / f"{what}.csv"
            with source.open("w") as file:
                if what == "sizes":
                    file.write("id,height_cm,weight_kg\n")
                    for i, (h, w) in enumerate(zip(p["height_cm"], p["weight_kg"])):
                        file.write(f"S{i:07},{h:g},{w:g}\n")
                else:
                    file.write("id,height_cm,weight_kg,sex,age_years,creatinine_umol_l,dpyd\n")
                    for i in range(ROWS):
                        dpyd = p["dpyd"][i]
                        file.write(
                            f"S{i:07},{p['height_cm'][i]:g},{p['weight_kg'][i]:g},"
                            f"{'female' if p['female'][i] else 'male'},{p['age_years'][i]:g},"
                            f"{p['creatinine_umol_l'][i]:g},"
                            f"{'not-tested' if np.isnan(dpyd) else f'{dpyd:g}'}\n"
                        )
            target = folder / "out.csv"
            ours = [PROGRAM, "cohort", source, *SETTINGS, *more, "-o", target, "--force"]
            script = PANDAS.format(
                benches=str(ROOT / "benches"), source=str(source), target=str(folder / "pandas.csv")
            )
            theirs = [sys.executable, "-c", script]
            pairs = [(measured(ours), measured(theirs)) for _ in range(max(3, ROUNDS // 2))]
            own = min(pair[0] for pair in pairs)
            other = min(pair[1] for pair in pairs)
            memory = max(pair[0][2] for pair in pairs)
            ratio = statistics.median(pair[1][0] / pair[0][0] for pair in pairs)
            if "--large" in sys.argv and what == "sizes":
                large = folder / "large.csv"
                lines = source.read_text().splitlines(keepends=True)
                with large.open("w") as file:
                    file.write(lines[0])
                    for copy in range(10):
                        file.writelines(f"{copy}{line}" for line in lines[1:])
                seconds, processors, memory_large = measured(
                    [PROGRAM, "cohort", large, *SETTINGS, *more, "-o", target, "--force"]
                )
                rows.append(
                    f"| {title}, `cohort` on a CSV of 10,000,000 rows |"
                    f" {10 * ROWS / seconds / 1e6:.2f} million rows/s ({processors:.1f} s of processors),"
                    f" {memory_large:.0f} MB | | |"
                )
            rows.append(
                f"| {title}, `cohort` on a CSV of 1,000,000 rows, {os.cpu_count()} cores |"
                f" {ROWS / own[0] / 1e6:.2f} million rows/s ({own[1]:.2f} s of processors), {memory:.0f} MB |"
                f" pandas, {ROWS / other[0] / 1e6:.2f} million rows/s ({other[1]:.2f} s), {other[2]:.0f} MB |"
                f" {ratio:.2f} |"
            )
    return rows


def main():
    print("| what | chemorad | beside it | times as fast |")
    print("| --- | --- | --- | --- |")
    for row in [*columns(), *whole()]:
        print(row, flush=True)


if __name__ == "__main__":
    main()
