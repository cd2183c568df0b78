//! One field of a case to fill in, and the values that may be tried for it.

use std::string::{String, ToString};
use std::vec::Vec;

use crate::error::Missing;

/// A field with its question, its choices and a value it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// `site.rounding`, `site.doses.boost`, `alpha_beta`.
    pub(super) path: String,
    pub(super) why: String,
    pub(super) choices: Vec<String>,
    /// As TOML.
    pub(super) example: String,
    /// Whether the example is the value.
    pub(super) is_settled: bool,
}

impl Field {
    pub(super) fn new(path: &str, why: &str, choices: &[String], example: &str) -> Self {
        Self {
            path: path.to_string(),
            why: why.to_string(),
            choices: choices.to_vec(),
            example: example.to_string(),
            is_settled: false,
        }
    }

    /// The table it stands in, and its name there. The name of a phase or a question may hold a point.
    pub(super) fn place(&self) -> (&str, &str) {
        const NAMED: [&str; 3] = ["site.doses", "site.answers", "facts"];
        for table in NAMED {
            let name = self.path.strip_prefix(table);
            if let Some(name) = name.and_then(|rest| rest.strip_prefix('.')) {
                return (table, name);
            }
        }
        self.path.rsplit_once('.').unwrap_or(("", &self.path))
    }
}

/// What a field takes whose choices are words.
const EXAMPLES: &[(&str, &str)] = &[
    ("alpha_beta", "[\"10 Gy\", \"3 Gy\"]"),
    ("patient.height", "\"170 cm\""),
    ("patient.weight", "\"70 kg\""),
    ("patient.age", "\"62 years\""),
    ("patient.sex", "\"female\""),
    ("site.tablet_strengths", "[\"500 mg\", \"150 mg\"]"),
    ("site.intensity", "\"825 mg/m2\""),
    ("site.dose_cap", "\"2000 mg\""),
    ("site.body_surface_area_formula", "\"mosteller\""),
    ("site.rounding", "\"nearest\""),
    ("site.ties", "\"up\""),
    ("calendar.day_one", "\"2026-12-07\""),
    ("site.first_fraction", "1"),
];

/// The values to try for a missing field, as TOML: each choice as it is, without what is said in brackets,
/// and as a number; then what such a field usually takes.
pub(super) fn candidates(missing: &Missing) -> Vec<String> {
    let mut values = Vec::new();
    let known = EXAMPLES.iter().filter(|(field, _)| *field == missing.field);
    let known: Vec<String> = known.map(|(_, value)| (*value).to_string()).collect();
    let words = missing.field.starts_with("patient.") || missing.field == "site.tablet_strengths";
    if missing.choices.is_empty() || words {
        values.extend(known.iter().cloned());
    }
    for choice in &missing.choices {
        let bare = choice.split(" (").next().unwrap_or(choice).trim();
        let number: String = bare.chars().take_while(char::is_ascii_digit).collect();
        values.push(quoted(choice));
        values.push(quoted(bare));
        if !number.is_empty() {
            values.push(number);
        }
    }
    values.extend(known);
    if missing.field.starts_with("site.doses.") {
        values.extend(["45Gy/25", "50.4Gy/28", "5.4Gy/3", "25Gy/5"].map(quoted));
    }
    values.dedup();
    values
}

pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            letter if letter.is_control() => quoted.push(' '),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// A key of TOML, in quotation marks where it has other letters than a bare one.
pub(super) fn key(name: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    if !name.is_empty() && name.chars().all(bare) {
        name.to_string()
    } else {
        quoted(name)
    }
}
