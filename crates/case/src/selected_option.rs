//! The arm and option of a sheet.

use std::string::{String, ToString};
use std::vec::Vec;

use chemorad::text::Text;
use chemorad_protocol::{Action, Arm, Protocol, TreatmentOption};

/// The arm and option of the patient.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SelectedOption<'p> {
    /// The arm.
    pub arm: &'p Text,
    /// What the arm is.
    pub arm_title: &'p Text,
    /// The option.
    pub id: &'p Text,
    /// What the option is.
    pub title: &'p Text,
    /// The protocol's words.
    pub quote: String,
    /// Its steps in order.
    pub steps: Vec<String>,
}

impl<'p> SelectedOption<'p> {
    pub(super) fn new(protocol: &Protocol, arm: &'p Arm, option: &'p TreatmentOption) -> Self {
        let step = |action: &Action| match action {
            Action::ActiveSurveillance => "active surveillance".to_string(),
            Action::Surgery { procedure, .. } => procedure.to_string(),
            Action::Drugs { drugs, .. } => match drugs.value() {
                Some(ids) => {
                    let ids: Vec<&str> = ids.iter().map(|id| &**id).collect();
                    format!("drugs: {}", ids.join(", "))
                }
                None => "drugs, left open".to_string(),
            },
            Action::Radiotherapy { course, .. } => course
                .value()
                .and_then(|id| protocol.course(id))
                .map_or_else(
                    || "radiotherapy".to_string(),
                    |course| format!("radiotherapy: {}", course.title),
                ),
        };
        Self {
            arm: &arm.id,
            arm_title: &arm.title,
            id: &option.id,
            title: &option.title,
            quote: option.quote.text.to_string(),
            steps: option.actions.iter().map(step).collect(),
        }
    }
}
