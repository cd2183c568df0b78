//! An order for capecitabine compared with the protocol that it is given by: intensity, days, fractions.

use core::fmt;
use std::collections::BTreeMap;

use chemorad::capecitabine::{CapecitabineDays, OrderRequest, Regimen};
use chemorad::quantity::OrderedDose;
use chemorad::radiotherapy::Course;
use chemorad::report::{Code, Finding, Observation, Outcome, Subject, Values};
use chemorad::text::{List, Text};
use chemorad_protocol::{
    Action, DayOne, DrugDays, DrugRegimen, Protocol, Question, Statement, TreatmentOption,
};
use jiff::civil::Date;

use super::case::Answer;
use super::day_one::{days_of_intake, of_fractions};

pub(super) const DRUG: Code = Code::new(
    "capecitabine.protocol_drug",
    "The protocol leaves open whether the drug is given",
    "The text of the protocol settles neither that the treatment is given with capecitabine nor that it is given without, and no answer of the site does.",
    "Ask the investigators, and put the answer into the site file, below [answers].",
);
pub(super) const REGIMEN: Code = Code::new(
    "capecitabine.protocol_regimen",
    "Another dose than the protocol's",
    "The intensity, the number of administrations a day or the largest dose of one administration of the order is not the one that the protocol prescribes, or the protocol leaves it open.",
    "Correct the order. A dose that rules reduce is entered as the protocol prescribes it, with the rule set or the decision that reduces it.",
);
pub(super) const DAYS: Code = Code::new(
    "capecitabine.protocol_days",
    "Other days than the protocol's",
    "The days on which the order gives capecitabine are not those of the protocol; or they cannot be compared: the order names none, the protocol leaves them open and names none of them as a choice, or it does not settle from which day its days are counted. The kinds of days differ by a third of the tablets.",
    "Correct the days, or name them. Ask the investigators where the protocol leaves them open.",
);
pub(super) const FRACTIONS: Code = Code::new(
    "capecitabine.protocol_fractions",
    "Another number of fractions than the protocol's",
    "The tablets are counted for another number of fractions than the course of the protocol has, or the protocol does not settle the course. Where the order names no number, that of the protocol is taken.",
    "Correct the number or the dates of the fractions.",
);

/// How an order differs from the protocol that it is given by.
///
/// ```
/// use chemorad::capecitabine::{CapecitabineDays, OrderRequest, Regimen};
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
/// use chemorad_case::PrescribedDrug;
///
/// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
/// let (_, option) = trial.option("adjuvant_chemoradiotherapy").unwrap();
/// let prescribed = PrescribedDrug::of(trial, option).unwrap();
/// let order = |intensity: &str| {
///     OrderRequest::new(
///         Regimen::new(intensity.parse().unwrap(), 2).unwrap(),
///         BodySurfaceArea::stated(SurfaceArea::constant("1.6 m2"), "order form"),
///         "500 mg, 150 mg".parse().unwrap(),
///         "nearest, ties up".parse().unwrap(),
///     )
///     .with_intake(Some(CapecitabineDays::RadiotherapyDays))
/// };
/// assert!(prescribed.compare(&order("825 mg/m2"), None).is_empty());
/// let found = prescribed.compare(&order("1250 mg/m2"), Some(28));
/// assert_eq!(found[0].code(), "capecitabine.protocol_regimen");
/// assert_eq!(found[0].expected().as_deref(), Some("825 mg/m2 per administration, 2 times a day"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct PrescribedDrug<'p> {
    protocol: &'p Protocol,
    option: &'p TreatmentOption,
    drug: &'p DrugRegimen,
}

impl<'p> PrescribedDrug<'p> {
    /// The capecitabine of an option; none where the option gives none, or more than one regimen of it.
    #[must_use]
    pub fn of(protocol: &'p Protocol, option: &'p TreatmentOption) -> Option<Self> {
        let drugs = protocol.drugs_of(option).into_iter();
        let mut drugs = drugs.filter(|drug| drug.is_capecitabine());
        match (drugs.next(), drugs.next()) {
            (Some(drug), None) => Some(Self {
                protocol,
                option,
                drug,
            }),
            _ => None,
        }
    }

    /// Whether the option gives the drug: the protocol says so, or an answer settles what it leaves open.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use chemorad_case::{Answer, IsGiven, PrescribedDrug};
    ///
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// let (_, option) = trial.option("dose_escalated_chemoradiotherapy").unwrap();
    /// let prescribed = PrescribedDrug::of(trial, option).unwrap();
    /// let mut answers = BTreeMap::new();
    /// assert!(matches!(prescribed.is_given(&answers), IsGiven::Open(_)));
    /// answers.insert("escalated_concurrent_drug".to_string(), Answer::from("capecitabine"));
    /// assert!(matches!(prescribed.is_given(&answers), IsGiven::Answered { .. }));
    /// answers.insert("escalated_concurrent_drug".to_string(), Answer::from("none"));
    /// assert!(matches!(prescribed.is_given(&answers), IsGiven::AnsweredNo { .. }));
    /// ```
    pub fn is_given<'a>(&self, answers: &'a BTreeMap<String, Answer>) -> IsGiven<'p, 'a> {
        let is_it = |drugs: &List<Text>| drugs.iter().any(|id| id == &self.drug.id);
        let mut open = IsGiven::Stated;
        for statement in self.option.actions.iter().filter_map(Action::drugs) {
            let Some(question) = statement.question() else {
                if statement.value().is_some_and(is_it) {
                    return IsGiven::Stated;
                }
                continue;
            };
            let answer = answers.get(question.id.as_str()).map(Answer::as_str);
            let answered = answer.and_then(|answer| Some((answer, statement.answered(answer)?)));
            open = match answered {
                None => IsGiven::Open(question),
                Some((answer, drugs)) if is_it(drugs) => {
                    return IsGiven::Answered { question, answer };
                }
                Some((answer, _)) => IsGiven::AnsweredNo { question, answer },
            };
        }
        open
    }

    /// The other drugs that the option gives, by name.
    #[must_use]
    pub fn other_drugs(&self) -> Vec<Text> {
        let drugs = self.protocol.drugs_of(self.option).into_iter();
        let others = drugs.filter(|drug| !drug.is_capecitabine());
        others
            .filter_map(|drug| drug.drug.value().cloned())
            .collect()
    }

    /// The largest dose of one administration, where the protocol settles one: an order without a cap has it.
    #[must_use]
    pub const fn cap(&self) -> Option<OrderedDose> {
        self.drug.cap()
    }

    /// Where the order departs from the protocol; `fractions` is the number that the order counts.
    #[must_use]
    pub fn compare(&self, order: &OrderRequest, fractions: Option<u32>) -> Vec<Finding> {
        [
            self.regimen(order.regimen),
            self.other_cap(order.caps.dose_per_administration),
            self.days(order),
            fractions.and_then(|found| self.fractions(found)),
        ]
        .into_iter()
        .flatten()
        .map(Finding::from)
        .collect()
    }

    fn regimen(&self, found: Regimen) -> Option<DrugDeparture> {
        let drug = self.drug;
        let times = drug
            .administrations_per_day()
            .map(|times| u32::from(times.get()));
        let each = drug.intensity();
        let daily = drug.intensity_per_day();
        let same = each.is_none_or(|each| each == found.intensity())
            && daily.is_none_or(|daily| daily == found.intensity_per_day())
            && times.is_none_or(|times| times == found.administrations_per_day());
        if !same {
            let mut stated = Vec::new();
            match (each, daily) {
                (Some(each), _) => stated.push(format!("{each} per administration")),
                (None, Some(daily)) => stated.push(daily.to_string()),
                (None, None) => {}
            }
            stated.extend(times.map(|times| format!("{times} times a day")));
            return Some(DrugDeparture::Regimen {
                expected: stated.join(", "),
                found,
            });
        }
        let settled = daily.is_some() || (each.is_some() && times.is_some());
        (!settled).then_some(DrugDeparture::RegimenOpen { found })
    }

    fn other_cap(&self, found: Option<OrderedDose>) -> Option<DrugDeparture> {
        let stated = self.drug.cap.as_ref()?;
        match (stated.value().copied(), found) {
            (Some(expected), Some(found)) if expected != found => {
                Some(DrugDeparture::Cap { expected, found })
            }
            (None, None) => Some(DrugDeparture::CapOpen),
            _ => None,
        }
    }

    fn days(&self, order: &OrderRequest) -> Option<DrugDeparture> {
        let stated = match &self.drug.days {
            Statement::Unspecified { values, .. } => values.as_slice(),
            known => known.value().map(core::slice::from_ref).unwrap_or_default(),
        };
        let expected: Vec<String> = stated.iter().map(ToString::to_string).collect();
        let expected = expected.join("; or ");
        let supply = order.supply.as_ref();
        let fractions = supply.map_or(&[][..], |supply| &supply.fractions);
        let found = supply.map(|supply| &supply.kind).or(order.intake.as_ref());
        let Some(found) = found.cloned() else {
            return Some(DrugDeparture::DaysMissing { expected });
        };
        if expected.is_empty() {
            return Some(DrugDeparture::DaysOpen { found });
        }
        let counted: Vec<Option<CapecitabineDays>> = stated
            .iter()
            .map(|days| self.counted(days, fractions))
            .collect();
        let same =
            |kind: &CapecitabineDays| *kind == found || on_same_dates(kind, &found, fractions);
        if counted.iter().flatten().any(same) {
            None
        } else if counted.iter().any(Option::is_none) {
            Some(DrugDeparture::DaysUncounted { expected, found })
        } else {
            Some(DrugDeparture::Days { expected, found })
        }
    }

    /// Days of the protocol as an order counts them, from the first fraction on; none where the protocol does
    /// not settle which days these are.
    fn counted(&self, days: &DrugDays, fractions: &[Date]) -> Option<CapecitabineDays> {
        let before = match days {
            DrugDays::Fractions(numbers) => return of_fractions(numbers, fractions).ok(),
            DrugDays::Days(_) | DrugDays::Cycle { .. } | DrugDays::Weekly { .. } => {
                let number = self.drug.first_fraction.as_ref();
                let number = number.and_then(|number| number.value());
                let begins = self.drug.day_one.as_ref().and_then(|day| day.value());
                match (number, begins) {
                    (Some(number), _) => i32::from(number.get()) - 1,
                    (None, Some(DayOne::FirstFraction)) => 0,
                    (None, _) => return None,
                }
            }
            _ => 0,
        };
        days_of_intake(days, before).ok()
    }

    /// The number of fractions of the option, where the protocol settles it.
    ///
    /// ```
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// let (_, option) = trial.option("adjuvant_chemoradiotherapy").unwrap();
    /// let prescribed = chemorad_case::PrescribedDrug::of(trial, option).unwrap();
    /// assert_eq!(prescribed.number_of_fractions(), Some(28));
    /// ```
    #[must_use]
    pub fn number_of_fractions(&self) -> Option<u32> {
        let courses = self.protocol.courses_of(self.option);
        let all: Option<u32> = courses
            .map(|course| course.course.as_ref().map(Course::fractions))
            .sum();
        all.filter(|count| *count > 0)
    }

    fn fractions(&self, found: u32) -> Option<DrugDeparture> {
        match self.number_of_fractions() {
            Some(expected) if expected == found => None,
            Some(expected) => Some(DrugDeparture::Fractions { expected, found }),
            None => Some(DrugDeparture::FractionsOpen { found }),
        }
    }
}

/// Whether a treatment gives the drug.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum IsGiven<'p, 'a> {
    /// The protocol says so.
    Stated,
    /// The protocol leaves it open, and the answer says so.
    Answered {
        /// What the protocol leaves open.
        question: &'p Question,
        /// What was answered.
        answer: &'a str,
    },
    /// The protocol leaves it open, and the answer says that it is not given.
    AnsweredNo {
        /// What the protocol leaves open.
        question: &'p Question,
        /// What was answered.
        answer: &'a str,
    },
    /// The protocol leaves it open, and there is no answer that is one of its choices.
    Open(&'p Question),
}

/// Whether days of cycles that are written in two ways fall on the same dates.
fn on_same_dates(one: &CapecitabineDays, other: &CapecitabineDays, fractions: &[Date]) -> bool {
    let cycles = |days: &CapecitabineDays| matches!(days, CapecitabineDays::Cycles(_));
    match (one.dates(fractions), other.dates(fractions)) {
        (Ok(dates), Ok(others)) => cycles(one) && cycles(other) && dates == others,
        _ => false,
    }
}

/// One way in which an order departs from its protocol.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum DrugDeparture {
    /// The protocol leaves open whether the drug is given.
    GivenOpen { question: String },
    /// Another intensity, or another number of administrations a day.
    Regimen { expected: String, found: Regimen },
    /// The protocol leaves the intensity or the number of administrations open.
    RegimenOpen { found: Regimen },
    /// Another largest dose of one administration.
    Cap {
        expected: OrderedDose,
        found: OrderedDose,
    },
    /// The protocol names a largest dose and leaves it open, and the order has none.
    CapOpen,
    /// Other days.
    Days {
        expected: String,
        found: CapecitabineDays,
    },
    /// The order names no days; empty where the protocol names none either.
    DaysMissing { expected: String },
    /// The protocol leaves the days open, without choices.
    DaysOpen { found: CapecitabineDays },
    /// The protocol does not settle from which day its days are counted.
    DaysUncounted {
        expected: String,
        found: CapecitabineDays,
    },
    /// Another number of fractions.
    Fractions { expected: u32, found: u32 },
    /// The protocol does not settle the course.
    FractionsOpen { found: u32 },
    /// The order names no number, and that of the protocol was taken.
    FractionsTaken { taken: u32 },
}

impl Observation for DrugDeparture {
    fn code(&self) -> &Code {
        match self {
            Self::GivenOpen { .. } => &DRUG,
            Self::Regimen { .. } | Self::RegimenOpen { .. } | Self::Cap { .. } | Self::CapOpen => {
                &REGIMEN
            }
            Self::Days { .. }
            | Self::DaysMissing { .. }
            | Self::DaysOpen { .. }
            | Self::DaysUncounted { .. } => &DAYS,
            Self::Fractions { .. } | Self::FractionsOpen { .. } | Self::FractionsTaken { .. } => {
                &FRACTIONS
            }
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Regimen { .. }
            | Self::Cap { .. }
            | Self::Days { .. }
            | Self::Fractions { .. } => Outcome::Fail,
            Self::FractionsTaken { .. } => Outcome::Pass,
            _ => Outcome::CannotTell,
        }
    }

    fn subject(&self) -> Subject {
        Subject::input(match self {
            Self::GivenOpen { .. } => "capecitabine",
            Self::Regimen { .. } | Self::RegimenOpen { .. } => "dose intensity",
            Self::Cap { .. } | Self::CapOpen => "cap on one administration",
            Self::Days { .. }
            | Self::DaysMissing { .. }
            | Self::DaysOpen { .. }
            | Self::DaysUncounted { .. } => "days of intake",
            Self::Fractions { .. } | Self::FractionsOpen { .. } | Self::FractionsTaken { .. } => {
                "fractions"
            }
        })
    }

    fn values(&self) -> Values {
        match self {
            Self::Regimen { expected, found } => Values::expected(expected).and_found(found),
            Self::RegimenOpen { found } => Values::found(found),
            Self::Cap { expected, found } => Values::expected(expected).and_found(found),
            Self::GivenOpen { .. } | Self::CapOpen => Values::default(),
            Self::Days { expected, found } | Self::DaysUncounted { expected, found } => {
                Values::expected(expected).and_found(found)
            }
            Self::DaysMissing { expected } if expected.is_empty() => Values::default(),
            Self::DaysMissing { expected } => Values::expected(expected),
            Self::DaysOpen { found } => Values::found(found),
            Self::Fractions { expected, found } => Values::expected(expected).and_found(found),
            Self::FractionsOpen { found } | Self::FractionsTaken { taken: found } => {
                Values::found(found)
            }
        }
    }
}

impl fmt::Display for DrugDeparture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GivenOpen { question } => {
                return write!(f, "the protocol leaves open whether it is given: {question}");
            }
            Self::Regimen { .. } => "the protocol prescribes another dose",
            Self::RegimenOpen { .. } => "the protocol leaves the dose open",
            Self::Cap { .. } => "the protocol gives another largest dose of one administration",
            Self::CapOpen => {
                "the protocol gives at most a dose of one administration that it leaves open: give the cap"
            }
            Self::Days { .. } => "the protocol gives the drug on other days",
            Self::DaysMissing { .. } => {
                "the order names no days, so that they cannot be compared with the protocol's"
            }
            Self::DaysUncounted { .. } => {
                "the protocol counts its days from a day that it does not settle, and an order from the first \
                 fraction"
            }
            Self::DaysOpen { .. } => "the protocol leaves the days open and names no choices",
            Self::Fractions { .. } => "the course of the protocol has another number of fractions",
            Self::FractionsTaken { .. } => {
                "the order names no number of fractions, so the number of the protocol was taken"
            }
            Self::FractionsOpen { .. } => "the protocol does not settle the number of fractions",
        })
    }
}
