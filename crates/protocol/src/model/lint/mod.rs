//! What a careful reader of a protocol looks for beyond its own logic: quotes that do not bear
//! their numbers, patients without an arm, limits out of order, misprints.

mod assertions;
mod axes;
mod coverage;
mod doses;
mod drugs;
mod equation;
mod evidence;
mod explain;
mod limits;
mod misprint;
mod number;
mod order;
mod quotes;

use std::string::String;
use std::vec::Vec;

pub(super) use evidence::{Needed, Numbers};
pub use explain::{Explanation, explain, explanations};

use super::model::Protocol;
use chemorad::report::{Finding, Outcome};

/// The findings so far.
struct Report(Vec<Finding>);

impl Report {
    fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }
}

impl Protocol {
    /// Everything that [`check`](Self::check) finds, and what a careful reader looks for beyond it.
    ///
    /// [`explain`](super::explain) says what each code means. A protocol without a fail holds
    /// together; a warning is worth a look.
    ///
    /// ```
    /// use chemorad_protocol::Statement;
    /// use chemorad::text::List;
    /// let mut trial = chemorad_protocol::builtin("NCT06949098").unwrap().clone();
    /// let mut drug = trial.drugs[0].clone();
    /// drug.intensity = Some(Statement::stated(
    ///     "852 mg/m2".parse()?, "Oral capecitabine 825mg/m² twice daily", "Full description"));
    /// trial.drugs = List::from(vec![drug]);
    /// let findings = trial.lint();
    /// let wrong = findings.iter().find(|f| f.is("protocol.quote_number")).unwrap();
    /// assert_eq!(wrong.at, "drugs.capecitabine.intensity");
    /// assert_eq!(wrong.expected.as_deref(), Some("852 mg/m2"));
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    #[must_use]
    pub fn lint(&self) -> Vec<Finding> {
        let mut out = Report(self.check());
        quotes::lint(self, &mut out);
        doses::lint(self, &mut out);
        drugs::lint(self, &mut out);
        coverage::lint(self, &mut out);
        limits::lint(self, &mut out);
        out.0.extend(self.assert_examples(&self.assertions));
        for finding in &mut out.0 {
            name_the_slip(finding);
            self.name_the_question(finding);
        }
        out.0
    }

    /// What an ambiguity asks about is known, and the question stands in its place: it is worth a
    /// look and fails nothing.
    fn name_the_question(&self, finding: &mut Finding) {
        let at = finding.at();
        let concerns = |place: &str| {
            let rest = at.strip_prefix(place);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let mut open = self.ambiguities.iter();
        let known = open.find(|open| open.concerns.iter().any(|place| concerns(place)));
        if let Some(known) = known {
            finding.outcome = Outcome::Warn;
            finding.remark(format!(
                "this is known, and the question {} asks about it",
                known.question.id
            ));
        }
    }
}

/// Says what a wrong number looks like, where it looks like a misprint.
fn name_the_slip(finding: &mut Finding) {
    let (Some(expected), Some(found)) = (&finding.expected(), &finding.found()) else {
        return;
    };
    let slip = match finding.code() {
        // a total is compared with a sum, an intensity with a product, a variation with its limit
        "protocol.arithmetic" | "protocol.text_number" | "limit.variation_share" => {
            misprint::slip_between(expected, found)
        }
        _ => None,
    };
    if let Some(slip) = slip {
        finding.remark(format!("it looks like a misprint: {slip}"));
    }
}

/// A number of steps as a decimal of units of `per_unit` steps, a power of ten.
fn decimal(steps: u64, per_unit: u64) -> String {
    let places = per_unit.ilog10() as usize;
    let fraction = format!("{:0places$}", steps % per_unit);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{}{point}{fraction}", steps / per_unit)
}
