//! `protocol export`: a protocol for other systems, and as a page for people.

use chemorad::quantity::AlphaBeta;
use chemorad::report::Outcome;
use chemorad_exchange::{
    PrescriptionDetails, PrescriptionStatus, Sponsor, SponsorKind, StudyDetails, SubjectReference,
    markdown, radiotherapy_prescription, study_definition,
};
use chemorad_protocol::Located;
use clap::ValueEnum;

use crate::failure::Failure;
use crate::output::Context;
use crate::protocols;
use crate::refused;
use crate::report::Report;

/// Write a protocol for another system: CodeX radiotherapy prescriptions (FHIR R4), a USDM 4.0
/// study, or a page of Markdown.
#[derive(clap::Args)]
#[command(after_help = "A protocol that fails its lint is not exported.

Examples:
  chemorad protocol export NCT06949098 --to markdown --alpha-beta 10Gy > trial.md
  chemorad protocol export NCT06949098 --to usdm --sponsor \"Synthetic Hospital\" \\
    --sponsor-kind healthcare-facility --sponsor-identifier S-1 > trial.json
  chemorad protocol export NCT06949098 --to codex --course adjuvant --status draft \\
    --subject Patient/example --identifier-system urn:oid:2.999 --alpha-beta 10Gy")]
pub(super) struct Args {
    /// A protocol of the library by its id, or a file.
    #[arg(value_name = "ID|FILE")]
    protocol: String,
    /// For whom.
    #[arg(long, value_enum)]
    to: To,
    /// codex: the course, by its id.
    #[arg(long, value_name = "ID")]
    course: Option<String>,
    /// codex: the patient, Patient/ID, an address that ends so, or urn:uuid:UUID.
    #[arg(long, value_name = "REFERENCE")]
    subject: Option<SubjectReference>,
    /// codex: draft, active, on-hold, revoked, completed, entered-in-error or unknown.
    #[arg(long)]
    status: Option<PrescriptionStatus>,
    /// codex: the URI of the system that names your courses, phases and volumes.
    #[arg(long, value_name = "URI")]
    identifier_system: Option<String>,
    /// codex and markdown: give BED or EQD2 at this α/β; may be repeated.
    #[arg(long, value_name = "DOSE")]
    alpha_beta: Vec<AlphaBeta>,
    /// usdm: the registry that gave the protocol its id; an id of NCT and eight digits needs none.
    #[arg(long, value_name = "NAME")]
    registry: Option<String>,
    /// usdm: who is responsible for the study.
    #[arg(long, value_name = "NAME", requires_all = ["sponsor_kind", "sponsor_identifier"])]
    sponsor: Option<String>,
    /// usdm: academia, drug-company, governmental-agency or healthcare-facility.
    #[arg(long, requires = "sponsor")]
    sponsor_kind: Option<SponsorKind>,
    /// usdm: the number that the sponsor gave the study.
    #[arg(long, value_name = "ID", requires = "sponsor")]
    sponsor_identifier: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// HL7 CodeX radiotherapy prescriptions of one course, a FHIR R4 bundle.
    Codex,
    /// A study of CDISC's Unified Study Definitions Model 4.0.
    Usdm,
    /// A page for people.
    Markdown,
}

impl Args {
    pub(super) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        self.refuse()?;
        let protocol = protocols::coherent(context, &self.protocol)?;
        self.refuse_faults(context)?;
        match self.to {
            To::Markdown => Ok(Report::plain(markdown(&protocol, &self.alpha_beta))),
            To::Usdm => {
                let sponsor = match (self.sponsor, self.sponsor_kind, self.sponsor_identifier) {
                    (Some(name), Some(kind), Some(identifier)) => Some(Sponsor {
                        name,
                        kind,
                        identifier,
                    }),
                    _ => None,
                };
                let details = StudyDetails {
                    registry: self.registry,
                    sponsor,
                };
                Report::verbatim(&study_definition(&protocol, &details)?)
            }
            To::Codex => {
                let (Some(course), Some(subject), Some(status), Some(identifier_system)) = (
                    self.course,
                    self.subject,
                    self.status,
                    self.identifier_system,
                ) else {
                    let courses: Vec<&str> = protocol.courses.iter().map(|c| &*c.id).collect();
                    return Err(Failure::new(
                        refused::INPUT_MISSING,
                        format!(
                            "a prescription needs what a protocol does not say: --course ({}), --subject Patient/ID, --status ({}) and --identifier-system URI",
                            courses.join(", "),
                            PrescriptionStatus::ALL
                                .iter()
                                .map(|s| s.code())
                                .collect::<Vec<_>>()
                                .join(", ")
                        ),
                    ));
                };
                let details = PrescriptionDetails {
                    subject,
                    status,
                    identifier_system,
                    alpha_beta: self.alpha_beta,
                };
                Report::verbatim(&radiotherapy_prescription(&protocol, &course, &details)?)
            }
        }
    }

    /// A wrong number would go on into other systems, where no lint looks for it.
    fn refuse_faults(&self, context: &Context<'_>) -> Result<(), Failure> {
        let linted = protocols::linted(context, &self.protocol, None)?;
        let mut faults = linted.iter().flat_map(|file| {
            let failed = |l: &&Located| l.finding.outcome == Outcome::Fail;
            file.findings.iter().filter(failed).map(|l| (&file.name, l))
        });
        let Some((name, first)) = faults.next() else {
            return Ok(());
        };
        Err(Failure::new(
            refused::PROTOCOL_INCOHERENT,
            format!(
                "{name}:{}:{}: the protocol fails its lint and is not exported: {} ({}), and {} more; chemorad protocol lint shows everything",
                first.place.start.line,
                first.place.start.column,
                first.finding.message(),
                first.finding.code(),
                faults.count()
            ),
        ))
    }

    /// A flag of another format would be dropped unread.
    fn refuse(&self) -> Result<(), Failure> {
        let codex = self.course.is_some()
            || self.subject.is_some()
            || self.status.is_some()
            || self.identifier_system.is_some();
        if codex && self.to != To::Codex {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "--course, --subject, --status and --identifier-system belong to --to codex",
            ));
        }
        let usdm = self.registry.is_some() || self.sponsor.is_some();
        if usdm && self.to != To::Usdm {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "--registry and --sponsor belong to --to usdm",
            ));
        }
        if !self.alpha_beta.is_empty() && self.to == To::Usdm {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "--alpha-beta belongs to --to codex and --to markdown",
            ));
        }
        Ok(())
    }
}
