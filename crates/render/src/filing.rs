//! A result as a report: to print, to sign and to file.

use std::path::PathBuf;

use jiff::Zoned;

use crate::VERSION;
use crate::document::{Block, Document};
use crate::version::Input;

/// A file that a result rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// The file.
    pub file: Input,
    /// The result itself says so of it.
    pub in_result: bool,
}

/// What a report says of whom and what it is about, and of how it was made.
///
/// ```
/// use chemorad_render::{Document, filing::Filing};
///
/// let filing = Filing {
///     of_a_patient: true,
///     patient: None,
///     is_another_name: false,
///     patient_id: Some("607".into()),
///     plan: None,
///     made: "2026-12-07T10:20[UTC]".parse()?,
///     inputs: Vec::new(),
///     result: "1f0c3a5e".into(),
/// };
/// let report = filing.report(Document::new("Body surface area"));
/// assert_eq!(report.title(), Some("Body surface area, ID 607, 2026-12-07"));
/// assert!(report.to_markdown().contains("- **Patient**: ____"));
/// assert_eq!(filing.file_name("bsa"), Some("bsa-607-2026-12-07.html".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Filing {
    /// Whether the result is about a patient; one that is not has its own places to sign.
    pub of_a_patient: bool,
    /// The patient, as given by hand or as a file says where that may be shown.
    pub patient: Option<String>,
    /// Whether the files name the patient otherwise than is given by hand.
    pub is_another_name: bool,
    /// The patient's ID, likewise.
    pub patient_id: Option<String>,
    /// The plan, by its label.
    pub plan: Option<String>,
    /// When the report is made.
    pub made: Zoned,
    /// The files that were read.
    pub inputs: Vec<InputFile>,
    /// The SHA-256 of the result, which tells it from that of another patient where nothing else does.
    pub result: String,
}

impl Filing {
    /// What tells this report from that of another patient: name and ID, or else what came of what was read.
    fn marks(&self) -> Vec<String> {
        let id = self.patient_id.as_ref().map(|id| format!("ID {id}"));
        let marks: Vec<String> = self.patient.iter().cloned().chain(id).collect();
        if !marks.is_empty() {
            return marks;
        }
        let digest = self.digest();
        digest.map(|d| format!("result {d}")).into_iter().collect()
    }

    /// The beginning of the digest of a result that rests on files.
    fn digest(&self) -> Option<&str> {
        if self.of_a_patient {
            self.inputs.first()?;
        }
        self.result.get(..8)
    }

    /// A name for the file of the report, where something tells it from that of another patient.
    #[must_use]
    pub fn file_name(&self, command: &str) -> Option<PathBuf> {
        let mark = self.patient_id.as_deref().or(self.patient.as_deref());
        let mark = mark.or(self.digest())?;
        let plain: String = mark
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .take(60)
            .collect();
        Some(format!("{command}-{plain}-{}.html", self.made.date()).into())
    }

    /// The report: a header, the result in full, the files, and places to sign.
    #[must_use]
    pub fn report(&self, result: Document) -> Document {
        let mut title = vec![result.title().unwrap_or("chemorad").to_string()];
        title.extend(self.marks());
        title.push(self.made.date().to_string());
        let mut report = result.emptied(title.join(", "));
        let field = |name: &str, value: Option<&String>| (name.to_string(), value.cloned());
        let is_of_many = result.is_of_many();
        let made = format!(
            "{} with chemorad {VERSION}",
            self.made.strftime("%Y-%m-%d %H:%M %:z")
        );
        let mut fields = Vec::new();
        if self.of_a_patient {
            fields.extend([field("Patient", self.patient.as_ref())]);
            if self.is_another_name {
                let words = "another one: compare before this is filed".to_string();
                fields.push(field("Name in the files", Some(&words)));
            }
            fields.extend([
                field("ID", self.patient_id.as_ref()),
                field("Plan", self.plan.as_ref()),
            ]);
        }
        fields.push(field("Made", Some(&made)));
        // a table of patients is of none of them, and has no line to write one on
        fields.retain(|(_, value)| value.is_some() || !is_of_many);
        report.push(Block::Fields(fields));
        let build = result.build().cloned();
        report.append(result);
        let others = self.inputs.iter().filter(|file| !file.in_result);
        let rows: Vec<Vec<String>> = others
            .map(|InputFile { file, .. }| {
                let (name, bytes) = (file.name.to_string(), file.bytes.to_string());
                vec![name, bytes, file.sha256.clone()]
            })
            .collect();
        if !rows.is_empty() {
            report.section("Files that were read");
            report.text_table(&["file", "bytes", "SHA-256"], &rows);
        }
        if self.of_a_patient {
            let places = ["Reviewed by", "Date", "Signature"];
            report.push(Block::Signatures(places.map(String::from).into()));
        }
        report.with_detail(crate::Detail::Full).made_from(build)
    }
}
