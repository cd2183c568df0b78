//! Comparing what was planned or entered with what is prescribed.
//!
//! One engine for plans, exports and typed numbers: [`CrossCheck::new`] takes what is
//! [`Prescribed`] (the course of a protocol's option, or typed) and what was planned
//! ([`PlannedPrescription`](chemorad_dosimetry::PlannedPrescription)), matches fraction groups to phases by a stated rule
//! ([`ASSIGNMENT_RULE`]), and says for every check *pass*, *warn*, *fail*, *cannot tell* or *not
//! applicable*, with both numbers, the difference, the tolerance and the arithmetic. Doses are exact
//! decimals throughout, and a value that is missing never passes.
//!
//! | code | compares |
//! | --- | --- |
//! | `rx.phases` | each phase has one fraction group; their order, where a source states it |
//! | `rx.fractions` | the number of fractions |
//! | `rx.dose_per_fraction` | the dose per fraction |
//! | `rx.total` | the total of each phase, and the cumulative dose of each volume |
//! | `rx.not_prescribed` | every planned dose is explained by a prescription; what is left over |
//! | `rx.arithmetic` | n d = D, where all three were entered |
//! | `rx.fractions_per_week` | the days a plan states for its fractions |
//! | `rx.prescription` | the dose a plan states against the prescribed one |
//! | `rx.volume_match` | the names of a plan's targets against the prescribed volumes |
//! | `plan.beam_sum` | fractions times beam doses against the dose a plan states |
//! | `plan.target_limits` | the least and the largest dose a plan allows its targets |
//! | `plan.multiple_targets` | how many targets a plan states; all are listed |
//! | `plan.kind`, `plan.radiation`, `plan.approval`, `plan.intent` | what a plan says of itself |
//! | `plan.patient` | whom plans, doses and structure sets are about |
//! | `plan.frame_of_reference`, `plan.structure_set` | whether the phases are on one set of images |
//! | `plan.references_structures` | whether a structure set is one that a plan was made on |
//! | `dose.units`, `dose.type`, `dose.scale`, `dose.sum_type`, `dose.references_plan` | dose files |
//! | `dose.frame_of_reference`, `dose.structure_set` | whether a dose lies where its plan does |
//!
//! Findings of the reading (`plan.beams_left_out`, `plan.beam_dose`, `dvh.tags_vs_data`, ...) are
//! passed on. The total alone is not a check: 20 fractions of 1.8 Gy planned for 12 of 3 Gy give the
//! same 36 Gy.
//!
//! ```
//! use chemorad::report::Outcome;
//! use chemorad_crosscheck::{CrossCheck, CrossCheckInput, Decisions, Prescribed, Tolerances};
//! use chemorad_dosimetry::PlannedPrescription;
//!
//! let prescribed = Prescribed::typed(&["36Gy/12".parse()?])?;
//! let check = CrossCheck::new(&CrossCheckInput {
//!     prescribed: &prescribed,
//!     planned: &[PlannedPrescription::typed("typed", &["20 x 1.8 Gy".parse()?])?],
//!     doses: &[],
//!     others: &[],
//!     mapping: &[],
//!     names: &[],
//!     tolerances: &Tolerances::default(),
//!     decisions: &Decisions::default(),
//!     not_assessable: 0,
//! })?;
//! let outcome = |code: &str| check.findings.iter().find(|f| f.is(code)).unwrap().outcome;
//! assert_eq!(check.outcome, Outcome::Fail);
//! assert_eq!(outcome("rx.fractions"), Outcome::Fail);
//! assert_eq!(outcome("rx.dose_per_fraction"), Outcome::Fail);
//! assert_eq!(outcome("rx.total"), Outcome::Pass);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod account;
mod amount;
mod assign;
mod beam_meaning;
mod beam_sum;
mod check;
mod choice;
mod codes;
mod completeness;
mod cumulative;
mod days;
mod dose;
mod dose_in_name;
mod dose_unknown;
mod finding;
mod fit;
mod identity;
mod input;
mod known;
mod limits;
mod mapping;
mod meaning;
mod ordered;
mod organ_limits;
mod organ_name;
mod phase_parts;
mod plan;
mod planned_volume_dose;
mod prescribed;
mod prescribed_error;
mod prescription;
mod radiation;
mod reason;
mod regions;
mod stated;
mod statement;
mod structures;
mod target_names;
mod tolerance;
mod volume_name;
mod weekly;

pub use amount::{Amount, Comparison};
pub use assign::{ASSIGNMENT_RULE, AssignedGroup};
pub use check::{COVERS, CrossCheck, CrossCheckError, NotRead};
pub use codes::CODES;
pub use days::StatedDays;
pub use dose_unknown::{DoseUnknown, WhyStated};
pub use finding::{
    Against, BestMeaning, DoseFileFinding, DoseFinding, FarLimit, JudgedDose, KnownBeams, LeftOver,
    LimitFit, MeaningKind, NameOdd, NamedVolumes, OutOfOrder, PhaseFinding, PhaseSequence,
    PlanFinding, PlanSays, RegionFit, SharedRegion, StatedDose, TargetFinding, TargetLimit,
    TargetNameFinding, TooMuch, WhyLeftOver,
};
pub use input::{CrossCheckInput, Decisions};
pub use mapping::{GroupSelector, MappingError, PhaseMapping, TargetName};
pub use ordered::{
    CODES as ORDER_CODES, ExpectedOrder, ExpectedTablets, OrderCheck, OrderFinding,
    Period as OrderPeriod,
};
pub use organ_limits::{
    CODES as LIMIT_CODES, Goal, GoalError, LeftOut, LimitCheck, LimitDoubt, LimitFinding,
    LimitSubject, LimitValue, NoLimitValue, OrganLimit, OrganLimitError, OrganLimits,
    OrganLimitsError, OtherOrgan, ProtocolLimitsError, PublishedLimits, StructureInDose,
    TargetDose, Unbreakable, UnknownLimits, UnlikePublished, WholeDose, WrongSide, shipped,
    shipped_ids, shipped_text,
};
pub use planned_volume_dose::PlannedVolumeDose;
pub use prescribed::Prescribed;
pub use prescribed_error::PrescribedError;
pub use radiation::PrescribedRadiation;
pub use reason::MatchReason;
pub use tolerance::{Limit, Tolerance, ToleranceError, Tolerances};

chemorad::one_error!(
    chemorad::Error,
    CrossCheckError,
    GoalError,
    MappingError,
    OrganLimitError,
    OrganLimitsError,
    PrescribedError,
    ProtocolLimitsError,
    ToleranceError,
    UnknownLimits
);
