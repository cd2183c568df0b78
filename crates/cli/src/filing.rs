//! `--report`: the result of any command as a page to print, to sign and to file.

use std::path::{Path, PathBuf};

use chemorad_dosimetry::Patient;
use chemorad_render::Document;
use chemorad_render::filing::{Filing, InputFile};

use crate::build::sha256;
use crate::failure::Failure;
use crate::output::{Context, OutputFile};
use crate::refused;
use crate::report::About;

/// The report that is asked for, and what its header says.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct FilingArgs {
    /// Write a report to print and file: a page (.html) or Markdown (.md). A folder gets a file
    /// named by command, patient and date.
    #[arg(long, global = true, value_name = "FILE.html")]
    pub(crate) report: Option<PathBuf>,
    /// The patient's name in the header of the report; a line to fill in unless given.
    #[arg(long, global = true, value_name = "NAME", hide_short_help = true, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    patient: Option<String>,
    /// The patient's ID in the header of the report; a line to fill in unless given.
    #[arg(long, global = true, value_name = "ID", hide_short_help = true, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    patient_id: Option<String>,
    /// Replace a file that is there already; an input is never replaced.
    #[arg(long, global = true, hide_short_help = true)]
    pub(crate) force: bool,
}

impl FilingArgs {
    /// Before any work: what can be seen to be wrong without it.
    pub(crate) fn check(&self, context: &Context<'_>) -> Result<(), Failure> {
        let Some(report) = &self.report else {
            let alone = [
                ("--patient", &self.patient),
                ("--patient-id", &self.patient_id),
            ];
            return match alone.iter().find(|(_, given)| given.is_some()) {
                Some((flag, _)) => Err(Failure::new(
                    refused::INPUT_CONFLICT,
                    format!("{flag} is for the header of a report: give --report FILE.html too"),
                )),
                None => Ok(()),
            };
        };
        if is_folder(context, report) {
            return Ok(());
        }
        if ending(report).is_some() {
            return context.may_write(report, []);
        }
        Err(Failure::new(
            refused::FILE_NAME,
            format!(
                "{}: a report is a page or Markdown, so its name must end in .html or .md, or be a folder",
                report.display()
            ),
        ))
    }

    /// The report of a result, where one is asked for, among the files to write.
    pub(crate) fn write(
        &self,
        context: &Context<'_>,
        command: &str,
        result: Option<&Document>,
        about: &About,
    ) -> Result<(), Failure> {
        let Some(report) = &self.report else {
            return Ok(());
        };
        let Some(result) = result else {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                format!("{command} has no result here that could be filed: leave --report out"),
            ));
        };
        if about.nobody && (self.patient.is_some() || self.patient_id.is_some()) {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                format!("{command} is about no patient: leave --patient and --patient-id out"),
            ));
        }
        if result.is_of_many() && (self.patient.is_some() || self.patient_id.is_some()) {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                format!(
                    "{command} is about many patients, and its report names none of them: leave --patient and --patient-id out"
                ),
            ));
        }
        let filing = self.filing(context, about, result)?;
        let path = if is_folder(context, report) {
            let name = filing.file_name(command).ok_or_else(|| {
                Failure::new(refused::REPORT_NAME, format!(
                    "{}: nothing tells this report from that of another patient: give --patient-id or --patient, or name the file",
                    report.display()
                ))
            })?;
            report.join(name)
        } else {
            report.clone()
        };
        let files = context.inputs();
        if files
            .iter()
            .any(|(file, _)| context.files.is_same(file, &path))
        {
            return Err(Failure::new(
                refused::FILE_IS_INPUT,
                format!(
                    "{}: the report would overwrite a file that was read",
                    path.display()
                ),
            ));
        }
        context.may_write(&path, [])?;
        let document = filing.report(result.clone());
        let text = if ending(&path) == Some(Ending::Markdown) {
            document.to_markdown()
        } else {
            document.to_html()
        };
        context.write(OutputFile {
            path,
            bytes: text.into_bytes(),
            replace: self.force,
        })
    }

    fn filing(
        &self,
        context: &Context<'_>,
        about: &About,
        result: &Document,
    ) -> Result<Filing, Failure> {
        let (patients, shown) = context.patients();
        let mut patient = self.patient.clone();
        let mut patient_id = self.patient_id.clone();
        if let Some(given) = &patient_id {
            let is_other = |patient: &Patient| {
                let mut ids = patient.id.iter().chain(&patient.other_ids).peekable();
                ids.peek().is_some() && !ids.any(|id| same_id(id, given))
            };
            if patients.iter().any(is_other) {
                return Err(Failure::new(
                    refused::REPORT_PATIENT,
                    format!(
                        "--patient-id {given:?}: the files are of another Patient ID: a report is not filed under the wrong one. Leave --patient-id out to write the ID by hand"
                    ),
                ));
            }
        }
        let is_another_name = patient
            .as_ref()
            .is_some_and(|given| patients.iter().any(|of| is_another_name(of, given)));
        if let ([only], true) = (patients.as_slice(), shown) {
            patient = patient.or_else(|| only.name.clone());
            patient_id = patient_id.or_else(|| only.id.clone());
        }
        let inputs = context.inputs().into_iter();
        Ok(Filing {
            of_a_patient: !about.nobody,
            patient,
            is_another_name,
            patient_id,
            plan: about.plan.clone(),
            made: context.environment.now.clone(),
            inputs: inputs
                .map(|(_, file)| InputFile {
                    in_result: about.files.contains(&file.sha256),
                    file,
                })
                .collect(),
            // the same result has the same name, whatever made it
            result: sha256(result.clone().made_from(None).to_markdown().as_bytes()),
        })
    }
}

/// Whether no part of the name in a file is in one that is given by hand.
fn is_another_name(patient: &Patient, given: &str) -> bool {
    let Some(name) = &patient.name else {
        return false;
    };
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (own, given_words) = (words(name), words(given));
    let shares = own.iter().any(|word| given_words.contains(word));
    !own.is_empty() && !shares && !patient.identity().is_named_in(given)
}

/// A folder, or what is called as one.
fn is_folder(context: &Context<'_>, path: &Path) -> bool {
    context.is_folder(path) || path.to_string_lossy().ends_with(['/', '\\'])
}

/// One ID, however it is punctuated.
fn same_id(one: &str, other: &str) -> bool {
    let plain = |id: &str| -> String {
        let kept = id.chars().filter(|c| c.is_alphanumeric());
        let kept: String = kept.flat_map(char::to_lowercase).collect();
        kept.trim_start_matches('0').to_string()
    };
    plain(one) == plain(other)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Page,
    Markdown,
}

fn ending(path: &Path) -> Option<Ending> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "html" | "htm" => Some(Ending::Page),
        "md" | "markdown" => Some(Ending::Markdown),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::same_id;

    #[test]
    fn an_id_is_one_however_it_is_punctuated() {
        assert!(same_id("00-607 a", "607A"));
        assert!(!same_id("607", "6070"));
        assert!(!same_id("607", "706"));
    }
}
