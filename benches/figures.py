"""Measures every figure of the documentation and writes its tables, so that none is older than the code.

    python3 benches/figures.py [--only NAME ...] [--check]

Each table stands in README.md or docs/*.md between `<!-- figures NAME -->` and `<!-- end of figures -->`.
`--check` measures nothing and fails where a table is missing or empty. What a table needs beyond the
base machine (numpy, pandas, pydicom) goes into a virtual environment in target/figures.
"""

import argparse
import datetime
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / "target" / "figures"


def run(*command):
    """What a command prints."""
    return subprocess.run(
        command, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ).stdout


def python(*arguments):
    """What a program in the virtual environment prints."""
    if not (VENV / "bin" / "python").exists():
        run(sys.executable, "-m", "venv", str(VENV))
    run(str(VENV / "bin" / "pip"), "install", "-q", "numpy", "pandas", "pydicom")
    return run(str(VENV / "bin" / "python"), *arguments)


def bench(name, package=None):
    """The table of a benchmark."""
    where = ["-p", package] if package else []
    return run("cargo", "bench", *where, "--bench", name)


def dicom():
    run("cargo", "build", "--release", "-p", "chemorad-cli")
    return python("crates/dicom/benches/compare.py")


def cohort():
    run("cargo", "build", "--release", "-p", "chemorad-cli")
    return python("benches/cohort_compare.py")


# name of a table: how it is measured
TABLES = {
    "ratios": lambda: bench("ratios"),
    "numpy": lambda: python("benches/numpy_compare.py"),
    "capecitabine": lambda: bench("capecitabine"),
    "gap": lambda: bench("gap"),
    "cohort": cohort,
    "lint": lambda: bench("lint", "chemorad-protocol"),
    "dicom": dicom,
}


def tables(text):
    """The Markdown tables of an output; of one without, the output as it is."""
    blocks, block = [], []
    for line in text.splitlines() + [""]:
        if line.startswith("|"):
            block.append(line.rstrip())
        elif block:
            blocks.append("\n".join(block))
            block = []
    return "\n\n".join(blocks) or f"```text\n{text.strip()}\n```"


def pages():
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def place(name):
    return re.compile(rf"(<!-- figures {name} -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def machine():
    """What the figures were measured with, in one line."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    rustc = run("rustc", "--version").split(" (")[0].strip()
    day = datetime.date.today().isoformat()
    return f"Measured on {day}: {os.cpu_count()} cores of {cpu}, {rustc}; both sides in one run."


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--only", nargs="+", choices=TABLES, default=list(TABLES))
    arguments.add_argument("--check", action="store_true")
    given = arguments.parse_args()
    missing = []
    for name in given.only:
        holders = [page for page in pages() if place(name).search(page.read_text())]
        if not holders:
            missing.append(name)
            continue
        if given.check:
            full = all("Measured" in place(name).search(page.read_text()).group(0) for page in holders)
            missing += [] if full else [name]
            continue
        measured = tables(TABLES[name]())
        new = rf"\g<1>{machine()}\n\n{measured}\n\g<2>".replace("\\n", "\n")
        for page in holders:
            page.write_text(place(name).sub(lambda m: m.expand(new), page.read_text()))
        print(f"{name}: written")
    if missing:
        raise SystemExit(f"no table for: {', '.join(missing)}")


if __name__ == "__main__":
    main()
