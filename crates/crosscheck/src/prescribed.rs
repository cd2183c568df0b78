//! What is prescribed: the course of a protocol's option, or a typed one.

use chemorad::radiotherapy::{Course, Phase, Volume, VolumePrescription};
use chemorad_dosimetry::TypedPrescription;
use chemorad_protocol::{Modality, PhaseOrder, PrescribedDose, Protocol};

use super::choice::{find_course, find_option, list, named, short};
use super::prescribed_error::PrescribedError;
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
    /// Phases whose dose is not added to the others, so that nothing is compared with them.
    #[serde(skip)]
    pub(super) not_added: Vec<NotAdded>,
    /// Someone named the phases that are compared, and knows of the others.
    #[serde(skip)]
    pub(super) phases_named: bool,
    /// How many fractions are given a week, where the protocol states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fractions_per_week: Option<u32>,
}

/// A phase whose dose is not added to the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotAdded {
    pub(super) name: String,
    /// Its doses, where the protocol states them.
    pub(super) phase: Option<Phase>,
}

impl NotAdded {
    fn of(protocol: &Protocol, name: &str) -> Self {
        let phase = protocol.phase(name).and_then(|phase| {
            let dose = |dose: &PrescribedDose| {
                Some(VolumePrescription {
                    volume: dose.volume.clone(),
                    fractionation: dose.exact()?,
                })
            };
            let doses: Option<Vec<VolumePrescription>> = phase.doses.iter().map(dose).collect();
            Phase::new(phase.name.clone(), doses?).ok()
        });
        Self {
            name: name.to_string(),
            phase,
        }
    }
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
            not_added: found
                .phases
                .iter()
                .filter(|name| settled.phases().iter().all(|phase| phase.name() != *name))
                .map(|name| NotAdded::of(protocol, name))
                .collect(),
            phases_named: false,
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
            not_added: Vec::new(),
            phases_named: false,
            fractions_per_week: None,
            course: Course::new(volumes, phases)?,
            order: Some(order),
        })
    }

    /// Compares these phases only; the others are said to be left out.
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
            self.phases_named = true;
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
