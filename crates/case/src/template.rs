//! A case to fill in: what one arm of a protocol needs, found by asking for its sheet.

mod facts;
mod field;
mod text;

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use chemorad_protocol::{Arm, Protocol, TreatmentOption};
use chemorad_reader::{Document, Format};

use super::case::Case;
use super::error::{SheetError, SheetFaults};
use super::sheet::Sheet;
use facts::facts_of;
use field::{Field, candidates};

/// A case of one arm of a protocol, to be filled in: every field that its sheet asks for, with the reason
/// and the choices, and nothing else.
///
/// ```
/// use chemorad_case::CaseTemplate;
/// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
/// let arm = trial.arm("adverse").unwrap();
/// let template = CaseTemplate::new("NCT06949098", trial, arm, &arm.options[0])?;
/// let text = template.to_string();
/// assert!(text.contains("rounding = \"FILL IN\" # for example \"nearest\""));
/// assert!(!text.contains("doses")); // the protocol settles them
/// # Ok::<(), chemorad_case::TemplateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseTemplate {
    heading: String,
    protocol: String,
    fields: Vec<Field>,
}

/// Why there is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// No values of the facts lead to the arm.
    #[error(
        "no values of the protocol's facts were found that lead to the arm {0:?}: write the case by hand, with docs/case-file.md"
    )]
    NoWay(String),
    /// The sheet asks for something that the template cannot give.
    #[error("a case of {option:?} cannot be written: {why}")]
    Unwritten {
        /// The treatment.
        option: String,
        /// What the sheet says.
        why: String,
    },
}

/// More questions than any protocol has.
const MOST: usize = 60;

impl CaseTemplate {
    /// The template of an option of an arm; `named` is what the case calls the protocol.
    ///
    /// # Errors
    /// No facts lead to the arm, or its sheet needs what a template cannot ask for.
    pub fn new(
        named: &str,
        protocol: &Protocol,
        arm: &Arm,
        option: &TreatmentOption,
    ) -> Result<Self, TemplateError> {
        let facts =
            facts_of(protocol, arm).ok_or_else(|| TemplateError::NoWay(arm.id.to_string()))?;
        let mut template = Self {
            heading: format!(
                "{} ({}), arm {}, treatment {} ({})",
                protocol.id, protocol.title, arm.id, option.id, option.title
            ),
            protocol: named.to_string(),
            fields: facts,
        };
        template.fields.push(Field::new(
            "earlier_radiotherapy",
            "Was there radiotherapy before? A region that was irradiated tolerates less.",
            &["none".into(), "given".into(), "unknown".into()],
            "\"none\"",
        ));
        for _ in 0..MOST {
            let Err(faults) = template.sheet(protocol) else {
                return Ok(template);
            };
            let Some(missing) = faults.missing().next().cloned() else {
                return Err(unwritten(option, &faults.to_string()));
            };
            if !template.answer(protocol, option, &missing) {
                return Err(unwritten(option, &missing.to_string()));
            }
        }
        Err(unwritten(option, "it asks for too much"))
    }

    /// Adds the first value of a missing field that the sheet takes.
    fn answer(
        &mut self,
        protocol: &Protocol,
        option: &TreatmentOption,
        missing: &super::error::Missing,
    ) -> bool {
        let values = if missing.field == "option" {
            std::vec![format!("{:?}", option.id.as_str())]
        } else {
            candidates(missing)
        };
        for value in values {
            let field = Field::new(&missing.field, &missing.why, &missing.choices, &value);
            self.fields.push(field);
            if self.takes(protocol, &missing.field) {
                return true;
            }
            self.fields.pop();
        }
        false
    }

    /// Whether the case can be read, and its sheet says nothing more against a field.
    fn takes(&self, protocol: &Protocol, field: &str) -> bool {
        let faults = match self.sheet(protocol) {
            Ok(()) => return true,
            Err(faults) => faults,
        };
        // a file that cannot be read is one fault that names no field
        let against = |error: &SheetError| match error {
            SheetError::Missing(missing) => missing.field == field,
            _ => true,
        };
        !faults.iter().any(against)
    }

    fn sheet(&self, protocol: &Protocol) -> Result<(), SheetFaults> {
        let text = self.filled();
        let read = Document::parse("template.toml", &text, Format::Toml)
            .and_then(|document| document.read::<Case>());
        let mut case = read
            .map_err(|faults| SheetFaults::from(SheetError::Contradiction(faults.to_string())))?;
        case.protocol = protocol.id.to_string();
        Sheet::new(&case, protocol).map(|_| ())
    }

    /// The case with every example in its place, as a sheet takes it.
    #[must_use]
    pub fn filled(&self) -> String {
        self.written(true)
    }
}

fn unwritten(option: &TreatmentOption, why: &str) -> TemplateError {
    TemplateError::Unwritten {
        option: option.id.to_string(),
        why: why.to_string(),
    }
}

/// A gap, courses or an order of capecitabine to fill in, by what it is called.
///
/// ```
/// assert!(chemorad_case::template_of("gap").unwrap().contains("FILL IN"));
/// assert_eq!(chemorad_case::template_of("sheet"), None);
/// ```
#[must_use]
pub fn template_of(name: &str) -> Option<&'static str> {
    match name {
        "gap" => Some(include_str!("template/gap.toml")),
        "courses" => Some(include_str!("template/courses.toml")),
        "capecitabine" => Some(include_str!("template/capecitabine.toml")),
        _ => None,
    }
}
