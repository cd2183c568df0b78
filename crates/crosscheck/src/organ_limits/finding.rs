//! What is found of a limit, with its words.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad_dosimetry::{Bounded, StructureError, SummationType};

use super::codes::{DOSE_VOLUME, STRUCTURE};
use super::limit::OrganLimit;
use super::side::WrongSide;
use super::unbreakable::Unbreakable;
use super::whole_dose::{LeftOut, in_words};

/// What the limit was held against.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitSubject {
    /// The structure that the organ is, by its name in the file.
    pub name: Option<Identifying<String>>,
    /// The value, or why there is none.
    pub value: Result<LimitValue, NoLimitValue>,
}

/// A value of the dose in a structure, in the unit of the metric.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitValue {
    /// Value and bounds.
    pub bounded: Bounded,
    /// Why it cannot pass or fail all the same.
    pub in_doubt: Option<Doubt>,
}

/// Why a value does not settle a limit.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Doubt {
    /// The dose is that of a part of a plan.
    Part(SummationType),
    /// The dose leaves out that of plans of the course, and more of it could change what is found.
    LeftOut(Vec<LeftOut>),
    /// Contours overlap or cancel one another.
    Overlap,
    /// A contour crosses itself, and what it leaves out is not what was drawn.
    Crosses,
    /// The frame of reference of the structure or the dose is not stated.
    NoFrame,
    /// Which of its contours are one plane is not known.
    Planes,
    /// Planes are missing in more places than the bounds enclose in every reading.
    Gaps,
    /// It keeps the limit, as every dose does.
    Unbreakable(Unbreakable),
    /// It keeps the limit, which is on the wrong side.
    WrongSide(WrongSide),
}

/// Why a limit has no value to be compared with.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum NoLimitValue {
    /// No structure has the name of the organ.
    Missing {
        /// The structures there are.
        known: Vec<Identifying<String>>,
    },
    /// Several structures have it.
    Several {
        /// These.
        found: Vec<Identifying<String>>,
    },
    /// Several structures are the organ, and the limit is on a volume that only their union has.
    Parts {
        /// How many.
        parts: usize,
    },
    /// Somebody said that the patient has no such organ.
    NoOrgan,
    /// Somebody said so, and a structure is this organ.
    Present {
        /// These.
        found: Vec<Identifying<String>>,
    },
    /// Those with the name of the organ were given as another one, or as none, by hand.
    Taken {
        /// These.
        found: Vec<Identifying<String>>,
    },
    /// A structure has the name of the organ, and another one was given as it by hand.
    Overruled {
        /// Those that were given.
        given: Vec<Identifying<String>>,
        /// Those with the name.
        named: Vec<Identifying<String>>,
    },
    /// The contours enclose nothing that has a volume.
    NoSolid(StructureError),
    /// It is in another frame of reference than the dose.
    OtherFrame,
    /// A part of it lies outside the dose grid.
    Outside,
    /// The structure is too small for the metric.
    NotDefined,
    /// A share of a prescribed dose, and none is given.
    NoPrescription,
    /// The limit is in EQD2, and the number of fractions is not known.
    NoFractions,
    /// The source leaves the limit open.
    LeftOpen,
    /// The table is not for this course.
    OtherCourse,
}

/// A limit, and what was found.
///
/// See [`LimitCheck`](crate::LimitCheck) for an example.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitFinding {
    /// The table.
    pub table: String,
    /// The document that the limit stands in.
    pub source: String,
    /// What the source says of all of its limits.
    pub note: Option<String>,
    /// The limit.
    pub limit: OrganLimit,
    /// What it was held against.
    pub against: LimitSubject,
}

impl LimitFinding {
    /// The value, where there is one.
    #[must_use]
    pub fn value(&self) -> Option<&Bounded> {
        self.against.value.as_ref().ok().map(|value| &value.bounded)
    }

    /// Where the limit stands in a cumulative histogram of a structure of this volume (dose in gray, percent of the
    /// volume), and whether the line must stay below it; none where every dose keeps it, far away from every line.
    #[must_use]
    pub fn point(&self, volume_cc: f64) -> Option<((f64, f64), bool)> {
        let value = self.against.value.as_ref().ok();
        let doubt = value.and_then(|value| value.in_doubt.as_ref());
        if matches!(doubt, Some(Doubt::Unbreakable(_))) {
            return None;
        }
        let goal = self
            .limit
            .goal
            .filter(|_| self.limit.alpha_beta.is_none())?;
        let point = self.limit.metric.point(goal.value.to_f64(), volume_cc)?;
        Some((point, goal.comparison.is_upper()))
    }

    fn digits(&self) -> usize {
        if self.limit.metric.unit() == "%" {
            2
        } else {
            3
        }
    }
}

impl Observation for LimitFinding {
    fn code(&self) -> &Code {
        match &self.against.value {
            Err(
                NoLimitValue::Missing { .. }
                | NoLimitValue::Several { .. }
                | NoLimitValue::Parts { .. }
                | NoLimitValue::NoOrgan
                | NoLimitValue::Present { .. }
                | NoLimitValue::Taken { .. }
                | NoLimitValue::Overruled { .. },
            ) => &STRUCTURE,
            _ => &DOSE_VOLUME,
        }
    }

    fn outcome(&self) -> Outcome {
        match &self.against.value {
            Ok(value) if value.in_doubt.is_some() => Outcome::CannotTell,
            Ok(value) => self.limit.judge(&value.bounded),
            Err(NoLimitValue::NoOrgan | NoLimitValue::OtherCourse) => Outcome::NotApplicable,
            Err(_) => Outcome::CannotTell,
        }
    }

    fn subject(&self) -> Subject {
        Subject::path(self.limit.structure.clone())
    }

    fn values(&self) -> Values {
        let goal = self.limit.goal.map(|goal| goal.to_string());
        let mut values = Values::expected(format!(
            "{} {}",
            self.limit.metric,
            goal.as_deref().unwrap_or("left open")
        ));
        let Some(found) = self.value() else {
            return values;
        };
        let (digits, unit) = (self.digits(), self.limit.metric.unit());
        values = values.and_found(format!(
            "{:.digits$} {unit} ({:.digits$} to {:.digits$})",
            found.value, found.lower, found.upper
        ));
        if let Some(goal) = &self.limit.goal {
            let difference = found.value - goal.value.to_f64();
            values = values.difference(format!("{difference:+.digits$} {unit}"));
        }
        if let Some(variation) = &self.limit.variation {
            values = values.tolerance(format!("acceptable {variation}"));
        }
        values
    }
}

impl fmt::Display for LimitFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match &self.against.name {
            Some(name) => name.quoted(),
            None => "the structure".into(),
        };
        match &self.against.value {
            Ok(value) => self.compared(f, &name, value)?,
            Err(why) => why.say(f, &name)?,
        }
        if let Some(note) = &self.limit.note {
            write!(f, "; {note}")?;
        }
        let source = self.limit.source.as_ref().unwrap_or(&self.source);
        if *source == self.table {
            write!(f, "; source: {source}")
        } else {
            write!(f, "; source: {source} ({})", self.table)
        }
    }
}

impl LimitFinding {
    fn compared(&self, f: &mut fmt::Formatter<'_>, name: &str, value: &LimitValue) -> fmt::Result {
        if let Some(doubt) = &value.in_doubt {
            return write!(f, "{name}: {doubt}, so a value does not settle the limit");
        }
        match self.outcome() {
            Outcome::Pass => write!(f, "{name} keeps the limit"),
            Outcome::Warn => write!(
                f,
                "{name} is beyond the limit and within the acceptable variation"
            ),
            Outcome::Fail if self.limit.variation.is_some() => {
                write!(
                    f,
                    "{name} is beyond the limit and beyond the acceptable variation"
                )
            }
            Outcome::Fail => write!(f, "{name} is beyond the limit"),
            _ => write!(
                f,
                "{name}: the bounds of the value lie on both sides of the limit or of its variation"
            ),
        }
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(summation) => write!(
                f,
                "the summation type of the dose is {summation}, so it may be that of a part of a plan"
            ),
            Self::LeftOut(plans) => write!(
                f,
                "the dose does not say that it holds that of {}, and the limit is for the whole course",
                in_words(plans)
            ),
            Self::Overlap => f.write_str("its contours overlap"),
            Self::Planes => {
                f.write_str("its contours follow one another in steps finer than any image")
            }
            Self::Crosses => f.write_str("a contour of it crosses itself"),
            Self::NoFrame => {
                f.write_str("the structure, the dose or both do not state a frame of reference")
            }
            Self::Gaps => f.write_str(
                "planes are missing in more than two places, and whether the organ goes on there is not known",
            ),
            Self::Unbreakable(why) => why.fmt(f),
            Self::WrongSide(why) => why.fmt(f),
        }
    }
}

fn listed(names: &[Identifying<String>]) -> String {
    const SHOWN: usize = 30;
    let mut text: Vec<String> = names.iter().take(SHOWN).map(Identifying::quoted).collect();
    if names.len() > SHOWN {
        text.push(format!("and {} more", names.len() - SHOWN));
    }
    text.join(", ")
}

impl NoLimitValue {
    fn say(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        match self {
            Self::Missing { known } if known.is_empty() => {
                f.write_str("the file has no structure with a name")
            }
            Self::Missing { known } => write!(
                f,
                "no structure is called so; say which one it is (NAME=ORGAN), or that there is no such organ; there are: {}",
                listed(known)
            ),
            Self::Several { found } => write!(
                f,
                "several structures are called so, and which is meant is not known: {}",
                listed(found)
            ),
            Self::Parts { parts } => write!(
                f,
                "{parts} structures are this organ, and an absolute volume is that of all of them together: contour them as one structure"
            ),
            Self::NoOrgan => f.write_str("the patient has no such organ, as was said"),
            Self::Present { found } => write!(
                f,
                "the patient was said to have no such organ, and the file has it: {}; take the statement back, or say which organ the structure is (NAME=ORGAN; NAME=- for none)",
                listed(found)
            ),
            Self::Taken { found } => write!(
                f,
                "{} has the name of this organ and was given as another one, or as none: say which structure the organ is, or that there is no such organ",
                listed(found)
            ),
            Self::Overruled { given, named } => write!(
                f,
                "{} was given as this organ, and {} has its name: give both where both are parts of it, or say that the other is none (NAME=-)",
                listed(given),
                listed(named)
            ),
            Self::NoSolid(error) => write!(f, "{name}: {error}"),
            Self::OtherFrame => write!(
                f,
                "{name}: its frame of reference is not that of the dose, so where it lies in the dose is not known"
            ),
            Self::Outside => write!(
                f,
                "{name} lies in part outside the dose grid, where no dose is known"
            ),
            Self::NotDefined => write!(f, "{name} is smaller than the volume that is asked for"),
            Self::NoPrescription => f.write_str(
                "the metric is a share of the prescribed dose, and which dose that is for this structure is not known: say it, where structures have different ones for each limit (column prescribed)",
            ),
            Self::NoFractions => f.write_str(
                "the limit is in EQD2, and the number of fractions is not known: give it, or the plan; for a course of several phases, the dose and the plan of each",
            ),
            Self::LeftOpen => f.write_str("the source leaves the limit open"),
            Self::OtherCourse => f.write_str("the table is for another course"),
        }
    }
}
