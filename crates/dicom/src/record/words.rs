//! The sentences of what records of treatment have to say.

use std::fmt;

use chemorad::number::Decimal;

use super::alike::{of_records, several};
use super::finding::RecordFinding;
use super::kinds::{DoseDifference, NotSettled};
use super::lists::{in_runs, listed, numbers};

fn ended(f: &mut fmt::Formatter<'_>, status: Option<&str>, beams: usize) -> fmt::Result {
    let (verb, counts) = match beams {
        1 => ("a beam", "it counts"),
        _ => ("beams", "they count"),
    };
    match status {
        None => write!(
            f,
            "how {verb} ended is not stated (Treatment Termination Status)"
        )?,
        Some(status) => write!(f, "Treatment Termination Status of {verb} is {status}")?,
    }
    write!(f, "; the whole meterset was given, so {counts} as whole")
}

fn taken(f: &mut fmt::Formatter<'_>, dose: Option<Decimal>) -> fmt::Result {
    match dose {
        Some(dose) => write!(
            f,
            "; the recorded dose of {dose:#} Gy is used as the dose of the fraction"
        ),
        None => f.write_str(
            "; the records state no dose for the fraction, so what was given is not known",
        ),
    }
}

/// `a fraction group of 3 fractions`, `fraction groups of 3, 5 fractions`.
fn listed_groups(groups: &[u32]) -> String {
    match groups {
        [1] => "a fraction group of 1 fraction".into(),
        [one] => format!("a fraction group of {one} fractions"),
        all => format!("fraction groups of {} fractions", numbers(all)),
    }
}

impl fmt::Display for RecordFinding {
    #[allow(clippy::too_many_lines, reason = "a sentence for each variant")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Several { findings } => several(f, findings),
            Self::OfRecords { finding, records } => of_records(f, finding, records.len()),
            Self::SameObject => f.write_str(
                "the same object was given before (SOP Instance UID); it is counted once",
            ),
            Self::TwoContents => f.write_str(
                "it has the SOP Instance UID of an object that was given before, and does not say the same: which one is right is not known",
            ),
            Self::NoPlan => f.write_str(
                "the record names no plan (Referenced RT Plan), so whether it is of this course cannot be checked",
            ),
            Self::SeveralPlans => f.write_str(
                "the record names several plans, so which one was given is not known, and it is not counted",
            ),
            Self::NothingDelivered { .. } => f.write_str(
                "no beam of the fraction gave more than 1 % of its meterset on that day: it does not count as a day of treatment",
            ),
            Self::NoTime { .. } => f.write_str(
                "several fractions were given on one day and not all have a time, so the time between them was not compared",
            ),
            Self::Parts {
                plans,
                fractions,
                alike,
                numbered,
                ..
            } => {
                match plans {
                    1 => f.write_str("a plan for one fraction is taken as a part of the phase")?,
                    _ => write!(
                        f,
                        "{plans} plans gave {fractions} fractions one after another, and are taken as parts of one phase, its fractions counted through"
                    )?,
                }
                if !numbered {
                    f.write_str("; each counts from 1, so make sure that no record is missing")?;
                }
                if *alike {
                    return Ok(());
                }
                f.write_str(
                    "; the records do not state the dose of each, so whether they are alike is not known: give the plans with the records to gap, or type each part as it was given, such as 9Gy/5+36Gy/20",
                )
            }
            Self::DoseUnlike { .. } => f.write_str(
                "the recorded dose is not that of most fractions, although the metersets are whole: look the session up, type what was given, and leave these records out",
            ),
            Self::NotStated {
                groups, elsewhere, ..
            } => {
                write!(
                    f,
                    "the course gave {} of which the case states no dose for this volume",
                    listed_groups(groups)
                )?;
                f.write_str(if *elsewhere {
                    "; it is taken as none"
                } else {
                    ", nor for another: state what each volume got of it, and give the records without it where it reached none of them"
                })
            }
            Self::NoDate => {
                f.write_str("the record has no Treatment Date, so it is not counted")
            }
            Self::NoBeams => f.write_str("the record names no beam that treats"),
            Self::NoNumber { beam } => {
                match beam {
                    Some(beam) => write!(f, "beam {beam}")?,
                    None => f.write_str("a beam without a number")?,
                }
                f.write_str(
                    " cannot be placed: it needs Referenced Beam Number and Current Fraction Number",
                )
            }
            Self::BrokenOff {
                status: None,
                delivered: None,
                dose,
                ..
            } => {
                f.write_str(
                    "the record says neither how the beam ended (Treatment Termination Status) nor its metersets, so it does not count as whole",
                )?;
                taken(f, *dose)
            }
            Self::BrokenOff { status, dose, .. } => {
                f.write_str("the beam was not given to its end (termination status ")?;
                f.write_str(status.as_deref().unwrap_or("not stated"))?;
                f.write_str(")")?;
                taken(f, *dose)
            }
            Self::Proportion { .. } => f.write_str(
                "the beam was not given to its end, and its recorded dose does not fit the part of its meterset that was given: what was given is not known",
            ),
            Self::WholeDose { .. } => f.write_str(
                "the fraction is not whole, and its recorded dose is that of a whole one: what was given is not known",
            ),
            Self::Ended { status, beams } => ended(f, status.as_deref(), beams.len()),
            Self::NotRead {
                kind,
                summary: true,
            } => write!(f, "it is {kind}, which sums up other records and is not read"),
            Self::NotRead { kind, .. } => write!(
                f,
                "it is {kind}, which is not read, so what was given is not all known: give the records by name and leave it out if its dose does not count here"
            ),
            Self::Elsewhere { course } => write!(
                f,
                "the same object is among the records of course {course} (SOP Instance UID): one fraction would count twice"
            ),
            Self::BeamsMissing { beams, dose, .. } => {
                write!(
                    f,
                    "beams that other fractions have were not given: {}",
                    numbers(beams)
                )?;
                taken(f, *dose)
            }
            Self::Resumed { .. } => f.write_str(
                "the beam was broken off and then given to its end; the fraction counts as whole",
            ),
            Self::Split { dates, .. } => write!(
                f,
                "its beams were given on several days: {}; it counts as one fraction on the first",
                numbers(dates)
            ),
            Self::Repeated { dates, .. } => write!(
                f,
                "the beam was given whole more than once in this fraction, on {}: a repeated dose or a wrong fraction number",
                numbers(dates)
            ),
            Self::Meterset { .. } => f.write_str(
                "the delivered meterset is not the specified one, although the beam ended as it should",
            ),
            Self::Order { earlier, later } => write!(
                f,
                "it was given on {}, after fraction {} on {}: a date or a number is wrong",
                later.1, earlier.0, earlier.1
            ),
            Self::Planned { .. } => {
                f.write_str("records of this fraction state different numbers of fractions")
            }
            Self::Missing { runs } => write!(
                f,
                "there is no record of {}: give all records of the course",
                in_runs("fraction", runs)
            ),
            Self::Prescribed { .. } => f.write_str(
                "the record states another number of fractions than is prescribed: is it of this course?",
            ),
            Self::Replaced { .. } => f.write_str(
                "the fractions that are prescribed were given, and then those of another plan: the plan is taken as replaced",
            ),
            Self::Interval { stated, .. } => f.write_str(match stated {
                None => "two fractions were begun less than 6 h apart",
                Some(_) => {
                    "two fractions of one day were begun sooner after one another than the interval that is stated"
                }
            }),
            Self::TooMany { .. } => {
                f.write_str("it was given and lies beyond what is prescribed")
            }
            Self::Groups { .. } => f.write_str(
                "the records are of more fraction groups than the prescription has phases, and do not show that they are parts of one: type the course as it was given, such as 9Gy/5+36Gy/20, or give dates and doses by hand",
            ),
            Self::PhaseOrder { phase, .. } => write!(
                f,
                "the next phase began before phase {phase} was complete, so the dose of each fraction cannot be told"
            ),
            Self::Dose {
                difference: DoseDifference::Small,
                ..
            } => f.write_str(
                "the recorded dose is not quite the planned one; a dose reference need not lie where the dose is prescribed, and the planned dose is taken",
            ),
            Self::Dose {
                difference: DoseDifference::Large,
                ..
            } => f.write_str(
                "the recorded dose is not the planned one: whether its dose reference lies elsewhere or another dose was given is not known",
            ),
            Self::Dose { .. } => {
                f.write_str("the recorded dose is not one of this prescription")
            }
            Self::CourseDate { .. } => {
                f.write_str("the case states another day than the records of the course")
            }
            Self::Fewer { .. } => {
                f.write_str("fewer fractions were given than are stated; those given are taken")
            }
            Self::Unsettled { why, .. } => match why {
                NotSettled::NotWhole { fractions } => write!(
                    f,
                    "{} was not given whole, and the records do not say what this volume got of it: state what it got in the case",
                    listed("fraction", fractions)
                ),
                NotSettled::NoGroup { .. } => f.write_str(
                    "no fraction group of the records has as many fractions as the case states: correct the case, or give the records of this course",
                ),
                NotSettled::SeveralGroups => f.write_str(
                    "several fraction groups have as many fractions as the case states, and they were not given alike, so which one reached this volume is not known: state what it got in the case",
                ),
            },
        }
    }
}
