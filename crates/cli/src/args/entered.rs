//! An order that somebody else wrote, to be checked.

use chemorad::capecitabine::{CapecitabineOrder, DispensedTablets, EnteredOrder};
use chemorad_crosscheck::OrderCheck;
use chemorad_render::ordered::{Results, page};

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
}

impl EnteredArgs {
    pub(crate) const fn is_given(&self) -> bool {
        self.ordered.is_some()
    }

    /// The comparison with the expected order, where one is given.
    pub(crate) fn report(
        &self,
        context: &Context<'_>,
        expected: &CapecitabineOrder,
    ) -> Option<Report> {
        let ordered = self.ordered.as_ref()?;
        let check = OrderCheck::new(expected, ordered, self.dispensed.as_ref());
        let results = Results {
            check: &check,
            expected,
        };
        Some(
            context
                .report(page(&results), &results)
                .judged(check.outcome),
        )
    }
}
