//! Several courses to several volumes, as a file gives them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::civil::Date;

use super::earlier_courses::CURRENT;
use super::{CumulativeEqd2, EarlierCourse, EarlierCourseError, ModelParameters, Recovery};
use crate::quantity::AlphaBeta;
use crate::radiotherapy::dates;
use crate::radiotherapy::{CalendarError, Fractionation};
use crate::text::is_heading;

/// The current course and those before it, volume by volume. Unknown fields are errors.
///
/// ```
/// use chemorad::radiobiology::{CoursesCase, CurrentVolume, EarlierVolume, PastCourse, Recovery};
/// use jiff::civil::date;
///
/// let case = CoursesCase {
///     title: None,
///     start: date(2026, 7, 10),
///     volumes: vec![CurrentVolume {
///         name: "cord".into(),
///         alpha_beta: Some("2 Gy".parse()?),
///         endpoint: None,
///         doses: vec!["24Gy/12".parse()?],
///     }],
///     earlier: vec![PastCourse {
///         name: "first".into(),
///         finished: date(2025, 1, 10),
///         volumes: vec![EarlierVolume {
///             name: "cord".into(),
///             doses: vec!["50Gy/25".parse()?],
///             recovery: Some(Recovery::new(0.5, "18 months, by the step rule for the cord")?),
///         }],
///     }],
/// };
/// let sums = case.sums()?;
/// assert_eq!(sums[0].total().gray(), 49.0);
/// assert_eq!(sums[0].without_recovery().gray(), 74.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoursesCase {
    /// A heading, one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The first day of the current course.
    #[serde(deserialize_with = "dates::one")]
    pub start: Date,
    /// The volumes to add up for, with what the current course gives them.
    pub volumes: Vec<CurrentVolume>,
    /// The courses before it.
    pub earlier: Vec<PastCourse>,
}

/// A volume with what the current course gives it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurrentVolume {
    /// Its name.
    pub name: String,
    /// The α/β all its courses are added at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpha_beta: Option<AlphaBeta>,
    /// A published α/β record by its id, instead of `alpha_beta`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// Dose and number of fractions at this volume, phase by phase.
    pub doses: Vec<Fractionation>,
}

/// A course before the current one.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PastCourse {
    /// What it is called in the result.
    pub name: String,
    /// Its last day.
    #[serde(deserialize_with = "dates::one")]
    pub finished: Date,
    /// What it gave to volumes of the case. A volume that is not listed got nothing.
    pub volumes: Vec<EarlierVolume>,
}

/// What a course before the current one gave to a volume.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EarlierVolume {
    /// The volume's name.
    pub name: String,
    /// Dose and number of fractions at this volume, phase by phase.
    pub doses: Vec<Fractionation>,
    /// What is left out as recovered, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<Recovery>,
}

impl CoursesCase {
    /// The sum for each volume, in the order of the case.
    ///
    /// # Errors
    /// No volume or no earlier course, a name that is none, is given twice or is not a volume of
    /// the case, and what [`CumulativeEqd2::of`] refuses.
    pub fn sums(&self) -> Result<Vec<CumulativeEqd2>, EarlierCourseError> {
        self.check()?;
        self.volumes
            .iter()
            .map(|volume| {
                let parameters = ModelParameters {
                    alpha_beta: volume.alpha_beta,
                    endpoint: volume.endpoint.clone(),
                    ..ModelParameters::default()
                };
                let alpha_beta = parameters.chosen_alpha_beta().map_err(|error| {
                    EarlierCourseError::AlphaBeta {
                        volume: volume.name.clone(),
                        error,
                    }
                })?;
                let earlier: Vec<EarlierCourse> = self
                    .earlier
                    .iter()
                    .filter_map(|course| course.to(&volume.name))
                    .collect();
                CumulativeEqd2::of(
                    volume.name.as_str(),
                    alpha_beta,
                    &volume.doses,
                    self.start,
                    &earlier,
                )
                .map_err(|error| match error {
                    EarlierCourseError::Dose(course) => {
                        EarlierCourseError::Dose(format!("{course}, {}", volume.name))
                    }
                    other => other,
                })
            })
            .collect()
    }

    fn check(&self) -> Result<(), EarlierCourseError> {
        let heading = self.title.as_deref().unwrap_or("none");
        if self.volumes.is_empty() {
            return Err(EarlierCourseError::NoVolume);
        }
        if self.earlier.is_empty() {
            return Err(EarlierCourseError::NoEarlierCourse);
        }
        let mut dates = self.earlier.iter().map(|course| course.finished);
        if let Some(date) = [self.start]
            .into_iter()
            .chain(&mut dates)
            .find(|&date| !crate::radiotherapy::calendar::sane(date))
        {
            return Err(CalendarError::Year(date).into());
        }
        names(core::iter::once(heading))?;
        names(self.volumes.iter().map(|volume| volume.name.as_str()))?;
        // the current course has its own name in the result
        let courses = self.earlier.iter().map(|course| course.name.as_str());
        names(courses.chain([CURRENT]))?;
        for course in &self.earlier {
            names(course.volumes.iter().map(|volume| volume.name.as_str()))?;
            if course.finished >= self.start {
                return Err(EarlierCourseError::NotEarlier {
                    name: course.name.clone(),
                    finished: course.finished,
                    start: self.start,
                });
            }
            for given in &course.volumes {
                if !self.volumes.iter().any(|volume| volume.name == given.name) {
                    return Err(EarlierCourseError::UnknownVolume {
                        course: course.name.clone(),
                        volume: given.name.clone(),
                        known: self
                            .volumes
                            .iter()
                            .map(|volume| volume.name.clone())
                            .collect(),
                    });
                }
            }
        }
        Ok(())
    }
}

impl PastCourse {
    /// What it gave to a volume, if anything.
    fn to(&self, volume: &str) -> Option<EarlierCourse> {
        let given = self.volumes.iter().find(|given| given.name == volume)?;
        Some(EarlierCourse {
            name: self.name.clone(),
            fractionations: given.doses.clone(),
            finished: self.finished,
            recovery: given.recovery.clone(),
        })
    }
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), EarlierCourseError> {
    let mut known: Vec<&str> = Vec::new();
    for name in names {
        if name.trim().is_empty() || !is_heading(name) {
            return Err(EarlierCourseError::Name);
        }
        if known.contains(&name) {
            return Err(EarlierCourseError::NameTwice(name.to_string()));
        }
        known.push(name);
    }
    Ok(())
}
