//! Whether the dates of a plan can be.

use std::fmt;

use chemorad::radiotherapy::dates::date_of_digits;
use chemorad::report::{Code, Finding, Observation, Outcome, Subject, Values};
use jiff::civil::Date;

use super::rt_plan::Plan;
use crate::error::quoted;

/// What is impossible about the dates of a plan. The date of birth itself is never shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DateFinding {
    /// RT Plan Date is no date.
    PlanDateUnreadable {
        /// As written.
        text: String,
    },
    /// Patient's Birth Date is no day that there is.
    BirthDateUnreadable,
    /// The patient was born after the plan was made.
    BornLater {
        /// RT Plan Date.
        plan: Date,
    },
    /// The plan was made after today.
    Future {
        /// RT Plan Date.
        plan: Date,
        /// The day of the check.
        today: Date,
    },
}

pub(crate) const DATE: Code = Code::new(
    "plan.date",
    "Date of the plan",
    "RT Plan Date is the day on which the plan was last changed. It is a date, not after the day of the check, and \
     not before the patient was born. Otherwise a date is mistyped, a clock is wrong, or the plan carries the \
     data of somebody else. The date of birth itself is not shown.",
    "Compare both dates with the record of the patient, and make sure whose plan it is.",
)
.with_source("DICOM PS3.3 C.8.8.9, RT Plan Date (300A,0006); C.7.1.1, Patient's Birth Date (0010,0030)");

impl Observation for DateFinding {
    fn code(&self) -> &Code {
        &DATE
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::PlanDateUnreadable { .. } | Self::BirthDateUnreadable | Self::Future { .. } => {
                Outcome::Warn
            }
            Self::BornLater { .. } => Outcome::CannotTell,
        }
    }

    fn subject(&self) -> Subject {
        Subject::path("dates")
    }

    fn values(&self) -> Values {
        match self {
            Self::PlanDateUnreadable { text } => Values::found(quoted(text)),
            Self::BirthDateUnreadable => Values::default(),
            Self::BornLater { plan } => Values::found(plan),
            Self::Future { plan, today } => {
                Values::expected(format!("{today} or earlier")).and_found(plan)
            }
        }
    }
}

impl fmt::Display for DateFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PlanDateUnreadable { .. } => {
                "RT Plan Date is no date: eight digits such as 20261207 are one"
            }
            Self::BirthDateUnreadable => {
                "there is no such day as the birth date of the patient (Patient's Birth Date)"
            }
            Self::BornLater { .. } => {
                "the patient was born after the day of the plan (Patient's Birth Date, RT Plan Date): whose plan it is cannot be told"
            }
            Self::Future { .. } => "the day of the plan (RT Plan Date) is still to come",
        })
    }
}

/// A date as DICOM writes it, `20261207`, and as it did before its third edition, `2026.12.07`.
pub(crate) fn date_of(text: &str) -> Option<Date> {
    let text = text.trim();
    match text.len() {
        10 => Date::strptime("%Y.%m.%d", text).ok(),
        _ => date_of_digits(text),
    }
}

/// Eight digits that are no day. A month or day of zeros is one that is not known, and other text says nothing.
fn is_no_day(text: &str) -> bool {
    let digits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_zero = |part: Option<&str>| part == Some("00");
    digits && date_of(text).is_none() && !is_zero(text.get(4..6)) && !is_zero(text.get(6..8))
}

impl Plan {
    /// What is impossible about its dates by themselves.
    pub(super) fn date_findings(&self) -> Vec<DateFinding> {
        let stated = |text: &Option<String>| {
            let text = text.as_deref().map(str::trim);
            text.filter(|text| !text.is_empty())
                .map(ToString::to_string)
        };
        let (plan, birth) = (stated(&self.date), stated(&self.patient.birth_date));
        let mut found = Vec::new();
        let made = plan.as_deref().and_then(date_of);
        let born = birth.as_deref().and_then(date_of);
        if let (Some(text), None) = (plan, made) {
            found.push(DateFinding::PlanDateUnreadable { text });
        }
        if birth.is_some_and(|text| is_no_day(&text)) {
            found.push(DateFinding::BirthDateUnreadable);
        }
        if let Some((plan, _)) = made.zip(born).filter(|(plan, born)| born > plan) {
            found.push(DateFinding::BornLater { plan });
        }
        found
    }

    /// That the plan was made after a day, which is today for whoever asks.
    #[must_use]
    pub fn later_than(&self, today: Date) -> Option<Finding> {
        let plan = self.date.as_deref().and_then(date_of)?;
        // where the plan was made it may be tomorrow
        let latest = today.tomorrow().unwrap_or(today);
        (plan > latest).then(|| DateFinding::Future { plan, today }.into())
    }
}
