//! What doses mean to a tissue: the linear-quadratic model, its inverses, tissue parameters.
//!
//! * [`LinearQuadratic`] gives BED and EQDx for a fractionation, for everything a volume gets
//!   ([`DoseSeries`]) and for slices of voxel doses.
//! * [`Target`] and [`LinearQuadratic::dose_per_fraction_for`],
//!   [`LinearQuadratic::fractions_for`] solve for d or n.
//! * [`TissueParameter`]s are published α/β records: endpoint, value, interval, source. None is a
//!   default. [`RepairRecord`]s and [`RepopulationRecord`]s are the same for the time models.
//! * [`EffectModel`] adds what plain linear-quadratic leaves out: [`Repopulation`] in overall time,
//!   [`incomplete_repair`] between fractions of a day, a [`LinearTail`] at high doses. Its
//!   [`Effect`] shows every term.
//! * [`ModelParameters`] are such a model as a file or a command line gives it.
//! * [`CumulativeEqd2`] adds earlier courses, with recovery only as its author states it.
//! * [`AlphaBetaInterval`] gives BED and EQDx over a range of α/β.
//! * [`UncertainModel`] does so for the model with its parts, over intervals of any parameter, and
//!   compares schedules with the same parameters on both sides; [`UncertainParameters`] are such a
//!   model as text gives it.
//! * [`cautions`] says when a dose per fraction is outside the range the model is supported in.

mod caution;
mod corner;
mod earlier_courses;
mod effect;
mod effect_model;
mod exact;
mod finding;
mod finding_words;
mod interval;
mod interval_error;
mod inverse;
mod linear_quadratic;
mod linear_tail;
mod measure;
mod model_error;
mod parameter_range;
mod parameter_set;
mod parameters;
mod parameters_error;
mod repair;
mod repopulation;
mod solution;
mod target;
mod term;
mod time_records;
mod tissue;
mod treatment;
mod uncertain_corners;
mod uncertain_parameters;
mod uncertainty;
mod voxels;

pub use caution::{
    USUAL_ALPHA_BETA, alpha_beta_caution, cautions, interval_caution, new_day_caution,
    same_number_caution, total_caution,
};
pub use earlier_courses::{
    CURRENT_COURSE, CourseShare, CumulativeEqd2, EarlierCourse, EarlierCourseError, Recovery,
};
pub use effect::Effect;
pub use effect_model::EffectModel;
pub use exact::DoseSeries;
pub use finding::{CODES, COMPLETE_REPAIR_ASSUMED, RadiobiologyFinding, USUAL_TOTAL};
pub use interval::{AlphaBetaInterval, BedInterval, EqdInterval};
pub use interval_error::{IntervalError, UncertaintyError};
pub use linear_quadratic::{LinearQuadratic, TWO_GRAY};
pub use linear_tail::{FinalSlope, FinalSlopeError, LinearTail};
pub use measure::Measure;
pub use model_error::ModelError;
pub use parameter_range::{ParameterRange, UncertainRate, UncertainSlope};
pub use parameter_set::{ModelParameters, UncertainParameters};
pub use parameters_error::ParametersError;
pub use repair::{incomplete_repair, interval_for_incomplete_repair};
pub use repopulation::{
    Repopulation, RepopulationRate, TimeBasis, TreatmentTime, bed_loss_from_eqd_loss,
    eqd_loss_from_bed_loss,
};
pub use solution::{DoseSolution, FractionsSolution};
pub use target::{Rounding, SolveError, Target};
pub use term::{Term, TermKind};
pub use time_records::{REPAIR_HALF_TIMES, REPOPULATION_LOSSES, RepairRecord, RepopulationRecord};
pub use tissue::{Endpoint, ReportedInterval, TISSUE_PARAMETERS, TissueParameter};
pub use treatment::Treatment;
pub use uncertainty::{Difference, Enclosure, EnclosureMethod, UncertainModel};
pub use voxels::{Voxel, VoxelError};
