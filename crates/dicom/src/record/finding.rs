//! What records of treatment have to say.

use std::collections::BTreeSet;

use chemorad::number::Decimal;
use chemorad::quantity::{AbsorbedDose, FractionInterval};
use chemorad::radiotherapy::MINIMUM_INTERVAL;
use chemorad::report::{Code, Observation, Outcome, Subject, Values, Written};
use chemorad::written;
use jiff::civil::Date;

use super::codes;
use super::kinds::{DoseDifference, NotSettled};
use super::lists::{listed, numbers};

/// What was found in records of treatment, or between them and what is prescribed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum RecordFinding {
    /// One object given twice; it is counted once.
    SameObject,
    /// Two objects with one SOP Instance UID that do not say the same.
    TwoContents,
    /// A record that names no plan.
    NoPlan,
    /// A record that names several plans.
    SeveralPlans,
    /// Sessions in which no beam gave anything.
    NothingDelivered {
        /// The fraction and the day of each.
        sessions: Vec<(u32, Date)>,
    },
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
        /// The first and the last number of each run of them.
        runs: Vec<(u32, u32)>,
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
    /// The plan was replaced by another before all its fractions were given, as it is prescribed.
    Replaced {
        /// The number of its last fraction.
        fraction: u32,
        /// The fractions it has.
        planned: u32,
        /// Those that are prescribed, and were given.
        given: u32,
    },
    /// Two fractions that began sooner after one another than they should, or than is stated.
    Interval {
        /// The days of the second of them.
        dates: Vec<Date>,
        /// The minutes between their beginnings, the least and the most.
        minutes: (u32, u32),
        /// The interval that is stated for the calculation, where that is longer.
        stated: Option<FractionInterval>,
    },
    /// Days with several fractions, of which one has no time.
    NoTime {
        /// The days.
        dates: Vec<Date>,
    },
    /// Several plans that were given one after another, taken as parts of one phase.
    Parts {
        /// The phase, or the course and volume.
        of: String,
        /// The plans.
        plans: usize,
        /// The fractions that they gave.
        fractions: u32,
        /// Whether the dose of each fraction is stated, so that it can be compared.
        alike: bool,
        /// Whether their numbers would show that a record is missing.
        numbered: bool,
    },
    /// Whole fractions of one fraction group with another recorded dose than most of them.
    DoseUnlike {
        /// The fractions.
        fractions: Vec<u32>,
        /// The median.
        usual: Decimal,
        /// The least and the most of the others.
        others: (Decimal, Decimal),
    },
    /// What a course gave and is not stated for a volume.
    NotStated {
        /// The course.
        course: String,
        /// The volume.
        volume: String,
        /// The fractions of each fraction group.
        groups: Vec<u32>,
        /// Whether another volume has it.
        elsewhere: bool,
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
    /// What is said about several beams or fractions.
    Several {
        /// Each of them.
        findings: Vec<RecordFinding>,
    },
    /// What is said about several records.
    OfRecords {
        /// What each of them says.
        finding: Box<RecordFinding>,
        /// The records.
        records: Vec<Subject>,
    },
    /// A record that is also one of another course.
    Elsewhere {
        /// The other course.
        course: String,
    },
}

impl Observation for RecordFinding {
    fn code(&self) -> &Code {
        match self {
            // there are several of them
            Self::Several { findings } => findings.first().map_or(&codes::BROKEN_OFF, Self::code),
            Self::OfRecords { finding, .. } => finding.code(),
            Self::SameObject | Self::TwoContents => &codes::SAME_OBJECT,
            Self::NoPlan | Self::SeveralPlans => &codes::PLAN,
            Self::NothingDelivered { .. } => &codes::NOTHING_DELIVERED,
            Self::NotStated { .. } => &codes::NOT_STATED,
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
            Self::Planned { .. }
            | Self::Prescribed { .. }
            | Self::Replaced { .. }
            | Self::TooMany { .. } => &codes::PLANNED,
            Self::Interval { .. } | Self::NoTime { .. } => &codes::INTERVAL,
            Self::Missing { .. } => &codes::MISSING,
            Self::Groups { .. } | Self::PhaseOrder { .. } | Self::Parts { .. } => &codes::PHASES,
            Self::Dose { .. } | Self::DoseUnlike { .. } => &codes::DOSE,
            Self::CourseDate { .. } => &codes::COURSE_DATE,
            Self::Fewer { .. } | Self::Unsettled { .. } => &codes::FEWER,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Several { findings } => Outcome::worst(findings.iter().map(Self::outcome)),
            Self::OfRecords { finding, .. } => finding.outcome(),
            Self::SameObject
            | Self::NoPlan
            | Self::NothingDelivered { .. }
            | Self::NoTime { .. }
            | Self::Parts { alike: true, .. }
            | Self::NotStated {
                elsewhere: true, ..
            }
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
            | Self::Replaced { .. }
            | Self::Interval { stated: None, .. }
            | Self::Fewer { .. } => Outcome::Warn,
            Self::NoDate
            | Self::SeveralPlans
            | Self::Parts { alike: false, .. }
            | Self::DoseUnlike { .. }
            | Self::NotStated {
                elsewhere: false, ..
            }
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
            Self::TwoContents
            | Self::Repeated { .. }
            | Self::Meterset { .. }
            | Self::Order { .. }
            | Self::Planned { .. }
            | Self::Prescribed { .. }
            | Self::TooMany { .. }
            | Self::Interval {
                stated: Some(_), ..
            }
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
            Self::Several { findings } => Self::places_of(findings),
            Self::BrokenOff { fraction, beam, .. }
            | Self::Proportion { fraction, beam, .. }
            | Self::Resumed { fraction, beam }
            | Self::Repeated { fraction, beam, .. }
            | Self::Meterset { fraction, beam, .. } => format!("fraction {fraction}, beam {beam}"),
            Self::BeamsMissing { fraction, .. }
            | Self::Split { fraction, .. }
            | Self::Planned { fraction, .. }
            | Self::Prescribed { fraction, .. }
            | Self::Replaced { fraction, .. }
            | Self::WholeDose { fraction, .. } => of(fraction),
            Self::Dose { fractions, .. } | Self::DoseUnlike { fractions, .. } => {
                listed("fraction", fractions)
            }
            Self::NothingDelivered { sessions } => {
                let fractions: Vec<u32> = sessions.iter().map(|one| one.0).collect();
                listed("fraction", &fractions)
            }
            Self::Parts { of, .. } => of.clone(),
            Self::Ended { beams, .. } => match beams.as_slice() {
                [(fraction, beam)] => format!("fraction {fraction}, beam {beam}"),
                _ => listed(
                    "fraction",
                    &beams.iter().map(|beam| beam.0).collect::<Vec<_>>(),
                ),
            },
            Self::Order { later, .. } => of(&later.0),
            Self::TooMany { number, .. } => of(number),
            Self::Interval { dates, .. } => numbers(dates),
            Self::CourseDate { course, field, .. } => format!("course {course}, {field}"),
            Self::Fewer { course, volume, .. }
            | Self::NotStated { course, volume, .. }
            | Self::Unsettled { course, volume, .. } => format!("course {course}, {volume}"),
            Self::OfRecords { .. }
            | Self::SameObject
            | Self::TwoContents
            | Self::NoPlan
            | Self::SeveralPlans
            | Self::NoTime { .. }
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
            Self::Several { findings } => Self::values_of(findings),
            Self::OfRecords { records, .. } => {
                let records: Vec<Written> = records.iter().map(Written::new).collect();
                Values::found(Written::joined(&records, ", "))
            }
            Self::BrokenOff {
                specified: Some(specified),
                delivered: Some(delivered),
                ..
            }
            | Self::Meterset {
                specified,
                delivered,
                ..
            } => Values::expected(written!("meterset {}", specified)).and_found(delivered),
            Self::Planned { planned, found, .. } => Values::expected(planned).and_found(found),
            Self::Prescribed {
                planned,
                prescribed,
                ..
            } => Values::expected(counted(prescribed, "fraction")).and_found(planned),
            Self::Replaced { planned, given, .. } => {
                Values::expected(counted(planned, "fraction")).and_found(given)
            }
            Self::Interval {
                minutes, stated, ..
            } => {
                let hours = |minutes| format!("{} h {:02} min", minutes / 60, minutes % 60);
                let &(least, most) = minutes;
                Values::expected(format!("at least {}", stated.unwrap_or(MINIMUM_INTERVAL)))
                    .and_found(if least == most {
                        hours(least)
                    } else {
                        format!("{} to {}", hours(least), hours(most))
                    })
            }
            Self::NothingDelivered { sessions } => {
                let dates: BTreeSet<Date> = sessions.iter().map(|one| one.1).collect();
                Values::found(numbers(&dates.into_iter().collect::<Vec<_>>()))
            }
            Self::NoTime { dates } => Values::found(numbers(dates)),
            Self::DoseUnlike { usual, others, .. } => {
                let (least, most) = others;
                Values::expected(written!("about {} Gy", usual)).and_found(if least == most {
                    written!("{} Gy", least)
                } else {
                    written!("{} to {} Gy", least, most)
                })
            }
            Self::TooMany { number, prescribed } => {
                Values::expected(format!("at most {}", counted(prescribed, "fraction")))
                    .and_found(number)
            }
            Self::Groups { groups, phases } => {
                Values::expected(format!("at most {}", counted(phases, "fraction group")))
                    .and_found(groups)
            }
            Self::PhaseOrder {
                given, prescribed, ..
            } => Values::expected(counted(prescribed, "fraction")).and_found(given),
            Self::Dose {
                recorded, planned, ..
            } => Values::expected(planned).and_found(written!("{} Gy", recorded)),
            Self::Proportion {
                recorded, expected, ..
            } => Values::expected(format!("about {expected:.2} Gy"))
                .and_found(written!("{} Gy", recorded)),
            Self::WholeDose {
                recorded, whole, ..
            } => Values::expected(written!("less than {} Gy", whole))
                .and_found(written!("{} Gy", recorded)),
            Self::Unsettled {
                why: NotSettled::NoGroup { stated, groups },
                ..
            } => {
                let found = match groups.as_slice() {
                    [] => "none".into(),
                    groups => numbers(groups),
                };
                Values::expected(format!("{stated} fractions")).and_found(found)
            }
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

/// `1 fraction`, `2 fractions`.
fn counted(count: &impl std::fmt::Display, one: &str) -> String {
    let count = count.to_string();
    let plural = if count == "1" { "" } else { "s" };
    format!("{count} {one}{plural}")
}
