//! Voxel doses in numpy arrays: one pass, no copy, the interpreter free for other threads.

use std::panic::resume_unwind;
use std::thread;

use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{LinearQuadratic, TWO_GRAY, Voxel, VoxelError};
use chemorad::radiotherapy::FractionCount;
use numpy::{
    BorrowError, Element, PyArrayDyn, PyArrayMethods as _, PyReadonlyArrayDyn, PyReadwriteArrayDyn,
    PyUntypedArray, PyUntypedArrayMethods as _,
};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::error::{OrRefuse as _, refusal};
use crate::quantity::{alpha_beta, dose};
use crate::read::{Whole, type_name};
use crate::schedule::count;
use crate::threads::threads;

/// What is done with voxels that are no doses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Invalid {
    /// The call is an error.
    Raise,
    /// They are NaN in the result.
    Nan,
}

impl<'a, 'py> FromPyObject<'a, 'py> for Invalid {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let text = given.cast::<PyString>().map(|text| text.to_string());
        match text.as_deref() {
            Ok("raise") => Ok(Self::Raise),
            Ok("nan") => Ok(Self::Nan),
            _ => Err(refusal(
                &format!("invalid is \"raise\" or \"nan\", not {}", given.repr()?),
                "voxels.invalid_rule",
                &["raise".into(), "nan".into()],
            )),
        }
    }
}

/// What is wanted of every voxel.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    model: LinearQuadratic,
    fractions: FractionCount,
    /// EQD in fractions of this dose; BED without.
    reference: Option<AbsorbedDose>,
    /// The threads that are asked for.
    threads: Option<Whole>,
}

/// The dose that text may have at most: more is another unit.
const LARGEST_GRAY: f32 = 1000.0;

/// So many voxels are looked at and converted while they are at hand.
const BLOCK: usize = 4096;

/// A number of a voxel that can be held against the largest dose.
trait Dose: Voxel + Element + Send + Sync + PartialOrd + From<f32> + Into<f64> {}
impl<V: Voxel + Element + Send + Sync + PartialOrd + From<f32> + Into<f64>> Dose for V {}

#[allow(
    clippy::needless_bitwise_bool,
    reason = "no branch in the loop, which keeps up with memory"
)]
fn has_too_large<V: Dose>(doses: &[V]) -> bool {
    let largest = V::from(LARGEST_GRAY);
    doses
        .iter()
        .fold(false, |any, dose| any | (*dose > largest))
}

/// Results of doses that are too large are NaN, and counted with the others that are no doses.
fn without_too_large<V: Dose>(
    doses: &[V],
    results: &mut [V],
    done: Result<(), VoxelError>,
) -> Result<(), VoxelError> {
    if !has_too_large(doses) || matches!(done, Err(VoxelError::Length { .. })) {
        return done;
    }
    let largest = V::from(LARGEST_GRAY);
    let mut wrong: Option<(usize, usize)> = None;
    for (index, (dose, result)) in doses.iter().zip(results).enumerate() {
        if *dose > largest {
            *result = V::from(f32::NAN);
        }
        let value: f64 = (*result).into();
        if value.is_nan() {
            let (count, first) = wrong.unwrap_or((0, index));
            wrong = Some((count + 1, first));
        }
    }
    match wrong {
        Some((count, first)) => Err(VoxelError::Invalid { count, first }),
        None => Ok(()),
    }
}

/// A thread is not worth its start for fewer bytes.
const BYTES_OF_A_THREAD: usize = 4 << 20;

/// What the pieces of a slice came to, each with the index at which it begins.
fn together(
    pieces: impl IntoIterator<Item = (usize, Result<(), VoxelError>)>,
) -> Result<(), VoxelError> {
    let mut wrong: Option<(usize, usize)> = None;
    for (at, done) in pieces {
        match done {
            Err(VoxelError::Invalid { count, first }) => {
                let (before, earliest) = wrong.unwrap_or((0, at + first));
                wrong = Some((before + count, earliest));
            }
            other => other?,
        }
    }
    match wrong {
        Some((count, first)) => Err(VoxelError::Invalid { count, first }),
        None => Ok(()),
    }
}

/// Does each piece on a thread of its own, the first one here. The result of a voxel is the same in any piece.
fn on_threads<P: Send>(
    pieces: impl Iterator<Item = (usize, P)>,
    work: impl Fn(P) -> Result<(), VoxelError> + Sync,
) -> Result<(), VoxelError> {
    let work = &work;
    thread::scope(|scope| {
        let mut pieces = pieces;
        let here = pieces.next();
        let started: Vec<_> = pieces
            .map(|(at, piece)| (at, scope.spawn(move || work(piece))))
            .collect();
        let first = here.map(|(at, piece)| (at, work(piece)));
        let others = started.into_iter().map(|(at, thread)| {
            let done = thread.join();
            (at, done.unwrap_or_else(|defect| resume_unwind(defect)))
        });
        together(first.into_iter().chain(others))
    })
}

impl Wanted {
    pub(crate) fn new(
        alpha_beta: AlphaBeta,
        fractions: Whole,
        reference: Option<AbsorbedDose>,
        threads: Option<Whole>,
    ) -> PyResult<Self> {
        Ok(Self {
            model: LinearQuadratic::new(alpha_beta),
            fractions: count(fractions)?,
            reference,
            threads,
        })
    }

    /// The voxels of a piece.
    fn piece<V>(self, voxels: usize) -> PyResult<usize> {
        let useful = 1 + voxels.saturating_mul(size_of::<V>()) / BYTES_OF_A_THREAD;
        let threads = threads(self.threads, useful, "voxels.threads")?;
        Ok(voxels.div_ceil(threads).max(1))
    }

    fn into<V: Dose>(self, doses: &[V], results: &mut [V], piece: usize) -> Result<(), VoxelError> {
        let pieces = doses.chunks(piece).zip(results.chunks_mut(piece));
        let pieces = pieces
            .enumerate()
            .map(|(number, both)| (number * piece, both));
        on_threads(pieces, |(doses, results): (&[V], &mut [V])| {
            let blocks = doses.chunks(BLOCK).zip(results.chunks_mut(BLOCK));
            together(blocks.enumerate().map(|(number, (doses, results))| {
                let done = match self.reference {
                    Some(x) => self.model.eqd_voxels(doses, self.fractions, x, results),
                    None => self.model.bed_voxels(doses, self.fractions, results),
                };
                (number * BLOCK, without_too_large(doses, results, done))
            }))
        })
    }

    fn in_place<V: Dose>(self, voxels: &mut [V], piece: usize) -> Result<(), VoxelError> {
        let pieces = voxels.chunks_mut(piece).enumerate();
        let pieces = pieces.map(|(number, voxels)| (number * piece, voxels));
        on_threads(pieces, |voxels: &mut [V]| {
            let blocks = voxels.chunks_mut(BLOCK).enumerate();
            together(blocks.map(|(number, voxels)| {
                if has_too_large(voxels) {
                    let largest = V::from(LARGEST_GRAY);
                    for dose in voxels.iter_mut().filter(|dose| **dose > largest) {
                        *dose = V::from(f32::NAN);
                    }
                }
                let done = match self.reference {
                    Some(x) => self.model.eqd_voxels_in_place(voxels, self.fractions, x),
                    None => self.model.bed_voxels_in_place(voxels, self.fractions),
                };
                (number * BLOCK, done)
            }))
        })
    }
}

/// Whether it is a numpy array, of whatever kind.
pub(crate) fn is_array(given: &Bound<'_, PyAny>) -> bool {
    given.cast::<PyUntypedArray>().is_ok()
}

/// Converts an array of `f32` or `f64`.
pub(crate) fn convert<'py>(
    doses: &Bound<'py, PyAny>,
    out: Option<&Bound<'py, PyAny>>,
    wanted: Wanted,
    invalid: Invalid,
) -> PyResult<Bound<'py, PyAny>> {
    if type_name(doses) == "MaskedArray" {
        return Err(PyTypeError::new_err(
            "doses is a masked array, whose mask would be lost: give doses.filled(numpy.nan) with \
             invalid=\"nan\", or doses.data",
        ));
    }
    if let Ok(doses) = doses.cast::<PyArrayDyn<f64>>() {
        return of_type(doses, out, wanted, invalid);
    }
    if let Ok(doses) = doses.cast::<PyArrayDyn<f32>>() {
        return of_type(doses, out, wanted, invalid);
    }
    let what = doses.cast::<PyUntypedArray>().map_or_else(
        |_| type_name(doses),
        |array| format!("numpy array of {}", array.dtype()),
    );
    Err(PyTypeError::new_err(format!(
        "doses is a {what}: give a numpy array of float32 or float64 in gray, in the byte order of this \
         machine, such as doses.astype(numpy.float64)"
    )))
}

fn of_type<'py, V: Dose>(
    doses: &Bound<'py, PyArrayDyn<V>>,
    out: Option<&Bound<'py, PyAny>>,
    wanted: Wanted,
    invalid: Invalid,
) -> PyResult<Bound<'py, PyAny>> {
    let py = doses.py();
    contiguous(doses, "doses")?;
    let Some(out) = out else {
        // zeros in the same order, whose pages the system hands out when they are written
        let results = PyArrayDyn::<V>::zeros(py, doses.shape(), !doses.is_c_contiguous());
        copied(doses, &results, wanted, invalid)?;
        return Ok(results.into_any());
    };
    let Ok(results) = out.cast::<PyArrayDyn<V>>() else {
        let what = out.cast::<PyUntypedArray>().map_or_else(
            |_| type_name(out),
            |array| format!("numpy array of {}", array.dtype()),
        );
        return Err(PyTypeError::new_err(format!(
            "out is a {what}: give an array of the type of doses, {}",
            doses.dtype()
        )));
    };
    if results.shape() != doses.shape() {
        return Err(refusal(
            &format!(
                "out has the shape {:?} and doses {:?}: give arrays of one shape",
                results.shape(),
                doses.shape()
            ),
            "voxels.shape",
            &[],
        ));
    }
    contiguous(results, "out")?;
    if doses.is(results) {
        let piece = wanted.piece::<V>(doses.len())?;
        let mut voxels = writeable(results)?;
        let voxels = voxels
            .as_slice_mut()
            .map_err(|error| strided("doses", &error))?;
        judged(
            py.detach(|| wanted.in_place(voxels, piece)),
            invalid,
            "doses now has",
        )?;
    } else {
        if doses.is_c_contiguous() != results.is_c_contiguous() {
            return Err(refusal(
                "doses and out have their voxels in different orders: give out the order of doses, as \
                 numpy.empty_like(doses) does",
                "voxels.order",
                &[],
            ));
        }
        copied(doses, results, wanted, invalid)?;
    }
    Ok(out.clone())
}

fn copied<V: Dose>(
    doses: &Bound<'_, PyArrayDyn<V>>,
    results: &Bound<'_, PyArrayDyn<V>>,
    wanted: Wanted,
    invalid: Invalid,
) -> PyResult<()> {
    let input: PyReadonlyArrayDyn<'_, V> = doses
        .try_readonly()
        .map_err(|error| refusal(&format!("doses: {error}"), "voxels.borrowed", &[]))?;
    let mut output = writeable(results)?;
    let input = input.as_slice().map_err(|error| strided("doses", &error))?;
    let output = output
        .as_slice_mut()
        .map_err(|error| strided("out", &error))?;
    let piece = wanted.piece::<V>(input.len())?;
    let done = doses.py().detach(|| wanted.into(input, output, piece));
    judged(done, invalid, "out has")
}

fn writeable<'py, V: Element>(
    array: &Bound<'py, PyArrayDyn<V>>,
) -> PyResult<PyReadwriteArrayDyn<'py, V>> {
    array.try_readwrite().map_err(|error| {
        let why = match error {
            BorrowError::AlreadyBorrowed => {
                "out shares memory with doses, or another call works on it: give doses itself, or an array of \
                 its own such as numpy.empty_like(doses)"
            }
            _ => "out cannot be written: give an array that is writeable",
        };
        refusal(why, "voxels.borrowed", &[])
    })
}

fn contiguous<V: Element>(array: &Bound<'_, PyArrayDyn<V>>, name: &str) -> PyResult<()> {
    if array.is_c_contiguous() || array.is_fortran_contiguous() {
        Ok(())
    } else {
        Err(strided(name, &""))
    }
}

fn strided(name: &str, _: &dyn std::fmt::Display) -> PyErr {
    refusal(
        &format!(
            "{name} is not contiguous, and nothing is copied unasked: give \
             numpy.ascontiguousarray({name})"
        ),
        "voxels.contiguous",
        &[],
    )
}

fn judged(done: Result<(), VoxelError>, invalid: Invalid, whose: &str) -> PyResult<()> {
    match done {
        Err(VoxelError::Invalid { count, first }) if invalid == Invalid::Raise => Err(refusal(
            &format!(
                "{count} voxel dose(s) are NaN, infinite, negative or above 1000 Gy (check the unit: \
                 doses are in gray), the first at index {first} of doses.ravel(order=\"K\"); {whose} NaN there and results elsewhere. Mend the \
                 doses, or give invalid=\"nan\""
            ),
            "voxels.invalid",
            &[],
        )),
        Err(VoxelError::Invalid { .. }) => Ok(()),
        other => other.or_refuse(),
    }
}

macro_rules! voxel_functions {
    ($($(#[$doc:meta])* $name:ident: $reference:expr,)+) => {$(
        $(#[$doc])*
        #[pyfunction]
        #[pyo3(signature = (doses, /, *, fractions, alpha_beta, out = None, invalid = Invalid::Raise, threads = None))]
        pub(crate) fn $name<'py>(
            doses: &Bound<'py, PyAny>,
            fractions: Whole,
            alpha_beta: &Bound<'py, PyAny>,
            out: Option<&Bound<'py, PyAny>>,
            invalid: Invalid,
            threads: Option<Whole>,
        ) -> PyResult<Bound<'py, PyAny>> {
            let wanted = Wanted::new(self::alpha_beta(alpha_beta)?, fractions, $reference, threads)?;
            convert(doses, out, wanted, invalid)
        }
    )+};
}

voxel_functions! {
    /// EQD2 of every voxel: `D (D/n + α/β)/(2 Gy + α/β)`, Gy, at most 4 units in the last place from the
    /// exact value. `doses` is a contiguous numpy array of float32 or float64 with the total dose of each
    /// voxel in gray, given in `fractions` fractions.
    ///
    /// The fast form is `out=`: the array for the results, or `doses` itself to convert in place. Without
    /// it a new array is made, whose memory the system has to find first. Other Python threads go on
    /// meanwhile. Large arrays are done on all cores; `threads` says on how many, and the result is the same
    /// to the last bit. A voxel that is NaN, infinite, negative or above 1000 Gy becomes NaN; with `invalid="raise"` the call is
    /// then an error, after the other voxels were converted, and with `invalid="nan"` it is not.
    ///
    /// >>> import chemorad, numpy
    /// >>> doses = numpy.array([45.0, 50.0, 0.0])
    /// >>> _ = chemorad.eqd2_voxels(doses, fractions=25, alpha_beta="3Gy", out=doses)
    /// >>> doses
    /// array([43.2, 50. ,  0. ])
    eqd2_voxels: Some(TWO_GRAY),
    /// BED of every voxel: `D (1 + D/(n α/β))`, Gy; arguments as of `eqd2_voxels`.
    ///
    /// >>> import chemorad, numpy
    /// >>> chemorad.bed_voxels(numpy.array([45.0, 50.4]), fractions=28, alpha_beta="10Gy").round(6)
    /// array([52.232143, 59.472   ])
    bed_voxels: None,
}

/// EQD in fractions of `reference` of every voxel: `D (D/n + α/β)/(x + α/β)`, Gy; the other arguments as
/// of `eqd2_voxels`.
///
/// >>> import chemorad, numpy
/// >>> chemorad.eqd_voxels(numpy.array([45.0]), fractions=25, alpha_beta="3Gy", reference="1.8Gy")
/// array([45.])
#[pyfunction]
#[pyo3(signature = (doses, /, *, fractions, alpha_beta, reference, out = None, invalid = Invalid::Raise, threads = None))]
pub(crate) fn eqd_voxels<'py>(
    doses: &Bound<'py, PyAny>,
    fractions: Whole,
    alpha_beta: &Bound<'py, PyAny>,
    reference: &Bound<'py, PyAny>,
    out: Option<&Bound<'py, PyAny>>,
    invalid: Invalid,
    threads: Option<Whole>,
) -> PyResult<Bound<'py, PyAny>> {
    let x = dose(reference, "reference", "2 Gy")?;
    let wanted = Wanted::new(self::alpha_beta(alpha_beta)?, fractions, Some(x), threads)?;
    convert(doses, out, wanted, invalid)
}
