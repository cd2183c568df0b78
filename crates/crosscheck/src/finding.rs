//! What the comparison found, as data; the words are in `words.rs`.

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad_dosimetry::{
    BeamRadiation, DosePoint, DoseType, DoseUnits, PlanApproval, PlanKind, PlannedTarget,
    SummationType, beams_in_words,
};
use jiff::civil::Date;

use super::amount::{Amount, Comparison};
use super::codes;
use super::days::StatedDays;
use super::dose_unknown::{DoseUnknown, WhyStated};
use super::mapping::GroupSelector;
use super::radiation::PrescribedRadiation;
use super::reason::MatchReason;

type Name = Identifying<String>;

/// The tolerance of a count.
const EXACT: &str = "none, must be equal";

/// What the order of the phases is, as far as the sources say.
#[derive(Debug, Clone)]
pub enum PhaseSequence {
    /// The protocol does not say it.
    NotPrescribed,
    /// Not that of the protocol.
    Wrong(Vec<OutOfOrder>),
    /// That of the protocol.
    AsPrescribed,
    /// The sources do not say it.
    NotStated,
}

/// Two groups in the wrong order.
#[derive(Debug, Clone)]
pub enum OutOfOrder {
    /// A plan names another as given before it.
    NamedBefore {
        /// The plan's group.
        group: Subject,
        /// The group given before it.
        before: Subject,
    },
    /// The first fractions are in the wrong order.
    Dates {
        /// The later phase and when it starts.
        later: (Subject, Date),
        /// The earlier phase and when it starts.
        earlier: (Subject, Date),
    },
}

/// A planned dose against the prescribed one.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "nearly every dose is compared")]
pub enum JudgedDose {
    /// The planned dose is not known.
    Unknown(DoseUnknown),
    /// The numbers have too many digits.
    TooLong,
    /// Compared.
    Compared {
        /// Both, and how far apart they are.
        comparison: Comparison,
        /// How the planned dose was reached, where it was not read as it is.
        arithmetic: Option<String>,
        /// It is the dose the plan states, and why that of its beams is not taken.
        stated: Option<WhyStated>,
    },
}

/// What a stated dose is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// The prescribed dose.
    Prescription,
    /// Fractions times the dose of the beams.
    Beams,
}

/// What a stated dose is the dose of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeaningKind {
    /// All that it is stated for.
    Whole,
    /// The same and the phases before.
    Cumulative,
    /// One phase or fraction group of several, which the plan does not say.
    Part,
}

/// A dose that a stated dose could mean, compared with it.
#[derive(Debug, Clone)]
pub struct BestMeaning {
    /// Both, and how far apart they are.
    pub comparison: Comparison,
    /// What it is the dose of.
    pub kind: MeaningKind,
    /// How it was reached.
    pub arithmetic: String,
}

/// A limit that a plan states for a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetLimit {
    /// Target Minimum Dose.
    Minimum,
    /// Target Maximum Dose.
    Maximum,
    /// Delivery Maximum Dose.
    DeliveryMaximum,
}

/// Whether a limit allows the dose of its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitFit {
    /// It does.
    Allows,
    /// It does not.
    Excludes,
    /// It does, and is so far away that its unit is in doubt.
    FarAway,
    /// The numbers have too many digits.
    TooLong,
}

/// What the names of a plan's targets say.
#[derive(Debug, Clone)]
pub enum NamedVolumes {
    /// The typed prescription names no volume.
    NotPrescribed,
    /// The plan names no target.
    NoTarget,
    /// A volume the phase does not treat.
    NotTreated(String),
    /// Only a volume inside the one the phase prescribes to.
    Inside(String),
    /// The prescribed volume; the names that were given by hand.
    Prescribed(Vec<Name>),
    /// A person must look.
    ToBeSeen,
}

/// One thing the comparison has to say.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum CrosscheckFinding {
    /// Fewer or more fraction groups than phases.
    GroupCount {
        /// The phases.
        wanted: usize,
        /// The groups.
        groups: usize,
    },
    /// A plan without fraction groups.
    NoGroup {
        /// The plan.
        plan: Name,
    },
    /// A group whose phase cannot be told.
    Unmatched {
        /// The group.
        group: Subject,
        /// What that means.
        outcome: Outcome,
        /// Why.
        because: MatchReason,
        /// How it is named by hand.
        selector: GroupSelector,
        /// The phases it could be.
        phases: Vec<String>,
        /// Its fractions and dose.
        planned: String,
    },
    /// The groups of a phase.
    PhaseGroups {
        /// The phase.
        phase: String,
        /// Its groups.
        groups: Vec<Subject>,
        /// Something that was not matched or not read could be this phase.
        open: bool,
    },
    /// Phases the reader asked not to check.
    LeftOut {
        /// The phases.
        phases: Vec<String>,
        /// Their groups.
        groups: usize,
    },
    /// The order of the phases.
    Order(PhaseSequence),
    /// The number of fractions of a phase.
    Fractions {
        /// The phase.
        phase: String,
        /// The prescribed number.
        expected: u32,
        /// That of each group and in all, where they are known.
        planned: Option<(Vec<u32>, u32)>,
    },
    /// A dose of a plan's beams that is another volume's.
    OtherVolume {
        /// The volume of the phase.
        at: Subject,
        /// It is the dose of another volume of the phase.
        of_another: bool,
        /// The prescribed dose per fraction.
        expected: Option<Amount>,
        /// What is planned.
        planned: Vec<String>,
    },
    /// Fractions, dose per fraction and total as entered.
    Entry {
        /// The line.
        group: Subject,
        /// The fractions.
        fractions: u32,
        /// The dose per fraction.
        per_fraction: Amount,
        /// Their product against the total; `None` when it has too many digits.
        comparison: Option<Comparison>,
    },
    /// The dose per fraction.
    DosePerFraction {
        /// The phase or volume.
        at: Subject,
        /// The prescribed dose.
        expected: Amount,
        /// The planned one against it.
        dose: JudgedDose,
    },
    /// The total dose of a phase.
    Total {
        /// The phase or volume.
        at: Subject,
        /// The prescribed dose.
        expected: Amount,
        /// The planned one against it.
        dose: JudgedDose,
        /// Fractions or dose per fraction differ.
        in_other_fractions: bool,
    },
    /// The cumulative dose of a volume is not known.
    CumulativeUnknown {
        /// The volume.
        volume: String,
        /// The prescribed dose.
        expected: Amount,
        /// The phases whose dose is not known.
        phases: Vec<String>,
    },
    /// The cumulative dose of a volume.
    Cumulative {
        /// The volume.
        volume: String,
        /// The planned dose against the prescribed one; `None` when it has too many digits.
        comparison: Option<Comparison>,
        /// The phases without a plan.
        missing: Vec<String>,
        /// The sum, where there is more than one phase.
        arithmetic: Option<String>,
        /// A dose in it is one that a plan states, and why that of its beams is not taken.
        stated: Option<WhyStated>,
    },
    /// No dose is stated for a target.
    NoStatedDose {
        /// The plan.
        plan: Name,
        /// It names a target.
        names_target: bool,
        /// Other references with a dose.
        others: Vec<PlannedTarget>,
    },
    /// The sum of the beams is not compared.
    BeamsNotCompared {
        /// The plan.
        plan: Name,
        /// Why their dose is not known; `None` where the plan states no dose.
        why: Option<DoseUnknown>,
        /// Why a person accepts the stated dose all the same.
        accepted: Option<String>,
    },
    /// A dose stated for a target.
    StatedDose {
        /// The plan.
        plan: Name,
        /// The target.
        target: Name,
        /// The fraction group that states it, where the dose reference itself does not.
        group: Option<String>,
        /// What it is compared with.
        against: Against,
        /// The stated dose.
        stated: Amount,
        /// The dose that agrees, or the first it could mean.
        best: Option<BestMeaning>,
        /// The points that the beams state the dose of, where they account for the difference.
        at_points: Option<Vec<DosePoint>>,
        /// All it could mean, where none agrees.
        meanings: Vec<(Amount, String)>,
    },
    /// A dose reference states another dose than the fraction groups linked to it.
    StatedTwice {
        /// The plan.
        plan: Name,
        /// The target.
        target: Name,
        /// The doses of the groups against that of the reference; `None` when they have too many digits.
        comparison: Option<Comparison>,
    },
    /// How many fractions are given a week and a day.
    Weekly {
        /// The phase.
        phase: String,
        /// How many a week there should be, where it is known.
        expected: Option<u32>,
        /// The site says it, not the protocol.
        of_site: bool,
        /// What its fraction groups state.
        days: StatedDays,
    },
    /// A limit of a target.
    Limit {
        /// The plan.
        plan: Name,
        /// The target.
        target: Name,
        /// Which limit.
        which: TargetLimit,
        /// Whether it allows the dose.
        fits: LimitFit,
        /// The limit.
        limit: Amount,
        /// The dose of the target.
        dose: Amount,
    },
    /// What a plan says of its prescription in words.
    Description {
        /// The plan.
        plan: Name,
        /// The words.
        text: Name,
    },
    /// Doses that are stated for quality assurance.
    ForQualityAssurance {
        /// The plan.
        plan: Name,
        /// The dose references.
        targets: Vec<PlannedTarget>,
    },
    /// The radiation of a plan's beams.
    Radiation {
        /// The plan.
        plan: Name,
        /// What is prescribed.
        prescribed: PrescribedRadiation,
        /// What the beams have.
        radiation: Vec<BeamRadiation>,
    },
    /// A plan for a phase that is left out.
    PlanLeftOut {
        /// The plan.
        plan: Name,
    },
    /// What a plan is.
    Kind {
        /// The plan.
        plan: Name,
        /// What it is.
        kind: PlanKind,
        /// Its numbers were compared.
        compared: bool,
    },
    /// Whether a plan was approved.
    Approval {
        /// The plan.
        plan: Name,
        /// What it says.
        approval: PlanApproval,
    },
    /// What a plan is meant for, when it is not treatment.
    Intent {
        /// The plan.
        plan: Name,
        /// What it says.
        intent: String,
    },
    /// A plan on the machine alone.
    OnDevice {
        /// The plan.
        plan: Name,
    },
    /// The targets of a plan.
    Targets {
        /// The plan.
        plan: Name,
        /// Its targets.
        targets: Vec<PlannedTarget>,
        /// How many doses its phases prescribe, those of several phases together included.
        prescribed: usize,
    },
    /// The names of a plan's targets.
    Volumes {
        /// The plan.
        plan: Name,
        /// The prescribed volumes.
        volumes: Vec<String>,
        /// The names.
        names: Vec<Name>,
        /// What they say.
        named: NamedVolumes,
    },
    /// The unit of a dose file.
    DoseUnit {
        /// The file.
        dose: Name,
        /// Its unit.
        units: DoseUnits,
    },
    /// What the numbers of a dose file are.
    DoseKind {
        /// The file.
        dose: Name,
        /// What they are.
        dose_type: DoseType,
    },
    /// What a dose file sums.
    DoseSum {
        /// The file.
        dose: Name,
        /// What it sums.
        sum: SummationType,
        /// The beams.
        beams: Vec<i32>,
        /// How many plans it refers to.
        plans: usize,
    },
    /// The plans a dose file refers to.
    DosePlans {
        /// The file.
        dose: Name,
        /// All plans that were read.
        plans: Vec<Name>,
        /// Those it refers to.
        named: Vec<Name>,
        /// Others it refers to, by their identifiers.
        elsewhere: Vec<String>,
        /// A plan that was read or not could be one it refers to.
        open: bool,
    },
    /// Several doses of one whole plan.
    SeveralDoses {
        /// The plan.
        plan: Name,
        /// The files.
        doses: Vec<Name>,
    },
}

impl Observation for CrosscheckFinding {
    fn code(&self) -> &Code {
        match self {
            Self::GroupCount { .. }
            | Self::NoGroup { .. }
            | Self::Unmatched { .. }
            | Self::PhaseGroups { .. }
            | Self::LeftOut { .. }
            | Self::Order(_) => &codes::PHASES,
            Self::Fractions { .. } => &codes::FRACTIONS,
            Self::OtherVolume { .. } | Self::DosePerFraction { .. } => &codes::DOSE_PER_FRACTION,
            Self::Entry { .. } => &codes::ARITHMETIC,
            Self::Total { .. } | Self::CumulativeUnknown { .. } | Self::Cumulative { .. } => {
                &codes::TOTAL
            }
            Self::NoStatedDose { .. }
            | Self::StatedDose {
                against: Against::Prescription,
                ..
            }
            | Self::StatedTwice { .. }
            | Self::ForQualityAssurance { .. } => &codes::PRESCRIPTION,
            Self::Radiation { .. } => &codes::RADIATION,
            Self::Weekly { .. } => &codes::FRACTIONS_PER_WEEK,
            Self::Limit { .. } => &codes::TARGET_LIMITS,
            Self::Description { .. } => &codes::DESCRIPTION,
            Self::BeamsNotCompared { .. } | Self::StatedDose { .. } => &codes::BEAM_SUM,
            Self::PlanLeftOut { .. } | Self::Kind { .. } => &codes::KIND,
            Self::Approval { .. } => &codes::APPROVAL,
            Self::Intent { .. } | Self::OnDevice { .. } => &codes::INTENT,
            Self::Targets { .. } => &codes::MULTIPLE_TARGETS,
            Self::Volumes { .. } => &codes::VOLUME_MATCH,
            Self::DoseUnit { .. } => &codes::UNITS,
            Self::DoseKind { .. } => &codes::TYPE,
            Self::DoseSum { .. } => &codes::SUM_TYPE,
            Self::DosePlans { .. } | Self::SeveralDoses { .. } => &codes::REFERENCES_PLAN,
        }
    }

    #[allow(
        clippy::too_many_lines,
        reason = "one line or a few for each finding, in one table"
    )]
    fn outcome(&self) -> Outcome {
        match self {
            Self::GroupCount { .. }
            | Self::StatedTwice {
                comparison: Some(_),
                ..
            } => Outcome::Fail,
            Self::NoGroup { .. }
            | Self::StatedTwice {
                comparison: None, ..
            }
            | Self::CumulativeUnknown { .. }
            | Self::NoStatedDose { .. }
            | Self::BeamsNotCompared { accepted: None, .. } => Outcome::CannotTell,
            Self::BeamsNotCompared { .. }
            | Self::StatedDose {
                at_points: Some(_), ..
            }
            | Self::OnDevice { .. }
            | Self::SeveralDoses { .. } => Outcome::Warn,
            Self::Unmatched { outcome, .. } => *outcome,
            Self::PhaseGroups { groups, open, .. } => match groups.len() {
                0 if *open => Outcome::CannotTell,
                0 => Outcome::Fail,
                1 => Outcome::Pass,
                _ => Outcome::Warn,
            },
            Self::LeftOut { .. }
            | Self::PlanLeftOut { .. }
            | Self::ForQualityAssurance { .. }
            | Self::Description { .. } => Outcome::NotApplicable,
            Self::Weekly { expected, days, .. } => days.verdict(*expected).outcome(),
            Self::Limit { fits, .. } => match fits {
                LimitFit::Allows => Outcome::Pass,
                LimitFit::Excludes => Outcome::Fail,
                LimitFit::FarAway => Outcome::Warn,
                LimitFit::TooLong => Outcome::CannotTell,
            },
            Self::Intent { intent, .. } => {
                if never_treats(intent) {
                    Outcome::Fail
                } else {
                    Outcome::Warn
                }
            }
            Self::Radiation {
                prescribed,
                radiation,
                ..
            } => prescribed.verdict(radiation).outcome(),
            Self::Order(sequence) => match sequence {
                PhaseSequence::NotPrescribed | PhaseSequence::NotStated => Outcome::NotApplicable,
                PhaseSequence::Wrong(_) => Outcome::Fail,
                PhaseSequence::AsPrescribed => Outcome::Pass,
            },
            Self::Fractions {
                expected, planned, ..
            } => match planned {
                None => Outcome::CannotTell,
                Some((_, total)) if total == expected => Outcome::Pass,
                Some(_) => Outcome::Fail,
            },
            Self::OtherVolume { of_another, .. } => {
                if *of_another {
                    Outcome::NotApplicable
                } else {
                    Outcome::Fail
                }
            }
            Self::Cumulative {
                comparison: Some(comparison),
                stated: Some(_),
                missing,
                ..
            } if !comparison.within && missing.is_empty() => Outcome::CannotTell,
            Self::Entry { comparison, .. } | Self::Cumulative { comparison, .. } => comparison
                .as_ref()
                .map_or(Outcome::CannotTell, Comparison::outcome),
            Self::DosePerFraction { dose, .. } | Self::Total { dose, .. } => match dose {
                JudgedDose::Unknown(_) | JudgedDose::TooLong => Outcome::CannotTell,
                JudgedDose::Compared {
                    comparison, stated, ..
                } => match (comparison.within, stated) {
                    (true, _) => Outcome::Pass,
                    (false, None) => Outcome::Fail,
                    (false, Some(_)) => Outcome::CannotTell,
                },
            },
            Self::StatedDose { against, best, .. } => match best {
                None => Outcome::CannotTell,
                Some(best) if !best.comparison.within => Outcome::Fail,
                Some(best) => match (best.kind, against) {
                    (MeaningKind::Whole, _) | (MeaningKind::Cumulative, Against::Prescription) => {
                        Outcome::Pass
                    }
                    (MeaningKind::Cumulative, Against::Beams) | (MeaningKind::Part, _) => {
                        Outcome::Warn
                    }
                },
            },
            Self::Kind { kind, compared, .. } => match kind {
                PlanKind::Entered | PlanKind::ExternalBeam => Outcome::Pass,
                PlanKind::NotStated => Outcome::CannotTell,
                _ if *compared => Outcome::CannotTell,
                _ => Outcome::NotApplicable,
            },
            Self::Approval { approval, .. } => match approval {
                PlanApproval::Approved => Outcome::Pass,
                PlanApproval::Unapproved => Outcome::Warn,
                PlanApproval::Rejected => Outcome::Fail,
                PlanApproval::Other(_) | PlanApproval::NotStated => Outcome::CannotTell,
            },
            Self::Targets {
                targets,
                prescribed,
                ..
            } => {
                if targets.len() <= (*prescribed).max(1) {
                    Outcome::Pass
                } else {
                    Outcome::Warn
                }
            }
            Self::Volumes { named, .. } => match named {
                NamedVolumes::NotPrescribed => Outcome::NotApplicable,
                NamedVolumes::NoTarget | NamedVolumes::Inside(_) => Outcome::CannotTell,
                NamedVolumes::NotTreated(_) => Outcome::Fail,
                NamedVolumes::Prescribed(_) => Outcome::Pass,
                NamedVolumes::ToBeSeen => Outcome::Warn,
            },
            Self::DoseUnit { units, .. } => match units {
                DoseUnits::Gray => Outcome::Pass,
                DoseUnits::Other(_) => Outcome::Fail,
                DoseUnits::Relative | DoseUnits::NotStated => Outcome::CannotTell,
            },
            Self::DoseKind { dose_type, .. } => match dose_type {
                DoseType::Physical => Outcome::Pass,
                DoseType::Effective => Outcome::Warn,
                DoseType::Error | DoseType::Other(_) => Outcome::Fail,
                DoseType::NotStated => Outcome::CannotTell,
            },
            Self::DoseSum { sum, plans, .. } => match sum {
                SummationType::MultiPlan if *plans == 1 => Outcome::Warn,
                SummationType::Plan | SummationType::MultiPlan => Outcome::Pass,
                SummationType::Fraction | SummationType::Beam | SummationType::Brachy => {
                    Outcome::Warn
                }
                SummationType::Other(_) | SummationType::NotStated => Outcome::CannotTell,
            },
            Self::DosePlans {
                named,
                elsewhere,
                open,
                ..
            } => match (named.is_empty(), elsewhere.is_empty()) {
                (true, false) if !open => Outcome::Fail,
                (false, true) => Outcome::Pass,
                _ => Outcome::CannotTell,
            },
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::GroupCount { .. } | Self::LeftOut { .. } => Subject::path("course"),
            Self::Order(_) => Subject::path("order of the phases"),
            Self::Unmatched { group, .. } | Self::Entry { group, .. } => group.clone(),
            Self::PhaseGroups { phase, .. }
            | Self::Fractions { phase, .. }
            | Self::Weekly { phase, .. } => Subject::phase(phase.clone()),
            Self::OtherVolume { at, .. }
            | Self::DosePerFraction { at, .. }
            | Self::Total { at, .. } => at.clone(),
            Self::CumulativeUnknown { volume, .. } | Self::Cumulative { volume, .. } => {
                Subject::volume(volume.clone())
            }
            Self::StatedDose {
                plan,
                target,
                group,
                ..
            } => {
                let at = Subject::source(plan.clone()).part(Subject::target(target.clone()));
                match group {
                    Some(group) => at.part(Subject::path(group.clone())),
                    None => at,
                }
            }
            Self::StatedTwice { plan, target, .. } | Self::Limit { plan, target, .. } => {
                Subject::source(plan.clone()).part(Subject::target(target.clone()))
            }
            Self::NoGroup { plan }
            | Self::NoStatedDose { plan, .. }
            | Self::BeamsNotCompared { plan, .. }
            | Self::PlanLeftOut { plan }
            | Self::ForQualityAssurance { plan, .. }
            | Self::Description { plan, .. }
            | Self::Radiation { plan, .. }
            | Self::Kind { plan, .. }
            | Self::Approval { plan, .. }
            | Self::Intent { plan, .. }
            | Self::OnDevice { plan }
            | Self::Targets { plan, .. }
            | Self::Volumes { plan, .. }
            | Self::SeveralDoses { plan, .. } => Subject::source(plan.clone()),
            Self::DoseUnit { dose, .. }
            | Self::DoseKind { dose, .. }
            | Self::DoseSum { dose, .. }
            | Self::DosePlans { dose, .. } => Subject::source(dose.clone()),
        }
    }

    #[allow(
        clippy::too_many_lines,
        reason = "one line or a few for each finding, in one table"
    )]
    fn values(&self) -> Values {
        match self {
            Self::GroupCount { wanted, groups } => {
                Values::expected(fraction_groups(*wanted)).and_found(fraction_groups(*groups))
            }
            Self::Unmatched {
                phases, planned, ..
            } => Values::expected(format!("one of the phases {}", phases.join(", ")))
                .and_found(planned),
            Self::PhaseGroups { groups, .. } => {
                Values::expected("1 fraction group").and_found(if groups.is_empty() {
                    "none".into()
                } else {
                    joined(groups, "; ")
                })
            }
            Self::Order(PhaseSequence::Wrong(wrong)) => Values::found(joined(wrong, "; ")),
            Self::Fractions {
                expected, planned, ..
            } => fractions(*expected, planned.as_ref()),
            Self::OtherVolume {
                expected, planned, ..
            } => {
                let found = planned.join("; ");
                match expected {
                    Some(dose) => Values::expected(dose).and_found(found),
                    None => Values::found(found),
                }
            }
            Self::Entry {
                fractions,
                per_fraction,
                comparison: Some(comparison),
                ..
            } => comparison.values().arithmetic(format!(
                "{fractions} x {per_fraction} = {}",
                comparison.found
            )),
            Self::DosePerFraction { expected, dose, .. } | Self::Total { expected, dose, .. } => {
                match dose {
                    JudgedDose::Unknown(_) | JudgedDose::TooLong => Values::expected(expected),
                    JudgedDose::Compared {
                        comparison,
                        arithmetic,
                        ..
                    } => with_arithmetic(comparison.values(), arithmetic.as_ref()),
                }
            }
            Self::CumulativeUnknown { expected, .. } => Values::expected(expected),
            Self::Cumulative {
                comparison: Some(comparison),
                arithmetic,
                ..
            } => with_arithmetic(comparison.values(), arithmetic.as_ref()),
            Self::Weekly { expected, days, .. } => match expected {
                Some(count) => {
                    Values::expected(format!("{count} a week")).and_found(days.in_words())
                }
                None => Values::found(days.in_words()),
            },
            Self::Limit {
                which, limit, dose, ..
            } => Values::expected(match which {
                TargetLimit::Minimum => format!("at most {dose}"),
                TargetLimit::Maximum | TargetLimit::DeliveryMaximum => format!("at least {dose}"),
            })
            .and_found(limit),
            Self::Description { text, .. } => Values::found(text),
            Self::ForQualityAssurance { targets, .. } => Values::found(targets_in_words(targets)),
            Self::Radiation {
                prescribed,
                radiation,
                ..
            } => Values::expected(prescribed.in_words()).and_found(radiation_in_words(radiation)),
            Self::NoStatedDose { others, .. } if !others.is_empty() => {
                Values::found(targets_in_words(others))
            }
            Self::StatedDose {
                stated,
                best,
                meanings,
                ..
            } => stated_dose(*stated, best.as_ref(), meanings),
            Self::Kind { kind, .. } => Values::expected("an external beam plan").and_found(kind),
            Self::Approval { approval, .. } => {
                Values::expected("approved").and_found(match approval {
                    PlanApproval::Approved => "approved",
                    PlanApproval::Unapproved => "unapproved",
                    PlanApproval::Rejected => "rejected",
                    PlanApproval::Other(text) => text,
                    PlanApproval::NotStated => "not stated",
                })
            }
            Self::Intent { intent, .. } => {
                Values::expected("CURATIVE, PALLIATIVE or PROPHYLACTIC").and_found(intent)
            }
            Self::Targets {
                targets,
                prescribed,
                ..
            } => match (targets.len(), prescribed) {
                (1, _) => Values::found(targets_in_words(targets)),
                (many, 0 | 1) => Values::expected("1 target")
                    .and_found(format!("{many}: {}", targets_in_words(targets))),
                (many, most) => Values::expected(format!("at most {most} targets"))
                    .and_found(format!("{many}: {}", targets_in_words(targets))),
            },
            Self::StatedTwice {
                comparison: Some(comparison),
                ..
            } => comparison.values(),
            Self::Volumes { volumes, names, .. } => {
                let values = Values::expected(volumes.join(", "));
                if names.is_empty() {
                    values
                } else {
                    values.and_found(joined(names, ", "))
                }
            }
            Self::DoseUnit { units, .. } => Values::expected("GY").and_found(match units {
                DoseUnits::Gray => "GY",
                DoseUnits::Relative => "RELATIVE",
                DoseUnits::Other(text) => text,
                DoseUnits::NotStated => "not stated",
            }),
            Self::DoseKind { dose_type, .. } => {
                Values::expected("PHYSICAL").and_found(match dose_type {
                    DoseType::Physical => "PHYSICAL",
                    DoseType::Effective => "EFFECTIVE",
                    DoseType::Error => "ERROR (a dose difference)",
                    DoseType::Other(text) => text,
                    DoseType::NotStated => "not stated",
                })
            }
            Self::DoseSum { sum, beams, .. } => {
                Values::expected("the plan, or several plans").and_found(summed(sum, beams))
            }
            Self::DosePlans {
                plans,
                named,
                elsewhere,
                ..
            } => {
                let mut values = Values::default();
                if !plans.is_empty() {
                    values = Values::expected(joined(plans, ", "));
                }
                if named.is_empty() && elsewhere.is_empty() {
                    return values;
                }
                let named = named.iter().map(ToString::to_string);
                let found: Vec<String> = named.chain(elsewhere.iter().cloned()).collect();
                values.and_found(found.join(", "))
            }
            Self::SeveralDoses { doses, .. } => {
                Values::expected("1 dose of the whole plan").and_found(joined(doses, ", "))
            }
            // more digits than can be compared
            Self::Entry {
                comparison: None, ..
            }
            | Self::Cumulative {
                comparison: None, ..
            }
            | Self::StatedTwice {
                comparison: None, ..
            }
            // nothing was compared
            | Self::NoGroup { .. }
            | Self::LeftOut { .. }
            | Self::Order(
                PhaseSequence::NotPrescribed
                | PhaseSequence::AsPrescribed
                | PhaseSequence::NotStated,
            )
            | Self::NoStatedDose { .. }
            | Self::BeamsNotCompared { .. }
            | Self::PlanLeftOut { .. }
            | Self::OnDevice { .. } => Values::default(),
        }
    }
}

fn joined<T: ToString>(parts: &[T], between: &str) -> String {
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    parts.join(between)
}

pub(super) fn fraction_groups(count: usize) -> String {
    format!(
        "{count} fraction group{}",
        if count == 1 { "" } else { "s" }
    )
}

fn with_arithmetic(values: Values, arithmetic: Option<&String>) -> Values {
    match arithmetic {
        Some(arithmetic) => values.arithmetic(arithmetic),
        None => values,
    }
}

fn fractions(expected: u32, planned: Option<&(Vec<u32>, u32)>) -> Values {
    let values = Values::expected(expected).tolerance(EXACT);
    let Some((counts, total)) = planned else {
        return values;
    };
    let difference = i64::from(*total) - i64::from(expected);
    let values = values.and_found(total).difference(if difference == 0 {
        "0".into()
    } else {
        format!("{difference:+}")
    });
    if counts.len() > 1 {
        values.arithmetic(format!("{} = {total}", joined(counts, " + ")))
    } else {
        values
    }
}

fn stated_dose(
    stated: Amount,
    best: Option<&BestMeaning>,
    meanings: &[(Amount, String)],
) -> Values {
    let Some(best) = best else {
        return Values::found(stated);
    };
    let mut values = best.comparison.values();
    if meanings.is_empty() {
        return values.arithmetic(&best.arithmetic);
    }
    let all: Vec<String> = meanings
        .iter()
        .map(|(amount, words)| format!("{amount} ({words})"))
        .collect();
    values.expected = Some(all.join(" or "));
    values
}

fn targets_in_words(targets: &[PlannedTarget]) -> String {
    let listed: Vec<String> = targets
        .iter()
        .map(|target| match target.dose {
            Some(dose) => format!("{} {dose} Gy", target.name),
            None if target.is_dosed() => {
                let of_groups = target.links.iter().filter_map(|link| link.dose);
                let of_groups: Vec<String> = of_groups.map(|dose| format!("{dose} Gy")).collect();
                format!("{} {}", target.name, of_groups.join(" + "))
            }
            None => format!("{} without a dose", target.name),
        })
        .collect();
    listed.join("; ")
}

/// The terms of DICOM for plans that are not given to a patient.
fn never_treats(intent: &str) -> bool {
    matches!(intent, "VERIFICATION" | "MACHINE_QA" | "SERVICE")
}

fn radiation_in_words(radiation: &[BeamRadiation]) -> String {
    let all: Vec<String> = radiation
        .iter()
        .map(|one| {
            let kind = one.radiation.as_deref().unwrap_or("not stated");
            format!("{kind} ({})", beams_in_words(&one.beams))
        })
        .collect();
    all.join("; ")
}

fn summed(sum: &SummationType, beams: &[i32]) -> String {
    match sum {
        SummationType::Plan => "the plan".into(),
        SummationType::MultiPlan => "several plans".into(),
        SummationType::Fraction => "one fraction group (FRACTION)".into(),
        SummationType::Brachy => "brachytherapy setups (BRACHY)".into(),
        SummationType::Beam if beams.is_empty() => "beams (BEAM)".into(),
        SummationType::Beam => format!("{} (BEAM)", beams_in_words(beams)),
        SummationType::Other(text) => text.clone(),
        SummationType::NotStated => "not stated".into(),
    }
}
