//! One value from the protocol, or from the site where the protocol asks for it.

use std::string::{String, ToString};
use std::vec;
use std::vec::Vec;

use super::case::Case;
use super::error::{Missing, SheetError, asked};
use super::validate;
use chemorad_protocol::{Question, Statement};

/// The site's value of what the protocol asks: its field, or the choice answered by its id.
pub(super) fn of_site<T: Clone>(
    case: &Case,
    asked: Option<&Statement<T>>,
    field: Option<T>,
) -> Option<T> {
    field.or_else(|| {
        let asked = asked?;
        let (_, answer) = validate::answer(case, &asked.question()?.id);
        asked.answered(answer?).cloned()
    })
}

/// The protocol's value, or the site's where the protocol asks or says nothing; never one for the other.
pub(super) fn resolve<T: Clone + PartialEq + core::fmt::Display>(
    case: &Case,
    field: &str,
    why: &str,
    example: &str,
    protocol: Option<&Statement<T>>,
    site: Option<T>,
) -> Result<T, SheetError> {
    let contradiction = |first: &str, of: T, given: T| {
        Err(SheetError::Contradiction(format!(
            "{field}: {first} {of}, and the case says {given}: leave it out"
        )))
    };
    let Some(statement) = protocol else {
        return site.ok_or_else(|| SheetError::missing(field, why, &[example]));
    };
    let (question, values) = match statement {
        Statement::Stated { value, .. } | Statement::Derived { value, .. } => {
            return match site.filter(|given| given != value) {
                Some(given) => contradiction("the protocol has", value.clone(), given),
                None => Ok(value.clone()),
            };
        }
        Statement::Unspecified { question, values } => (question, values),
    };
    let answered = of_site(case, protocol, None);
    match (answered, site) {
        (Some(answered), Some(given)) if answered != given => {
            contradiction("the answer to the protocol's question is", answered, given)
        }
        (None, Some(given)) if !values.is_empty() && !values.contains(&given) => {
            Err(SheetError::NotAChoice {
                field: field.into(),
                given: given.to_string(),
                why: asked(question),
                choices: valued(question, values),
            })
        }
        (Some(value), _) | (None, Some(value)) => Ok(value),
        (None, None) => Err(SheetError::Missing(Missing {
            field: field.into(),
            why: asked(question),
            choices: if values.is_empty() {
                vec![example.into()]
            } else {
                valued(question, values)
            },
        })),
    }
}

/// `2 (twice a day)`.
fn valued<T: core::fmt::Display>(question: &Question, values: &[T]) -> Vec<String> {
    let both = values.iter().zip(&question.choices);
    both.map(|(value, choice)| {
        let value = value.to_string();
        if choice.is(&value) {
            value
        } else {
            format!("{value} ({choice})")
        }
    })
    .collect()
}
