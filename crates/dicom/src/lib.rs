//! DICOM RT for `chemorad`: plans, doses and structure sets read exactly, dose grids converted.
//!
//! - [`DicomFile`]: the bytes of one file and what kind of file it is. Nothing is trusted: every length
//!   is checked against the bytes that are there before it is used, nesting and counts are bounded, and a
//!   file that ends early is an error.
//! - [`Plan`]: fraction groups, beams with their purpose, dose references, approval. Decimal strings are
//!   kept as text and as exact decimals ([`DecimalString`]).
//! - [`Dose`]: the grid with its units, type and summation. Relative dose never becomes gray.
//! - [`equivalent`]: BED and EQDx of every voxel, phase by phase, each with its own number of fractions.
//! - [`TreatmentRecord`]: the beams of a session as they were given; [`GivenTreatment`]: the fractions of
//!   many records, held against what is prescribed.
//! - [`StructureSet`]: names and kinds of the regions, without their contours.
//!
//! The reader of data sets is this crate's own, because it must skip what a check does not need (control
//! points, contours), bound its memory and say what it did not read; names of elements and files,
//! character sets and the writing are [dicom-rs](https://docs.rs/dicom)'s, and tests hold both readers equal.
//!
//! ```no_run
//! use chemorad_dicom::{DicomFile, DosePerFraction};
//!
//! let file = DicomFile::open("plan.dcm".as_ref())?;
//! let plan = file.plan()?;
//! for group in &plan.fraction_groups {
//!     if let DosePerFraction::Known { dose, .. } = group.dose_per_fraction() {
//!         println!("{:?} x {dose} Gy", group.fractions_planned);
//!     }
//! }
//! # Ok::<(), chemorad_dicom::ReadError>(())
//! ```

mod codes;
mod contours;
mod data_set;
mod decimal_string;
mod dose;
mod dvh;
mod encoding;
pub mod equivalent;
mod error;
mod file;
mod grid_volume;
mod kind;
mod output;
mod patient;
mod percentile;
mod plan;
mod planned;
mod record;
mod reference;
mod regions;
mod shared;
mod statistics;
mod structure_set;
mod uid;

pub use codes::CODES;
pub use contours::RegionContours;
pub use decimal_string::DecimalString;
pub use dose::{Dose, Grid, GridFinding, ImpossibleGeometry, PlacedGridError};
pub use dvh::{Dvh, OfBins};
pub use encoding::{EncodingFinding, TransferSyntax};
pub use error::{ElementName, ReadError};
pub use file::{DicomFile, Limits};
pub use grid_volume::{GridVolume, VolumeError};
pub use kind::Kind;
pub use output::{Bits, Created, WriteError, WriteOptions, Written};
pub use percentile::{Percentile, PercentileError};
pub use plan::{
    Beam, BrachySetup, DateFinding, DosePerFraction, DoseReference, FractionGroup, GroupBeam,
    GroupDoseReference, Plan, Purpose,
};
pub use record::{
    DeliveryFinding, DoseDifference, GivenFraction, GivenTreatment, NotSettled, PhaseGroup,
    PlanDay, RecordFinding, RecordedBeam, RecordedDose, TreatmentRecord, records_against_plan,
};
pub use reference::{GroupReference, Identity, PlanReference, Reference};
pub use statistics::DoseStatistics;
pub use structure_set::{Region, StructureSet};
pub use uid::Uid;

chemorad::one_error!(
    chemorad::Error,
    ReadError,
    WriteError,
    equivalent::ConvertError,
    PercentileError,
    PlacedGridError,
    VolumeError
);
