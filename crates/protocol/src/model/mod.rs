//! Treatment protocols as data: who gets what, each value with the words it rests on.
//!
//! A [`Protocol`] holds volumes, phases, courses, drugs, eligibility criteria and arms. Every value
//! is a [`Statement`]: *stated* with its quote, *derived* with its reason, or *unspecified* with the
//! question and the choices. What the text leaves open is asked, never guessed.
//!
//! | to | use |
//! | --- | --- |
//! | get the built-in trial | [`builtin`] or [`NCT06949098`] |
//! | find the arm and its options for a pathology | [`assign`] |
//! | compare a person with the eligibility criteria | [`eligibility`] |
//! | get the course of an option, to compute doses | [`Protocol::courses_of`] |
//! | list what a site has to decide | [`Protocol::questions_for`] |
//! | see the status of every value | [`Protocol::statements`] |
//! | check that a protocol holds together | [`Protocol::check`] |
//!
//! ```
//! use chemorad_protocol::{Margin, Pathology};
//!
//! let trial = chemorad_protocol::find_builtin("NCT06949098")?;
//! let assignment = chemorad_protocol::assign(trial, &Pathology {
//!     tumour_stage: Some("pT1".parse()?),
//!     nodal_stage: Some("N0".parse()?),
//!     metastasis: Some("M0".parse()?),
//!     margin: Some(Margin::Positive),
//!     ..Pathology::UNKNOWN
//! });
//! let arms: Vec<_> = assignment.arms.iter().map(|arm| arm.id.as_str()).collect();
//! assert_eq!(arms, ["adverse", "positive_margin"]); // the text lists the finding twice
//! assert_eq!(assignment.questions[0].id.as_str(), "positive_margin");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod access;
mod amendment;
mod arm;
mod assertion;
mod assignment;
mod candidate;
mod check;
mod check_arithmetic;
mod coded;
mod condition;
mod course;
mod dose;
mod drug;
mod eligibility;
mod fact;
mod limit;
mod lint;
mod model;
mod nct06949098;
mod pathology;
mod registry;
mod start;
mod status;

pub use access::StatementView;
pub use amendment::{Amendment, ValueBefore};
pub use arm::{Action, Arm, Procedure, TreatmentOption};
pub use assertion::{
    Assertion, AssignmentExample, DoseExample, OrderExample, PrintedValue, PrintedValueError,
};
pub use assignment::{AssignedArm, Assignment, Reason, assign};
pub use candidate::{
    AgeInYears, Candidate, ClinicalTumourStage, DistanceFromAnalVerge, EcogStatus, Histology,
};
pub use coded::FactError;
pub use condition::{Condition, Evidence, FactTest, QuantityLimit, QuantityRange, Truth};
pub use course::UnsettledCourse;
pub use dose::{Modality, PrescribedDose, PrescribedFractionation};
pub use drug::{AdjustedTo, AdjustmentReference, DayNumbers, DrugDays, DrugRegimen, Infusion};
pub use eligibility::{CandidateTest, Criterion, CriterionKind, eligibility};
pub use fact::{
    DeclaredFact, DeclaredFacts, FactKind, FactQuantity, FactValue, Facts, PatientFacts,
};
pub use limit::{
    Comparison, DoseLevel, DoseVolumeLimit, DoseVolumeMetric, LimitError, LimitTable, LimitValue,
    Percent, TissueVolume, VolumeLevel,
};
pub use lint::{Explanation, explain, explanations};
pub use model::{
    Ambiguity, PhaseOrder, PrescribedCourse, PrescribedPhase, PrescribedVolume, Protocol,
    RiskFeature, Schema, Source, Wording,
};
pub use nct06949098::NCT06949098;
pub use pathology::{
    Differentiation, Fact, LymphovascularInvasion, Margin, MetastasisStage, NodalStage,
    PathologicalTumourStage, Pathology, SubmucosalDepth, SubmucosalLevel,
};
pub use registry::{UnknownProtocol, builtin, builtin_ids, find_builtin};
pub use start::{Span, StartWindow};
pub use status::{Question, Quote, Statement, Status};
