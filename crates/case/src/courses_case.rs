//! Several courses to several volumes, as a file gives them, and why such a file is refused.

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{
    CURRENT_COURSE, CumulativeEqd2, EarlierCourse, EarlierCourseError, ModelParameters,
    ParametersError, Recovery,
};
use chemorad::radiotherapy::{CalendarError, Fractionation, dates, phases};
use chemorad::report::{FaultList, Faults, Finding};
use chemorad::text::is_heading;
use jiff::civil::Date;

use super::earlier::{EarlierFinding, EarlierRadiotherapy};

/// The current course and those before it, volume by volume. Unknown fields are errors.
///
/// ```
/// use chemorad::radiobiology::Recovery;
/// use chemorad_case::{CoursesCase, CurrentVolume, EarlierVolume, PastCourse};
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
///     other_radiotherapy: Some("none".parse()?),
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
    /// Whether there was radiotherapy before that is not listed: none, given or unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_radiotherapy: Option<EarlierRadiotherapy>,
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
    /// Dose and number of fractions at this volume, phase by phase: `"45Gy/25+5.4Gy/3"`, or a list.
    #[serde(deserialize_with = "phases")]
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
    /// Dose and number of fractions at this volume, phase by phase: `"45Gy/25+5.4Gy/3"`, or a list.
    #[serde(deserialize_with = "phases")]
    pub doses: Vec<Fractionation>,
    /// What is left out as recovered, with the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<Recovery>,
}

/// Why a file of several courses is refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CoursesCaseError {
    /// No volume to add up for.
    #[error(
        "volumes is missing: list the volumes to add up for, with the doses of the current course"
    )]
    NoVolume,
    /// No course before the current one.
    #[error("earlier is missing: with one course there is nothing to add; bed gives its EQD2")]
    NoEarlierCourse,
    /// A title or name that is none.
    #[error(
        "a title or name is one line of at most 200 characters, without control characters, and not empty"
    )]
    Name,
    /// A name given twice.
    #[error("{0:?} is named twice: give each volume and each course another name")]
    NameTwice(String),
    /// A volume of an earlier course that is not one of the case.
    #[error("course {course:?} gives dose to {volume:?}, which is not one of the volumes: {}", known.join(", "))]
    UnknownVolume {
        /// The course.
        course: String,
        /// The volume.
        volume: String,
        /// The volumes of the case.
        known: Vec<String>,
    },
    /// The α/β of a volume.
    #[error("volume {volume:?}: {error}")]
    AlphaBeta {
        /// The volume.
        volume: String,
        /// What is wrong.
        error: ParametersError,
    },
    /// A date with a misread year.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// Courses that do not add up.
    #[error(transparent)]
    Sum(#[from] EarlierCourseError),
}

impl CoursesCase {
    /// The sum for each volume, in the order of the case.
    ///
    /// # Errors
    /// Everything that is wrong: no volume or no earlier course, a name that is none, is given twice
    /// or is not a volume of the case, and what [`CumulativeEqd2::new`] refuses.
    pub fn sums(&self) -> Result<Vec<CumulativeEqd2>, Faults<CoursesCaseError>> {
        let mut found = FaultList::default();
        self.check(&mut found);
        let sums: Vec<Option<CumulativeEqd2>> = self
            .volumes
            .iter()
            .map(|volume| found.keep(self.sum(volume)))
            .collect();
        found.complete(sums.into_iter().collect())
    }

    /// What is to be known of the courses as listed: others that are not, and two that may be one.
    ///
    /// ```
    /// use chemorad_case::CoursesCase;
    /// let mut case: CoursesCase = toml::from_str(include_str!("../examples/two-courses.toml"))?;
    /// assert!(case.findings().is_empty());
    /// let mut again = case.earlier[0].clone();
    /// again.name = "course at the other hospital".into();
    /// case.earlier.push(again);
    /// assert_eq!(case.findings()[0].code(), "earlier_course.twice");
    /// # Ok::<(), toml::de::Error>(())
    /// ```
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut found: Vec<Finding> = EarlierFinding::stated(self.other_radiotherapy, true)
            .into_iter()
            .collect();
        for (i, course) in self.earlier.iter().enumerate() {
            let same = self
                .earlier
                .iter()
                .take(i)
                .find(|other| other.is_like(course));
            if let Some(other) = same {
                let twice = EarlierFinding::Twice {
                    names: [other.name.clone(), course.name.clone()],
                    finished: [other.finished, course.finished],
                };
                found.push(twice.into());
            }
        }
        found
    }

    fn sum(&self, volume: &CurrentVolume) -> Result<CumulativeEqd2, CoursesCaseError> {
        let parameters = ModelParameters {
            alpha_beta: volume.alpha_beta,
            endpoint: volume.endpoint.clone(),
            ..ModelParameters::default()
        };
        let alpha_beta =
            parameters
                .chosen_alpha_beta()
                .map_err(|error| CoursesCaseError::AlphaBeta {
                    volume: volume.name.clone(),
                    error,
                })?;
        let earlier: Vec<EarlierCourse> = self
            .earlier
            .iter()
            .filter_map(|course| course.to(&volume.name))
            .collect();
        CumulativeEqd2::new(
            volume.name.as_str(),
            alpha_beta,
            &volume.doses,
            self.start,
            &earlier,
        )
        .map_err(|error| match error {
            EarlierCourseError::Dose(course) => {
                EarlierCourseError::Dose(format!("{course}, {}", volume.name)).into()
            }
            other => other.into(),
        })
    }

    fn check(&self, found: &mut FaultList<CoursesCaseError>) {
        if self.volumes.is_empty() {
            found.add(CoursesCaseError::NoVolume);
        }
        if self.earlier.is_empty() {
            found.add(CoursesCaseError::NoEarlierCourse);
        }
        let finished = self.earlier.iter().map(|course| course.finished);
        for date in [self.start].into_iter().chain(finished) {
            if !dates::in_supported_years(date) {
                found.add(CalendarError::Year(date));
            }
        }
        names(self.title.as_deref().into_iter(), found);
        names(
            self.volumes.iter().map(|volume| volume.name.as_str()),
            found,
        );
        // the current course has its own name in the result
        let courses = self.earlier.iter().map(|course| course.name.as_str());
        names(courses.chain([CURRENT_COURSE]), found);
        for course in &self.earlier {
            names(
                course.volumes.iter().map(|volume| volume.name.as_str()),
                found,
            );
            if course.finished >= self.start {
                found.add(EarlierCourseError::NotEarlier {
                    name: course.name.clone(),
                    finished: course.finished,
                    start: self.start,
                });
            }
            let known = |given: &&EarlierVolume| {
                let mut volumes = self.volumes.iter();
                volumes.any(|volume| volume.name == given.name)
            };
            for given in course.volumes.iter().filter(|given| !known(given)) {
                let volumes = self.volumes.iter();
                found.add(CoursesCaseError::UnknownVolume {
                    course: course.name.clone(),
                    volume: given.name.clone(),
                    known: volumes.map(|volume| volume.name.clone()).collect(),
                });
            }
        }
    }
}

/// Two courses with the same doses that end no further apart, in days, may be one (a choice of this
/// project).
const MONTH: i32 = 31;

impl PastCourse {
    /// Whether it gave a volume the same doses and ended within [`MONTH`].
    fn is_like(&self, other: &Self) -> bool {
        let apart = other
            .finished
            .since(self.finished)
            .map(|span| span.get_days().abs());
        let close = apart.is_ok_and(|days| days <= MONTH);
        close
            && self.volumes.iter().any(|given| {
                let mut others = other.volumes.iter();
                others.any(|one| one.name == given.name && one.doses == given.doses)
            })
    }

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

fn names<'a>(names: impl Iterator<Item = &'a str>, found: &mut FaultList<CoursesCaseError>) {
    let mut known: Vec<&str> = Vec::new();
    for name in names {
        if name.trim().is_empty() || !is_heading(name) {
            found.add(CoursesCaseError::Name);
        } else if known.contains(&name) {
            found.add(CoursesCaseError::NameTwice(name.to_string()));
        }
        known.push(name);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use jiff::civil::date;

    use super::*;

    fn near(value: f64, expected: f64, tolerance: f64) {
        assert!((value - expected).abs() <= tolerance, "{value}");
    }

    #[test]
    fn courses_of_a_file_that_do_not_add_up() {
        let good: CoursesCase =
            toml::from_str(include_str!("../examples/two-courses.toml")).unwrap();
        let sums = good.sums().unwrap();
        assert_eq!(sums[0].volume(), "cord");
        near(sums[0].total().gray(), 52.08, 1e-13);
        near(sums[1].total().gray(), 53.2, 1e-13);
        let refused = |change: fn(&mut CoursesCase)| {
            let mut case = good.clone();
            change(&mut case);
            case.sums().unwrap_err().iter().next().unwrap().clone()
        };

        assert_eq!(refused(|c| c.volumes.clear()), CoursesCaseError::NoVolume);
        assert_eq!(
            refused(|c| c.earlier.clear()),
            CoursesCaseError::NoEarlierCourse
        );
        assert_eq!(
            refused(|c| c.title = Some("a\nb".into())),
            CoursesCaseError::Name
        );
        assert_eq!(
            refused(|c| c.volumes[0].name = " ".into()),
            CoursesCaseError::Name
        );
        assert_eq!(
            refused(|c| c.volumes[0].name = "skin".into()),
            CoursesCaseError::NameTwice("skin".into())
        );
        assert_eq!(
            refused(|c| c.earlier[0].name = "current".into()),
            CoursesCaseError::NameTwice("current".into())
        );
        assert_eq!(
            refused(|c| c.earlier[0].volumes[1].name = "cord".into()),
            CoursesCaseError::NameTwice("cord".into())
        );
        assert!(matches!(
            refused(|c| c.earlier[0].volumes[1].name = "Skin".into()),
            CoursesCaseError::UnknownVolume { .. }
        ));
        assert!(matches!(
            refused(|c| c.earlier[0].finished = c.start),
            CoursesCaseError::Sum(EarlierCourseError::NotEarlier { .. })
        ));
        assert!(matches!(
            refused(|c| c.earlier[0].finished = date(224, 3, 12)),
            CoursesCaseError::Calendar(_)
        ));
        assert!(matches!(
            refused(|c| c.volumes[0].alpha_beta = None),
            CoursesCaseError::AlphaBeta { .. }
        ));
        assert_eq!(
            refused(|c| c.volumes[1].doses.clear()),
            CoursesCaseError::Sum(EarlierCourseError::Dose("current, skin".into()))
        );
        // all at once
        let mut several = good.clone();
        several.title = Some("a\nb".into());
        several.earlier[0].finished = several.start;
        several.volumes[0].alpha_beta = None;
        let faults = several.sums().unwrap_err();
        assert!(matches!(
            faults.iter().collect::<Vec<_>>()[..],
            [
                CoursesCaseError::Name,
                CoursesCaseError::Sum(EarlierCourseError::NotEarlier { .. }),
                CoursesCaseError::AlphaBeta { .. },
                ..
            ]
        ));
        // a published record instead of a number: 3.9 Gy
        let mut named = good.clone();
        named.volumes[1].alpha_beta = None;
        named.volumes[1].endpoint = Some("bowel-stricture-perforation".into());
        let sum = &named.sums().unwrap()[1];
        near(sum.total().gray(), (30.0 * 5.1 + 20.0 * 7.9) / 5.9, 1e-13);
        // a course that gave a volume nothing is not in its sum
        let mut without = good.clone();
        without.earlier[0].volumes.pop();
        assert_eq!(without.sums().unwrap()[1].courses().len(), 1);
    }
}
