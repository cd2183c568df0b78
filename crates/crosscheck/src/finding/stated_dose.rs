//! A dose that a plan states for a target, against the prescription or its beams.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values, Written};
use chemorad::written;
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
    /// This phase and those before.
    Cumulative,
    /// One phase or fraction group of several, which the plan does not say.
    Part,
    /// The whole course, the phases after included.
    Course,
    /// Some of the fractions of a phase, where other fraction groups give the rest.
    Share,
}

/// A dose that a stated dose could mean, compared with it.
#[derive(Debug, Clone)]
pub struct BestMeaning {
    /// Both, and how far apart they are.
    pub comparison: Comparison,
    /// What it is the dose of.
    pub kind: MeaningKind,
    /// How it was reached.
    pub arithmetic: Written,
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
    /// It is given by application setups, not by beams.
    pub of_setups: bool,
    /// It is linked to fraction groups.
    pub linked: bool,
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
            _ if self.at_points.is_some() => {
                let points = self.at_points.iter().flatten();
                // what is no point, or not known, may be anything
                if points.into_iter().all(DosePoint::is_point) {
                    Outcome::Warn
                } else {
                    Outcome::CannotTell
                }
            }
            None => Outcome::CannotTell,
            Some(best) if !best.comparison.within => Outcome::Fail,
            Some(best) => match (best.kind, self.against) {
                (MeaningKind::Whole | MeaningKind::Share, _)
                | (MeaningKind::Cumulative, Against::Prescription) => Outcome::Pass,
                (MeaningKind::Cumulative, Against::Beams)
                | (MeaningKind::Part | MeaningKind::Course, _) => Outcome::Warn,
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
        let all: Vec<Written> = all
            .map(|(amount, words)| written!("{} ({})", amount, words))
            .collect();
        values.expected = Some(Written::joined(&all, " or "));
        values
    }
}

impl fmt::Display for StatedDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(points) = &self.at_points {
            return self.at_points(f, points);
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
                self.centigray(f, &best.comparison)
            }
            (Against::Beams, false) => {
                let given = self.given();
                write!(f, "{given} is not the dose the plan states for this target")?;
                hundredfold(f, best.comparison.expected, best.comparison.found)
            }
            (Against::Prescription, true) => f.write_str(as_prescribed(best.kind)),
            (Against::Beams, true) => self.as_given(f, best.kind),
        }
    }
}

impl StatedDose {
    /// A hundred times one of the doses it could mean is a unit.
    pub(super) fn centigray(&self, f: &mut fmt::Formatter<'_>, best: &Comparison) -> fmt::Result {
        let mut meanings = self.meanings.iter();
        let of_another = meanings.find(|(amount, _)| self.stated.is_multiple(*amount, 100));
        match of_another {
            Some((amount, words)) => write!(
                f,
                "; it is exactly 100 times {amount:#} ({words}): are the numbers centigray where gray is meant?"
            ),
            None => centigray(f, best),
        }
    }

    /// What is compared with the stated dose.
    const fn given(&self) -> &'static str {
        if self.of_setups {
            "fractions times doses of the application setups"
        } else {
            "fractions times beam doses"
        }
    }

    fn at_points(&self, f: &mut fmt::Formatter<'_>, points: &[DosePoint]) -> fmt::Result {
        let doses = if self.of_setups {
            "the doses of the application setups"
        } else {
            "the beam doses"
        };
        write!(
            f,
            "the dose the plan states is the prescribed one; {doses} are those"
        )?;
        for (number, point) in points.iter().enumerate() {
            write!(f, "{} {point}", if number == 0 { "" } else { " and" })?;
        }
        f.write_str(
            ", which may differ from it: a person must see whether the difference is plausible there",
        )
    }

    /// What gives the stated dose.
    fn as_given(&self, f: &mut fmt::Formatter<'_>, kind: MeaningKind) -> fmt::Result {
        match kind {
            MeaningKind::Whole | MeaningKind::Share => write!(
                f,
                "{} is the dose the plan states for this target",
                self.given()
            ),
            MeaningKind::Cumulative => write!(
                f,
                "the plan states a cumulative dose: {} reaches it with the dose given before; a reader who divides it by this plan's fractions would go wrong",
                self.given()
            ),
            MeaningKind::Course => write!(
                f,
                "the plan states the dose of the whole course: {} reaches it with the doses of the other phases; a reader who divides it by this plan's fractions would go wrong",
                self.given()
            ),
            MeaningKind::Part if self.linked => f.write_str(
                "the dose the plan states for this target is what some of the fraction groups linked to it give; the others are linked to it and reach other volumes only, so a person must see which links are meant",
            ),
            MeaningKind::Part => f.write_str(
                "the dose the plan states for this target is what some of the fraction groups give; the plan does not say which it is for, so a person must see whether those are meant",
            ),
        }
    }
}

const fn as_prescribed(kind: MeaningKind) -> &'static str {
    match kind {
        MeaningKind::Whole => "the dose the plan states for this target is the prescribed one",
        MeaningKind::Share => {
            "the dose the plan states for this target is the prescribed dose of its fractions; other fraction groups give the rest of the phase"
        }
        MeaningKind::Cumulative => {
            "the dose the plan states for this target is the prescribed cumulative dose, the phases before included"
        }
        MeaningKind::Course => {
            "the dose the plan states for this target is that of the whole course, of which its fractions give a part: a person must see that no one divides it by them"
        }
        MeaningKind::Part => {
            "the dose the plan states for this target is the prescribed dose of one of its phases; the plan does not link it to a fraction group, so a person must see whether that phase is meant"
        }
    }
}
