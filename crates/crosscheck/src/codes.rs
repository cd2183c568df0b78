//! The codes of the comparison: what each means and what to do.

use chemorad::report::Code;

pub(super) const PHASES: Code = Code::new(
    "rx.phases",
    "Phases",
    "Every prescribed phase has one fraction group, every group is a phase, and their order is that of the \
     protocol as far as the sources state it. A phase without a plan is not treated; a group of no phase, \
     such as an old version of a plan, is treated as well.",
    "Give every plan of the course, each once. Where a group's phase cannot be told, assign the group to it.",
);
pub(super) const FRACTIONS: Code = Code::new(
    "rx.fractions",
    "Number of fractions",
    "The number of fractions of each phase is compared, and must be equal. The total alone is not a check: 20 \
     fractions of 1.8 Gy planned for 12 of 3 Gy give the same 36 Gy with another effect.",
    "Correct the number of fractions in the plan, or the prescription.",
);
pub(super) const DOSE_PER_FRACTION: Code = Code::new(
    "rx.dose_per_fraction",
    "Dose per fraction",
    "The dose per fraction is compared with the prescribed one, within a stated tolerance. The effect on late \
     reacting tissue depends on it as much as on the total.",
    "Correct the plan or the prescription. A difference of exactly 100 times is centigray for gray.",
);
pub(super) const TOTAL: Code = Code::new(
    "rx.total",
    "Total dose",
    "The total dose of each phase, and the cumulative dose of each volume over all phases, are compared \
     exactly, within a stated tolerance.",
    "Correct the plan or the prescription.",
);
pub(super) const ARITHMETIC: Code = Code::new(
    "rx.arithmetic",
    "Entered numbers",
    "Where fractions, dose per fraction and total are all entered, the product of the first two must be the \
     third. Where it is not, one of the three is wrong, and the machine uses only two of them.",
    "Find the wrong number and correct it in the record.",
);
pub(super) const NOT_PRESCRIBED: Code = Code::new(
    "rx.not_prescribed",
    "Doses nobody prescribed",
    "Every planned dose is one that is prescribed: to its volume, in its phase. A dose to another volume, a second \
     one to the same volume, or another dose to a volume inside the one that is treated is given as well, and no \
     comparison of the prescribed doses shows it.",
    "Take the dose out of the plan or the record, or correct the prescription. Where it is to a prescribed volume \
     by another name, say which.",
);
pub(super) const PRESCRIPTION: Code = Code::new(
    "rx.prescription",
    "Dose stated for a target",
    "The dose that a plan states for its target is compared with the prescribed dose of its phase, or with the \
     cumulative dose that earlier phases are part of.",
    "Correct the prescription in the plan, or say which volume its target is.",
);
pub(super) const VOLUME_MATCH: Code = Code::new(
    "rx.volume_match",
    "Names of targets",
    "The names of a plan's targets are compared with the prescribed volumes. A right dose to a wrong volume is \
     not found by any comparison of numbers. A name contradicts its plan where it is that of an organ at risk, where \
     two volumes refer to one region, and where each of two names states the dose of the other.",
    "Check whether the target is the prescribed volume, and say so.",
);
pub(super) const BEAM_SUM: Code = Code::new(
    "plan.beam_sum",
    "Sum of the beams",
    "Fractions times the sum of the beam doses is compared with the dose the plan states for its target. The \
     two are written by different parts of a planning system and differ where a plan was scaled or copied. Where \
     the plan names the point that the beam doses are doses of, they may differ from the dose of the target; \
     doses at different points are not added.",
    "Look in the planning system which of the two is delivered. Where the stated dose is cumulative, do not \
     divide it by this plan's fractions. Where the sum of the beams cannot be told, a person \
     can accept the stated dose for a reason that is printed.",
);
pub(super) const MULTIPLE_TARGETS: Code = Code::new(
    "plan.multiple_targets",
    "Targets of a plan",
    "All targets a plan states are listed and compared. None is chosen by its position, which means nothing.",
    "Look which of the targets the prescription is for.",
);
pub(super) const KIND: Code = Code::new(
    "plan.kind",
    "Kind of plan",
    "The prescription is for external beams of photons or electrons. The same dose of ions or of brachytherapy \
     has another effect: fractions, application setups and stated doses of such plans are compared as numbers, \
     what is not compared is named, and the plan does not pass.",
    "Give the external beam plan, or let a person judge what was not compared.",
);
pub(super) const FRACTIONS_PER_WEEK: Code = Code::new(
    "rx.fractions_per_week",
    "Fractions a week",
    "The days a plan states for its fractions are compared with the fractions a week of the protocol, or of the \
     site where the protocol states none. Without either, more than one fraction a day or five a week cannot be \
     judged: the same fractions in less time have another effect.",
    "Correct the days in the plan, or give the site's number of fractions a week.",
)
.with_source("DICOM PS3.3 C.8.8.13, Fraction Pattern (300A,007B)");
pub(super) const TARGET_LIMITS: Code = Code::new(
    "plan.target_limits",
    "Limits of a target",
    "The least and the largest dose that a plan allows its target, and the dose at which delivery stops, must \
     allow the dose of the target. A limit of more than twice the dose, or of less than half of it, may be in another unit; so may a limit of an \
     organ of more than ten times the largest dose of the course.",
    "Correct the limits in the planning system. A machine may stop a treatment at the delivery maximum.",
)
.with_source("DICOM PS3.3 C.8.8.10, Target Minimum, Target Maximum and Delivery Maximum Dose");
pub(super) const DESCRIPTION: Code = Code::new(
    "plan.description",
    "Prescription in words",
    "The plan says in words what is prescribed. Nothing reads it: it is shown for a person to compare.",
    "Compare the words with the prescription.",
)
.with_source("DICOM PS3.3 C.8.8.10, Prescription Description (300A,000E)");
pub(super) const RADIATION: Code = Code::new(
    "plan.radiation",
    "Radiation",
    "The radiation of the treatment beams is that of the protocol, or photons or electrons where it names none. \
     The same absorbed dose of neutrons, protons or ions has another effect.",
    "Look at the beams in the planning system. Where the radiation is meant, the prescription is another one.",
)
.with_source("DICOM PS3.3 C.8.8.14, Radiation Type (300A,00C6)");
pub(super) const APPROVAL: Code = Code::new(
    "plan.approval",
    "Approval",
    "A plan that is treated must have been reviewed and approved. An export can hold an earlier version.",
    "Check the approved version of the plan.",
);
pub(super) const INTENT: Code = Code::new(
    "plan.intent",
    "Intent",
    "Plans for verification or for the machine alone are exported like plans for treatment, with the same names. \
     A plan for verification, machine quality assurance or service fails.",
    "Give the plan that is meant for treatment.",
);
pub(super) const UNITS: Code = Code::new(
    "dose.units",
    "Unit of a dose file",
    "The numbers of a dose file are gray, or relative to something the file does not say. Relative dose is \
     never compared with gray.",
    "Export the dose again as absolute dose in gray.",
);
pub(super) const TYPE: Code = Code::new(
    "dose.type",
    "Kind of dose",
    "A prescription is absorbed dose. A file with dose weighted for effect, such as EQD2, or with a difference \
     of doses is not it.",
    "Give the file with the absorbed dose.",
);
pub(super) const SUM_TYPE: Code = Code::new(
    "dose.sum_type",
    "What a dose file sums",
    "A dose file holds the dose of a whole plan, of several, or of a part such as one beam. A part is not the \
     dose of the plan.",
    "Give the dose of the whole plan, or all its parts summed.",
);
pub(super) const REFERENCES_PLAN: Code = Code::new(
    "dose.references_plan",
    "Plan of a dose file",
    "A dose file names the plan it was calculated from by its SOP Instance UID. The dose of another plan, or \
     of another version of the plan, says nothing about this one.",
    "Give the dose that belongs to the plan, or the plan that belongs to the dose.",
);

pub(super) const DOSE_FRAME: Code = Code::new(
    "dose.frame_of_reference",
    "Frame of reference of a dose file",
    "A dose lies in the frame of reference of the plan it was calculated from. Where both state one and they \
     differ, the dose was calculated on other images, or was brought to them, and is not that of this plan as it \
     is planned.",
    "Export the dose of the plan as it was calculated, or find out on which images it lies.",
)
.with_source("DICOM PS3.3 C.7.4.1, Frame of Reference UID (0020,0052)");
pub(super) const DOSE_STRUCTURES: Code = Code::new(
    "dose.structure_set",
    "Structure set of a dose file",
    "A dose file with histograms names the structure set they were calculated for. Where that is not the one of \
     its plan, the histograms are those of other structures, such as an earlier version.",
    "Export the dose again with the structures of the plan.",
)
.with_source("DICOM PS3.3 C.8.8.4, Referenced Structure Set Sequence (300C,0060)");

/// The codes of the comparison. Those of the reading are of the room that reads.
///
/// ```
/// assert!(chemorad_crosscheck::CODES.iter().any(|code| code.name == "rx.total"));
/// ```
pub const CODES: &[Code] = &[
    PHASES,
    FRACTIONS,
    DOSE_PER_FRACTION,
    TOTAL,
    ARITHMETIC,
    NOT_PRESCRIBED,
    PRESCRIPTION,
    VOLUME_MATCH,
    BEAM_SUM,
    MULTIPLE_TARGETS,
    KIND,
    RADIATION,
    FRACTIONS_PER_WEEK,
    TARGET_LIMITS,
    DESCRIPTION,
    APPROVAL,
    INTENT,
    UNITS,
    TYPE,
    SUM_TYPE,
    REFERENCES_PLAN,
    DOSE_FRAME,
    DOSE_STRUCTURES,
];
