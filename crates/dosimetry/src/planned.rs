//! A plan or an entered prescription, as read.

use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Finding, Identifying, Written};
use jiff::civil::Date;
use serde::Serialize;

use super::missing_dose::MissingDose;
use super::patient::Patient;
use super::pattern::FractionPattern;
use super::point::{DosePoint, PartPoint};
use super::target::PlannedTarget;

/// What a planned prescription was read from.
///
/// ```
/// use chemorad_dosimetry::PlanKind;
/// assert_eq!(PlanKind::Ion.to_string(), "an ion plan");
/// assert!(!PlanKind::Ion.applies());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanKind {
    /// A prescription that was typed or entered: there is no plan with it.
    Entered,
    /// A plan with external beams of photons or electrons.
    ExternalBeam,
    /// A plan with ion beams.
    Ion,
    /// A brachytherapy plan.
    Brachytherapy,
    /// External beams and brachytherapy in one plan.
    ExternalBeamAndBrachytherapy,
    /// A plan without beams or brachytherapy setups.
    NotStated,
}

impl PlanKind {
    /// Whether a prescription of external beam radiotherapy can be compared with it.
    #[must_use]
    pub const fn applies(self) -> bool {
        matches!(self, Self::Entered | Self::ExternalBeam | Self::NotStated)
    }
}

/// With its article: `an external beam plan`.
impl fmt::Display for PlanKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Entered => "an entered prescription",
            Self::ExternalBeam => "an external beam plan",
            Self::Ion => "an ion plan",
            Self::Brachytherapy => "a brachytherapy plan",
            Self::ExternalBeamAndBrachytherapy => "a plan with external beams and brachytherapy",
            Self::NotStated => "a plan without beams",
        })
    }
}

/// Whether a plan was approved.
///
/// ```
/// use chemorad_dosimetry::{PlanApproval, PlanKind, PlannedPrescription};
/// let plan = PlannedPrescription::new("plan.dcm", PlanKind::ExternalBeam);
/// assert_eq!(plan.approval, PlanApproval::NotStated);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanApproval {
    /// Reviewed and approved.
    Approved,
    /// Not yet reviewed.
    Unapproved,
    /// Reviewed and rejected.
    Rejected,
    /// Something else, as written.
    Other(String),
    /// Nothing is said.
    NotStated,
}

/// Beams of one kind of radiation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BeamRadiation {
    /// As written: `PHOTON`, `ELECTRON`, `PROTON`; `None` where it is not stated.
    pub radiation: Option<String>,
    /// The numbers of the beams.
    pub beams: Vec<i32>,
}

/// The dose of one volume in a fraction group.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PlannedDose {
    /// The volume, where it is named; a plan's beams name none.
    pub volume: Option<String>,
    /// Dose per fraction, Gy, exact as read.
    pub per_fraction: Option<Decimal>,
    /// Total dose, Gy, where it is stated beside or instead of the dose per fraction.
    pub total: Option<Decimal>,
    /// How the dose per fraction was summed, for example `0.9 Gy (beam 1) + 0.9 Gy (beam 2)`.
    pub summed: Option<Written>,
    /// The point it is the dose of, where the plan says that it is the dose of a point.
    pub point: Option<DosePoint>,
    /// The dose references that the beams name as those of their doses, by their identifiers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<String>,
    /// Why the dose is not known.
    pub missing: Option<MissingDose>,
    /// Where it is not known: what is known of its beams or application setups, each by itself.
    #[serde(skip)]
    pub known: Vec<PartPoint>,
}

/// A set of fractions that are alike: a fraction group of a plan, or a line of an export.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PlannedGroup {
    /// What to call it, for example `fraction group 1` or `line 3`.
    pub name: String,
    /// The number it goes by: that of the fraction group, or of the line.
    pub number: Option<i32>,
    /// The phase it says it belongs to, by the phase's name.
    pub phase: Option<String>,
    /// What it is called.
    pub label: Option<Identifying<String>>,
    /// The number of fractions, as read.
    pub fractions: Option<u32>,
    /// On which days they are given, where it is stated.
    pub pattern: Option<FractionPattern>,
    /// The numbers of its beams.
    pub beams: Vec<i32>,
    /// Those of them that give no dose, such as beams for images.
    #[serde(skip)]
    pub without_dose: Vec<i32>,
    /// The numbers of its application setups.
    pub setups: Vec<i32>,
    /// Its dose: one without a volume, or one for each volume.
    pub doses: Vec<PlannedDose>,
    /// The date of its first fraction, where it is stated.
    pub first_date: Option<Date>,
}

/// What was planned or entered, as read from one source. What is absent there is absent here.
///
/// ```
/// use chemorad_dosimetry::PlannedPrescription;
///
/// let pelvis = PlannedPrescription::typed("typed", &["45Gy/25".parse()?])?;
/// assert_eq!(pelvis.groups[0].fractions, Some(25));
/// assert_eq!(pelvis.groups[0].doses[0].total, Some("45".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedPrescription {
    /// What to call the source: the name of a file.
    pub source: Identifying<String>,
    /// The plan's own identifier, by which doses and other plans refer to it.
    pub uid: Option<String>,
    /// Who it is for.
    #[serde(skip)]
    pub patient: Option<Patient>,
    /// What the plan is called.
    pub label: Option<Identifying<String>>,
    /// What it is.
    pub kind: PlanKind,
    /// Whether it was approved.
    pub approval: PlanApproval,
    /// What it is meant for, as written: `CURATIVE`, `VERIFICATION`.
    pub intent: Option<String>,
    /// What it is planned on, as written: `PATIENT`, `TREATMENT_DEVICE`.
    pub geometry: Option<String>,
    /// The radiation of its treatment beams.
    pub radiation: Vec<BeamRadiation>,
    /// Its fraction groups.
    pub groups: Vec<PlannedGroup>,
    /// Its dose references.
    pub targets: Vec<PlannedTarget>,
    /// The frame of reference it lies in, by its identifier.
    pub frame_of_reference: Option<String>,
    /// The structure sets it is made on, by their identifiers.
    pub structure_sets: Vec<String>,
    /// The plans that are given before it, by their identifiers.
    pub prior_plans: Vec<String>,
    /// The plans that it was derived from, by their identifiers.
    pub predecessors: Vec<String>,
    /// What the plans that it names are to it, as written: `PRIOR`, `VERIFIED_PLAN`.
    pub relationships: Vec<String>,
    /// What the reading of it has to say.
    pub notes: Vec<Finding>,
    /// What it says of the prescription in words, for a person to read.
    pub description: Option<Identifying<String>>,
    /// What was read and is not judged.
    pub not_judged: Vec<&'static str>,
    /// What the source may hold that was not read.
    pub not_read: Vec<&'static str>,
}

impl PlannedPrescription {
    /// A source of which nothing is known yet.
    pub fn new(source: impl Into<Identifying<String>>, kind: PlanKind) -> Self {
        Self {
            source: source.into(),
            uid: None,
            patient: None,
            label: None,
            kind,
            approval: PlanApproval::NotStated,
            intent: None,
            geometry: None,
            radiation: Vec::new(),
            groups: Vec::new(),
            targets: Vec::new(),
            frame_of_reference: None,
            structure_sets: Vec::new(),
            prior_plans: Vec::new(),
            predecessors: Vec::new(),
            relationships: Vec::new(),
            notes: Vec::new(),
            description: None,
            not_judged: Vec::new(),
            not_read: Vec::new(),
        }
    }
}
