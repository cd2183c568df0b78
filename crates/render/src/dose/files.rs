//! The dose files that went in, and the one that was written.

use chemorad::number::Decimal;
use chemorad::report::{Finding, Identifying};
use chemorad_dicom::Written;
use chemorad_dosimetry::SummationType;
use serde::Serialize;

use crate::document::Document;
use crate::exact_dose::ExactDose;
use crate::inspect::words::summation;

/// A dose file that went into a result.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// Its name, withheld where it is the patient's.
    pub file: Identifying<String>,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// What it is the dose of.
    pub summation: SummationType,
    /// The largest value of its grid.
    pub maximum: Option<ExactDose>,
}

impl Source {
    pub(super) fn dose_of(&self) -> String {
        summation(&self.summation)
    }

    pub(super) fn maximum(&self) -> String {
        self.maximum
            .as_ref()
            .map_or("-".into(), ToString::to_string)
    }
}

/// The new file, as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct OutputFile {
    /// Its name, withheld where it is the patient's.
    pub file: Identifying<String>,
    /// What was written.
    #[serde(flatten)]
    pub written: Written,
}

impl OutputFile {
    /// What was written and what it carries.
    pub(super) fn show(&self, page: &mut Document, dose_type: &str) {
        let Written { bits, size, .. } = &self.written;
        // without an exponent
        let scaling: Result<Decimal, _> = self.written.scaling.parse();
        let scaling =
            scaling.map_or_else(|_| self.written.scaling.clone(), |step| step.to_string());
        page.pairs(&[
            ("written", self.file.to_string()),
            (
                "what it is",
                format!(
                    "an RT Dose of type {dose_type}, {bits} bits in steps of {scaling} Gy, {size} bytes"
                ),
            ),
            ("UID", self.written.sop_instance.clone()),
            (
                "patient",
                "name and ID are those of the first file, as an RT Dose must have them".into(),
            ),
        ]);
    }
}

/// What should be known about the grids.
pub(super) fn worth_knowing(page: &mut Document, findings: &[Finding]) {
    page.findings_under("Worth knowing", findings);
}
