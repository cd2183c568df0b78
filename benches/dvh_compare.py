"""Dose in structures: chemorad beside dicompyler-core and plastimatch, in the same run.

    python3 -m venv venv && venv/bin/pip install dicompyler-core "pydicom<3" "numpy<2" plastimatch
    cargo build --release -p chemorad-cli
    venv/bin/python benches/dvh_compare.py FOLDER [--rounds 9] [--program FILE ...]

FOLDER holds rtss.dcm and rtdose.dcm, such as the example of dicompyler-core. All sides read both files
and calculate the histogram or the metrics of every structure, each as a whole process, one after the
other in every round, so that the noise of the machine meets all. Times are the least and the median;
times of processors are of all threads. Neither dicompyler-core nor plastimatch gives bounds.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

DICOMPYLER = """
import sys
from dicompylercore import dicomparser, dvhcalc
structures = dicomparser.DicomParser(sys.argv[1])
for number, structure in structures.GetStructures().items():
    dvh = dvhcalc.get_dvh(sys.argv[1], sys.argv[2], number)
    print(structure["name"], dvh.volume, dvh.mean, dvh.D98, dvh.D95, dvh.D50, dvh.D2)
"""


def run(command):
    """Seconds, seconds of processors, and MB of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 3):
        raise SystemExit(f"{command[0]}: exit code {code}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--program", nargs="+", default=[str(ROOT / "target/release/chemorad")])
    given = arguments.parse_args()
    files = [str((given.folder / name).resolve()) for name in ("rtss.dcm", "rtdose.dcm")]
    sides = {program: [program, "dvh", *files] for program in given.program}
    organs = ["Breast", "Heart", "Lt Lung", "Nodes", "Scar", "Borders", "Tumor Bed", "Tumor Bed Block"]
    named = [word for organ in organs for word in ("--structure", organ)]
    sides[f"{given.program[0]}, without BODY"] = [given.program[0], "dvh", *files, *named]
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            os.symlink(file, Path(folder) / Path(file).name)
        table = str(Path(folder) / "dvh.csv")
        bins = ["--bin-width", "0.01", "--num-bins", "1600"]
        plastimatch = Path(sys.prefix) / "bin" / "plastimatch"
        for own in Path(sys.prefix).glob("lib/*/site-packages/plastimatch/bin/plastimatch"):
            # without the start of Python around it
            plastimatch = own
        sides["plastimatch"] = [str(plastimatch), "dvh", "--input", folder, *bins, "--output-csv", table]
        sides["dicompyler-core"] = [sys.executable, "-c", DICOMPYLER, *files]
        found = {name: [] for name in sides}
        for _ in range(given.rounds):
            for name, command in sides.items():
                found[name].append(run(command))
    print("| what | s, least | s, median | s of processors, least | MB |")
    print("| --- | --- | --- | --- | --- |")
    for name, runs in found.items():
        walls, processors, memory = zip(*runs)
        print(
            f"| {name} | {min(walls):.3f} | {statistics.median(walls):.3f} "
            f"| {min(processors):.3f} | {max(memory):.0f} |"
        )


if __name__ == "__main__":
    main()
