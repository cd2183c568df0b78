//! The flags of an order as a FHIR resource.

use chemorad::capecitabine::{CapecitabineDays, CapecitabineOrder};
use chemorad::radiotherapy::treatment_date;
use chemorad_exchange::{
    ExportError, MedicationRequest, RequestDetails, RequestIntent, RequestStatus, SubjectReference,
};
use jiff::civil::{Date, Time};

use crate::failure::Failure;
use crate::refused;
use crate::report::Report;

#[derive(clap::Args)]
#[command(next_help_heading = "With --export fhir (nothing of it has a default)")]
pub(crate) struct RequestArgs {
    /// The patient: Patient/ID, an address that ends so, or urn:uuid:UUID.
    #[arg(long, value_name = "REFERENCE")]
    subject: Option<SubjectReference>,
    /// draft, active, on-hold, cancelled, completed, entered-in-error, stopped or unknown.
    #[arg(long)]
    status: Option<RequestStatus>,
    /// proposal, plan, order, original-order, reflex-order, filler-order, instance-order or option.
    #[arg(long)]
    intent: Option<RequestIntent>,
    /// When the request was written; left out unless given.
    #[arg(long, value_name = "DATE", value_parser = treatment_date)]
    authored_on: Option<Date>,
    /// A clock time for each administration of a day: 07:00,18:00; left out unless given.
    #[arg(long, value_name = "TIMES", value_delimiter = ',', value_parser = clock)]
    times_of_day: Vec<Time>,
}

fn clock(text: &str) -> Result<Time, String> {
    let shape = text.len() == 5 && text.as_bytes()[2] == b':';
    let time = shape.then(|| text.parse().ok()).flatten();
    time.ok_or_else(|| "write hours and minutes, for example 07:00".into())
}

impl RequestArgs {
    /// Without `--export fhir` these flags would be dropped unread.
    pub(crate) fn refuse(&self) -> Result<(), Failure> {
        let given = self.subject.is_some()
            || self.status.is_some()
            || self.intent.is_some()
            || self.authored_on.is_some()
            || !self.times_of_day.is_empty();
        if given {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "--subject, --status, --intent, --authored-on and --times-of-day belong to --export fhir",
            ));
        }
        Ok(())
    }

    fn details(&self, days: Option<CapecitabineDays>) -> Result<RequestDetails, Failure> {
        match (&self.subject, self.status, self.intent) {
            (Some(subject), Some(status), Some(intent)) => Ok(RequestDetails {
                subject: subject.clone(),
                status,
                intent,
                authored_on: self.authored_on,
                days,
                times_of_day: self.times_of_day.clone(),
            }),
            (subject, status, intent) => {
                let codes = |all: Vec<&str>| all.join(", ");
                let statuses = codes(RequestStatus::ALL.iter().map(|one| one.code()).collect());
                let intents = codes(RequestIntent::ALL.iter().map(|one| one.code()).collect());
                let missing: Vec<String> = [
                    subject
                        .is_none()
                        .then(|| "--subject, such as Patient/ID".to_string()),
                    status.is_none().then(|| format!("--status ({statuses})")),
                    intent.is_none().then(|| format!("--intent ({intents})")),
                ]
                .into_iter()
                .flatten()
                .collect();
                Err(Failure::new(
                    refused::INPUT_MISSING,
                    format!(
                        "a FHIR request needs what an order does not say; missing: {}",
                        missing.join("; ")
                    ),
                ))
            }
        }
    }

    pub(crate) fn report(
        &self,
        order: &CapecitabineOrder,
        days: Option<CapecitabineDays>,
    ) -> Result<Report, Failure> {
        let details = self.details(days)?;
        let request = MedicationRequest::new(order, &details).map_err(|error| {
            let refused = matches!(
                error,
                ExportError::NoDose { .. } | ExportError::FailedChecks { .. }
            );
            let failure = Failure::from(error);
            if refused {
                failure.judged(order.outcome())
            } else {
                failure
            }
        })?;
        Report::verbatim(&request)
    }
}
