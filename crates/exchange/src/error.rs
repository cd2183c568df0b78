//! Why nothing is exported.

use chemorad::capecitabine::CapecitabineDays;
use chemorad::report::{Finding, Outcome};

/// Why nothing is exported.
///
/// ```
/// use chemorad_exchange::{ExportError, RequestStatus};
/// let error = "ordered".parse::<RequestStatus>().unwrap_err();
/// assert!(matches!(error, ExportError::UnknownStatus { .. }));
/// assert!(error.to_string().contains("active, on-hold"));
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// A rule stops the drug, or the rules cannot tell.
    #[error(
        "the order has no dose, so there is nothing to request: {}",
        said(findings)
    )]
    NoDose {
        /// What stands against a dose.
        findings: Vec<Finding>,
    },
    /// A check failed or cannot tell, and nobody has accepted it with a reason.
    #[error(
        "the order has checks that failed or cannot tell: {}; correct the order, or give the fact or \
         the written reason that each asks for, before it is exported",
        said(findings)
    )]
    FailedChecks {
        /// The failed checks.
        findings: Vec<Finding>,
    },
    /// Neither the order nor the caller says on which days the drug is taken.
    #[error(
        "the order has no dates and does not say on which days the drug is taken, and a request \
         for \"2 times a day\" would read as every day: give the days (radiotherapy_days, \
         weekdays, calendar_days, or cycles such as 1-5/7x6)"
    )]
    DaysNotStated,
    /// The caller names other days than the order.
    #[error("the order has its tablets counted for {ordered}, and the export is asked for {given}")]
    OtherDays {
        /// The days of the order.
        ordered: CapecitabineDays,
        /// The days given.
        given: CapecitabineDays,
    },
    /// An active order says when it ends and how much is dispensed.
    #[error(
        "an order that is active needs its first and last day and the tablets to dispense, and this one has no \
         dates: give the dates of the fractions, or export it as a draft"
    )]
    ActiveWithoutDates,
    /// As many clock times as administrations, rising, are needed.
    #[error(
        "{given} times of day for {administrations} administrations a day: give one for each, \
         each later than the one before, or none"
    )]
    TimesOfDay {
        /// Administrations a day.
        administrations: usize,
        /// How many times were given.
        given: usize,
    },
    /// FHIR writes a clock time on a date with an offset from UTC.
    #[error(
        "times of day cannot be given for {days}: these are exported as dates, and FHIR wants an \
         offset from UTC for a time on a date, which the order does not have; leave the times out"
    )]
    TimesOnDates {
        /// The days.
        days: CapecitabineDays,
    },
    /// Not a reference to a patient.
    #[error(
        "{given:?} does not refer to a patient: expected Patient/ID (letters, digits, - and ., at \
         most 64), an http or https address ending in Patient/ID, or urn:uuid: with a UUID"
    )]
    Subject {
        /// What was given.
        given: String,
    },
    /// Not a status of a FHIR R4 medication request.
    #[error("{given:?} is no status of a medication request: expected one of {allowed}")]
    UnknownStatus {
        /// What was given.
        given: String,
        /// The codes.
        allowed: String,
    },
    /// Not a status of a FHIR R4 service request.
    #[error("{given:?} is no status of a radiotherapy prescription: expected one of {allowed}")]
    UnknownPrescriptionStatus {
        /// What was given.
        given: String,
        /// The codes.
        allowed: String,
    },
    /// The protocol has no such course.
    #[error("the protocol has no course {given:?}; it has: {}", known.join(", "))]
    UnknownCourse {
        /// What was given.
        given: String,
        /// The courses.
        known: Vec<String>,
    },
    /// A dose of the course is not settled.
    #[error(
        "course {course}: {why}; a prescription states one dose, so settle it in a file of your own first"
    )]
    Unsettled {
        /// The course.
        course: String,
        /// What is open.
        why: String,
    },
    /// No phase of the course counts in a sum.
    #[error(
        "course {course}: no phase of it is external beam radiotherapy whose dose is added up, and a course prescription states a total"
    )]
    NoExternalBeam {
        /// The course.
        course: String,
    },
    /// Not a URI.
    #[error(
        "{given:?} is no system of identifiers: expected a URI, such as urn:oid:2.999 or https://hospital.example/prescriptions"
    )]
    IdentifierSystem {
        /// What was given.
        given: String,
    },
    /// Nobody says who gave the protocol its id.
    #[error(
        "{id} is no number of ClinicalTrials.gov (NCT and eight digits): name the registry that it belongs to"
    )]
    Registry {
        /// The id of the protocol.
        id: String,
    },
    /// Nobody says who is responsible for the study.
    #[error(
        "a study names its sponsor, and the protocol file does not: give the sponsor's name, its kind ({kinds}) and the number that it gave the study"
    )]
    Sponsor {
        /// The kinds of sponsors.
        kinds: String,
    },
    /// Not a kind of sponsor.
    #[error("{given:?} is no kind of sponsor: expected one of {allowed}")]
    UnknownSponsorKind {
        /// What was given.
        given: String,
        /// The codes.
        allowed: String,
    },
    /// Not an intent of a FHIR R4 medication request.
    #[error("{given:?} is no intent of a medication request: expected one of {allowed}")]
    UnknownIntent {
        /// What was given.
        given: String,
        /// The codes.
        allowed: String,
    },
}

/// The messages of what failed or could not be told.
fn said(findings: &[Finding]) -> String {
    let messages: Vec<String> = against(findings)
        .map(|finding| format!("{} ({})", finding.message(), finding.code()))
        .collect();
    messages.join("; ")
}

/// The findings that stand against an export.
pub(crate) fn against(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings
        .iter()
        .filter(|finding| matches!(finding.outcome, Outcome::Fail | Outcome::CannotTell))
}

/// Enough of a text to recognise it.
pub(crate) fn start_of(text: &str) -> String {
    text.chars().take(60).collect()
}
