"""20,000 rows through one process, Polars streaming and a local Dask cluster: every column equal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))
import cohort_engines as engines  # noqa: E402

ROWS = 20_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: Any) -> Path:
    folder: Path = tmp_path_factory.mktemp("engines")
    random = np.random.default_rng(20)
    height = random.normal(168, 12, ROWS).round(1)
    height[::101] = np.nan
    frame = pandas.DataFrame({"height_cm": height, "weight_kg": random.normal(75, 16, ROWS).round(1)})
    frame.to_parquet(folder / "patients.parquet", row_group_size=4000)
    engines.with_pandas(str(folder / "patients.parquet"), str(folder / "pandas.parquet"))
    return folder


def assert_same(folder: Path, name: str) -> None:
    one = pandas.read_parquet(folder / "pandas.parquet")
    other = pandas.read_parquet(folder / name)
    assert len(one) == len(other) == ROWS
    assert list(one) == list(other)
    for column in one:
        np.testing.assert_array_equal(one[column].to_numpy(), other[column].to_numpy(), err_msg=column)


def test_polars_streaming(folder: Path) -> None:
    engines.with_polars(str(folder / "patients.parquet"), str(folder / "polars.parquet"))
    assert_same(folder, "polars.parquet")


def test_dask(folder: Path) -> None:
    from dask.distributed import Client, LocalCluster

    source = folder / "pieces"
    source.mkdir()
    whole = pandas.read_parquet(folder / "patients.parquet")
    for at in range(4):
        whole.iloc[at * 5000 : (at + 1) * 5000].to_parquet(source / f"{at}.parquet")
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster, Client(cluster):
        engines.with_dask(str(source), str(folder / "dask"))
    assert_same(folder, "dask")
