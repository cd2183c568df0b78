//! Dose files that go with the plans.

use std::string::{String, ToString};
use std::vec::Vec;

use super::check::Checker;
use super::known::TOO_LONG;
use super::planned::PlanKind;
use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::report::{Finding, Outcome, Subject};

/// The unit of the numbers in a dose file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoseFileUnits {
    /// Gray.
    Gray,
    /// Relative to a reference; never gray.
    Relative,
    /// Something else, as written.
    Other(String),
    /// Nothing is said.
    NotStated,
}

/// What the numbers in a dose file are.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoseFileType {
    /// Absorbed dose.
    Physical,
    /// Dose weighted for biological effect, such as EQD2.
    Effective,
    /// Something else, as written.
    Other(String),
    /// Nothing is said.
    NotStated,
}

/// What a dose file sums.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DoseFileSum {
    /// The whole of one plan.
    Plan,
    /// Several plans.
    Plans,
    /// A part of a plan, in words: `one fraction group`, `beams 1, 2`.
    Part(String),
    /// Something else, as written.
    Other(String),
    /// Nothing is said.
    NotStated,
}

/// A dose file, as far as a check needs it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DoseFile {
    /// What to call it.
    pub source: String,
    /// The unit of its numbers.
    pub units: DoseFileUnits,
    /// What its numbers are.
    pub dose_type: DoseFileType,
    /// What it sums.
    pub sum: DoseFileSum,
    /// Its largest number in its own unit; `None` when it has no grid.
    pub maximum: Option<Decimal>,
    /// The plans it refers to, by their identifiers.
    pub plans: Vec<String>,
    /// What the reading of it has to say.
    pub notes: Vec<Finding>,
    /// What the file may hold that was not read.
    pub not_read: Vec<String>,
}

/// Whether the largest dose of a file is plausible for a prescribed total (`dose.scale`): at most
/// twice it; and at least half of it where the file sums everything that is prescribed.
///
/// ```
/// use chemorad_crosscheck::dose_scale;
/// use chemorad::report::Outcome;
///
/// let prescribed = "45".parse()?;
/// assert_eq!(dose_scale("dose", "46.2".parse()?, prescribed, true).outcome, Outcome::Pass);
/// assert_eq!(dose_scale("dose", "4620".parse()?, prescribed, true).outcome, Outcome::Fail);
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[must_use]
pub fn dose_scale(at: &str, maximum: Decimal, prescribed: Decimal, whole: bool) -> Finding {
    let two = Decimal::from(2);
    let (Some(twice), Some(doubled)) = (prescribed.checked_mul(two), maximum.checked_mul(two))
    else {
        return Finding::written("dose.scale", Outcome::CannotTell, at, TOO_LONG);
    };
    let (outcome, message, expected) = if maximum.is_zero() {
        (
            Outcome::Warn,
            "every voxel is zero",
            format!("up to about {prescribed} Gy"),
        )
    } else if maximum > twice {
        (
            Outcome::Fail,
            "the maximum is more than twice the prescribed dose: check the unit and the scaling",
            format!("at most 2 x {prescribed} Gy = {twice} Gy"),
        )
    } else if whole && doubled < prescribed {
        (
            Outcome::Warn,
            "the maximum is less than half the prescribed dose: is it the dose of a part, or of one fraction?",
            format!("at least half of {prescribed} Gy"),
        )
    } else {
        (
            Outcome::Pass,
            "the maximum is plausible for the prescribed dose",
            format!("at most 2 x {prescribed} Gy = {twice} Gy"),
        )
    };
    Finding::written("dose.scale", outcome, at, message)
        .with_expected(expected)
        .with_found(format!("{maximum} Gy"))
}

impl Checker<'_> {
    pub(super) fn check_doses_of_files(&mut self, doses: &[DoseFile]) {
        for dose in doses {
            let at = dose.source.as_str();
            self.push(units(dose));
            if let Some(finding) = dose_type(dose) {
                self.push(finding);
            }
            self.push(sum_type(dose));
            let phases = self.check_reference(dose);
            self.check_scale(dose, &phases);
            for note in &dose.notes {
                let place = Subject::source(format!("{at}, {}", note.at()));
                self.findings.push(note.clone().about(place));
            }
        }
        for plan in self.planned {
            let Some(uid) = &plan.uid else {
                continue;
            };
            let whole: Vec<&str> = doses
                .iter()
                .filter(|dose| dose.sum == DoseFileSum::Plan && dose.plans.contains(uid))
                .map(|dose| dose.source.as_str())
                .collect();
            if whole.len() > 1 {
                self.push(
                    Finding::written(
                        "dose.references_plan",
                        Outcome::Warn,
                        &*plan.source,
                        "several dose files claim to be the dose of the whole plan: which one is it?",
                    )
                    .with_expected("1 dose of the whole plan")
                    .with_found(whole.join(", ")),
                );
            }
        }
    }

    /// Whether the dose belongs to the plans; the phases of those it belongs to.
    fn check_reference(&mut self, dose: &DoseFile) -> Vec<usize> {
        const CODE: &str = "dose.references_plan";
        let at = dose.source.as_str();
        let plans: Vec<_> = self
            .planned
            .iter()
            .filter(|plan| plan.kind != PlanKind::Entered)
            .collect();
        let known = |uid: &String| plans.iter().any(|plan| plan.uid.as_ref() == Some(uid));
        let (here, elsewhere): (Vec<&String>, Vec<&String>) =
            dose.plans.iter().partition(|uid| known(uid));
        let names: Vec<&str> = plans
            .iter()
            .filter(|plan| plan.uid.as_ref().is_some_and(|uid| here.contains(&uid)))
            .map(|plan| plan.source.as_str())
            .collect();
        let unidentified = plans.iter().any(|plan| plan.uid.is_none()) || self.unread > 0;
        let (outcome, message) = if dose.plans.is_empty() {
            (
                Outcome::CannotTell,
                "the dose does not say which plan it belongs to",
            )
        } else if here.is_empty() && (plans.is_empty() || unidentified) {
            (
                Outcome::CannotTell,
                "the plan that the dose refers to is not among those read",
            )
        } else if here.is_empty() {
            (
                Outcome::Fail,
                "the dose refers to another plan, or to another version of the plan (SOP Instance UID)",
            )
        } else if elsewhere.is_empty() {
            (
                Outcome::Pass,
                "the dose refers to the plan (SOP Instance UID)",
            )
        } else {
            (
                Outcome::CannotTell,
                "the dose refers to plans that are not among those read as well",
            )
        };
        let mut finding = Finding::written(CODE, outcome, at, message);
        if !plans.is_empty() {
            let all: Vec<&str> = plans.iter().map(|plan| plan.source.as_str()).collect();
            finding = finding.with_expected(all.join(", "));
        }
        if !dose.plans.is_empty() {
            let mut found: Vec<&str> = names;
            found.extend(elsewhere.iter().map(|uid| uid.as_str()));
            finding = finding.with_found(found.join(", "));
        }
        self.push(finding);
        let all = self.items.iter().zip(&self.assigned);
        all.filter(|(item, _)| {
            item.plan
                .uid
                .as_ref()
                .is_some_and(|uid| here.contains(&uid))
        })
        .filter_map(|(_, assigned)| assigned.phase())
        .collect()
    }

    fn check_scale(&mut self, dose: &DoseFile, phases: &[usize]) {
        const CODE: &str = "dose.scale";
        let at = dose.source.as_str();
        let skip = |outcome, message: &str| Finding::written(CODE, outcome, at, message);
        if dose.units != DoseFileUnits::Gray {
            self.push(skip(
                Outcome::NotApplicable,
                "the numbers are not known to be gray, so their size is not compared",
            ));
            return;
        }
        if dose.dose_type == DoseFileType::Effective {
            self.push(skip(
                Outcome::NotApplicable,
                "a dose weighted for effect is not compared with a prescribed absorbed dose",
            ));
            return;
        }
        let Some(maximum) = dose.maximum else {
            self.push(skip(Outcome::CannotTell, "the file has no dose grid"));
            return;
        };
        let course = &self.prescribed.course;
        let all = phases.is_empty();
        let mut largest: Option<AbsorbedDose> = None;
        for volume in course.volumes() {
            let mut total: Option<AbsorbedDose> = None;
            for (place, phase) in course.phases().iter().enumerate() {
                if all || phases.contains(&place) {
                    if let Some(part) = course.fractionation_of(&volume.name, phase) {
                        total = match total {
                            None => Some(part.total()),
                            Some(sum) => sum.checked_add(part.total()),
                        };
                    }
                }
            }
            largest = largest.max(total);
        }
        let Some(prescribed) = largest else {
            return;
        };
        let whole = !all && matches!(dose.sum, DoseFileSum::Plan | DoseFileSum::Plans);
        self.push(dose_scale(at, maximum, prescribed.into(), whole));
    }
}

fn units(dose: &DoseFile) -> Finding {
    let (outcome, message, found) = match &dose.units {
        DoseFileUnits::Gray => (Outcome::Pass, "the dose is in gray", "GY".to_string()),
        DoseFileUnits::Relative => (
            Outcome::CannotTell,
            "the dose is relative and cannot be compared with gray: export it as absolute dose",
            "RELATIVE".to_string(),
        ),
        DoseFileUnits::Other(text) => (
            Outcome::Fail,
            "the unit is not one that is defined for a dose",
            text.clone(),
        ),
        DoseFileUnits::NotStated => (
            Outcome::CannotTell,
            "the unit of the dose is not stated",
            "not stated".to_string(),
        ),
    };
    Finding::written("dose.units", outcome, &*dose.source, message)
        .with_expected("GY")
        .with_found(found)
}

fn dose_type(dose: &DoseFile) -> Option<Finding> {
    let (outcome, message, found) = match &dose.dose_type {
        DoseFileType::Physical => return None,
        DoseFileType::Effective => (
            Outcome::Warn,
            "the dose is weighted for biological effect (EFFECTIVE), not the absorbed dose of the plan",
            "EFFECTIVE".to_string(),
        ),
        DoseFileType::Other(text) => (
            Outcome::Fail,
            "the file does not hold absorbed dose",
            text.clone(),
        ),
        DoseFileType::NotStated => (
            Outcome::CannotTell,
            "what kind of dose it is, is not stated",
            "not stated".to_string(),
        ),
    };
    Some(
        Finding::written("dose.type", outcome, &*dose.source, message)
            .with_expected("PHYSICAL")
            .with_found(found),
    )
}

fn sum_type(dose: &DoseFile) -> Finding {
    let (outcome, message, found) = match &dose.sum {
        DoseFileSum::Plan => (
            Outcome::Pass,
            "the dose of a whole plan",
            "the plan".to_string(),
        ),
        DoseFileSum::Plans => (
            Outcome::Pass,
            "the dose of several plans",
            "several plans".to_string(),
        ),
        DoseFileSum::Part(part) => (
            Outcome::Warn,
            "the dose of a part of a plan: it is not the dose of the plan until all parts are summed",
            part.clone(),
        ),
        DoseFileSum::Other(text) => (
            Outcome::CannotTell,
            "what the dose sums is not one of the defined terms",
            text.clone(),
        ),
        DoseFileSum::NotStated => (
            Outcome::CannotTell,
            "what the dose sums is not stated",
            "not stated".to_string(),
        ),
    };
    Finding::written("dose.sum_type", outcome, &*dose.source, message)
        .with_expected("the plan, or several plans")
        .with_found(found)
}
