//! The eligibility criteria of a protocol, as far as the case gives facts for them.

use super::case::Case;
use super::error::SheetError;
use chemorad::report::Finding;
use chemorad_protocol::{Candidate, CandidateTest, Criterion, Protocol};

/// The protocol's criteria; only those about the age where nothing but the age is known.
pub(super) fn eligibility_findings(
    case: &Case,
    protocol: &Protocol,
) -> Result<Vec<Finding>, SheetError> {
    let mut candidate: Candidate = case.eligibility.clone().unwrap_or_default();
    let age = case
        .patient
        .age
        .and_then(|age| age.years().to_string().parse().ok());
    if candidate.age_years.is_some() && age.is_some() && candidate.age_years != age {
        return Err(SheetError::Contradiction(
            "patient.age and eligibility.age_years differ: give the age once".into(),
        ));
    }
    candidate.age_years = candidate.age_years.or(age);
    let asks_age = |criterion: &Criterion| {
        criterion.tests.iter().any(|test| {
            matches!(
                test.value(),
                Some(CandidateTest::AgeAtLeast(_) | CandidateTest::AgeBetween { .. })
            )
        })
    };
    let findings = protocol.eligibility_by_criterion(&candidate).into_iter();
    let known = findings.filter(|(criterion, _)| {
        case.eligibility.is_some() || (age.is_some() && criterion.is_some_and(asks_age))
    });
    Ok(known.map(|(_, finding)| finding).collect())
}
