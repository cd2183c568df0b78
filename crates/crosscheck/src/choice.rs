//! Which treatment of a protocol is meant: its arm, option and course, of those that there are.

use chemorad::radiotherapy::Fractionation;
use chemorad::text::Text;
use chemorad_protocol::{
    Action, Condition, PrescribedDose, Protocol, Statement, TreatmentOption, UnsettledCourse,
};

use super::prescribed_error::PrescribedError;

pub(super) fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

pub(super) fn list<'a>(ids: impl Iterator<Item = &'a Text>) -> String {
    ids.map(Text::as_str).collect::<Vec<_>>().join(", ")
}

/// The fractionations between which a dose is left open.
pub(super) fn named(protocol: &Protocol, why: &UnsettledCourse) -> Vec<Fractionation> {
    let UnsettledCourse::Dose { phase, volume } = why else {
        return Vec::new();
    };
    let doses = protocol.phase(phase).map(|phase| &phase.doses);
    let dose = doses.and_then(|doses| doses.iter().find(|dose| dose.volume.is(volume)));
    dose.map(PrescribedDose::named).unwrap_or_default()
}

pub(super) fn find_option<'p>(
    protocol: &'p Protocol,
    arm: Option<&str>,
    option: Option<&str>,
) -> Result<&'p TreatmentOption, PrescribedError> {
    let name = || format!("protocol {}", protocol.id);
    // one arm for everyone leaves nothing to choose
    let only = match protocol.arms.as_slice() {
        [only] if only.when.value() == Some(&Condition::Everyone) => Some(only.id.as_str()),
        _ => None,
    };
    let Some(arm) = arm.or(only.filter(|_| option.is_none())) else {
        let Some(option) = option else {
            return Err(PrescribedError::NoArm {
                protocol: name(),
                choices: list(protocol.arms.iter().map(|arm| &arm.id)),
            });
        };
        return match protocol.option(option) {
            Some((_, found)) => Ok(found),
            None => Err(PrescribedError::Option {
                place: name(),
                given: short(option),
                choices: list(
                    protocol
                        .arms
                        .iter()
                        .flat_map(|arm| &arm.options)
                        .map(|o| &o.id),
                ),
            }),
        };
    };
    let Some(found) = protocol.arm(arm) else {
        return Err(PrescribedError::Arm {
            protocol: name(),
            given: short(arm),
            choices: list(protocol.arms.iter().map(|arm| &arm.id)),
        });
    };
    let choices = || list(found.options.iter().map(|option| &option.id));
    match (option, found.options.as_slice()) {
        (Some(given), options) => options
            .iter()
            .find(|option| option.id.is(given))
            .ok_or_else(|| PrescribedError::Option {
                place: format!("arm {}", found.id),
                given: short(given),
                choices: choices(),
            }),
        (None, [only]) => Ok(only),
        (None, _) => Err(PrescribedError::ManyOptions {
            arm: found.id.to_string(),
            choices: choices(),
        }),
    }
}

pub(super) fn find_course<'p>(
    option: &'p TreatmentOption,
    course: Option<&str>,
) -> Result<&'p str, PrescribedError> {
    let mut ids: Vec<&Text> = Vec::new();
    let mut why = String::new();
    for action in &option.actions {
        let Action::Radiotherapy { course, .. } = action else {
            continue;
        };
        match course {
            Statement::Stated { value, .. } | Statement::Derived { value, .. } => ids.push(value),
            Statement::Unspecified { question, values } => {
                ids.extend(values);
                why = format!(" ({} {})", question.question, question.why);
            }
        }
    }
    let choices = || list(ids.iter().copied());
    match (course, ids.as_slice()) {
        (_, []) => Err(PrescribedError::NoRadiotherapy(option.id.to_string())),
        (Some(given), _) => ids
            .iter()
            .find(|id| id.is(given))
            .map(|id| id.as_str())
            .ok_or_else(|| PrescribedError::Course {
                option: option.id.to_string(),
                given: short(given),
                choices: choices(),
            }),
        (None, [only]) if why.is_empty() => Ok(only.as_str()),
        (None, _) => Err(PrescribedError::ManyCourses {
            option: option.id.to_string(),
            choices: choices(),
            why,
        }),
    }
}
