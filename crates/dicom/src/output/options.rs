//! How a dose is written, and what was written.

use chemorad::number::Decimal;

use crate::dose::impossible::ImpossibleGeometry;

/// How a dose is written.
///
/// ```
/// use chemorad_dicom::{Bits, WriteOptions};
/// let options = WriteOptions { bits: Bits::Sixteen, ..WriteOptions::default() };
/// assert_eq!(options.created, None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WriteOptions {
    /// When the file was made; left out of it when not given.
    pub created: Option<Created>,
    /// Bits of a voxel; 32 unless asked for otherwise.
    pub bits: Bits,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Written {
    /// The new SOP Instance UID.
    pub sop_instance: String,
    /// Dose Grid Scaling as written: the step between two stored numbers, in gray.
    pub scaling: String,
    /// Bits of a voxel.
    pub bits: u16,
    /// Bytes of the file.
    pub size: usize,
}

/// Bits of a voxel in the file.
///
/// The step between two stored numbers is Dose Grid Scaling (3004,000E):
/// a power of ten from a nanogray upwards with 32 bits; with 16 bits the maximum divided by 65,535, rounded
/// up to three digits, so half a step is less than 0.001 % of the maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Bits {
    /// For programs that read no more.
    Sixteen,
    /// Keeps every digit an `f32` has.
    #[default]
    ThirtyTwo,
}

impl Bits {
    pub(super) fn count(self) -> u16 {
        match self {
            Self::Sixteen => 16,
            Self::ThirtyTwo => 32,
        }
    }
}

/// When a file was made. The caller says it: this library reads no clock.
///
/// ```
/// use chemorad_dicom::Created;
/// assert!(Created::new("20261123", "094500").is_some());
/// assert!(Created::new("2026-11-23", "09:45").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    pub(super) date: String,
    pub(super) time: String,
}

impl Created {
    /// From `YYYYMMDD` and `HHMMSS`; `None` when they are not of that form.
    #[must_use]
    pub fn new(date: &str, time: &str) -> Option<Self> {
        let digits = |text: &str, length| {
            text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        (digits(date, 8) && digits(time, 6)).then(|| Self {
            date: date.into(),
            time: time.into(),
        })
    }
}

/// Why a dose was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The source does not hold what an RT Dose must.
    #[error("the source dose has no {0}, which an RT Dose must have")]
    Missing(&'static str),
    /// The source has numbers that no grid can have.
    #[error(
        "the source cannot be a grid: {0}, so where its voxels lie is not known; export it again"
    )]
    Geometry(ImpossibleGeometry),
    /// The frames of the source lie where the standard does not say.
    #[error(
        "the first frame offset of the source is {0} mm, neither zero nor the z of its position with the orientation 1, 0, 0, 0, 1, 0, so where its frames lie is not defined; export the source again with offsets that begin with zero"
    )]
    FirstOffset(Decimal),
    /// The data set cannot be encoded.
    #[error("cannot encode the dose: {0}")]
    Encode(String),
}
