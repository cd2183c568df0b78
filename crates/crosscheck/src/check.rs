//! The comparison as a whole: what goes in, and what comes out.

use core::fmt;

use super::assign::{ASSIGNMENT_RULE, Assigned, AssignedGroup, assign};
use super::input::{CrossCheckInput, Decisions};
use super::known::Item;
use super::mapping::{MappingError, TargetName};
use super::planned_volume_dose::{PlannedVolumeDose, doses_in_words};
use super::prescribed::Prescribed;
use super::structures::{called_by_region, is_open, told_apart};
use super::tolerance::{Tolerance, Tolerances};
use chemorad::report::Derivation;
use chemorad::report::{Finding, Identifying, Outcome, Subject};
use chemorad_dosimetry::{PatientFile, PlannedPrescription, same_name};

/// Why a comparison cannot be made at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CrossCheckError {
    /// There is nothing to compare.
    #[error("no plan and no planned prescription was given")]
    NothingPlanned,
    /// One plan came twice, and would be counted twice.
    #[error("{first} and {second} are the same plan (one SOP Instance UID): give it once")]
    SamePlanTwice {
        /// The first source.
        first: Identifying<String>,
        /// The second source.
        second: Identifying<String>,
    },
    /// A line that names a phase the course does not have.
    #[error("{place}: the course has no phase {given:?}; there are: {choices}")]
    UnknownPhase {
        /// The group.
        place: Box<Subject>,
        /// The phase it names.
        given: String,
        /// The phases of the course.
        choices: String,
    },
    /// An assignment by hand that cannot be used.
    #[error(transparent)]
    Mapping(#[from] MappingError),
}

/// The result of a comparison: every finding, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct CrossCheck {
    /// The worst of the findings.
    pub outcome: Outcome,
    /// What was found, in the order of the checks.
    pub findings: Vec<Finding>,
    /// Every dose that is planned, with the prescription that explains it.
    pub planned_doses: Vec<PlannedVolumeDose>,
    /// Which fraction group is matched to which phase, and why.
    pub assigned: Vec<AssignedGroup>,
    /// The rule by which it is matched.
    pub rule: &'static str,
    /// The tolerances, used or not.
    pub tolerances: Vec<Tolerance>,
    /// How the planned totals were reached.
    pub derivations: Vec<Derivation>,
    /// What the verdict is about.
    pub covers: &'static str,
    /// What the sources hold that was read and not judged.
    pub not_judged: Vec<NotRead>,
    /// What the sources may hold that was not read.
    pub not_read: Vec<NotRead>,
}

/// What the verdict of a check is about; part of every report.
pub const COVERS: &str = "It covers the prescription (fractions and their days, doses, targets, radiation), \
approval and intent, and whether the files belong together (patient, images, structure sets, doses). It does not \
cover geometry, nor whether the monitor units give the doses that are stated.";

/// A part of a source that was not read, or not judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotRead {
    /// The source.
    pub source: Identifying<String>,
    /// What it may hold.
    pub part: &'static str,
}

impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.part)
    }
}

/// As text.
impl serde::Serialize for NotRead {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

pub(super) struct Checker<'a> {
    pub(super) prescribed: &'a Prescribed,
    pub(super) planned: &'a [PlannedPrescription],
    pub(super) others: &'a [PatientFile],
    pub(super) names: &'a [TargetName],
    pub(super) tolerances: &'a Tolerances,
    pub(super) decisions: &'a Decisions,
    pub(super) not_assessable: usize,
    /// Plans to which the prescription does not apply.
    pub(super) not_applicable: usize,
    /// The fraction groups that are compared.
    pub(super) items: Vec<Item<'a>>,
    /// Their phases.
    pub(super) assigned: Vec<Assigned>,
    pub(super) findings: Vec<Finding>,
    pub(super) planned_doses: Vec<PlannedVolumeDose>,
    pub(super) derivations: Vec<Derivation>,
}

impl CrossCheck {
    /// Compares what was planned with what is prescribed.
    ///
    /// # Errors
    /// Nothing planned, one plan twice, an assignment by hand that cannot be used.
    pub fn new(input: &CrossCheckInput<'_>) -> Result<Self, CrossCheckError> {
        let called = told_apart(called_by_region(input.planned, input.others), input);
        let planned: &[PlannedPrescription] = &called;
        if planned.is_empty() {
            return Err(CrossCheckError::NothingPlanned);
        }
        for (at, plan) in planned.iter().enumerate() {
            let twin = planned
                .iter()
                .skip(at + 1)
                .find(|other| plan.uid.is_some() && other.uid == plan.uid);
            if let Some(twin) = twin {
                return Err(CrossCheckError::SamePlanTwice {
                    first: plan.source.clone(),
                    second: twin.source.clone(),
                });
            }
        }
        let volumes = input.prescribed.course.volumes();
        for (at, given) in input.names.iter().enumerate() {
            let mut before = input.names.iter().take(at);
            let other = before
                .find(|other| other.name == given.name && !same_name(&other.volume, &given.volume));
            if let Some(other) = other {
                return Err(CrossCheckError::Mapping(MappingError::TwoVolumes {
                    name: given.name.clone(),
                    first: other.volume.clone(),
                    second: given.volume.clone(),
                }));
            }
            if !volumes
                .iter()
                .any(|volume| same_name(&volume.name, &given.volume))
            {
                let choices: Vec<&str> =
                    volumes.iter().map(|volume| volume.name.as_str()).collect();
                return Err(CrossCheckError::Mapping(MappingError::Volume {
                    given: given.volume.clone(),
                    choices: choices.join(", "),
                }));
            }
        }
        let items: Vec<Item<'_>> = planned
            .iter()
            .flat_map(|plan| {
                let groups = plan.groups.iter().enumerate();
                groups.map(move |(place, group)| Item {
                    plan,
                    place,
                    group,
                    names: input.names,
                })
            })
            .collect();
        let phases = input.prescribed.course.phases();
        for item in &items {
            let known = |name: &String| phases.iter().any(|phase| same_name(phase.name(), name));
            if let Some(given) = item.group.phase.as_ref().filter(|name| !known(name)) {
                let choices: Vec<&str> = phases.iter().map(|phase| phase.name().as_str()).collect();
                return Err(CrossCheckError::UnknownPhase {
                    place: Box::new(item.name()),
                    given: given.chars().take(60).collect(),
                    choices: choices.join(", "),
                });
            }
        }
        let (items, assigned) = assign(items, input)?;
        let compared = |plan: &&PlannedPrescription| {
            plan.kind.applies() || items.iter().any(|item| core::ptr::eq(item.plan, *plan))
        };
        let not_applicable = planned.len() - planned.iter().filter(compared).count();
        let mut checker = Checker {
            prescribed: input.prescribed,
            planned,
            others: input.others,
            names: input.names,
            tolerances: input.tolerances,
            decisions: input.decisions,
            not_assessable: input.not_assessable,
            not_applicable,
            items,
            assigned,
            findings: Vec::new(),
            planned_doses: Vec::new(),
            derivations: Vec::new(),
        };
        checker.check_completeness();
        checker.account_for_groups();
        checker.check_phases();
        checker.check_order();
        checker.check_weeks();
        checker.check_totals();
        checker.check_identity(input);
        checker.check_plans();
        checker.check_doses_of_files(input.doses);
        Ok(checker.finish(input))
    }
}

impl<'a> Checker<'a> {
    pub(super) fn push(&mut self, finding: impl Into<Finding>) {
        self.findings.push(finding.into());
    }

    /// The groups of a phase.
    pub(super) fn items_of(&self, phase: usize) -> Vec<Item<'a>> {
        let all = self.items.iter().zip(&self.assigned);
        all.filter(|(_, assigned)| assigned.phase() == Some(phase))
            .map(|(item, _)| *item)
            .collect()
    }

    /// Sources that could hold a phase that none of the groups is: those that were not read, that the
    /// prescription does not apply to, that do not state their fractions.
    pub(super) fn unseen(&self) -> usize {
        let silent = |plan: &&PlannedPrescription| plan.kind.applies() && plan.groups.is_empty();
        self.not_assessable + self.not_applicable + self.planned.iter().filter(silent).count()
    }

    /// Whether a group is of a phase that is not compared.
    pub(super) fn is_left_out(&self, assigned: &Assigned) -> bool {
        assigned
            .phase()
            .is_some_and(|at| !self.prescribed.phases.contains(&at))
    }

    pub(super) fn items_with_phase(&self) -> usize {
        self.assigned.iter().filter(|a| a.phase().is_some()).count()
    }

    fn finish(self, input: &CrossCheckInput<'_>) -> CrossCheck {
        let phases = self.prescribed.course.phases();
        let assigned = self
            .items
            .iter()
            .zip(&self.assigned)
            .map(|(item, assigned)| {
                let phase = assigned.phase().and_then(|at| phases.get(at));
                AssignedGroup {
                    group: item.name(),
                    planned: item.summary(),
                    phase: phase.map(|phase| phase.name().to_string()),
                    prescribed: phase.map(doses_in_words),
                    because: assigned.because.clone(),
                }
            })
            .collect();
        let mut not_read: Vec<NotRead> = Vec::new();
        let plans = input
            .planned
            .iter()
            .map(|plan| (&plan.source, &plan.not_read));
        // it is compared with another plan's, and with a structure set that is given
        let with_structures = |plan: &&PlannedPrescription| !plan.structure_sets.is_empty();
        let compared = input.planned.iter().filter(with_structures).count() > 1
            || input.others.iter().any(|file| file.uid.is_some());
        let not_judged = input.planned.iter().flat_map(|plan| {
            let open = with_structures(&plan) && !compared;
            let structures = open.then_some(&"reference to the structure set");
            let regions = is_open(plan, input.others);
            let regions = regions.then_some(
                &"regions that targets refer to (Referenced ROI Number), as the structure set was not given",
            );
            let parts = plan.not_judged.iter().chain(structures).chain(regions);
            parts.map(|part| NotRead {
                source: plan.source.clone(),
                part,
            })
        });
        let not_judged = not_judged.collect();
        let doses = input
            .doses
            .iter()
            .map(|dose| (&dose.source, &dose.not_read));
        for (source, parts) in plans.chain(doses) {
            not_read.extend(parts.iter().map(|part| NotRead {
                source: source.clone(),
                part,
            }));
        }
        CrossCheck {
            outcome: Outcome::worst(self.findings.iter().map(|finding| finding.outcome)),
            findings: self.findings,
            planned_doses: self.planned_doses,
            assigned,
            rule: ASSIGNMENT_RULE,
            tolerances: self.tolerances.iter().cloned().collect(),
            derivations: self.derivations,
            covers: COVERS,
            not_judged,
            not_read,
        }
    }
}

/// What the reading of a source has to say, with the place in the source.
pub(super) fn passed_on(source: &Identifying<String>, note: &Finding) -> Finding {
    let place = Subject::source(source.clone()).part(note.subject().clone());
    note.clone().about(place)
}
