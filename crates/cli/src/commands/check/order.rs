//! An order that somebody else wrote, against the case of its patient.

use super::super::sheet;
use super::Args;
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;
use crate::report::Report;

impl Args {
    /// An order against what the case of one patient gives.
    pub(super) fn order(self, context: &Context<'_>) -> Result<Report, Failure> {
        let [case] = self.files.as_slice() else {
            return Err(Failure::new(
                refused::INPUT_MISSING,
                "--ordered is checked against the case of one patient: check CASE.toml --ordered \"1500mg bid\", or without a case: capecitabine with its flags and --ordered",
            ));
        };
        let of_plans = [
            (self.protocol.is_some(), "--protocol"),
            (!self.prescribed.is_empty(), "--prescribed"),
            (self.each, "--each"),
            (!self.map.is_empty(), "--map"),
            (!self.target.is_empty(), "--target"),
            (!self.tolerance.is_empty(), "--tolerance"),
            (!self.phase.is_empty(), "--phase"),
            (self.fractions_per_week.is_some(), "--fractions-per-week"),
            (self.accept_stated_dose.is_some(), "--accept-stated-dose"),
            (!self.form.columns.is_empty(), "--columns"),
            (self.form.decimal_comma, "--decimal-comma"),
            (self.show_patient, "--show-patient"),
        ];
        if let Some((_, flag)) = of_plans.iter().find(|(given, _)| *given) {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                format!(
                    "{flag} is for plans: an order is checked against its case alone, which names protocol, tolerance and site"
                ),
            ));
        }
        sheet::Args::of_case(case, self.site).order(context, &self.entered)
    }
}
