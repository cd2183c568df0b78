//! An order that somebody else wrote, compared with the expected one.

use chemorad::capecitabine::CapecitabineOrder;
use chemorad::report::Finding;
use chemorad_crosscheck::{OrderCheck, OrderFinding};
use serde::Serialize;

use crate::capecitabine::{expected_steps, not_checked};
use crate::date::weekday;
use crate::document::Document;
use crate::judged::tally;

/// A compared order as tools read it.
#[derive(Debug, Serialize)]
pub struct Results<'a> {
    /// What was found.
    #[serde(flatten)]
    pub check: &'a OrderCheck,
    /// The order that is expected; none where the treatment gives no capecitabine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<&'a CapecitabineOrder>,
}

/// The verdict, what was ordered and what is expected, what needs a person, and how the expected dose came
/// about.
#[must_use]
pub fn page(results: &Results<'_>) -> Document {
    let Results { check, expected } = *results;
    let outcome = check.outcome.to_string().to_uppercase();
    let mut page = Document::new(format!("Check of a capecitabine order: {outcome}"));
    let outcomes: Vec<_> = check.findings.iter().map(|one| one.outcome).collect();
    page.verdict(check.outcome, &tally(&outcomes));
    page.gap();
    let mut pairs = vec![("ordered", check.ordered.to_string())];
    if let Some(dispensed) = &check.dispensed {
        let period = check
            .dispensed_for
            .as_ref()
            .map_or_else(String::new, |one| {
                format!(", for {} to {}", weekday(one.first), weekday(one.last))
            });
        pairs.push(("dispensed", format!("{dispensed}{period}")));
    }
    if let Some(day) = expected.and_then(CapecitabineOrder::day) {
        pairs.push(("expected", day.to_string()));
        let single = day.per_administration().calculated();
        pairs.push(("calculated", format!("{:.2} each time", single.dose())));
    }
    page.pairs(&pairs);
    let is_own = |finding: &&Finding| finding.observation::<OrderFinding>().is_some();
    let (own, rules): (Vec<&Finding>, Vec<&Finding>) = check.findings.iter().partition(is_own);
    let of = |findings: Vec<&Finding>| findings.into_iter().cloned().collect::<Vec<_>>();
    let steps = if expected.is_some() {
        "each step to the expected dose"
    } else {
        ""
    };
    page.open_sections(
        &[("The order", of(own)), ("Rules and facts", of(rules))],
        &check.findings,
        steps,
    );
    let Some(expected) = expected else {
        return page;
    };
    let not_checked = not_checked(expected);
    if !not_checked.is_empty() {
        page.line("");
        page.item("not checked: ", &not_checked.join("; "));
    }
    page.in_full(|page| {
        page.section("The expected order");
        expected_steps(page, expected);
    });
    page.working(&expected.derivations());
    page
}
