//! What records of treatment have to say, with its words.

use std::collections::BTreeSet;
use std::fmt;

use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::report::{Code, Observation, Outcome, Subject, Values};
use jiff::civil::Date;

use super::codes;

/// What was found in records of treatment, or between them and what is prescribed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RecordFinding {
    /// One object given twice; it is counted once.
    SameObject,
    /// A record without a date.
    NoDate,
    /// A record without a beam that treats.
    NoBeams,
    /// A beam without its number or that of its fraction.
    NoNumber {
        /// The beam.
        beam: Option<i32>,
    },
    /// A beam that ended before its meterset was given.
    BrokenOff {
        /// The fraction.
        fraction: u32,
        /// The beam.
        beam: i32,
        /// Treatment Termination Status.
        status: Option<String>,
        /// What was to be given.
        specified: Option<Decimal>,
        /// What was given.
        delivered: Option<Decimal>,
        /// The dose of the fraction as far as it is recorded.
        dose: Option<Decimal>,
    },
    /// A beam that was broken off, with a dose that does not fit the part of its meterset.
    Proportion {
        /// The fraction.
        fraction: u32,
        /// The beam.
        beam: i32,
        /// What the record states, in gray.
        recorded: f64,
        /// The share of its dose in whole fractions, in gray.
        expected: f64,
    },
    /// A fraction that is not whole, with the dose of a whole one.
    WholeDose {
        /// The fraction.
        fraction: u32,
        /// What the record states.
        recorded: Decimal,
        /// What a whole fraction has.
        whole: Decimal,
    },
    /// Beams that were given whole by their metersets, and not by their termination status.
    Ended {
        /// Treatment Termination Status, where it is stated.
        status: Option<String>,
        /// The fractions and beams.
        beams: Vec<(u32, i32)>,
    },
    /// A record in a folder that holds what was given and is not read.
    NotRead {
        /// What it is.
        kind: String,
        /// Whether it only sums up what other records say.
        summary: bool,
    },
    /// Beams that other fractions have.
    BeamsMissing {
        /// The fraction.
        fraction: u32,
        /// The beams.
        beams: Vec<i32>,
        /// The dose of the fraction as far as it is recorded.
        dose: Option<Decimal>,
    },
    /// A fraction whose beams were given on several days.
    Split {
        /// The fraction.
        fraction: u32,
        /// The days.
        dates: Vec<Date>,
    },
    /// A beam that was broken off and given to its end.
    Resumed {
        /// The fraction.
        fraction: u32,
        /// The beam.
        beam: i32,
    },
    /// A beam that was given whole more than once in one fraction.
    Repeated {
        /// The fraction.
        fraction: u32,
        /// The beam.
        beam: i32,
        /// The days.
        dates: Vec<Date>,
    },
    /// A beam that ended as it should with another meterset.
    Meterset {
        /// The fraction.
        fraction: u32,
        /// The beam.
        beam: i32,
        /// What was to be given.
        specified: Decimal,
        /// What was given.
        delivered: Decimal,
    },
    /// A later number before an earlier one.
    Order {
        /// The number and day of the fraction that was given first.
        earlier: (u32, Date),
        /// Those of the other.
        later: (u32, Date),
    },
    /// Records of one fraction that state different numbers of fractions.
    Planned {
        /// The fraction.
        fraction: u32,
        /// What the first states.
        planned: u32,
        /// What another states.
        found: u32,
    },
    /// Numbers of fractions without a record.
    Missing {
        /// The numbers.
        numbers: Vec<u32>,
    },
    /// Another number of fractions planned than prescribed.
    Prescribed {
        /// The fraction whose record states it.
        fraction: u32,
        /// What it states.
        planned: u32,
        /// What is prescribed.
        prescribed: u32,
    },
    /// A fraction beyond what is prescribed.
    TooMany {
        /// Its number.
        number: u32,
        /// What is prescribed.
        prescribed: u32,
    },
    /// More fraction groups than phases.
    Groups {
        /// The fraction groups.
        groups: usize,
        /// The phases.
        phases: usize,
    },
    /// A phase that began before the one before it had ended.
    PhaseOrder {
        /// The place of the phase that is not complete.
        phase: usize,
        /// Its fractions so far.
        given: usize,
        /// Those that are prescribed.
        prescribed: u32,
    },
    /// A recorded dose that is not the planned one.
    Dose {
        /// The fractions.
        fractions: Vec<u32>,
        /// What the record states.
        recorded: Decimal,
        /// What is planned.
        planned: AbsorbedDose,
        /// How far off it is.
        difference: DoseDifference,
    },
    /// A day of a course that is not that of its records.
    CourseDate {
        /// The course.
        course: String,
        /// `start` or `finished`.
        field: &'static str,
        /// What the case states.
        stated: Date,
        /// What the records state.
        recorded: Date,
    },
    /// Fewer fractions than a course is stated to have had, and those that were given are taken.
    Fewer {
        /// The course.
        course: String,
        /// The volume.
        volume: String,
        /// The fractions with a record.
        given: u32,
        /// The fractions that the case states.
        stated: u32,
    },
    /// What a volume got in a course cannot be taken from its records.
    Unsettled {
        /// The course.
        course: String,
        /// The volume.
        volume: String,
        /// Why not.
        why: NotSettled,
    },
    /// A record that is also one of another course.
    Elsewhere {
        /// The other course.
        course: String,
    },
}

/// How far a recorded dose is from the planned one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoseDifference {
    /// As far as one point may be from another.
    Small,
    /// So far that another dose may have been given.
    Large,
    /// So far that it is not one of this prescription.
    Beyond,
}

/// Why the records of a course do not say what a volume got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSettled {
    /// Fractions that were not given whole.
    NotWhole {
        /// Their numbers.
        fractions: Vec<u32>,
    },
    /// No fraction group has the number of fractions that is stated.
    NoGroup {
        /// The fractions that the case states.
        stated: u32,
        /// Those of each fraction group.
        groups: Vec<u32>,
    },
    /// Several fraction groups have it, and were not given alike.
    SeveralGroups,
}

impl Observation for RecordFinding {
    fn code(&self) -> &Code {
        match self {
            Self::SameObject => &codes::SAME_OBJECT,
            Self::NoDate => &codes::DATE,
            Self::NoBeams => &codes::NO_BEAMS,
            Self::NoNumber { .. } => &codes::FRACTION_NUMBER,
            Self::BrokenOff { .. }
            | Self::BeamsMissing { .. }
            | Self::Resumed { .. }
            | Self::Proportion { .. }
            | Self::WholeDose { .. } => &codes::BROKEN_OFF,
            Self::Ended { .. } => &codes::TERMINATION,
            Self::NotRead { .. } => &codes::NOT_READ,
            Self::Elsewhere { .. } => &codes::ELSEWHERE,
            Self::Split { .. } => &codes::SPLIT,
            Self::Repeated { .. } => &codes::REPEATED,
            Self::Meterset { .. } => &codes::METERSET,
            Self::Order { .. } => &codes::ORDER,
            Self::Planned { .. } | Self::Prescribed { .. } | Self::TooMany { .. } => {
                &codes::PLANNED
            }
            Self::Missing { .. } => &codes::MISSING,
            Self::Groups { .. } | Self::PhaseOrder { .. } => &codes::PHASES,
            Self::Dose { .. } => &codes::DOSE,
            Self::CourseDate { .. } => &codes::COURSE_DATE,
            Self::Fewer { .. } | Self::Unsettled { .. } => &codes::FEWER,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::SameObject
            | Self::Resumed { .. }
            | Self::Split { .. }
            | Self::BrokenOff { dose: Some(_), .. }
            | Self::BeamsMissing { dose: Some(_), .. }
            | Self::Dose {
                difference: DoseDifference::Small,
                ..
            }
            | Self::Ended { .. }
            | Self::NotRead { summary: true, .. }
            | Self::Fewer { .. } => Outcome::Warn,
            Self::NoDate
            | Self::NoBeams
            | Self::NoNumber { .. }
            | Self::BrokenOff { dose: None, .. }
            | Self::BeamsMissing { dose: None, .. }
            | Self::Proportion { .. }
            | Self::WholeDose { .. }
            | Self::NotRead { summary: false, .. }
            | Self::Missing { .. }
            | Self::Groups { .. }
            | Self::PhaseOrder { .. }
            | Self::Dose {
                difference: DoseDifference::Large,
                ..
            }
            | Self::Unsettled { .. } => Outcome::CannotTell,
            Self::Repeated { .. }
            | Self::Meterset { .. }
            | Self::Order { .. }
            | Self::Planned { .. }
            | Self::Prescribed { .. }
            | Self::TooMany { .. }
            | Self::Dose {
                difference: DoseDifference::Beyond,
                ..
            }
            | Self::Elsewhere { .. }
            | Self::CourseDate { .. } => Outcome::Fail,
        }
    }

    fn subject(&self) -> Subject {
        let of = |fraction: &u32| format!("fraction {fraction}");
        Subject::path(match self {
            Self::BrokenOff { fraction, beam, .. }
            | Self::Proportion { fraction, beam, .. }
            | Self::Resumed { fraction, beam }
            | Self::Repeated { fraction, beam, .. }
            | Self::Meterset { fraction, beam, .. } => format!("fraction {fraction}, beam {beam}"),
            Self::BeamsMissing { fraction, .. }
            | Self::Split { fraction, .. }
            | Self::Planned { fraction, .. }
            | Self::Prescribed { fraction, .. }
            | Self::WholeDose { fraction, .. } => of(fraction),
            Self::Dose { fractions, .. } => listed("fraction", fractions),
            Self::Ended { beams, .. } => match beams.as_slice() {
                [(fraction, beam)] => format!("fraction {fraction}, beam {beam}"),
                _ => listed(
                    "fraction",
                    &beams.iter().map(|beam| beam.0).collect::<Vec<_>>(),
                ),
            },
            Self::Order { later, .. } => of(&later.0),
            Self::TooMany { number, .. } => of(number),
            Self::CourseDate { course, field, .. } => format!("course {course}, {field}"),
            Self::Fewer { course, volume, .. } | Self::Unsettled { course, volume, .. } => {
                format!("course {course}, {volume}")
            }
            Self::SameObject
            | Self::NoDate
            | Self::NoBeams
            | Self::NoNumber { .. }
            | Self::NotRead { .. }
            | Self::Elsewhere { .. }
            | Self::Missing { .. }
            | Self::Groups { .. }
            | Self::PhaseOrder { .. } => "records".into(),
        })
    }

    fn values(&self) -> Values {
        match self {
            Self::BrokenOff {
                specified: Some(specified),
                delivered: Some(delivered),
                ..
            }
            | Self::Meterset {
                specified,
                delivered,
                ..
            } => Values::expected(format!("meterset {specified}")).and_found(delivered),
            Self::Planned { planned, found, .. } => Values::expected(planned).and_found(found),
            Self::Prescribed {
                planned,
                prescribed,
                ..
            } => Values::expected(format!("{prescribed} fractions")).and_found(planned),
            Self::TooMany { number, prescribed } => {
                Values::expected(format!("at most {prescribed} fractions")).and_found(number)
            }
            Self::Groups { groups, phases } => {
                Values::expected(format!("at most {phases} fraction groups")).and_found(groups)
            }
            Self::PhaseOrder {
                given, prescribed, ..
            } => Values::expected(format!("{prescribed} fractions")).and_found(given),
            Self::Dose {
                recorded, planned, ..
            } => Values::expected(planned).and_found(format!("{recorded} Gy")),
            Self::Proportion {
                recorded, expected, ..
            } => Values::expected(format!("about {expected:.2} Gy"))
                .and_found(format!("{recorded} Gy")),
            Self::WholeDose {
                recorded, whole, ..
            } => Values::expected(format!("less than {whole} Gy"))
                .and_found(format!("{recorded} Gy")),
            Self::Unsettled {
                why: NotSettled::NoGroup { stated, groups },
                ..
            } => Values::expected(format!("{stated} fractions")).and_found(numbers(groups)),
            Self::CourseDate {
                stated, recorded, ..
            } => Values::expected(recorded).and_found(stated),
            Self::Fewer { given, stated, .. } => {
                Values::expected(format!("{stated} fractions")).and_found(given)
            }
            _ => Values::default(),
        }
    }
}

fn numbers<T: fmt::Display>(numbers: &[T]) -> String {
    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    numbers.join(", ")
}

/// `fraction 3`, `fractions 1 to 12, 14`.
fn listed(what: &str, numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    let sorted: BTreeSet<u32> = numbers.iter().copied().collect();
    for number in sorted {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            _ => runs.push((number, number)),
        }
    }
    let plural = match runs.as_slice() {
        [(first, last)] if first == last => "",
        _ => "s",
    };
    let runs: Vec<String> = runs
        .iter()
        .map(|&(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first} to {last}"),
        })
        .collect();
    format!("{what}{plural} {}", runs.join(", "))
}

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
            "; the recorded dose of {dose} Gy is used as the dose of the fraction"
        ),
        None => f.write_str(
            "; the records state no dose for the fraction, so what was given is not known",
        ),
    }
}

impl fmt::Display for RecordFinding {
    #[allow(clippy::too_many_lines, reason = "a sentence for each variant")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameObject => f.write_str(
                "the same object was given before (SOP Instance UID); it is counted once",
            ),
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
            Self::Missing { numbers: missing } => write!(
                f,
                "there is no record of fraction {}: give all records of the course",
                numbers(missing)
            ),
            Self::Prescribed { .. } => f.write_str(
                "the record states another number of fractions than is prescribed: is it of this course?",
            ),
            Self::TooMany { .. } => {
                f.write_str("it was given and lies beyond what is prescribed")
            }
            Self::Groups { .. } => f.write_str(
                "the records are of more fraction groups than the prescription has phases",
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
