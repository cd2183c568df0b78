"""Voxel doses: in place, into an array, or as a new one; never a copy unasked."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import chemorad
from chemorad import ChemoradError, eqd2_voxels

N: dict[str, Any] = {"fractions": 25, "alpha_beta": "3Gy"}


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
def test_in_place_out_and_new(kind: Any, order: Any) -> None:
    doses = np.asarray(np.linspace(0, 80, 4 * 5 * 7).reshape(4, 5, 7), dtype=kind, order=order)
    before = doses.copy(order="K")
    new = eqd2_voxels(doses, **N)
    assert np.array_equal(doses, before)
    out = np.empty_like(doses)
    assert eqd2_voxels(doses, out=out, **N) is out
    assert eqd2_voxels(doses, out=doses, **N) is doses
    assert np.array_equal(new, out) and np.array_equal(out, doses)
    assert new.dtype == kind and new.shape == before.shape and new.flags.f_contiguous == before.flags.f_contiguous
    exact = before.astype(np.float64) * (before.astype(np.float64) / 25 + 3) / 5
    assert np.allclose(new, exact, rtol=4 * np.finfo(kind).eps, atol=0)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_threads_change_no_bit(kind: Any) -> None:
    doses = np.random.default_rng(7).uniform(0, 80, 1_000_003).astype(kind)
    one = eqd2_voxels(doses, threads=1, **N)
    for threads in (None, 2, 3, 7):
        assert np.array_equal(eqd2_voxels(doses, threads=threads, **N), one)
        work = doses.copy()
        assert np.array_equal(eqd2_voxels(work, out=work, threads=threads, **N), one)
    # what is wrong is counted over all threads, and the first one is named
    doses[[10, 600_000, 999_999]] = [np.nan, -1, np.inf]
    for threads in (1, 2, 7):
        with pytest.raises(ChemoradError, match="3 voxel dose.*the first at index 10 ") as refused:
            eqd2_voxels(doses, threads=threads, **N)
        assert refused.value.code == "voxels.invalid"
    found = eqd2_voxels(doses, threads=7, invalid="nan", **N)
    assert np.flatnonzero(np.isnan(found)).tolist() == [10, 600_000, 999_999]
    assert len(eqd2_voxels(doses[:0], threads=4, **N)) == 0
    for wrong in (0, 5000):
        with pytest.raises(ChemoradError, match="1 to 1024") as refused:
            eqd2_voxels(doses, threads=wrong, **N)
        assert refused.value.code == "voxels.threads"


@given(
    arrays.arrays(np.float64, st.integers(0, 40), elements=st.floats(0.01, 200)),
    st.integers(1, 60),
    st.sampled_from(["10 Gy", "3 Gy", "1.5 Gy"]),
)
def test_a_voxel_is_a_course(doses: Any, n: int, ratio: str) -> None:
    doses = np.round(doses, 4)
    found = eqd2_voxels(doses, fractions=n, alpha_beta=ratio)
    for dose, eqd in zip(doses[:5], found[:5]):
        if dose < 1:
            continue
        scalar = chemorad.eqd2(chemorad.Fractionation(dose=chemorad.Gy(float(dose)), fractions=n), alpha_beta=ratio)
        assert abs(scalar.gray - eqd) <= 4 * np.spacing(scalar.gray)


@pytest.mark.parametrize(
    ("doses", "kind", "words"),
    [
        (np.ones((4, 4))[:, ::2], ChemoradError, "ascontiguousarray"),
        (np.ones(4, dtype=np.int64), TypeError, "numpy array of int64"),
        (np.ones(4, dtype=">f8"), TypeError, "byte order"),
        (np.ones(4, dtype=np.float16), TypeError, "float16"),
        ([45.0], TypeError, "doses is a list"),
        (np.array([1.0, np.nan]), ChemoradError, "index 1"),
        (np.array([1.0, -1.0]), ChemoradError, "negative"),
        (np.array([1.0, np.inf]), ChemoradError, "infinite"),
    ],
)
def test_refused(doses: Any, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        eqd2_voxels(doses, **N)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_centigray_are_no_doses(kind: Any) -> None:
    doses = np.full(30_000, 45.0, dtype=kind)
    doses[[3, 9_000, 29_999]] = [4500.0, 1000.1, np.nan]
    for out in (None, np.empty_like(doses), doses.copy()):
        work = doses if out is None or out[0] != 45 else out
        with pytest.raises(ChemoradError, match="3 voxel dose.*check the unit.*index 3 ") as refused:
            eqd2_voxels(work, out=out, threads=2, **N)
        assert refused.value.code == "voxels.invalid"
        found = eqd2_voxels(doses, invalid="nan", **N)
        assert np.flatnonzero(np.isnan(found)).tolist() == [3, 9_000, 29_999]
        assert np.isfinite(found[[0, 4095, 4096, 29_998]]).all()
    assert np.isfinite(eqd2_voxels(np.array([1000.0], dtype=kind), **N)).all()


def test_invalid_as_nan() -> None:
    doses = np.array([45.0, -1.0, np.nan])
    found = eqd2_voxels(doses, invalid="nan", **N)
    assert found[0] == pytest.approx(43.2, rel=1e-15)
    assert np.isnan(found[1:]).all()
    assert doses[1] == -1.0
    with pytest.raises(ChemoradError, match="raise"):
        eqd2_voxels(doses, invalid="drop", **N)


def test_out() -> None:
    doses = np.ones((3, 4))
    for out, words in [
        (np.empty((4, 3)), "one shape"),
        (np.empty((3, 4), order="F"), "order"),
        (np.empty((3, 8))[:, ::2], "ascontiguousarray"),
    ]:
        with pytest.raises(ChemoradError, match=words):
            eqd2_voxels(doses, out=out, **N)
    with pytest.raises(TypeError, match="type of doses"):
        eqd2_voxels(doses, out=np.empty((3, 4), dtype=np.float32), **N)
    locked = np.ones((3, 4))
    locked.flags.writeable = False
    with pytest.raises(ChemoradError, match="cannot be written"):
        eqd2_voxels(locked, out=locked, **N)
    long = np.ones(10)
    with pytest.raises(ChemoradError, match="out shares memory with doses"):
        eqd2_voxels(long[:8], out=long[2:], **N)
    assert long.tolist() == [1.0] * 10


def test_read_only_doses_are_read() -> None:
    locked = np.ones(4)
    locked.flags.writeable = False
    assert eqd2_voxels(locked, **N)[0] > 0


def test_eqd2_takes_both() -> None:
    doses = np.array([45.0])
    # a slice is within 4 units in the last place of the exact number
    assert chemorad.eqd2(doses, **N)[0] == pytest.approx(43.2, rel=1e-15)
    with pytest.raises(TypeError, match="fractions="):
        chemorad.eqd2(doses, alpha_beta="3Gy")
    with pytest.raises(TypeError, match="numpy array"):
        chemorad.eqd2("45Gy/25", **N)
    assert chemorad.bed_voxels(doses, **N)[0] == pytest.approx(72.0, rel=1e-15)
    assert chemorad.eqd_voxels(doses, reference="1.8Gy", **N)[0] == pytest.approx(45.0, rel=1e-15)


def test_threads() -> None:
    doses = [np.full(200_000, 45.0) for _ in range(8)]
    threads = [threading.Thread(target=eqd2_voxels, args=(d,), kwargs={"out": d, **N}) for d in doses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all((d == doses[0][0]).all() for d in doses)
