//! A sample of the campaign of injected errors: right plans are not accused, and what a patient receives
//! is not changed silently.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

#[path = "../../examples/plan_campaign/campaign.rs"]
mod campaign;

use campaign::Campaign;

/// One change in so many; prime, so that it meets every kind of change of every case.
const STEP: usize = 13;

#[test]
fn a_sample_of_the_changes_is_not_passed_silently() {
    let found = Campaign::run(STEP).unwrap();
    assert_eq!(found.accused, Vec::<String>::new());
    assert!(found.right.changes > 300);
    // those that state the doses of both phases and not which group gives which
    assert_eq!(found.warned.len(), 3, "{:#?}", found.warned);
    let mut warned = found.warned.iter();
    assert!(warned.all(|case| case.contains("not linked, by phase")));
    let given = found.given();
    assert!(given.changes > 300, "{given:?}");
    assert!(
        100 * given.found() >= 99 * given.changes,
        "{given:?}: {:#?}",
        found.silent
    );
    let all = found.sum(|_| true);
    assert_eq!(all.changes - all.found(), found.silent.len());
    assert!(found.bounds().found() > 100);
    // a dose that is stated and wrong
    let dose = found.sum(|of| of.name() == "stated dose");
    assert!(
        dose.changes > 80 && 10 * dose.found() >= 9 * dose.changes,
        "{dose:?}"
    );
}
