//! Questions that most protocols leave open, under ids that a file can name in place of the question.

use core::fmt;

/// A question with its answers.
#[derive(Debug)]
pub(crate) struct StandardQuestion {
    pub(crate) id: &'static str,
    pub(crate) question: &'static str,
    pub(crate) why: &'static str,
    answers: Answers,
}

/// What can be chosen.
#[derive(Debug)]
enum Answers {
    /// Values of the protocol, each its own choice.
    Values(&'static [StandardValue]),
    /// Words, for what only a site decides.
    Words(&'static [&'static str]),
}

impl StandardQuestion {
    /// The choices, in words.
    pub(crate) fn choices(&self) -> Vec<String> {
        match self.answers {
            Values(values) => values.iter().map(ToString::to_string).collect(),
            Words(words) => words.iter().map(ToString::to_string).collect(),
        }
    }

    /// The value of each choice; none for what only a site decides.
    pub(crate) const fn values(&self) -> &'static [StandardValue] {
        match self.answers {
            Values(values) => values,
            Words(_) => &[],
        }
    }
}

/// The value of a choice.
#[derive(Debug)]
pub(crate) enum StandardValue {
    Number(u64),
    Text(&'static str),
}

impl fmt::Display for StandardValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

use Answers::{Values, Words};
use StandardValue::{Number, Text};

const BY_RULES: &[&str] = &[
    "a published rule set named by the site, with its version",
    "no adjustment",
];

pub(crate) const STANDARD: &[StandardQuestion] = &[
    StandardQuestion {
        id: "fractions_per_week",
        question: "How many fractions are given a week?",
        why: "The text gives totals and numbers of fractions and no weekly frequency.",
        answers: Values(&[Number(5), Number(6), Number(7)]),
    },
    StandardQuestion {
        id: "drug_days",
        question: "On which days of the course is the drug given?",
        why: "The text gives a dose and names no days. Seven days a week are 40 % more drug than the five of a usual week of radiotherapy.",
        answers: Values(&[
            Text("radiotherapy_days"),
            Text("weekdays"),
            Text("calendar_days"),
        ]),
    },
    StandardQuestion {
        id: "administrations_per_day",
        question: "How often a day is the drug given?",
        why: "The text gives a dose and does not say whether it is for a day or for each administration.",
        answers: Values(&[Number(1), Number(2), Number(3)]),
    },
    StandardQuestion {
        id: "body_surface_area_formula",
        question: "By which formula is the body surface area calculated?",
        why: "The text gives the dose per square metre and no formula; formulas differ enough to change the tablets.",
        answers: Words(&["mosteller", "du-bois", "another published formula"]),
    },
    StandardQuestion {
        id: "tablet_strengths",
        question: "Which tablet strengths are in stock?",
        why: "The text names no tablets; the calculated dose has to be made up of whole ones.",
        answers: Words(&["150 mg and 500 mg", "300 mg", "other strengths in stock"]),
    },
    StandardQuestion {
        id: "rounding",
        question: "How is the calculated dose rounded to a deliverable one?",
        why: "The text gives no rounding rule.",
        answers: Words(&["nearest", "down", "up"]),
    },
    StandardQuestion {
        id: "ties",
        question: "Which way does a calculated dose go that lies halfway between two deliverable ones?",
        why: "The text gives no rounding rule.",
        answers: Words(&["up", "down"]),
    },
    StandardQuestion {
        id: "dose_cap",
        question: "Is the dose capped?",
        why: "The text names no largest dose and no largest body surface area.",
        answers: Words(&[
            "no cap",
            "a largest dose or body surface area named by the site",
        ]),
    },
    StandardQuestion {
        id: "renal_adjustment",
        question: "How is the dose adjusted to renal function?",
        why: "The text gives no rule for renal impairment.",
        answers: Words(BY_RULES),
    },
    StandardQuestion {
        id: "dpyd_adjustment",
        question: "How is the dose adjusted to the DPYD status?",
        why: "The text gives no rule for the DPYD status.",
        answers: Words(BY_RULES),
    },
];
