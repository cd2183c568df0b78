//! Questions that most protocols leave open, under ids that a file can name in place of the question.

/// A question with its choices, and the value of each where it has one.
#[derive(Debug)]
pub(crate) struct StandardQuestion {
    pub(crate) id: &'static str,
    pub(crate) question: &'static str,
    pub(crate) why: &'static str,
    pub(crate) choices: &'static [&'static str],
    /// For a value of the protocol; none for what only a site decides.
    pub(crate) values: &'static [StandardValue],
}

/// The value of a choice.
#[derive(Debug)]
pub(crate) enum StandardValue {
    Number(u64),
    Text(&'static str),
}

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
        choices: &["5", "6", "7"],
        values: &[Number(5), Number(6), Number(7)],
    },
    StandardQuestion {
        id: "drug_days",
        question: "On which days of the course is the drug given?",
        why: "The text gives a dose and names no days. Every calendar day is about 40 % more drug than radiotherapy days.",
        choices: &["radiotherapy_days", "weekdays", "calendar_days"],
        values: &[
            Text("radiotherapy_days"),
            Text("weekdays"),
            Text("calendar_days"),
        ],
    },
    StandardQuestion {
        id: "administrations_per_day",
        question: "How often a day is the drug given?",
        why: "The text gives a dose and does not say whether it is for a day or for each administration.",
        choices: &["1", "2", "3"],
        values: &[Number(1), Number(2), Number(3)],
    },
    StandardQuestion {
        id: "body_surface_area_formula",
        question: "By which formula is the body surface area calculated?",
        why: "The text gives the dose per square metre and no formula; formulas differ enough to change the tablets.",
        choices: &["mosteller", "du-bois", "another published formula"],
        values: &[],
    },
    StandardQuestion {
        id: "tablet_strengths",
        question: "Which tablet strengths are in stock?",
        why: "The text names no tablets; the calculated dose has to be made up of whole ones.",
        choices: &["150 mg and 500 mg", "300 mg", "other strengths in stock"],
        values: &[],
    },
    StandardQuestion {
        id: "rounding",
        question: "How is the calculated dose rounded to a deliverable one?",
        why: "The text gives no rounding rule.",
        choices: &["nearest", "down", "up"],
        values: &[],
    },
    StandardQuestion {
        id: "ties",
        question: "Which way does a calculated dose go that lies halfway between two deliverable ones?",
        why: "The text gives no rounding rule.",
        choices: &["up", "down"],
        values: &[],
    },
    StandardQuestion {
        id: "dose_cap",
        question: "Is the dose capped?",
        why: "The text names no largest dose and no largest body surface area.",
        choices: &[
            "no cap",
            "a largest dose or body surface area named by the site",
        ],
        values: &[],
    },
    StandardQuestion {
        id: "renal_adjustment",
        question: "How is the dose adjusted to renal function?",
        why: "The text gives no rule for renal impairment.",
        choices: BY_RULES,
        values: &[],
    },
    StandardQuestion {
        id: "dpyd_adjustment",
        question: "How is the dose adjusted to the DPYD status?",
        why: "The text gives no rule for the DPYD status.",
        choices: BY_RULES,
        values: &[],
    },
];
