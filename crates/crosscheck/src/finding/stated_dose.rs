//! A dose that a plan states for a target, against the prescription or its beams.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad_dosimetry::DosePoint;

use super::words::{centigray, hundredfold};
use crate::amount::{Amount, Comparison};
use crate::codes;

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

/// A dose stated for a target.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
pub struct StatedDose {
    /// The plan.
    pub plan: Identifying<String>,
    /// The target.
    pub target: Identifying<String>,
    /// The fraction group that states it, where the dose reference itself does not.
    pub group: Option<String>,
    /// What it is compared with.
    pub against: Against,
    /// The stated dose.
    pub stated: Amount,
    /// The dose that agrees, or the first it could mean.
    pub best: Option<BestMeaning>,
    /// The points that the beams state the dose of, where they account for the difference.
    pub at_points: Option<Vec<DosePoint>>,
    /// All it could mean, where none agrees.
    pub meanings: Vec<(Amount, String)>,
}

impl Observation for StatedDose {
    fn code(&self) -> &Code {
        match self.against {
            Against::Prescription => &codes::PRESCRIPTION,
            Against::Beams => &codes::BEAM_SUM,
        }
    }

    fn outcome(&self) -> Outcome {
        match &self.best {
            _ if self.at_points.is_some() => Outcome::Warn,
            None => Outcome::CannotTell,
            Some(best) if !best.comparison.within => Outcome::Fail,
            Some(best) => match (best.kind, self.against) {
                (MeaningKind::Whole, _) | (MeaningKind::Cumulative, Against::Prescription) => {
                    Outcome::Pass
                }
                (MeaningKind::Cumulative, Against::Beams) | (MeaningKind::Part, _) => Outcome::Warn,
            },
        }
    }

    fn subject(&self) -> Subject {
        let plan = Subject::source(self.plan.clone());
        let at = plan.part(Subject::target(self.target.clone()));
        match &self.group {
            Some(group) => at.part(Subject::path(group.clone())),
            None => at,
        }
    }

    fn values(&self) -> Values {
        let Some(best) = &self.best else {
            return Values::found(self.stated);
        };
        let mut values = best.comparison.values();
        if self.meanings.is_empty() {
            return values.arithmetic(&best.arithmetic);
        }
        let all = self.meanings.iter();
        let all: Vec<String> = all
            .map(|(amount, words)| format!("{amount} ({words})"))
            .collect();
        values.expected = Some(all.join(" or "));
        values
    }
}

impl fmt::Display for StatedDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(points) = &self.at_points {
            return at_points(f, points);
        }
        let Some(best) = &self.best else {
            return f.write_str(match self.against {
                Against::Prescription => {
                    "the phase of the plan is not known, so its stated dose cannot be compared"
                }
                Against::Beams => "what the beams give is not known",
            });
        };
        match (self.against, best.comparison.within) {
            (Against::Prescription, false) => {
                f.write_str("the dose the plan states for this target is not a prescribed one")?;
                centigray(f, &best.comparison)
            }
            (Against::Beams, false) => {
                f.write_str(
                    "fractions times beam doses is not the dose the plan states for this target",
                )?;
                hundredfold(f, best.comparison.expected, best.comparison.found)
            }
            (against, true) => f.write_str(agreeing(against, best.kind)),
        }
    }
}

fn at_points(f: &mut fmt::Formatter<'_>, points: &[DosePoint]) -> fmt::Result {
    f.write_str("the dose the plan states is the prescribed one; the beam doses are those")?;
    for (number, point) in points.iter().enumerate() {
        write!(f, "{} {point}", if number == 0 { "" } else { " and" })?;
    }
    f.write_str(
        ", which may differ from it: a person must see whether the difference is plausible there",
    )
}

const fn agreeing(against: Against, kind: MeaningKind) -> &'static str {
    match (against, kind) {
        (Against::Prescription, MeaningKind::Whole) => {
            "the dose the plan states for this target is the prescribed one"
        }
        (Against::Prescription, MeaningKind::Cumulative) => {
            "the dose the plan states for this target is the prescribed cumulative dose, the phases before included"
        }
        (Against::Prescription, MeaningKind::Part) => {
            "the dose the plan states for this target is the prescribed dose of one of its phases; the plan does not link it to a fraction group, so a person must see whether that phase is meant"
        }
        (Against::Beams, MeaningKind::Whole) => {
            "fractions times beam doses is the dose the plan states for this target"
        }
        (Against::Beams, MeaningKind::Cumulative) => {
            "the plan states a cumulative dose: fractions times beam doses reaches it with the dose given before; a reader who divides it by this plan's fractions would go wrong"
        }
        (Against::Beams, MeaningKind::Part) => {
            "the dose the plan states for this target is what some of the fraction groups give; the plan does not say which it is for, so a person must see whether those are meant"
        }
    }
}
