//! What a plan says of itself: kind, approval, intent, radiation, names of its targets.

use core::fmt;

use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad_dosimetry::{BeamRadiation, PlanApproval, PlanKind, beams_in_words};

use super::words::joined;
use crate::codes;
use crate::radiation::{PrescribedRadiation, RadiationVerdict};

type Name = Identifying<String>;

/// What the names of a plan's targets say.
#[derive(Debug, Clone)]
pub enum NamedVolumes {
    /// The typed prescription names no volume.
    NotPrescribed,
    /// The plan names no target.
    NoTarget,
    /// A volume the phase does not treat.
    NotTreated(String),
    /// Only a volume inside the one the phase prescribes to.
    Inside(String),
    /// The prescribed volume; the names that were given by hand.
    Prescribed(Vec<Name>),
    /// A person must look.
    ToBeSeen,
}

/// What a plan says of itself.
#[derive(Debug, Clone)]
pub struct PlanFinding {
    /// The plan.
    pub plan: Name,
    /// What it says.
    pub says: PlanSays,
}

/// Something that a plan says of itself.
///
/// See [`CrossCheck`](crate::CrossCheck) for an example.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum PlanSays {
    /// What it says of its prescription in words.
    Description(Name),
    /// The radiation of its beams.
    Radiation {
        /// What is prescribed.
        prescribed: PrescribedRadiation,
        /// What the beams have.
        radiation: Vec<BeamRadiation>,
    },
    /// It is for a phase that is left out.
    LeftOut,
    /// What it is.
    Kind {
        /// What it is.
        kind: PlanKind,
        /// Its numbers were compared.
        compared: bool,
    },
    /// Whether it was approved.
    Approval(PlanApproval),
    /// What it is meant for, when that is not treatment.
    Intent(String),
    /// It is a plan on the machine alone.
    OnDevice,
    /// It was derived from another plan that was given as well.
    Successor(Name),
    /// What a plan that it names is to it: `VERIFIED_PLAN`, `ALTERNATIVE`.
    Relationship(String),
    /// The names of its targets.
    Volumes {
        /// The prescribed volumes.
        volumes: Vec<String>,
        /// The names.
        names: Vec<Name>,
        /// What they say.
        named: NamedVolumes,
    },
}

/// What a plan is to one that verifies it.
pub(crate) const VERIFIED_PLAN: &str = "VERIFIED_PLAN";

/// The terms of DICOM for plans that are not given to a patient.
fn never_treats(intent: &str) -> bool {
    matches!(intent, "VERIFICATION" | "MACHINE_QA" | "SERVICE")
}

impl Observation for PlanFinding {
    fn code(&self) -> &Code {
        match &self.says {
            PlanSays::Description(_) => &codes::DESCRIPTION,
            PlanSays::Radiation { .. } => &codes::RADIATION,
            PlanSays::LeftOut | PlanSays::Kind { .. } => &codes::KIND,
            PlanSays::Approval(_) => &codes::APPROVAL,
            PlanSays::Intent(_)
            | PlanSays::OnDevice
            | PlanSays::Successor(_)
            | PlanSays::Relationship(_) => &codes::INTENT,
            PlanSays::Volumes { .. } => &codes::VOLUME_MATCH,
        }
    }

    fn outcome(&self) -> Outcome {
        match &self.says {
            PlanSays::Description(_) | PlanSays::LeftOut => Outcome::NotApplicable,
            PlanSays::Radiation {
                prescribed,
                radiation,
            } => prescribed.verdict(radiation).outcome(),
            PlanSays::Kind { kind, .. } => match kind {
                PlanKind::Entered | PlanKind::ExternalBeam => Outcome::Pass,
                // what nothing was compared in is given all the same
                PlanKind::NotStated
                | PlanKind::Ion
                | PlanKind::Brachytherapy
                | PlanKind::ExternalBeamAndBrachytherapy => Outcome::CannotTell,
            },
            PlanSays::Approval(approval) => match approval {
                PlanApproval::Approved => Outcome::Pass,
                PlanApproval::Unapproved => Outcome::Warn,
                PlanApproval::Rejected => Outcome::Fail,
                PlanApproval::Other(_) | PlanApproval::NotStated => Outcome::CannotTell,
            },
            PlanSays::Intent(intent) if never_treats(intent) => Outcome::Fail,
            PlanSays::Relationship(what) if what == VERIFIED_PLAN => Outcome::Fail,
            PlanSays::Successor(_) => Outcome::CannotTell,
            PlanSays::Intent(_) | PlanSays::OnDevice | PlanSays::Relationship(_) => Outcome::Warn,
            PlanSays::Volumes { named, .. } => match named {
                NamedVolumes::NotPrescribed => Outcome::NotApplicable,
                NamedVolumes::NoTarget | NamedVolumes::Inside(_) => Outcome::CannotTell,
                NamedVolumes::NotTreated(_) => Outcome::Fail,
                NamedVolumes::Prescribed(_) => Outcome::Pass,
                NamedVolumes::ToBeSeen => Outcome::Warn,
            },
        }
    }

    fn subject(&self) -> Subject {
        Subject::source(self.plan.clone())
    }

    fn values(&self) -> Values {
        match &self.says {
            PlanSays::Description(text) => Values::found(text),
            PlanSays::Radiation {
                prescribed,
                radiation,
            } => Values::expected(prescribed.in_words()).and_found(radiation_in_words(radiation)),
            PlanSays::Kind { kind, .. } => {
                Values::expected("an external beam plan").and_found(kind)
            }
            PlanSays::Approval(approval) => {
                Values::expected("approved").and_found(match approval {
                    PlanApproval::Approved => "approved",
                    PlanApproval::Unapproved => "unapproved",
                    PlanApproval::Rejected => "rejected",
                    PlanApproval::Other(text) => text,
                    PlanApproval::NotStated => "not stated",
                })
            }
            PlanSays::Intent(intent) => {
                Values::expected("CURATIVE, PALLIATIVE or PROPHYLACTIC").and_found(intent)
            }
            PlanSays::Volumes {
                volumes,
                names,
                named,
            } => {
                let values = match named {
                    // the name that stands for the volume of a typed prescription means nothing
                    NamedVolumes::NotPrescribed => Values::default(),
                    _ => Values::expected(volumes.join(", ")),
                };
                if names.is_empty() {
                    values
                } else {
                    values.and_found(joined(names, ", "))
                }
            }
            PlanSays::Relationship(what) => Values::found(what),
            PlanSays::Successor(plan) => Values::found(plan),
            PlanSays::LeftOut | PlanSays::OnDevice => Values::default(),
        }
    }
}

fn radiation_in_words(radiation: &[BeamRadiation]) -> String {
    let one = |one: &BeamRadiation| {
        let kind = one.radiation.as_deref().unwrap_or("not stated");
        format!("{kind} ({})", beams_in_words(&one.beams))
    };
    let all: Vec<String> = radiation.iter().map(one).collect();
    all.join("; ")
}

impl fmt::Display for PlanFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.says {
            PlanSays::Description(_) => {
                "what the plan says of its prescription in words is for a person to compare"
            }
            PlanSays::Radiation {
                prescribed,
                radiation,
            } => radiation_verdict(prescribed.verdict(radiation)),
            PlanSays::LeftOut => "the plan is for a phase that is left out of this check",
            PlanSays::Kind { kind, compared } => kind_in_words(*kind, *compared),
            PlanSays::Approval(approval) => match approval {
                PlanApproval::Approved => "the plan is approved",
                PlanApproval::Unapproved => "the plan is not approved yet",
                PlanApproval::Rejected => "the plan was reviewed and rejected",
                PlanApproval::Other(_) => "the approval status is not one that is defined",
                PlanApproval::NotStated => "the plan does not say whether it is approved",
            },
            PlanSays::Intent(intent) if never_treats(intent) => {
                "the plan is meant for verification or for the machine, not for treatment: give the plan that is treated"
            }
            PlanSays::Intent(_) => "the plan is not meant for treatment: is it the right one?",
            PlanSays::OnDevice => {
                "the plan is not based on a patient's images but on the machine alone: is it the right one?"
            }
            PlanSays::Successor(_) => {
                "the plan was derived from another that was given too (RT Plan Relationship PREDECESSOR): are both treated, or is one the earlier version of the other?"
            }
            PlanSays::Relationship(what) if what == VERIFIED_PLAN => {
                "the plan verifies another plan (RT Plan Relationship), which only a plan for verification does: give the plan that is treated"
            }
            PlanSays::Relationship(_) => {
                "the plan names another plan as an alternative to it (RT Plan Relationship): which of the two is treated?"
            }
            PlanSays::Volumes {
                volumes,
                names,
                named,
            } => return named_volumes(f, volumes, names, named),
        })
    }
}

const fn radiation_verdict(verdict: RadiationVerdict) -> &'static str {
    match verdict {
        RadiationVerdict::Different => "the radiation of some beams is not what is prescribed",
        RadiationVerdict::NotPrescribed => {
            "which radiation is prescribed is not stated, so that of the beams cannot be judged"
        }
        RadiationVerdict::NotTold => {
            "the radiation type of a beam does not tell whether it is what is prescribed: a person must look"
        }
        RadiationVerdict::SomeNotStated => "the radiation of some beams is not stated",
        RadiationVerdict::AsPrescribed => "the radiation of the beams is what is prescribed",
    }
}

const fn kind_in_words(kind: PlanKind, compared: bool) -> &'static str {
    match (kind, compared) {
        (PlanKind::Entered | PlanKind::ExternalBeam, _) => {
            "external beams, to which the prescription applies"
        }
        (PlanKind::Ion, true) => {
            "ion beams: fractions and stated doses were compared as numbers; whether they are absorbed dose or weighted for effect, and range, spots and modulation, were not"
        }
        (PlanKind::Ion, false) => {
            "ion beams: no prescribed phase that is left has the numbers of their fraction groups, and nothing in this plan was compared; if this plan is not part of the treatment that is checked, leave it out"
        }
        (PlanKind::Brachytherapy, true) => {
            "brachytherapy: fractions, doses of the application setups and stated doses were compared as numbers; dose rate and effect, sources, channels and dwell times were not"
        }
        (PlanKind::Brachytherapy, false) => {
            "brachytherapy: no prescribed phase that is left has the numbers of its fraction groups, and nothing in this plan was compared; if this plan is not part of the treatment that is checked, leave it out"
        }
        (PlanKind::ExternalBeamAndBrachytherapy, true) => {
            "external beams and brachytherapy in one plan: fractions and stated doses were compared as numbers; doses of beams and of application setups do not add up as one dose, and were not"
        }
        (PlanKind::ExternalBeamAndBrachytherapy, false) => {
            "external beams and brachytherapy in one plan: no prescribed phase that is left has the numbers of their fraction groups, and nothing in this plan was compared; if this plan is not part of the treatment that is checked, leave it out"
        }
        (PlanKind::NotStated, _) => "the plan has neither beams nor brachytherapy setups",
    }
}

fn named_volumes(
    f: &mut fmt::Formatter<'_>,
    volumes: &[String],
    names: &[Name],
    named: &NamedVolumes,
) -> fmt::Result {
    match named {
        NamedVolumes::NotPrescribed => {
            f.write_str("the typed prescription names no volume to compare the plan's target with")
        }
        NamedVolumes::NoTarget => {
            f.write_str("the plan names no target, so which volume it treats is not known")
        }
        NamedVolumes::NotTreated(volume) => {
            write!(
                f,
                "the plan names a volume that its phase does not treat: {volume}"
            )
        }
        NamedVolumes::Inside(volume) => write!(
            f,
            "the plan names {volume}, which lies inside the volume its phase prescribes to; whether the whole of that is treated cannot be told"
        ),
        NamedVolumes::Prescribed(given) => {
            f.write_str("the plan names the volume that is prescribed to")?;
            if given.is_empty() {
                return Ok(());
            }
            let given: Vec<String> = given.iter().map(Identifying::quoted).collect();
            write!(f, " (as given for {})", given.join(", "))
        }
        NamedVolumes::ToBeSeen => {
            f.write_str(
                "whether the plan's target is the prescribed volume is for a person to see; to settle it, give \"",
            )?;
            if let Some(example) = names.first() {
                write!(f, "{example}")?;
            }
            write!(f, "={}\"", volumes.first().map_or("", |volume| volume))
        }
    }
}
