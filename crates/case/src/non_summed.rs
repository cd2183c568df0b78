//! What a sheet names and does not add up: phases of another kind, other drugs.

use core::fmt;
use std::string::{String, ToString};
use std::vec::Vec;

use chemorad_protocol::{DrugRegimen, Statement};

/// A phase whose dose is not added to that of external beam radiotherapy.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NonSummedPhase {
    /// The phase.
    pub phase: String,
    /// The volume.
    pub volume: String,
    /// Fractions and dose, as the protocol gives them.
    pub dose: String,
    /// What delivers it.
    pub modality: String,
}

/// A drug that is no capecitabine tablet given with radiotherapy, as the protocol gives it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct OtherDrug {
    /// The drug.
    pub drug: String,
    /// Intensity, infusion, route and days in words; what the protocol leaves open is said.
    pub regimen: String,
}

impl OtherDrug {
    pub(super) fn of(drug: &DrugRegimen, name: String) -> Self {
        fn shown<T: fmt::Display>(what: &str, statement: &Statement<T>) -> String {
            match statement.value() {
                Some(value) => value.to_string(),
                None => format!("{what} left open"),
            }
        }
        let optional = [
            drug.intensity.as_ref().map(|given| shown("dose", given)),
            drug.intensity_per_day
                .as_ref()
                .map(|given| shown("dose of a day", given)),
            drug.infusion
                .as_ref()
                .map(|given| format!("infusion {}", shown("time", given))),
        ];
        let mut parts: Vec<String> = optional.into_iter().flatten().collect();
        parts.push(shown("route", &drug.route));
        parts.push(shown("days", &drug.days));
        Self {
            drug: name,
            regimen: parts.join(", "),
        }
    }
}
