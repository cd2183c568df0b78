//! What several files say of whom and where they are, with its words.

use std::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};

use super::one_patient::{PatientAttribute, PatientComparison, PatientDifference, alike};
use super::patient::Patient;

type Name = Identifying<String>;

/// What was found when files were held against one another.
///
/// ```
/// use chemorad::report::{Finding, Outcome};
/// use chemorad_dosimetry::{IdentityFinding, Patient};
///
/// let patient = |id: &str| Patient { id: Some(id.into()), ..Patient::default() };
/// let (one, other) = (patient("607"), patient("706"));
/// let files = [("plan.dcm".into(), &one), ("dose.dcm".into(), &other)];
/// let finding: Finding = IdentityFinding::one_patient("files", &files).into();
/// assert_eq!(finding.outcome, Outcome::Fail);
/// assert_eq!(
///     finding.message(),
///     "the files are for different patients: the Patient ID of dose.dcm is not that of plan.dcm"
/// );
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum IdentityFinding {
    /// Whether the files are about one patient.
    OnePatient {
        /// What the files are, in the plural: `plans`.
        what: &'static str,
        /// What they are called.
        files: Vec<Name>,
        /// How their patients compare.
        comparison: PatientComparison,
    },
    /// A plan, alone or with its doses, of which no file states a Patient ID.
    Nobody {
        /// What they are called.
        files: Vec<Name>,
    },
    /// Plans with more than one frame of reference.
    FrameOfReference {
        /// The plans, those of one frame together.
        plans: Vec<Vec<Name>>,
    },
    /// Plans on more than one structure set.
    StructureSet {
        /// The plans, those of one structure set together.
        plans: Vec<Vec<Name>>,
    },
    /// Whether plans refer to a structure set that goes with them.
    Structures {
        /// The structure set.
        file: Name,
        /// The plans that refer to one.
        plans: Vec<Name>,
        /// One of them refers to it.
        referred: bool,
    },
}

pub(super) const PATIENT: Code = Code::new(
    "plan.patient",
    "One patient",
    "All plans, doses and structure sets of one course must have one Patient ID. Where the ID is one and the \
     name, the birth date, the sex or the issuer of the ID is not, one of them was corrected or mistyped; where \
     two or more differ, one ID may have been given to two people. Where no file has one, it cannot be told that \
     they are of one patient. The doses of different patients are not added.",
    "Give the files of one patient, or check each plan on its own. Where one attribute differs, \
     find out which file is right.",
)
.with_source("DICOM PS3.3 C.7.1.1, Patient Module");
pub(super) const FRAME_OF_REFERENCE: Code = Code::new(
    "plan.frame_of_reference",
    "Frame of reference",
    "The plans of the phases lie in different frames of reference: they are based on different images, as after \
     a new CT for the boost. Their doses cannot be added voxel by voxel without a registration.",
    "Make sure that the new images are meant, and that the doses are added in the planning system after \
     registration.",
)
.with_source("DICOM PS3.3 C.7.4.1, Frame of Reference UID (0020,0052)");
pub(super) const STRUCTURE_SET: Code = Code::new(
    "plan.structure_set",
    "Structure set",
    "The plans of the phases refer to different structure sets, so their targets and organs were drawn or \
     changed apart from one another.",
    "Make sure that each plan was made on the structures that are meant.",
)
.with_source("DICOM PS3.3 C.8.8.9, Referenced Structure Set Sequence (300C,0060)");

pub(super) const REFERENCES_STRUCTURES: Code = Code::new(
    "plan.references_structures",
    "Structure set of the plan",
    "A plan names the structure set it was made on by its SOP Instance UID. A structure set that no plan names is \
     that of another plan, or another version: targets and organs may have been drawn anew since.",
    "Export the structure set together with the plan, or find out which version the plan was made on.",
)
.with_source("DICOM PS3.3 C.8.8.9, Referenced Structure Set Sequence (300C,0060)");

impl IdentityFinding {
    /// Holds the patients of files against one another; `what` they are, in the plural.
    #[must_use]
    pub fn one_patient(what: &'static str, files: &[(Name, &Patient)]) -> Self {
        let patients: Vec<&Patient> = files.iter().map(|(_, patient)| *patient).collect();
        Self::OnePatient {
            what,
            files: files.iter().map(|(name, _)| name.clone()).collect(),
            comparison: PatientComparison::new(&patients),
        }
    }

    /// Whether plans lie in one frame of reference, as far as they state it; `None` when they do.
    #[must_use]
    pub fn frames(plans: &[(Name, Option<&str>)]) -> Option<Self> {
        let frames = alike(plans.iter().map(|(_, frame)| *frame));
        let plans = |places: &Vec<usize>| named(&mut plans.iter().map(|(name, _)| name), places);
        (frames.len() > 1).then(|| Self::FrameOfReference {
            plans: frames.iter().map(plans).collect(),
        })
    }

    /// Whether plans refer to one structure set, as far as they state it; `None` when they do.
    #[must_use]
    pub fn structure_sets(plans: &[(Name, &[String])]) -> Option<Self> {
        let first = |sets: &[String]| -> Option<Vec<String>> {
            let mut sets = sets.to_vec();
            sets.sort_unstable();
            (!sets.is_empty()).then_some(sets)
        };
        let sets = alike(plans.iter().map(|(_, sets)| first(sets)));
        let plans = |places: &Vec<usize>| named(&mut plans.iter().map(|(name, _)| name), places);
        (sets.len() > 1).then(|| Self::StructureSet {
            plans: sets.iter().map(plans).collect(),
        })
    }

    /// Whether one of these plans refers to a structure set that goes with them; `None` where none states
    /// what it refers to.
    ///
    /// ```
    /// use chemorad::report::{Finding, Outcome};
    /// use chemorad_dosimetry::IdentityFinding;
    ///
    /// let sets = ["2.25.4".to_string()];
    /// let plans = [("plan.dcm".into(), sets.as_slice())];
    /// let finding = |uid| IdentityFinding::structures("structures.dcm".into(), uid, &plans);
    /// assert_eq!(Finding::from(finding("2.25.4").unwrap()).outcome, Outcome::Pass);
    /// assert_eq!(Finding::from(finding("2.25.5").unwrap()).outcome, Outcome::CannotTell);
    /// ```
    #[must_use]
    pub fn structures(file: Name, uid: &str, plans: &[(Name, &[String])]) -> Option<Self> {
        let stating = || plans.iter().filter(|(_, sets)| !sets.is_empty());
        let referred = stating().any(|(_, sets)| sets.iter().any(|set| set == uid));
        let plans: Vec<Name> = stating().map(|(name, _)| name.clone()).collect();
        (!plans.is_empty()).then_some(Self::Structures {
            file,
            plans,
            referred,
        })
    }
}

fn named(names: &mut dyn Iterator<Item = &Name>, places: &[usize]) -> Vec<Name> {
    names
        .enumerate()
        .filter(|(place, _)| places.contains(place))
        .map(|(_, name)| name.clone())
        .collect()
}

fn listed(names: &[Name]) -> String {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    names.join(", ")
}

/// `a.dcm; b.dcm, c.dcm`.
fn grouped(plans: &[Vec<Name>]) -> String {
    let plans: Vec<String> = plans.iter().map(|plans| listed(plans)).collect();
    plans.join(" against ")
}

/// `the name of b.dcm is not that of a.dcm`, for every value but the first.
fn difference(difference: &PatientDifference, files: &[Name]) -> String {
    let names = |places: &Vec<usize>| listed(&named(&mut files.iter(), places));
    let Some((first, others)) = difference.alike.split_first() else {
        return String::new();
    };
    let others: Vec<String> = others.iter().map(names).collect();
    format!(
        "the {} of {} is not that of {}",
        difference.attribute,
        others.join(" and of "),
        names(first)
    )
}

impl Observation for IdentityFinding {
    fn code(&self) -> &Code {
        match self {
            Self::OnePatient { .. } | Self::Nobody { .. } => &PATIENT,
            Self::FrameOfReference { .. } => &FRAME_OF_REFERENCE,
            Self::StructureSet { .. } => &STRUCTURE_SET,
            Self::Structures { .. } => &REFERENCES_STRUCTURES,
        }
    }

    fn outcome(&self) -> Outcome {
        let comparison = match self {
            Self::OnePatient { comparison, .. } => comparison,
            Self::Structures { referred: true, .. } => return Outcome::Pass,
            // what was drawn anew since is not what the plan was made on
            Self::Structures { .. } => return Outcome::CannotTell,
            _ => return Outcome::Warn,
        };
        match comparison.differences.len() {
            _ if comparison.other_id() => Outcome::Fail,
            _ if !comparison.without_id.is_empty() => Outcome::CannotTell,
            0 => Outcome::Pass,
            1 => Outcome::Warn,
            _ => Outcome::CannotTell,
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::OnePatient { what, .. } => Subject::path(*what),
            Self::Nobody { .. } => Subject::path("files"),
            Self::FrameOfReference { .. } | Self::StructureSet { .. } => Subject::path("plans"),
            Self::Structures { file, .. } => Subject::source(file.clone()),
        }
    }

    fn values(&self) -> Values {
        match self {
            Self::OnePatient { .. } | Self::Nobody { .. } => Values::default(),
            Self::Structures { plans, .. } => {
                Values::expected(format!("the structure set of {}", listed(plans)))
            }
            Self::FrameOfReference { plans } => {
                Values::expected("one frame of reference").and_found(grouped(plans))
            }
            Self::StructureSet { plans } => {
                Values::expected("one structure set").and_found(grouped(plans))
            }
        }
    }
}

impl fmt::Display for IdentityFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnePatient {
                what,
                files,
                comparison,
            } => one_patient(f, what, files, comparison),
            Self::FrameOfReference { .. } => f.write_str(
                "the plans lie in different frames of reference: are they on different images, such as a new CT for the boost?",
            ),
            Self::Nobody { files } => write!(
                f,
                "no file says whom the plan is for (Patient ID), so whose it is must be known from elsewhere: {}",
                listed(files)
            ),
            Self::Structures { referred: true, .. } => {
                f.write_str("a plan refers to this structure set (SOP Instance UID)")
            }
            Self::Structures { .. } => f.write_str(
                "no plan refers to this structure set (SOP Instance UID): is it that of another plan, or another version?",
            ),
            Self::StructureSet { .. } => f.write_str(
                "the plans refer to different structure sets: was each made on the structures that are meant?",
            ),
        }
    }
}

fn one_patient(
    f: &mut fmt::Formatter<'_>,
    what: &str,
    files: &[Name],
    comparison: &PatientComparison,
) -> fmt::Result {
    let differences = |of_id: bool| -> String {
        let shown = comparison
            .differences
            .iter()
            .filter(|found| (found.attribute == PatientAttribute::Id) == of_id);
        let shown: Vec<String> = shown.map(|found| difference(found, files)).collect();
        shown.join("; ")
    };
    if comparison.other_id() {
        return write!(
            f,
            "the {what} are for different patients: {}",
            differences(true)
        );
    }
    let others = differences(false);
    if !comparison.without_id.is_empty() {
        if comparison.without_id.len() == files.len() {
            write!(f, "none of the {what} says whom it is for (Patient ID)")?;
        } else {
            write!(
                f,
                "not all {what} say whom they are for (Patient ID): it is missing in {}",
                listed(&named(&mut files.iter(), &comparison.without_id))
            )?;
        }
        return if others.is_empty() {
            Ok(())
        } else {
            write!(f, "; {others}")
        };
    }
    match comparison.differences.len() {
        0 => write!(f, "the {what} are for one patient (Patient ID)"),
        1 => write!(
            f,
            "the {what} have one Patient ID, but {others}: which one is right?"
        ),
        _ => write!(
            f,
            "the {what} have one Patient ID, but {others}: whether they are for one person cannot be told"
        ),
    }
}

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;
