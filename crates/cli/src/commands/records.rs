//! Records of treatment for the commands that take what was given from them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};

use chemorad::radiotherapy::{FractionCount, Fractionation};
use chemorad::report::{Finding, Identifying, Outcome, Subject};
use chemorad_crosscheck::{
    CrossCheck, CrossCheckInput, Decisions, PlanFinding, Prescribed, Tolerances,
};
use chemorad_dicom::{
    DeliveryFinding, GivenTreatment, Kind, Plan, ReadError, RecordFinding, TreatmentRecord,
    records_against_plan,
};
use chemorad_dosimetry::{IdentityFinding, PlannedGroup, PlannedPrescription, TypedPrescription};

use crate::failure::{Failure, Refusal};
use crate::files::FileKind;
use crate::input::open_dicom;
use crate::output::Context;
use crate::refused;

/// Records of treatment, and what is to be known of the other files of their folders.
pub(super) struct Records {
    given: Vec<Named>,
    /// The plans that lie with them.
    plans: Vec<(Identifying<String>, Plan)>,
    findings: Vec<Finding>,
}

impl Records {
    /// Reads files, and of a folder its records; other files in it are not.
    pub(super) fn read(context: &Context<'_>, paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut read = Self {
            given: Vec::new(),
            plans: Vec::new(),
            findings: Vec::new(),
        };
        let mut of_plans = Vec::new();
        for path in paths {
            if context.is_folder(path) {
                read.folder(context, path)?;
            } else if let Some(plan) = plan_at(context, path)? {
                read.plans.push(plan_called(path, plan));
                of_plans.push(path);
            } else {
                read.given.push(named(context, path)?);
            }
        }
        if let (true, Some(path)) = (read.given.is_empty(), of_plans.first()) {
            // a plan alone is no record
            read.given.push(named(context, path)?);
        }
        Ok(read)
    }

    fn folder(&mut self, context: &Context<'_>, path: &Path) -> Result<(), Failure> {
        let before = self.given.len();
        let entries = context.files.list(path).map_err(|error| {
            Failure::at(
                &format!("cannot read the folder {}: ", path.display()),
                &error,
            )
        })?;
        for entry in entries {
            if matches!(context.files.kind(&entry.path), Ok(FileKind::File)) {
                match found(context, &entry.path)? {
                    Found::Record(record) => self.given.push(*record),
                    Found::Plan(plan) => self.plans.push(plan_called(&entry.path, *plan)),
                    Found::NotRead(finding) => self.findings.push(finding),
                    Found::Other => {}
                }
            }
        }
        if self.given.len() == before {
            return Err(Failure::new(
                refused::DICOM_NONE,
                format!(
                    "there is no RT Beams Treatment Record in {}: name the files, or a folder that holds them",
                    path.display()
                ),
            ));
        }
        Ok(())
    }

    /// The fractions that these records say were given.
    pub(super) fn given(&self) -> GivenTreatment {
        let sessions: Vec<(Subject, &TreatmentRecord)> = self
            .given
            .iter()
            .map(|(name, record)| (Subject::source(name.clone()), record))
            .collect();
        let mut given = GivenTreatment::of(&sessions);
        given.findings.extend(self.findings.iter().cloned());
        let records: Vec<&TreatmentRecord> = self.given.iter().map(|(_, one)| one).collect();
        for (name, plan) in &self.plans {
            let mut against = records_against_plan(&records, plan);
            if self.plans.len() > 1 {
                for finding in &mut against {
                    finding.remark(InPlan(name.clone()));
                }
            }
            given.findings.extend(against);
        }
        given.know_plans(self.plans.iter().map(|(_, plan)| plan));
        let uid = |plan: &Plan| Some(plan.identity.sop_instance.as_ref()?.reveal().clone());
        let known: Vec<String> = self
            .plans
            .iter()
            .filter_map(|(_, plan)| uid(plan))
            .collect();
        let is_known = |record: &&TreatmentRecord| {
            let uid = record.plan();
            uid.is_some_and(|uid| known.iter().any(|known| known == uid))
        };
        let compared = records.iter().filter(|record| is_known(record)).count();
        if compared == 0 && !self.plans.is_empty() {
            let plans = self.plans.iter().map(|(name, _)| name.clone()).collect();
            given
                .findings
                .push(DeliveryFinding::OtherPlans { plans }.into());
        }
        if compared < records.len() {
            given.findings.push(DeliveryFinding::NoPlan.into());
        }
        given
    }
}

/// Which of several plans a finding is about.
#[derive(Debug)]
struct InPlan(Identifying<String>);

impl fmt::Display for InPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the plan is {}", self.0)
    }
}

/// Codes of the cross-check that say whether a plan is that of a phase.
const OF_A_PHASE: [&str; 2] = ["rx.fractions", "rx.dose_per_fraction"];
/// The code that says whether a dose that a plan states for a target is a prescribed one.
const STATED_DOSE: &str = "rx.prescription";

impl Records {
    /// What the cross-check says against the plans of the records: whether each is for treatment, whether a
    /// fraction group has the fractions and the dose of its phase, which are matched in the order in which they
    /// were given, and whether a dose that it states is one of the course. No phases are compared where none are given.
    pub(super) fn plans_against(
        &self,
        given: &GivenTreatment,
        phases: &[Fractionation],
    ) -> Result<Vec<Finding>, Failure> {
        let places = given.phase_groups(phases);
        let is_given = |planned: &PlannedPrescription| {
            let mut fractions = given.fractions.iter();
            fractions.any(|fraction| fraction.plan == planned.uid)
        };
        let mut found: Vec<Finding> = Vec::new();
        for (name, plan) in &self.plans {
            let planned = plan.to_planned(name.clone());
            if !is_given(&planned) {
                continue;
            }
            found.extend(
                PlanFinding::of_standing(&planned)
                    .into_iter()
                    .map(Into::into),
            );
            let mut of_parts = Vec::new();
            for (at, place) in places.iter().enumerate() {
                let (true, Some(phase)) = (
                    place.plan == planned.uid.as_deref(),
                    phases.get(place.phase),
                ) else {
                    continue;
                };
                let mut of_group = planned.clone();
                if of_group.groups.len() > 1 {
                    of_group.groups.retain(|one| one.number == place.group);
                }
                let next = places.get(at + 1);
                let is_replaced = next.is_some_and(|next| next.plan != place.plan);
                let has_more = |one: &PlannedGroup| {
                    one.fractions
                        .is_some_and(|count| count > phase.fractions().get())
                };
                let is_replaced = is_replaced && of_group.groups.iter().all(has_more);
                let own_count = is_replaced || place.is_part;
                if own_count {
                    let counts = of_group.groups.iter().filter_map(|one| one.fractions);
                    of_parts.extend(counts.filter_map(|count| as_often(*phase, count)));
                }
                let checked = cross_check(of_group, std::slice::from_ref(phase), place.phase + 1)?;
                let against = checked.findings.into_iter().filter(|one| {
                    one.outcome == Outcome::Fail
                        && OF_A_PHASE.contains(&one.code())
                        && !(own_count && one.is("rx.fractions"))
                });
                found.extend(against);
            }
            if places
                .iter()
                .any(|place| place.plan == planned.uid.as_deref())
            {
                found.extend(stated_against(&planned, phases, &of_parts)?);
            }
        }
        // a plan that does not say whether it is approved was treated all the same
        found.retain(|one| matches!(one.outcome, Outcome::Fail | Outcome::Warn));
        Ok(said_once(found))
    }
}

/// What is found of several plans in the same words, as one: plans that are made anew each day are alike.
fn said_once(found: Vec<Finding>) -> Vec<Finding> {
    let mut places: HashMap<(&'static str, String), usize> = HashMap::new();
    let mut once: Vec<(Finding, usize)> = Vec::new();
    for finding in found {
        let words = format!(
            "{}; {:?}; {:?}",
            finding.message(),
            finding.expected(),
            finding.found()
        );
        let place = *places.entry((finding.code(), words)).or_insert(once.len());
        match once.get_mut(place) {
            Some((_, others)) => *others += 1,
            None => once.push((finding, 0)),
        }
    }
    let told = once.into_iter().map(|(mut finding, others)| {
        match others {
            0 => {}
            1 => finding.remark("the same is found once more, for another plan or fraction group"),
            _ => finding.remark(format!(
                "the same is found {others} times more, for other plans or fraction groups"
            )),
        }
        finding
    });
    told.collect()
}

/// The dose per fraction of a phase, so many times; none where it is not that of every fraction.
fn as_often(phase: Fractionation, count: u32) -> Option<Fractionation> {
    let doses = phase.doses();
    let dose = *doses.first()?;
    let alike = doses.iter().all(|one| *one == dose);
    let count = FractionCount::new(count).ok()?;
    alike.then(|| Fractionation::from_dose_per_fraction(dose, count).ok())?
}

/// The doses that a plan states for targets, where none of them is one of the course, of a phase, or of the
/// plan's own part of a phase: another target of it may get another dose than the one that is typed.
fn stated_against(
    planned: &PlannedPrescription,
    phases: &[Fractionation],
    of_parts: &[Fractionation],
) -> Result<Vec<Finding>, Failure> {
    let mut failed: Vec<Finding> = Vec::new();
    let prescriptions = std::iter::once(phases).chain(of_parts.iter().map(std::slice::from_ref));
    for prescription in prescriptions {
        let checked = cross_check(planned.clone(), prescription, 1)?;
        let of_doses = checked.findings.into_iter();
        let of_doses: Vec<Finding> = of_doses.filter(|one| one.is(STATED_DOSE)).collect();
        let agrees = |one: &Finding| matches!(one.outcome, Outcome::Pass | Outcome::Warn);
        if of_doses.iter().any(agrees) {
            return Ok(Vec::new());
        }
        if failed.is_empty() {
            let of_doses = of_doses.into_iter();
            failed = of_doses
                .filter(|one| one.outcome == Outcome::Fail)
                .collect();
        }
    }
    Ok(failed)
}

/// A plan against phases in sequence, which are called by their numbers from the first on.
fn cross_check(
    planned: PlannedPrescription,
    phases: &[Fractionation],
    first: usize,
) -> Result<CrossCheck, Failure> {
    let typed = (first..)
        .zip(phases)
        .map(|(number, phase)| TypedPrescription {
            phase: Some(number.to_string()),
            volume: None,
            fractionation: *phase,
        });
    let prescribed = Prescribed::typed(&typed.collect::<Vec<_>>())?;
    Ok(CrossCheck::new(&CrossCheckInput {
        prescribed: &prescribed,
        planned: &[planned],
        doses: &[],
        others: &[],
        mapping: &[],
        names: &[],
        tolerances: &Tolerances::default(),
        decisions: &Decisions::default(),
        not_assessable: 0,
    })?)
}

/// Whether the records of all courses are of one patient.
pub(super) fn one_patient(of: &[&Records]) -> Option<Finding> {
    let records = of.iter().flat_map(|records| &records.given);
    let mut patients: Vec<_> = records
        .map(|(name, record)| (name.clone(), &record.patient))
        .collect();
    let of_records = patients.len();
    let plans = of.iter().flat_map(|records| &records.plans);
    patients.extend(plans.map(|(name, plan)| (name.clone(), &plan.patient)));
    let what = if patients.len() == of_records {
        "records"
    } else {
        "records and plans"
    };
    let patient: Finding = IdentityFinding::one_patient(what, &patients).into();
    (patient.outcome != Outcome::Pass && patients.len() > 1).then_some(patient)
}

/// Records that are given for two courses: their fractions would count twice.
pub(super) fn in_two_courses(of: &[(&str, &Records)]) -> Vec<Finding> {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    let mut twice = Vec::new();
    for (course, records) in of {
        for (name, record) in &records.given {
            let Some(uid) = &record.identity.sop_instance else {
                continue;
            };
            let first = *known.entry(uid.reveal()).or_insert(course);
            if first != *course {
                let course = first.into();
                let finding = Finding::from(RecordFinding::Elsewhere { course });
                twice.push(finding.about(Subject::source(name.clone())));
            }
        }
    }
    twice
}

type Named = (Identifying<String>, TreatmentRecord);

/// With the name of its file, withheld where it is the patient's.
fn plan_called(path: &Path, plan: Plan) -> (Identifying<String>, Plan) {
    let name = path.display().to_string();
    (plan.patient.identity().text(name), plan)
}

/// With the name of its file, withheld where it is the patient's.
fn called(path: &Path, record: TreatmentRecord) -> Named {
    let name = path.display().to_string();
    (record.patient.identity().text(name), record)
}

fn named(context: &Context<'_>, path: &Path) -> Result<Named, Failure> {
    let record = open_dicom(context, path, false).and_then(|file| file.treatment_record());
    match record {
        Ok(record) => Ok(called(path, record)),
        Err(error @ ReadError::Io { .. }) => Err(error.into()),
        Err(error) => Err(Failure::at(&format!("{}: ", path.display()), &error)),
    }
}

/// The plan in a file, where it is one.
fn plan_at(context: &Context<'_>, path: &Path) -> Result<Option<Plan>, Failure> {
    match open_dicom(context, path, false) {
        Ok(file) if matches!(file.kind(), Kind::Plan | Kind::IonPlan) => match file.plan() {
            Ok(plan) => Ok(Some(plan)),
            Err(error) => Err(Failure::at(&format!("{}: ", path.display()), &error)),
        },
        // said when it is read as a record
        _ => Ok(None),
    }
}

enum Found {
    Record(Box<Named>),
    Plan(Box<Plan>),
    /// A record of a kind that is not read.
    NotRead(Finding),
    Other,
}

fn found(context: &Context<'_>, path: &Path) -> Result<Found, Failure> {
    let file = match open_dicom(context, path, false) {
        Err(ReadError::NotDicom { .. }) => return Ok(Found::Other),
        Err(_) => return named(context, path).map(Box::new).map(Found::Record),
        Ok(file) => file,
    };
    match file.kind() {
        Kind::TreatmentRecord | Kind::IonTreatmentRecord => {
            named(context, path).map(Box::new).map(Found::Record)
        }
        Kind::Plan | Kind::IonPlan => match file.plan() {
            Ok(plan) => Ok(Found::Plan(Box::new(plan))),
            Err(error) => Err(Failure::at(&format!("{}: ", path.display()), &error)),
        },
        kind if kind.is_unread_record() => {
            let name = path.display().to_string();
            let name = match file.patient() {
                Ok((patient, _)) => patient.identity().text(name),
                Err(error) => return Err(Failure::at(&format!("{name}: "), &error)),
            };
            let finding = Finding::from(RecordFinding::NotRead {
                kind: kind.to_string(),
                summary: *kind == Kind::TreatmentSummaryRecord,
            });
            Ok(Found::NotRead(finding.about(Subject::source(name))))
        }
        _ => Ok(Found::Other),
    }
}

/// Nothing is calculated from records that contradict one another or leave open what was given.
pub(super) fn settled(findings: &[Finding]) -> Result<(), Failure> {
    let open = |finding: &&Finding| matches!(finding.outcome, Outcome::Fail | Outcome::CannotTell);
    let findings: Vec<&Finding> = findings.iter().filter(open).collect();
    if findings.is_empty() {
        return Ok(());
    }
    let outcome = Outcome::worst(findings.iter().map(|finding| finding.outcome));
    let refusal = |finding: &&Finding| Refusal::new(*finding.entry(), finding.to_string());
    let failure = Failure::all(findings.iter().map(refusal).collect());
    let place = "what was given cannot be taken from the records:\n";
    Err(failure.after(place).judged(outcome))
}
