//! A plan as read, whatever it was read from: fraction groups and their doses, targets, dose files, and
//! the patient. No file format: a reader fills these types, and a check judges them.
//!
//! - [`PlannedPrescription`]: what one source plans, from a plan file, an export ([`EnteredLine`]) or
//!   typed ([`TypedPrescription`]). What is absent there is absent here.
//! - [`DoseFile`]: what the numbers of a dose file are, and [`dose_scale`], whether their size can be right.
//! - [`Patient`] and [`PatientIdentity`]: which texts name the patient; [`PatientComparison`]: whether
//!   several files are about one person.
//! - [`Structure`]: the solid that a stack of contours means, with its volume; [`DoseInStructure`]: the dose
//!   of a [`DoseGrid`] in it, each value with bounds; [`ContouredDose`]: both from contours.
//! - [`DoseHistogram`]: dose and volume from any source, and the models that make a probability of it:
//!   [`LymanKutcherBurman`], [`GeudLogistic`], [`RelativeSeriality`], [`PoissonControl`].

mod beam_finding;
mod birth_date;
mod contoured_dose;
mod dose_file;
mod dose_scale;
mod entered;
mod finding;
mod folded;
mod histogram;
mod identity;
mod metric;
mod missing_dose;
mod names;
mod one_patient;
mod patient;
mod patients;
mod pattern;
mod plan_coverage;
mod plan_index;
mod planned;
mod point;
mod response;
pub mod spreadsheet;
mod structure;
mod target;
mod tissue_volume;
mod typed;
mod voxel_effect;
mod whole_dose;

pub use beam_finding::{BeamFinding, BeamIssue, group_name};
pub use contoured_dose::{ContouredDose, PlaneSpacing, PlaneSpacingError};
pub use dose_file::{DoseFile, DoseType, DoseUnits, PlanPart, SummationType, beams_in_words};
pub use dose_scale::{dose_scale, dose_scale_alone, least_maximum};
pub use entered::{EnteredError, EnteredLine};
pub use finding::{CODES, DoseScale, DosimetryFinding};
pub use histogram::{Bounded, DoseGrid, DoseGridError, DoseInStructure};
pub use identity::IdentityFinding;
pub use metric::{Metric, MetricError};
pub use missing_dose::MissingDose;
pub use names::same_name;
pub use one_patient::{PatientAttribute, PatientComparison, PatientDifference, PatientFile};
pub use patient::{Patient, PatientIdentity};
pub use patients::PatientIdentities;
pub use pattern::FractionPattern;
pub use plan_index::PlanIndex;
pub use planned::{
    BeamRadiation, PlanApproval, PlanKind, PlannedDose, PlannedGroup, PlannedPrescription,
};
pub use point::{DosePart, DosePoint, PartPoint};
pub use response::{
    Clonogens, DoseBasis, DoseHistogram, DoseQuantity, DoseShare, Ends, Estimate, GeudLogistic,
    HistogramError, HistogramKind, HistogramText, HistogramTextOptions, LymanKutcherBurman,
    ModelDoses, PUBLISHED_RESPONSES, ParameterError, PoissonControl, PoissonControlError,
    PoissonError, PoissonForm, PublishedResponse, RESPONSE_CODES, RelativeSeriality, Response,
    ResponseModel, ResponseNote, ResponseParameter, VolumeUnit,
    generalised_equivalent_uniform_dose,
};
pub use structure::{
    DrawnStructure, SolidConvention, Structure, StructureError, StructureNote, notes_of_set,
};
pub use target::{OtherLimit, PlannedTarget, StatedLimit, TargetExtent, TargetKind, TargetLink};
pub use tissue_volume::{cubic_centimetres, written_number};
pub use typed::{TypedPrescription, TypedPrescriptionError};
pub use voxel_effect::{EffectMeasure, VoxelEffect};

chemorad::one_error!(
    chemorad::Error,
    DoseGridError,
    EnteredError,
    HistogramError,
    MetricError,
    ParameterError,
    PlaneSpacingError,
    PoissonControlError,
    StructureError,
    TypedPrescriptionError
);
