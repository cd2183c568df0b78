//! An order that somebody else wrote, to be checked.

use chemorad::capecitabine::{
    CapecitabineFinding, CapecitabineOrder, DispensedTablets, EnteredOrder,
};
use chemorad::report::{Finding, Outcome};
use chemorad_crosscheck::OrderCheck;
use chemorad_render::ordered::{Results, page};

use super::whole_number::whole_number;
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;
use crate::report::Report;

/// An order and the tablets for it, as somebody else wrote and dispensed them.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "An order to check")]
pub(crate) struct EnteredArgs {
    /// An order that somebody else wrote, such as "1500mg bid", against the one that is expected.
    #[arg(long, value_name = "1500mg bid")]
    ordered: Option<EnteredOrder>,
    /// The tablets dispensed for it, such as "168x500mg + 56x150mg".
    #[arg(long, value_name = "168x500mg", requires = "ordered")]
    dispensed: Option<DispensedTablets>,
    /// The dispensing period that they are for, by its number; all days of intake unless given.
    #[arg(long, value_name = "1", requires = "dispensed", value_parser = |text: &str| whole_number(text, 1..=10_000), allow_hyphen_values = true)]
    dispensed_period: Option<u32>,
}

impl EnteredArgs {
    pub(crate) const fn is_given(&self) -> bool {
        self.ordered.is_some()
    }

    /// The comparison with the expected order, where one is given. `others` is what was found of the patient's
    /// treatment in addition.
    pub(crate) fn report(
        &self,
        context: &Context<'_>,
        expected: &CapecitabineOrder,
        others: &[Finding],
    ) -> Result<Option<Report>, Failure> {
        let Some(ordered) = &self.ordered else {
            return Ok(None);
        };
        let periods = expected.supply().map_or(&[][..], |supply| supply.periods());
        let period = match self.dispensed_period {
            None => None,
            // without a dose there is no supply, and the check says why
            Some(_) if expected.day().is_none() => None,
            Some(number) => Some(
                usize::try_from(number - 1)
                    .ok()
                    .and_then(|at| periods.get(at))
                    .ok_or_else(|| no_period(number, periods.len()))?,
            ),
        };
        let mut check = OrderCheck::new(expected, ordered, self.dispensed.as_ref(), period)
            .with_findings(expected, others);
        if is_open_to_decision(expected) {
            let mut findings = check.findings.iter_mut();
            if let Some(stopped) = findings.find(|finding| finding.code() == "order.allowed") {
                stopped.remark(
                    "or a clinician's decision: --decision SHARE --decision-reason \"who decided and why\", or \
                     decision of [drug_rules] in a case",
                );
            }
        }
        Ok(Some(report(context, &check, Some(expected))))
    }

    /// An order for a patient whose treatment gives no capecitabine, or gives it in a way that is not counted
    /// here.
    pub(crate) fn not_prescribed(
        &self,
        context: &Context<'_>,
        treatment: &str,
        elsewhere: bool,
        others: &[Finding],
    ) -> Option<Report> {
        let ordered = self.ordered.as_ref()?;
        let dispensed = self.dispensed.as_ref();
        let check = OrderCheck::not_prescribed(treatment, elsewhere, ordered, dispensed, others);
        Some(report(context, &check, None))
    }
}

/// Whether a decision of a clinician would settle what keeps a dose from being given.
fn is_open_to_decision(expected: &CapecitabineOrder) -> bool {
    let findings = expected.findings().iter();
    let open = findings.filter(|finding| finding.outcome == Outcome::CannotTell);
    open.filter_map(|finding| finding.observation::<CapecitabineFinding>())
        .any(CapecitabineFinding::is_answered_by_decision)
}

fn report(
    context: &Context<'_>,
    check: &OrderCheck,
    expected: Option<&CapecitabineOrder>,
) -> Report {
    let results = Results { check, expected };
    let report = context.report(page(&results), &results);
    report.judged(check.outcome)
}

fn no_period(number: u32, periods: usize) -> Failure {
    Failure::new(
        refused::INPUT_CONFLICT,
        if periods == 0 {
            format!(
                "--dispensed-period {number}: without the days of intake and the dates of the fractions there are no dispensing periods"
            )
        } else {
            format!(
                "--dispensed-period {number}: the supply has {periods} dispensing period(s); their length is --dispense-every, or dispense_every_days in a case or site file"
            )
        },
    )
}
