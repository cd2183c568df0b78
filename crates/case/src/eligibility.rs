//! The eligibility criteria of a protocol, as far as the case gives facts for them.

use super::case::Case;
use super::error::SheetError;
use chemorad::report::Finding;
use chemorad_protocol::{Candidate, CandidateTest, Protocol};

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
    let findings = protocol.eligibility_of(&candidate);
    if case.eligibility.is_some() {
        return Ok(findings);
    }
    let about_age = |finding: &Finding| {
        protocol.eligibility.iter().any(|criterion| {
            criterion.id.is(&finding.at())
                && criterion.tests.iter().any(|test| {
                    matches!(
                        test.value(),
                        Some(CandidateTest::AgeAtLeast(_) | CandidateTest::AgeBetween { .. })
                    )
                })
        })
    };
    Ok(findings
        .into_iter()
        .filter(|finding| age.is_some() && about_age(finding))
        .collect())
}
