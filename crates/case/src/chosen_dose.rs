//! The course of a protocol, with the doses that the site chooses.

use super::case::Case;
use super::error::{Found, Missing, SheetError, asked};
use super::provenance::Provenance;
use chemorad::radiotherapy::{Course, Fractionation};
use chemorad_protocol::{PrescribedCourse, PrescribedDose, Protocol, Statement};

/// The course of the protocol, with the site's choice of dose where the protocol gives one.
pub(super) fn settled(
    case: &Case,
    protocol: &Protocol,
    prescribed: &PrescribedCourse,
    supplied: &mut Vec<Provenance>,
    found: &mut Found,
) -> Option<Course> {
    let mut complete = true;
    let course = protocol.course_with(prescribed, |phase, dose| {
        let field = format!("site.doses.{}", phase.name);
        let given = case.site.doses.get(phase.name.as_str()).copied();
        let chosen = found.keep(chosen_dose(&field, dose, given));
        complete &= chosen.is_some();
        let what = format!("dose chosen, phase {}", phase.name);
        supplied.extend(chosen.map(|chosen| Provenance::by_site(&what, chosen)));
        chosen
    });
    match course {
        _ if !complete => None,
        Ok(course) => Some(course),
        Err(error) => {
            found.add(SheetError::Unsupported(error.to_string()));
            None
        }
    }
}

fn chosen_dose(
    field: &str,
    dose: &PrescribedDose,
    given: Option<Fractionation>,
) -> Result<Fractionation, SheetError> {
    let why = match (dose.fractionation.value(), dose.fractionation.question()) {
        (_, Some(question)) => asked(question),
        (Some(prescribed), None) => format!("The protocol prescribes {prescribed}."),
        (None, None) => String::new(),
    };
    let mut choices: Vec<String> = dose.named().iter().map(ToString::to_string).collect();
    if choices.is_empty() {
        choices.push("a fractionation such as \"25 x 1.8 Gy\"".into());
    }
    let Some(given) = given else {
        return Err(SheetError::Missing(Missing {
            field: field.into(),
            why,
            choices,
        }));
    };
    let permitted = match &dose.fractionation {
        Statement::Unspecified { values, .. } => {
            values.is_empty() || values.iter().any(|value| value.permits(given))
        }
        known => known.value().is_some_and(|value| value.permits(given)),
    };
    if permitted {
        Ok(given)
    } else {
        Err(SheetError::NotAChoice {
            field: field.into(),
            given: given.to_string(),
            why,
            choices,
        })
    }
}
