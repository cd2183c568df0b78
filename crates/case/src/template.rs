//! A case to fill in: what one arm of a protocol needs, found by asking for its sheet.

mod facts;
mod field;
mod rules;
mod text;

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

use chemorad_protocol::{Arm, Protocol, TreatmentOption};
use chemorad_reader::{Document, Format};

use chemorad::capecitabine::{RuleSet, RuleSetName};

use super::case::Case;
use super::error::{SheetError, SheetFaults};
use super::sheet::Sheet;
use super::site::Site;
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
    /// The site file whose decisions are left out.
    site: Option<String>,
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

/// What a site decided, with the rule sets of the files that its site file names.
#[derive(Debug, Clone, Copy)]
pub struct TemplateSite<'a> {
    /// What the template calls the file.
    pub file: &'a str,
    /// Its content.
    pub site: &'a Site,
    /// The rule sets of files, each with the name it has there.
    pub rule_set_files: &'a [(RuleSetName, RuleSet)],
}

/// What the case is a template for.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    protocol: &'a Protocol,
    option: &'a TreatmentOption,
    site: Option<TemplateSite<'a>>,
}

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
        Self::of_site(named, protocol, arm, option, None)
    }

    /// The same without what a site file decides.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of_site(
        named: &str,
        protocol: &Protocol,
        arm: &Arm,
        option: &TreatmentOption,
        site: Option<TemplateSite<'_>>,
    ) -> Result<Self, TemplateError> {
        let wanted = Wanted {
            protocol,
            option,
            site,
        };
        let facts =
            facts_of(protocol, arm).ok_or_else(|| TemplateError::NoWay(arm.id.to_string()))?;
        let mut template = Self {
            heading: format!(
                "{} ({}), arm {}, treatment {} ({})",
                protocol.id, protocol.title, arm.id, option.id, option.title
            ),
            site: site.map(|site| site.file.to_string()),
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
            let faults = match template.sheet(wanted) {
                Ok(gives_tablets) => {
                    if gives_tablets {
                        template.ask_for_rules(site.map(|site| site.site));
                    }
                    // the examples of the rules are taken with the rest
                    return match template.sheet(wanted) {
                        Ok(_) => Ok(template),
                        Err(faults) => Err(unwritten(option, &faults.to_string())),
                    };
                }
                Err(faults) => faults,
            };
            let Some(missing) = faults.missing().next().cloned() else {
                return Err(unwritten(option, &faults.to_string()));
            };
            if !template.answer(wanted, &missing) {
                return Err(unwritten(option, &missing.to_string()));
            }
        }
        Err(unwritten(option, "it asks for too much"))
    }

    /// Adds the first value of a missing field that the sheet takes.
    fn answer(&mut self, wanted: Wanted<'_>, missing: &super::error::Missing) -> bool {
        let is_option = missing.field == "option";
        let values = if is_option {
            std::vec![format!("{:?}", wanted.option.id.as_str())]
        } else {
            candidates(missing)
        };
        for value in values {
            let mut field = Field::new(&missing.field, &missing.why, &missing.choices, &value);
            if is_option {
                // what this case asks for is what this treatment needs
                field.is_settled = true;
                field.why.push_str(
                    " This case is for the one below; another needs a case of its own kind.",
                );
            }
            self.fields.push(field);
            if self.takes(wanted, &missing.field) {
                return true;
            }
            self.fields.pop();
        }
        false
    }

    /// Whether the case can be read, and its sheet says nothing more against a field.
    fn takes(&self, wanted: Wanted<'_>, field: &str) -> bool {
        let Err(faults) = self.sheet(wanted) else {
            return true;
        };
        // a file that cannot be read is one fault that names no field
        let against = |error: &SheetError| match error {
            SheetError::Missing(missing) => missing.field == field,
            _ => true,
        };
        !faults.iter().any(against)
    }

    /// Whether the sheet of the case has tablets of capecitabine.
    fn sheet(&self, wanted: Wanted<'_>) -> Result<bool, SheetFaults> {
        let text = self.filled();
        let read = Document::parse("template.toml", &text, Format::Toml)
            .and_then(|document| document.read::<Case>());
        let mut case = read
            .map_err(|faults| SheetFaults::from(SheetError::Contradiction(faults.to_string())))?;
        case.protocol = wanted.protocol.id.to_string();
        if let Some(of) = wanted.site {
            case.rule_set_files = of.rule_set_files.to_vec();
            let _ = of.site.fill(&mut case, wanted.protocol);
        }
        Sheet::new(&case, wanted.protocol).map(|sheet| sheet.drug.is_some())
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
