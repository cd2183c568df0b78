//! Trial protocols as files: TOML or JSON in, a checked [`Protocol`] out, every value with its line and column.
//!
//! A [`Protocol`] holds volumes, phases, courses, drugs, eligibility criteria and arms. Every value
//! is a [`Statement`]: *stated* with its quote, *derived* with its reason, or *unspecified* with the
//! question and the choices. What the text leaves open is asked, never guessed.
//!
//! | to | use |
//! | --- | --- |
//! | read a protocol | [`ProtocolFile::read`], [`ProtocolFile::parse`] |
//! | take a shipped protocol | [`library`], or [`builtin`] for the trial |
//! | find the arm and its options for a pathology | [`Protocol::assign`] |
//! | compare a person with the eligibility criteria | [`Protocol::eligibility_of`] |
//! | get the course of an option, to compute doses | [`Protocol::courses_of`] |
//! | list what a site has to decide | [`Protocol::questions_for`] |
//! | see the status of every value | [`Protocol::statements`] |
//! | check that a protocol holds together | [`Protocol::check`] |
//! | lint files | [`Linted::read`] |
//! | lint a file against the text of its source | [`Linted::against`] |
//! | turn a file of the first schema into one of the second | [`ProtocolFile::converted`] |
//! | begin a file | [`skeleton`] |
//! | say what a code means | [`explain`](explain()) |
//! | compare two versions | [`compare`](compare()) |
//! | find where a value stands | [`ProtocolFile::position`], [`ProtocolFile::span`] |
//! | show an editor or a validator the shape of a file | [`SCHEMA`] |
//!
//! The rooms, each above the one before: `statement` (a value and how it is known), `facts` (what can
//! be known of a patient, and conditions on it), `model` (a protocol), `patient` (one patient before
//! a protocol), `lint`, `source` (the text that a protocol quotes), `shorthand` (what a file says in short, put in full), and the files. A condition is part of a protocol, so facts lie below it; who
//! gets what is asked of a protocol, so the patient lies above it.
//!
//! ```
//! use chemorad_protocol::{Margin, Pathology};
//!
//! let trial = chemorad_protocol::find_builtin("NCT06949098")?;
//! let assignment = trial.assign(&Pathology {
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
//!
//! ```
//! use chemorad_protocol::{Format, ProtocolFile};
//!
//! let error = ProtocolFile::parse("trial.toml", "titel = \"A trial\"\n", Format::Toml).unwrap_err();
//! let first = error.first().position;
//! assert_eq!((first.line, first.column), (1, 1));
//! assert_eq!(
//!     error.first().to_string(),
//!     "the field `titel` is not known here; did you mean `title`?"
//! );
//! // what is missing is told at once
//! assert_eq!(error.iter().count(), 5);
//! ```

mod compare;
mod convert;
mod explain;
mod facts;
mod file;
pub mod library;
mod lint;
mod located;
mod model;
mod passage;
mod patient;
mod shorthand;
mod skeleton;
mod source;
mod statement;

/// The JSON Schema (draft 2020-12) of a file of `chemorad.protocol/2`, generated from the types.
///
/// ```
/// assert!(chemorad_protocol::SCHEMA.contains("https://json-schema.org/draft/2020-12/schema"));
/// ```
pub const SCHEMA: &str = include_str!("../schema/chemorad.protocol-2.schema.json");

/// That of `chemorad.protocol/1`, where each value has its words: files of it, and what
/// `serde` writes of a [`Protocol`].
///
/// ```
/// assert!(chemorad_protocol::FIRST_SCHEMA.contains("chemorad.protocol/1"));
/// ```
pub const FIRST_SCHEMA: &str = include_str!("../schema/chemorad.protocol-1.schema.json");

pub use chemorad_reader::{CODES as FILE_CODES, Fault, Faults, Format, LARGEST, Position};
pub use compare::{Change, ChangeKind, compare, outcome_of};
pub use convert::file::ConvertError;
pub use explain::{explain, explanations};
pub use facts::candidate::{
    AgeInYears, Candidate, ClinicalTumourStage, DistanceFromAnalVerge, EcogStatus, Histology,
};
pub use facts::condition::{Condition, Evidence, RiskFeature};
pub use facts::criterion::{CandidateTest, Criterion, CriterionKind};
pub use facts::fact::{DeclaredFact, FactKind};
pub use facts::known::{DeclaredFacts, Facts, PatientFacts};
pub use facts::pathology::{
    Differentiation, LymphovascularInvasion, Margin, MetastasisStage, NodalStage,
    PathologicalTumourStage, Pathology, SubmucosaOfAnotherStage, SubmucosalDepth, SubmucosalLevel,
};
pub use facts::range::{QuantityLimit, QuantityRange};
pub use facts::test::FactTest;
pub use facts::truth::Truth;
pub use facts::value::{FactError, FactQuantity, FactValue};
pub use facts::vocabulary::Fact;
pub use file::ProtocolFile;
pub use library::{UnknownProtocol, builtin, builtin_ids, find_builtin};
pub use lint::codes::CODES;
pub use lint::empty_part::EmptyPart;
pub use lint::fault::{
    ExampleFault, ExamplePatient, HistogramPoint, NamedNumbers, PartedWords, ProtocolFault,
    SaidOtherwise,
};
pub use lint::finding::ProtocolFinding;
pub use lint::typo::Typo;
pub use located::{Linted, Located, Place};
pub use model::amendment::{Amendment, ValueBefore};
pub use model::arm::{Action, Arm, Procedure, TreatmentOption};
pub use model::assertion::{
    Assertion, AssignmentExample, DoseExample, OrderExample, PrintedValue, PrintedValueError,
};
pub use model::course::UnsettledCourse;
pub use model::day_numbers::DayNumbers;
pub use model::dose::{Modality, PrescribedDose, PrescribedFractionation};
pub use model::drug::{AdjustedTo, AdjustmentReference, DrugRegimen};
pub use model::drug_days::{DrugDays, Infusion};
pub use model::drug_dose::{DayOne, DrugDose};
pub use model::limit::{
    Comparison, DoseLevel, DoseVolumeLimit, DoseVolumeMetric, LimitError, LimitTable, LimitValue,
    Percent, TissueVolume, VolumeLevel,
};
pub use model::protocol::{
    Ambiguity, PhaseOrder, PrescribedCourse, PrescribedPhase, PrescribedVolume, Protocol, Schema,
    Source, Wording,
};
pub use model::start::{Span, StartWindow};
pub use model::statements::StatementView;
pub use patient::assignment::{AssignedArm, Assignment, Reason};
pub use patient::finding::{ELIGIBILITY_CODES, EligibilityFinding, Verdict};
pub use shorthand::passages::Passage;
pub use skeleton::skeleton;
pub use source::text::{LARGEST_SOURCE, SourceError, SourceText};
pub use statement::{Question, Quote, Statement, Status};

chemorad::one_error!(
    chemorad::Error,
    Faults,
    FactError,
    LimitError,
    PrintedValueError,
    ConvertError,
    SourceError
);

/// The Rust recipe of the guide compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../docs/ci.md")]
struct ContinuousIntegration;
