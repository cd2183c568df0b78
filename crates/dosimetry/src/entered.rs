//! Lines of a record-and-verify export, as entered.

use std::collections::HashMap;

use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::report::Identifying;
use jiff::civil::Date;

use super::names::plain;
use super::planned::{PlanApproval, PlanKind, PlannedDose, PlannedGroup, PlannedPrescription};

/// A line of a record-and-verify export: a set of fractions and its dose, as entered.
///
/// As JSON, and as the columns of a CSV file, the fields have these names; doses carry their unit.
/// What was not exported is left out.
///
/// ```
/// use chemorad_dosimetry::{EnteredLine, PlannedPrescription};
/// let line = EnteredLine {
///     line: Some(2),
///     phase: Some("boost".into()),
///     fractions: Some(3),
///     dose_per_fraction: Some("180 cGy".parse()?),
///     ..EnteredLine::default()
/// };
/// let planned = PlannedPrescription::entered("export.csv", "line", &[line])?;
/// assert_eq!(planned.groups[0].doses[0].per_fraction, Some("1.8".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EnteredLine {
    /// Where it stands in its file; the reader sets it.
    #[serde(skip)]
    pub line: Option<i32>,
    /// Which course it belongs to, where a file holds several.
    pub course: Option<String>,
    /// The plan, as it is called there.
    pub plan: Option<String>,
    /// The phase, by its name in the protocol.
    pub phase: Option<String>,
    /// The volume.
    pub volume: Option<String>,
    /// The number of fractions.
    pub fractions: Option<u32>,
    /// The dose per fraction.
    pub dose_per_fraction: Option<AbsorbedDose>,
    /// The total dose.
    pub total: Option<AbsorbedDose>,
    /// `approved`, `unapproved` or `rejected`.
    pub approval: Option<String>,
    /// The date of the first fraction.
    pub first_date: Option<Date>,
}

/// A line that says nothing, or lines that contradict one another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnteredError {
    /// Neither fractions nor a dose.
    #[error("{place}: none of fractions, dose_per_fraction and total is given")]
    Empty {
        /// Which line.
        place: String,
    },
    /// No fractions at all.
    #[error("{place}: 0 fractions are no treatment")]
    NoFractions {
        /// Which line.
        place: String,
    },
    /// Volumes of one phase with different numbers of fractions.
    #[error(
        "{place}: in a phase every volume gets every fraction, and another line of phase {phase} has another number of fractions"
    )]
    DifferentFractions {
        /// Which line.
        place: String,
        /// The phase.
        phase: String,
    },
}

impl PlannedPrescription {
    /// The lines of one course in an export; `word` is what its lines are called. Lines of one phase that
    /// name different volumes are one set of fractions with several doses.
    ///
    /// See [`EnteredLine`] for an example.
    ///
    /// # Errors
    /// A line without numbers or with 0 fractions; volumes of a phase with different fractions.
    pub fn entered(source: &str, word: &str, lines: &[EnteredLine]) -> Result<Self, EnteredError> {
        let mut planned = Self::new(source, PlanKind::Entered);
        let mut phases = Phases::default();
        for line in lines {
            let place = match line.line {
                Some(number) => format!("{source}, {word} {number}"),
                None => source.to_string(),
            };
            if line.fractions == Some(0) {
                return Err(EnteredError::NoFractions { place });
            }
            if line.fractions.is_none() && line.dose_per_fraction.is_none() && line.total.is_none()
            {
                return Err(EnteredError::Empty { place });
            }
            let dose = PlannedDose {
                volume: line.volume.clone(),
                per_fraction: line.dose_per_fraction.map(Decimal::from),
                total: line.total.map(Decimal::from),
                ..PlannedDose::default()
            };
            let known = phases.place(line, planned.groups.len());
            if let Some(group) = known.and_then(|at| planned.groups.get_mut(at)) {
                if group.fractions != line.fractions {
                    return Err(EnteredError::DifferentFractions {
                        place,
                        phase: line.phase.clone().unwrap_or_default(),
                    });
                }
                group.doses.push(dose);
                continue;
            }
            planned.groups.push(PlannedGroup {
                name: match line.line {
                    Some(number) => format!("{word} {number}"),
                    None => word.to_string(),
                },
                number: line.line,
                phase: line.phase.clone(),
                label: line.plan.clone().map(Identifying::from),
                fractions: line.fractions,
                doses: vec![dose],
                first_date: line.first_date,
                ..PlannedGroup::default()
            });
        }
        // the least approved line speaks for the course
        let stated = lines.iter().filter_map(|line| line.approval.as_deref());
        if let Some(worst) = stated.map(approval).min_by_key(rank) {
            let all = lines.iter().all(|line| line.approval.is_some());
            planned.approval = if all || worst == PlanApproval::Rejected {
                worst
            } else {
                PlanApproval::Other("not stated for every line".to_string())
            };
        }
        Ok(planned)
    }
}

fn approval(text: &str) -> PlanApproval {
    match text.trim().to_ascii_lowercase().as_str() {
        "approved" => PlanApproval::Approved,
        "unapproved" => PlanApproval::Unapproved,
        "rejected" => PlanApproval::Rejected,
        _ => PlanApproval::Other(text.trim().chars().take(60).collect()),
    }
}

const fn rank(approval: &PlanApproval) -> u8 {
    match approval {
        PlanApproval::Rejected => 0,
        PlanApproval::Other(_) | PlanApproval::NotStated => 1,
        PlanApproval::Unapproved => 2,
        PlanApproval::Approved => 3,
    }
}

/// Which groups were made by lines that name their phase and their volume.
///
/// A line goes to the first group of its phase and plan that has no dose of its volume. The groups of a
/// phase that have a volume are thus its first ones, so that counting them finds the next.
#[derive(Default)]
struct Phases<'l> {
    groups: HashMap<(String, Option<&'l str>), Vec<usize>>,
    with_volume: HashMap<(String, Option<&'l str>, String), usize>,
}

impl<'l> Phases<'l> {
    /// The group a line belongs to; `None` where it begins one, which is then the next of all.
    fn place(&mut self, line: &'l EnteredLine, next: usize) -> Option<usize> {
        let (phase, volume) = (plain(line.phase.as_ref()?), plain(line.volume.as_ref()?));
        // a name without letters or digits means nothing, not even the same
        if phase.is_empty() {
            return None;
        }
        let plan = line.plan.as_deref();
        let groups = self.groups.entry((phase.clone(), plan)).or_default();
        let count = if volume.is_empty() {
            &mut 0
        } else {
            self.with_volume.entry((phase, plan, volume)).or_default()
        };
        let found = groups.get(*count).copied();
        *count += 1;
        if found.is_none() {
            groups.push(next);
        }
        found
    }
}
