#!/usr/bin/env python3
"""One function over a Parquet file in each engine, side by side in one run; each in a process of its own.

    python crates/python/benches/engines.py [ROWS] [ENGINE ...]

with chemorad, numpy, pandas, polars, pyarrow and dask[distributed] installed. Prints one table. Dask has two local
processes, and its time begins when they are there; the peak of memory is of the process that asks, and
of the largest of Dask's.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve()
ENGINES = ["pandas", "polars", "dask"]
# pieces of the file, for engines that work on several at a time
PIECES = 20


def make(folder: Path, rows: int) -> None:
    """The patients, as one file and as a folder of pieces."""
    import numpy as np
    import pyarrow
    import pyarrow.parquet

    random = np.random.default_rng(7)
    (folder / "pieces").mkdir()
    each = rows // PIECES
    with pyarrow.parquet.ParquetWriter(
        folder / "patients.parquet", pyarrow.schema([("height_cm", "f8"), ("weight_kg", "f8")])
    ) as whole:
        for piece in range(PIECES):
            height = random.normal(168, 12, each).round(1).clip(130, 210)
            weight = random.normal(75, 15, each).round(1).clip(35, 150)
            table = pyarrow.table({"height_cm": height, "weight_kg": weight})
            whole.write_table(table)
            pyarrow.parquet.write_table(table, folder / "pieces" / f"{piece:02}.parquet")


def measure(engine: str, folder: Path) -> dict[str, float]:
    """Seconds and megabytes of one engine, in this process."""
    sys.path.insert(0, str(HERE.parents[1] / "examples"))
    import cohort_engines as engines

    source, target = str(folder / "patients.parquet"), str(folder / f"{engine}.out")
    if engine == "dask":
        from dask.distributed import Client, LocalCluster

        with LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
        ) as cluster, Client(cluster):
            start = time.perf_counter()
            engines.with_dask(str(folder / "pieces"), target)
            seconds = time.perf_counter() - start
    else:
        start = time.perf_counter()
        engines.ENGINES[engine](source, target)
        seconds = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"seconds": seconds, "mb": own / 1024, "children_mb": children / 1024}


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, rows)
        print(f"| {rows:,} rows, Parquet in and out | seconds | rows/s | beside one pandas process | MB |")
        print("| --- | --- | --- | --- | --- |")
        first = None
        for engine in sys.argv[2:] or ENGINES:
            answer = subprocess.check_output([sys.executable, str(HERE), "--one", engine, name], text=True)
            found = json.loads(answer.splitlines()[-1])
            first = first or found["seconds"]
            memory = f"{found['mb']:.0f}" + (f" and {found['children_mb']:.0f} the largest of the others" if engine == "dask" else "")
            print(
                f"| {engine} | {found['seconds']:.1f} | {rows / found['seconds'] / 1e6:.1f} M | "
                f"{found['seconds'] / first:.2f} | {memory} |",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(sys.argv[2], Path(sys.argv[3]))))
    else:
        main()
