//! What is prescribed: the course of a protocol's option, or a typed one.

use chemorad::radiotherapy::{
    Course, CourseError, Fractionation, Phase, PhaseError, Volume, VolumePrescription,
};
use chemorad::text::Text;
use chemorad_dosimetry::TypedPrescription;
use chemorad_protocol::{
    Action, Condition, Modality, PhaseOrder, PrescribedDose, Protocol, Statement, TreatmentOption,
    UnsettledCourse,
};

use super::radiation::PrescribedRadiation;

/// What is prescribed: the course that plans are compared with.
///
/// ```
/// use chemorad_crosscheck::Prescribed;
///
/// let trial = chemorad_protocol::find_builtin("NCT06949098")?;
/// let prescribed = Prescribed::by_protocol(trial, Some("adverse"), None, None)?;
/// assert_eq!(prescribed.course.fractions(), 28);
/// // an arm with two treatments: which one is not guessed
/// let error = Prescribed::by_protocol(trial, Some("positive_margin"), None, None).unwrap_err();
/// assert!(error.to_string().contains("dose_escalated_chemoradiotherapy"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Prescribed {
    /// What it is, for a reader.
    pub title: String,
    /// Where it comes from.
    pub source: String,
    /// The course.
    pub course: Course,
    /// How its phases follow one another, where that is known.
    pub order: Option<PhaseOrder>,
    /// The phases that are compared, by their place in the course.
    #[serde(skip)]
    pub(super) phases: Vec<usize>,
    /// What delivers each phase of the course, where the protocol says it; empty for what is typed.
    #[serde(skip)]
    modalities: Vec<Option<Modality>>,
    #[serde(skip)]
    names_volumes: bool,
    /// How many fractions are given a week, where the protocol states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fractions_per_week: Option<u32>,
}

/// Why it cannot be told what is prescribed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PrescribedError {
    /// Neither arm nor option was named.
    #[error("which arm of {protocol}? There are: {choices}")]
    NoArm {
        /// The protocol.
        protocol: String,
        /// Its arms.
        choices: String,
    },
    /// No arm has this name.
    #[error("{protocol} has no arm {given:?}; there are: {choices}")]
    Arm {
        /// The protocol.
        protocol: String,
        /// What was given.
        given: String,
        /// Its arms.
        choices: String,
    },
    /// No option of the arm has this name.
    #[error("{place} has no option {given:?}; there are: {choices}")]
    Option {
        /// The arm, or the protocol.
        place: String,
        /// What was given.
        given: String,
        /// Its options.
        choices: String,
    },
    /// The arm offers several treatments.
    #[error(
        "arm {arm} offers more than one treatment, and which one was chosen is not in the protocol: give the option, one of {choices}"
    )]
    ManyOptions {
        /// The arm.
        arm: String,
        /// Its options.
        choices: String,
    },
    /// Nothing to compare a plan with.
    #[error("option {0} gives no radiotherapy, so there is no plan to check")]
    NoRadiotherapy(String),
    /// The course is left open, or there are several.
    #[error(
        "option {option} does not settle on one course: give the course, one of {choices}{why}"
    )]
    ManyCourses {
        /// The option.
        option: String,
        /// The courses.
        choices: String,
        /// The question, where the text leaves it open.
        why: String,
    },
    /// The option has no course of this name.
    #[error("option {option} has no course {given:?}; there are: {choices}")]
    Course {
        /// The option.
        option: String,
        /// What was given.
        given: String,
        /// Its courses.
        choices: String,
    },
    /// The course has a dose, a modality or an enclosing volume that the protocol leaves open.
    #[error("course {course} is not settled: {why}{}", in_parentheses(choices))]
    Unsettled {
        /// The course.
        course: String,
        /// What is open.
        why: UnsettledCourse,
        /// The fractionations the protocol names for it; empty where it names none.
        choices: Vec<Fractionation>,
    },
    /// No phase of the course has this name.
    #[error("the course has no phase {given:?}; there are: {choices}")]
    Phase {
        /// What was given.
        given: String,
        /// Its phases.
        choices: String,
    },
    /// Some typed phases have a volume and others none.
    #[error(
        "some of the typed prescriptions name a volume and others do not: give every one its volume (NAME@VOLUME=45Gy/25), or none"
    )]
    SomeVolumes,
    /// The doses of a typed phase are no phase.
    #[error(transparent)]
    TypedPhase(#[from] PhaseError),
    /// The typed phases are no course.
    #[error(transparent)]
    Typed(#[from] CourseError),
}

fn in_parentheses(choices: &[Fractionation]) -> String {
    if choices.is_empty() {
        return String::new();
    }
    let choices: Vec<String> = choices.iter().map(ToString::to_string).collect();
    format!(
        " (it names {}); type the prescription that was chosen",
        choices.join(", ")
    )
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

fn list<'a>(ids: impl Iterator<Item = &'a Text>) -> String {
    ids.map(Text::as_str).collect::<Vec<_>>().join(", ")
}

impl Prescribed {
    /// The course of an arm's option. What the protocol leaves open must be named.
    ///
    /// # Errors
    /// An arm, option or course that is missing or unknown; the choices are listed.
    pub fn by_protocol(
        protocol: &Protocol,
        arm: Option<&str>,
        option: Option<&str>,
        course: Option<&str>,
    ) -> Result<Self, PrescribedError> {
        let option = find_option(protocol, arm, option)?;
        let id = find_course(option, course)?;
        let Some(found) = protocol.course(id) else {
            return Err(PrescribedError::NoRadiotherapy(option.id.to_string()));
        };
        let settled = protocol.course_with(found, |_, _| None);
        let settled = settled.map_err(|why| PrescribedError::Unsettled {
            course: found.id.to_string(),
            choices: named(protocol, &why),
            why,
        })?;
        let arm = protocol
            .arms
            .iter()
            .find(|arm| arm.options.iter().any(|offered| offered.id == option.id));
        let arm = arm.map_or("", |arm| arm.id.as_str());
        Ok(Self {
            title: found.title.to_string(),
            source: format!(
                "protocol {}, arm {arm}, option {}, course {}",
                protocol.id, option.id, found.id
            ),
            phases: (0..settled.phases().len()).collect(),
            modalities: settled
                .phases()
                .iter()
                .map(|phase| protocol.phase(phase.name())?.modality.value().copied())
                .collect(),
            names_volumes: true,
            fractions_per_week: found
                .fractions_per_week
                .value()
                .map(|count| u32::from(count.get())),
            course: settled,
            order: found.order.value().copied(),
        })
    }

    /// A typed prescription: its phases in sequence. Without volumes all reach one, called `target`; with
    /// volumes each reaches its own, and a phase with several gives them their doses in the same
    /// fractions.
    ///
    /// # Errors
    /// No phase, or two of one name; a volume for some and none for others; a volume twice in a phase, or
    /// volumes of a phase with different numbers of fractions.
    ///
    /// ```
    /// use chemorad_crosscheck::Prescribed;
    /// let prescribed = Prescribed::typed(&["36Gy/12".parse()?])?;
    /// assert_eq!(prescribed.course.phases()[0].name().as_str(), "1");
    /// let boosted = Prescribed::typed(&["x@low=50.4Gy/28".parse()?, "x@high=58.8Gy/28".parse()?])?;
    /// assert_eq!(boosted.course.fractions(), 28);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn typed(typed: &[TypedPrescription]) -> Result<Self, PrescribedError> {
        const VOLUME: &str = "target";
        let names_volumes = typed.iter().any(|one| one.volume.is_some());
        if names_volumes && typed.iter().any(|one| one.volume.is_none()) {
            return Err(PrescribedError::SomeVolumes);
        }
        let mut phases: Vec<(String, Vec<VolumePrescription>)> = Vec::new();
        let mut volumes: Vec<Volume> = Vec::new();
        for (one, number) in typed.iter().zip(1..) {
            let name = one.phase.clone();
            let name = name.unwrap_or_else(|| i32::to_string(&number));
            let volume = one.volume.clone().unwrap_or_else(|| VOLUME.to_string());
            if !volumes.iter().any(|known| known.name.is(&volume)) {
                volumes.push(Volume {
                    name: volume.clone().into(),
                    inside: None,
                });
            }
            let dose = VolumePrescription {
                volume: volume.into(),
                fractionation: one.fractionation,
            };
            match phases
                .iter_mut()
                .find(|(known, _)| names_volumes && *known == name)
            {
                Some((_, doses)) => doses.push(dose),
                None => phases.push((name, vec![dose])),
            }
        }
        let phases: Vec<Phase> = phases
            .into_iter()
            .map(|(name, doses)| Phase::new(name, doses))
            .collect::<Result<_, _>>()?;
        let title = typed
            .iter()
            .map(|one| match &one.volume {
                Some(volume) => format!("{} to {volume}", one.fractionation),
                None => one.fractionation.to_string(),
            })
            .collect::<Vec<_>>()
            .join("; ");
        let order = if phases.len() == 1 {
            PhaseOrder::SinglePhase
        } else {
            PhaseOrder::Sequential
        };
        Ok(Self {
            title,
            source: "a typed prescription".to_string(),
            phases: (0..phases.len()).collect(),
            modalities: Vec::new(),
            names_volumes,
            fractions_per_week: None,
            course: Course::new(volumes, phases)?,
            order: Some(order),
        })
    }

    /// The same, compared in these phases only; the others are said to be left out.
    ///
    /// # Errors
    /// A name that no phase has.
    pub fn only(mut self, names: &[String]) -> Result<Self, PrescribedError> {
        let mut phases = Vec::new();
        for name in names {
            let all = self.course.phases();
            let Some(at) = all.iter().position(|phase| phase.name().is(name)) else {
                return Err(PrescribedError::Phase {
                    given: short(name),
                    choices: list(all.iter().map(Phase::name)),
                });
            };
            if !phases.contains(&at) {
                phases.push(at);
            }
        }
        phases.sort_unstable();
        if !phases.is_empty() {
            self.phases = phases;
        }
        Ok(self)
    }

    /// The radiation of some phases, or of all that are compared where none is given. What is typed is for
    /// photons or electrons.
    pub(super) fn radiation_of(&self, phases: &[usize]) -> PrescribedRadiation {
        let phases = if phases.is_empty() {
            &self.phases
        } else {
            phases
        };
        let mut all = PrescribedRadiation::default();
        for at in phases {
            all.add(if self.modalities.is_empty() {
                Some(Modality::ExternalBeam)
            } else {
                self.modalities.get(*at).copied().flatten()
            });
        }
        all
    }

    /// Whether its volumes have names that mean something.
    pub(super) const fn names_volumes(&self) -> bool {
        self.names_volumes
    }

    /// The phases that are compared.
    pub fn compared(&self) -> impl Iterator<Item = &Phase> {
        let phases = self.course.phases();
        self.phases.iter().filter_map(move |at| phases.get(*at))
    }

    /// The phases that are not compared.
    pub fn left_out(&self) -> impl Iterator<Item = &Phase> {
        let phases = self.course.phases().iter().enumerate();
        phases
            .filter(|(at, _)| !self.phases.contains(at))
            .map(|(_, phase)| phase)
    }
}

/// The fractionations between which a dose is left open.
fn named(protocol: &Protocol, why: &UnsettledCourse) -> Vec<Fractionation> {
    let UnsettledCourse::Dose { phase, volume } = why else {
        return Vec::new();
    };
    let doses = protocol.phase(phase).map(|phase| &phase.doses);
    let dose = doses.and_then(|doses| doses.iter().find(|dose| dose.volume.is(volume)));
    dose.map(PrescribedDose::named).unwrap_or_default()
}

fn find_option<'p>(
    protocol: &'p Protocol,
    arm: Option<&str>,
    option: Option<&str>,
) -> Result<&'p TreatmentOption, PrescribedError> {
    let name = || format!("protocol {}", protocol.id);
    // one arm for everyone leaves nothing to choose
    let only = match protocol.arms.as_slice() {
        [only] if only.when.value() == Some(&Condition::Everyone) => Some(only.id.as_str()),
        _ => None,
    };
    let Some(arm) = arm.or(only.filter(|_| option.is_none())) else {
        let Some(option) = option else {
            return Err(PrescribedError::NoArm {
                protocol: name(),
                choices: list(protocol.arms.iter().map(|arm| &arm.id)),
            });
        };
        return match protocol.option(option) {
            Some((_, found)) => Ok(found),
            None => Err(PrescribedError::Option {
                place: name(),
                given: short(option),
                choices: list(
                    protocol
                        .arms
                        .iter()
                        .flat_map(|arm| &arm.options)
                        .map(|o| &o.id),
                ),
            }),
        };
    };
    let Some(found) = protocol.arm(arm) else {
        return Err(PrescribedError::Arm {
            protocol: name(),
            given: short(arm),
            choices: list(protocol.arms.iter().map(|arm| &arm.id)),
        });
    };
    let choices = || list(found.options.iter().map(|option| &option.id));
    match (option, found.options.as_slice()) {
        (Some(given), options) => options
            .iter()
            .find(|option| option.id.is(given))
            .ok_or_else(|| PrescribedError::Option {
                place: format!("arm {}", found.id),
                given: short(given),
                choices: choices(),
            }),
        (None, [only]) => Ok(only),
        (None, _) => Err(PrescribedError::ManyOptions {
            arm: found.id.to_string(),
            choices: choices(),
        }),
    }
}

fn find_course<'p>(
    option: &'p TreatmentOption,
    course: Option<&str>,
) -> Result<&'p str, PrescribedError> {
    let mut ids: Vec<&Text> = Vec::new();
    let mut why = String::new();
    for action in &option.actions {
        let Action::Radiotherapy { course, .. } = action else {
            continue;
        };
        match course {
            Statement::Stated { value, .. } | Statement::Derived { value, .. } => ids.push(value),
            Statement::Unspecified { question, values } => {
                ids.extend(values);
                why = format!(" ({} {})", question.question, question.why);
            }
        }
    }
    let choices = || list(ids.iter().copied());
    match (course, ids.as_slice()) {
        (_, []) => Err(PrescribedError::NoRadiotherapy(option.id.to_string())),
        (Some(given), _) => ids
            .iter()
            .find(|id| id.is(given))
            .map(|id| id.as_str())
            .ok_or_else(|| PrescribedError::Course {
                option: option.id.to_string(),
                given: short(given),
                choices: choices(),
            }),
        (None, [only]) if why.is_empty() => Ok(only.as_str()),
        (None, _) => Err(PrescribedError::ManyCourses {
            option: option.id.to_string(),
            choices: choices(),
            why,
        }),
    }
}
