"""One function over a frame, in every engine: pandas, Polars streaming, Dask, Spark.

python examples/cohort_engines.py patients.parquet polars|dask|pandas|spark orders.parquet
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import chemorad

RULES = chemorad.CohortRules(
    formula="mosteller",
    intensity="825 mg/m2 bid",
    tablets="500mg,150mg",
    rounding="nearest",
    ties="up",
    without=["renal", "dpyd", "interactions"],
)


def orders(frame: Any) -> Any:
    """The orders of a frame of any library. One thread: the engine has the others."""
    return chemorad.cohort(frame, rules=RULES, threads=1)


def with_pandas(source: str, target: str) -> None:
    import pandas

    orders(pandas.read_parquet(source)).to_parquet(target)


def with_polars(source: str, target: str) -> None:
    """Piece by piece, so that the file may be larger than memory."""
    import polars

    patients = polars.scan_parquet(source)
    schema = orders(patients.head(0).collect()).schema
    patients.map_batches(orders, streamable=True, schema=schema).sink_parquet(target)


def with_dask(source: str, target: str, *, client: Any = None) -> None:
    """On several machines: `client` is connected to their scheduler, or none for the processes of this one."""
    import dask.dataframe

    patients = dask.dataframe.read_parquet(source)
    done = patients.map_partitions(orders, meta=orders(patients._meta))
    done.to_parquet(target)


def with_spark(source: str, target: str) -> None:
    """`mapInArrow`: the function gets batches of Arrow and gives batches of Arrow."""
    from pyspark.sql import SparkSession

    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        # one small Parquet file is one partition otherwise, and nothing runs in parallel
        .config("spark.sql.files.maxPartitionBytes", "32m")
        .config("spark.sql.parquet.compression.codec", "zstd")
        .getOrCreate()
    )

    def batches(given: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        for batch in given:
            yield from orders(pyarrow.Table.from_batches([batch])).to_batches()

    patients = spark.read.parquet(source)
    names = orders({"height_cm": [], "weight_kg": []})
    schema = ", ".join(f"{name} {'string' if column.dtype == object else 'double'}" for name, column in names.items())
    patients.mapInArrow(batches, schema).write.mode("overwrite").parquet(target)
    spark.stop()


ENGINES = {"pandas": with_pandas, "polars": with_polars, "dask": with_dask, "spark": with_spark}

if __name__ == "__main__":
    ENGINES[sys.argv[2]](sys.argv[1], sys.argv[3])
