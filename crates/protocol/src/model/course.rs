//! The course that follows from the phases it names.

use super::dose::PrescribedDose;
use super::protocol::{PrescribedCourse, PrescribedPhase, Protocol};
use chemorad::radiotherapy::{Course, Fractionation, Phase, Volume, VolumePrescription};
use chemorad::text::List;

/// Why the external beam phases of a course do not make a course with doses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnsettledCourse {
    /// A dose that is a range, a choice or open.
    #[error("phase {phase:?}: the protocol does not settle the dose of {volume:?} to one value")]
    Dose {
        /// The phase.
        phase: String,
        /// The volume.
        volume: String,
    },
    /// A modality that is open.
    #[error("phase {phase:?}: the protocol does not say what delivers the dose")]
    Modality {
        /// The phase.
        phase: String,
    },
    /// A volume of which is not known what encloses it.
    #[error("volume {volume:?}: the protocol does not say which volume encloses it")]
    Enclosure {
        /// The volume.
        volume: String,
    },
    /// No phase of external beam radiotherapy.
    #[error("no phase of the course is external beam radiotherapy")]
    NoExternalBeam,
    /// A phase that is not declared.
    #[error("the phase {phase:?} is not declared")]
    UnknownPhase {
        /// The name.
        phase: String,
    },
    /// Phases that do not go together.
    #[error("{0}")]
    Impossible(String),
}

impl Protocol {
    /// The phase of this name.
    #[must_use]
    pub fn phase(&self, name: &str) -> Option<&PrescribedPhase> {
        self.phases.iter().find(|phase| phase.name.is(name))
    }

    /// The phases of a course that stand apart, as their dose is not added to external beam
    /// radiotherapy, in order.
    ///
    /// ```
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// let course = trial.course("adjuvant").unwrap();
    /// assert_eq!(trial.phases_apart(course).count(), 0);
    /// ```
    pub fn phases_apart<'p>(
        &'p self,
        course: &'p PrescribedCourse,
    ) -> impl Iterator<Item = &'p PrescribedPhase> + 'p {
        course
            .phases
            .iter()
            .filter_map(|name| self.phase(name))
            .filter(|phase| phase.modality.value().is_some_and(|m| !m.adds_up()))
    }

    /// The external beam phases of a course put together, where `choose` settles what the protocol
    /// leaves to choose: it is asked for a phase and a dose that is a range, a choice or open.
    ///
    /// # Errors
    /// What is not settled, or does not go together.
    ///
    /// ```
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// let prescribed = trial.course("adjuvant").unwrap();
    /// let course = trial.course_with(prescribed, |_, _| None)?;
    /// assert_eq!(Some(&course), prescribed.course.as_ref());
    /// # Ok::<(), chemorad_protocol::UnsettledCourse>(())
    /// ```
    pub fn course_with(
        &self,
        prescribed: &PrescribedCourse,
        mut choose: impl FnMut(&PrescribedPhase, &PrescribedDose) -> Option<Fractionation>,
    ) -> Result<Course, UnsettledCourse> {
        let mut volumes = Vec::new();
        for volume in &self.volumes {
            let open = || UnsettledCourse::Enclosure {
                volume: volume.name.to_string(),
            };
            let inside = match &volume.inside {
                Some(inside) => Some(inside.value().ok_or_else(open)?.clone()),
                None => None,
            };
            volumes.push(Volume {
                name: volume.name.clone(),
                inside,
            });
        }
        let mut phases = Vec::new();
        for name in &prescribed.phases {
            let phase = self
                .phase(name)
                .ok_or_else(|| UnsettledCourse::UnknownPhase {
                    phase: name.to_string(),
                })?;
            let modality = phase.modality.value();
            let modality = modality.ok_or_else(|| UnsettledCourse::Modality {
                phase: name.to_string(),
            })?;
            if !modality.adds_up() {
                continue;
            }
            let mut doses = Vec::new();
            for dose in &phase.doses {
                let fractionation = dose.exact().or_else(|| choose(phase, dose));
                doses.push(VolumePrescription {
                    volume: dose.volume.clone(),
                    fractionation: fractionation.ok_or_else(|| UnsettledCourse::Dose {
                        phase: name.to_string(),
                        volume: dose.volume.to_string(),
                    })?,
                });
            }
            let phase = Phase::new(phase.name.clone(), doses);
            phases.push(phase.map_err(|error| UnsettledCourse::Impossible(error.to_string()))?);
        }
        if phases.is_empty() {
            return Err(UnsettledCourse::NoExternalBeam);
        }
        Course::new(volumes, phases).map_err(|error| UnsettledCourse::Impossible(error.to_string()))
    }

    /// Computes the course of every prescribed course anew from its phases. Do this after changing
    /// a volume or a phase.
    pub fn put_courses_together(&mut self) {
        let mut courses = self.courses.to_vec();
        for course in &mut courses {
            course.course = self.course_with(course, |_, _| None).ok();
        }
        self.courses = List::from(courses);
    }
}
