//! An order that somebody else wrote, to be checked.

use chemorad::capecitabine::{CapecitabineOrder, DispensedTablets, EnteredOrder};
use chemorad::report::Finding;
use chemorad_crosscheck::OrderCheck;
use chemorad_render::ordered::{Results, page};

use super::whole_number::whole_number;
use crate::failure::Failure;
use crate::output::Context;
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
        let check = OrderCheck::new(expected, ordered, self.dispensed.as_ref(), period)
            .with_findings(expected, others);
        let results = Results {
            check: &check,
            expected,
        };
        let report = context.report(page(&results), &results);
        Ok(Some(report.judged(check.outcome)))
    }
}

fn no_period(number: u32, periods: usize) -> Failure {
    Failure::new(if periods == 0 {
        format!(
            "--dispensed-period {number}: without the days of intake and the dates of the fractions there are no dispensing periods"
        )
    } else {
        format!(
            "--dispensed-period {number}: the supply has {periods} dispensing period(s); their length is --dispense-every, or dispense_every_days in a case or site file"
        )
    })
}
