//! Whether every phase is planned, once, in order and on how many days a week.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values, Written};
use jiff::civil::Date;

use super::words::joined;
use crate::codes;
use crate::days::{DaysVerdict, StatedDays};
use crate::mapping::GroupSelector;
use crate::reason::MatchReason;

/// The tolerance of a count.
const EXACT: &str = "none, must be equal";

/// How many assignments are shown as examples.
const MOST_CHOICES: usize = 3;

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

/// What is planned for the phases.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "a check has few of them")]
pub enum PhaseFinding {
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
        plan: Identifying<String>,
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
        /// Those of them that it can be: with its number of fractions, or else without a group.
        suggested: Vec<String>,
        /// Its fractions and dose.
        planned: Written,
    },
    /// The groups of a phase.
    Groups {
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
    /// Phases that the protocol prescribes beside the others, and whose dose is not added to theirs.
    NotAdded {
        /// The phases.
        phases: Vec<String>,
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
}

impl Observation for PhaseFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Fractions { .. } => &codes::FRACTIONS,
            Self::Weekly { .. } => &codes::FRACTIONS_PER_WEEK,
            _ => &codes::PHASES,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::GroupCount { .. } | Self::Order(PhaseSequence::Wrong(_)) => Outcome::Fail,
            Self::NoGroup { .. } | Self::NotAdded { .. } => Outcome::CannotTell,
            Self::Unmatched { outcome, .. } => *outcome,
            Self::Groups { groups, open, .. } => match groups.len() {
                0 if *open => Outcome::CannotTell,
                0 => Outcome::Fail,
                1 => Outcome::Pass,
                _ => Outcome::Warn,
            },
            Self::Order(PhaseSequence::AsPrescribed) => Outcome::Pass,
            Self::LeftOut { .. }
            | Self::Order(PhaseSequence::NotPrescribed | PhaseSequence::NotStated) => {
                Outcome::NotApplicable
            }
            Self::Fractions {
                expected, planned, ..
            } => match planned {
                None => Outcome::CannotTell,
                Some((_, total)) if total == expected => Outcome::Pass,
                Some(_) => Outcome::Fail,
            },
            Self::Weekly { expected, days, .. } => days.verdict(*expected).outcome(),
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::GroupCount { .. } | Self::LeftOut { .. } | Self::NotAdded { .. } => {
                Subject::path("course")
            }
            Self::Order(_) => Subject::path("order of the phases"),
            Self::NoGroup { plan } => Subject::source(plan.clone()),
            Self::Unmatched { group, .. } => group.clone(),
            Self::Groups { phase, .. }
            | Self::Fractions { phase, .. }
            | Self::Weekly { phase, .. } => Subject::phase(phase.clone()),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::GroupCount { wanted, groups } => {
                Values::expected(fraction_groups(*wanted)).and_found(fraction_groups(*groups))
            }
            Self::Unmatched {
                because: MatchReason::NotAdded(_),
                planned,
                ..
            } => Values::found(planned),
            Self::Unmatched {
                phases, planned, ..
            } => Values::expected(format!("one of the phases {}", phases.join(", ")))
                .and_found(planned),
            Self::Groups { groups, .. } => {
                Values::expected("1 fraction group").and_found(if groups.is_empty() {
                    Written::new("none")
                } else {
                    joined(groups, "; ")
                })
            }
            Self::Order(PhaseSequence::Wrong(wrong)) => Values::found(joined(wrong, "; ")),
            Self::Fractions {
                expected, planned, ..
            } => counts(*expected, planned.as_ref()),
            Self::Weekly { expected, days, .. } => match expected {
                Some(count) => {
                    Values::expected(format!("{count} a week")).and_found(days.in_words())
                }
                None => Values::found(days.in_words()),
            },
            Self::NoGroup { .. }
            | Self::LeftOut { .. }
            | Self::NotAdded { .. }
            | Self::Order(_) => Values::default(),
        }
    }
}

fn fraction_groups(count: usize) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} fraction group{ending}")
}

fn counts(expected: u32, planned: Option<&(Vec<u32>, u32)>) -> Values {
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

impl fmt::Display for PhaseFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::GroupCount { wanted, groups } => group_count(f, *wanted, *groups),
            Self::NoGroup { .. } => {
                f.write_str("the plan has no fraction group, so its fractions are not known")
            }
            Self::Unmatched {
                because: because @ MatchReason::NotAdded(_),
                ..
            } => write!(
                f,
                "nothing was compared with this group: {because}; a person must check its plan"
            ),
            Self::Unmatched {
                because,
                selector,
                phases,
                suggested,
                ..
            } => {
                match because {
                    // which fails: it can be told
                    MatchReason::NoPhase => write!(
                        f,
                        "this group is none of the prescribed phases: {because}; if one of them is meant all the same, "
                    )?,
                    _ => write!(f, "the phase of this group cannot be told: {because}; ")?,
                }
                let choices = if suggested.is_empty() { phases } else { suggested };
                f.write_str("assign it, for example ")?;
                for (number, phase) in choices.iter().take(MOST_CHOICES).enumerate() {
                    let or = if number == 0 { "" } else { " or " };
                    write!(f, "{or}\"{selector}={phase}\"")?;
                }
                Ok(())
            }
            Self::Groups { groups, open, .. } => f.write_str(match groups.len() {
                0 if *open => "no fraction group could be matched to this phase",
                0 => "nothing is planned for this phase",
                1 => "one fraction group is planned for this phase",
                _ => "several fraction groups were assigned to this phase; their fractions and doses are added",
            }),
            Self::LeftOut { phases, groups } => {
                let phases = phases.join(", phase ");
                write!(f, "left out of this check as asked: phase {phases}")?;
                match groups {
                    0 => Ok(()),
                    count => write!(f, ", with {}", fraction_groups(*count)),
                }
            }
            Self::NotAdded { phases } => write!(
                f,
                "the protocol prescribes phase {} too, whose dose is not added to the others: nothing was compared with it, so a person must check its plan",
                phases.join(", phase ")
            ),
            Self::Order(sequence) => f.write_str(match sequence {
                PhaseSequence::NotPrescribed => {
                    "the protocol does not say in which order the phases are given"
                }
                PhaseSequence::Wrong(_) => "the phases are not in the order of the protocol",
                PhaseSequence::AsPrescribed => "the phases are in the order of the protocol",
                PhaseSequence::NotStated => {
                    "nothing that was read says in which order the phases are given: the treatment calendar does"
                }
            }),
            Self::Fractions {
                expected, planned, ..
            } => match planned {
                None => f.write_str("the number of fractions is not stated"),
                Some((_, total)) => fractions(f, *expected, *total),
            },
            Self::Weekly {
                expected,
                of_site,
                days,
                ..
            } => weekly(f, days.verdict(*expected), *of_site),
        }
    }
}

impl fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NamedBefore { group, before } => {
                write!(f, "{group} names {before} as given before it")
            }
            Self::Dates {
                later: (second, after),
                earlier: (first, before),
            } => write!(f, "{second} starts on {after} and {first} on {before}"),
        }
    }
}

fn group_count(f: &mut fmt::Formatter<'_>, wanted: usize, groups: usize) -> fmt::Result {
    if groups > wanted {
        return f.write_str(
            "more fraction groups are planned than phases prescribed; were two versions of one plan given?",
        );
    }
    match wanted {
        1 => f.write_str("1 phase is")?,
        many => write!(f, "{many} phases are")?,
    }
    f.write_str(" prescribed, and ")?;
    match groups {
        0 => f.write_str("no fraction group is")?,
        1 => f.write_str("only 1 fraction group is")?,
        many => write!(f, "only {many} fraction groups are")?,
    }
    f.write_str(" planned: a phase is missing")
}

fn fractions(f: &mut fmt::Formatter<'_>, expected: u32, total: u32) -> fmt::Result {
    let than = match total.cmp(&expected) {
        core::cmp::Ordering::Equal => {
            return f.write_str("the number of fractions is as prescribed");
        }
        core::cmp::Ordering::Greater => "more",
        core::cmp::Ordering::Less => "fewer",
    };
    match total.abs_diff(expected) {
        1 => write!(f, "1 fraction {than} is planned than prescribed"),
        many => write!(f, "{many} fractions {than} are planned than prescribed"),
    }
}

fn weekly(f: &mut fmt::Formatter<'_>, verdict: DaysVerdict, of_site: bool) -> fmt::Result {
    let whose = if of_site {
        "the site gives"
    } else {
        "the protocol states"
    };
    match verdict {
        DaysVerdict::AsExpected => write!(f, "the plan gives as many fractions a week as {whose}"),
        DaysVerdict::NoDay => {
            f.write_str("the plan gives no fraction on any day, and has fractions to give")
        }
        DaysVerdict::Different => {
            write!(f, "the plan gives another number of fractions a week than {whose}")
        }
        DaysVerdict::SeveralADay => write!(
            f,
            "the plan gives as many fractions a week as {whose}, and more than one a day, which is not said there"
        ),
        DaysVerdict::SameWeeksNotStated => f.write_str(
            "whether the fraction groups of this phase are given in the same weeks or one after the other is not stated: a person must see how many fractions a week they give",
        ),
        DaysVerdict::SomeNotStated => f.write_str(
            "some fraction groups of this phase do not state their days, so how many fractions a week are given is not known",
        ),
        DaysVerdict::ManyNotExpected => f.write_str(
            "the plan gives more than one fraction a day or five a week, and how many there should be is not known: give the site's number of fractions a week",
        ),
        DaysVerdict::FewNotExpected => f.write_str(
            "the plan gives fewer than five fractions in a week, and how many there should be is not known: give the site's number of fractions a week",
        ),
        DaysVerdict::NotExpected => {
            f.write_str("how many fractions a week there should be is not known")
        }
    }
}
