//! Several courses to one volume: sums in EQD2 at one α/β, recovery only as someone states it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::civil::Date;

use super::exact::DoseSeries;
use super::finding::RadiobiologyFinding;
use super::linear_quadratic::LinearQuadratic;
use super::linear_quadratic::gray as gray_text;
use crate::quantity::{AlphaBeta, Eqd};
use crate::radiotherapy::{Fractionation, OverallTimeConvention};
use crate::report::{Derivation, Finding, decimal};
use crate::text::is_heading;

/// The share of an earlier EQD2 that is left out of a sum, with the reason its author gives.
///
/// No rule is built in: those in print are for the spinal cord, and none for the pelvis is known.
/// It applies to earlier courses only and is never inferred from time.
///
/// ```
/// use chemorad::radiobiology::Recovery;
/// assert!(Recovery::new(0.25, "cord, 14 months after the first course").is_ok());
/// assert!(Recovery::new(0.25, "").is_err());
/// assert!(Recovery::new(25.0, "percent for a share").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Recovery {
    share: f64,
    reason: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    share: f64,
    reason: String,
}

impl TryFrom<Unchecked> for Recovery {
    type Error = EarlierCourseError;

    fn try_from(given: Unchecked) -> Result<Self, Self::Error> {
        Self::new(given.share, given.reason)
    }
}

/// Why courses do not add up.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EarlierCourseError {
    /// A share that is none.
    #[error("a recovery of {0} is not a share above 0 and at most 1: write 0.25 for 25 %")]
    Share(f64),
    /// A recovery without a reason.
    #[error("a recovery needs a written reason: it is printed with the result")]
    NoReason,
    /// A reason that is not one line.
    #[error(
        "the reason of a recovery is one line of at most 200 characters, without control characters"
    )]
    Reason,
    /// A course without dose, or more than can be added.
    #[error("course {0:?}: its doses must add up to more than 0 and at most 1000 Gy")]
    Dose(String),
    /// A course that ends after the current one begins.
    #[error("course {name:?} ended on {finished}, not before the current course began on {start}")]
    NotEarlier {
        /// The course.
        name: String,
        /// Its last day.
        finished: Date,
        /// The first day of the current course.
        start: Date,
    },
}

impl Recovery {
    /// A share, above 0 and at most 1, and its reason.
    ///
    /// # Errors
    /// A share outside that range, or no reason in one line.
    pub fn new(share: f64, reason: impl Into<String>) -> Result<Self, EarlierCourseError> {
        if !(share > 0.0 && share <= 1.0) {
            return Err(EarlierCourseError::Share(share));
        }
        let reason = reason.into();
        if reason.trim().is_empty() {
            return Err(EarlierCourseError::NoReason);
        }
        if !is_heading(&reason) {
            return Err(EarlierCourseError::Reason);
        }
        Ok(Self { share, reason })
    }

    /// The share that is left out.
    #[must_use]
    pub const fn share(&self) -> f64 {
        self.share
    }

    /// The reason.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// What an earlier course gave to the volume in question.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierCourse {
    /// What it is called in reports.
    pub name: String,
    /// What the volume got, in order.
    pub fractionations: Vec<Fractionation>,
    /// Its last day.
    pub finished: Date,
    /// What is left out, if anything.
    pub recovery: Option<Recovery>,
}

/// One course in a sum.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CourseShare {
    /// The course.
    pub name: String,
    /// Its EQD2.
    pub eqd2: Eqd,
    /// Days from its last day to the first of the current course; `None` for the current one.
    pub days_before: Option<u32>,
    /// What is left out.
    pub recovery: Option<Recovery>,
    /// What counts in the sum: EQD2 (1 − share).
    pub counted: Eqd,
}

/// The name of the current course in a result.
///
/// ```
/// assert_eq!(chemorad::radiobiology::CURRENT_COURSE, "current");
/// ```
pub const CURRENT_COURSE: &str = "current";

/// EQD2 of several courses to one volume at one α/β.
///
/// Overall time, repopulation and repair play no part: the sum is for a normal tissue. Physical
/// doses are never added.
///
/// ```
/// use chemorad::radiobiology::{CumulativeEqd2, EarlierCourse};
/// use jiff::civil::date;
///
/// // 70 Gy in 35, then 40 Gy in 5, alpha/beta 10 Gy: 70 + 60 = 130 Gy
/// let first = EarlierCourse {
///     name: "first".into(),
///     fractionations: vec!["70Gy/35".parse()?],
///     finished: date(2024, 3, 1),
///     recovery: None,
/// };
/// let sum = CumulativeEqd2::new(
///     "neck", "10 Gy".parse()?, &["40Gy/5".parse()?], date(2026, 12, 7), &[first])?;
/// assert_eq!(sum.total().gray(), 130.0);
/// assert_eq!(sum.without_recovery().gray(), 130.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CumulativeEqd2 {
    volume: String,
    courses: Vec<CourseShare>,
    total: Eqd,
    without_recovery: Eqd,
}

impl CumulativeEqd2 {
    /// The sum over earlier courses and the current one, which begins on `start`.
    ///
    /// # Errors
    /// A course without dose, or one that does not end before the current one begins.
    pub fn new(
        volume: impl Into<String>,
        alpha_beta: AlphaBeta,
        current: &[Fractionation],
        start: Date,
        earlier: &[EarlierCourse],
    ) -> Result<Self, EarlierCourseError> {
        let model = LinearQuadratic::new(alpha_beta);
        let eqd2 = |name: &str, fractionations: &[Fractionation]| {
            DoseSeries::from_fractionations(fractionations)
                .map(|series| model.eqd2_of(&series))
                .ok_or_else(|| EarlierCourseError::Dose(name.to_string()))
        };
        let mut courses = Vec::with_capacity(earlier.len() + 1);
        for course in earlier {
            if course.finished >= start {
                return Err(EarlierCourseError::NotEarlier {
                    name: course.name.clone(),
                    finished: course.finished,
                    start,
                });
            }
            let eqd2 = eqd2(&course.name, &course.fractionations)?;
            let left = course
                .recovery
                .as_ref()
                .map_or(1.0, |recovery| 1.0 - recovery.share);
            courses.push(CourseShare {
                name: course.name.clone(),
                eqd2,
                days_before: Some(
                    OverallTimeConvention::DaysBetween
                        .count(course.finished, start)
                        .days,
                ),
                recovery: course.recovery.clone(),
                counted: Eqd::calculated(eqd2.gray() * left, alpha_beta, eqd2.reference()),
            });
        }
        let now = eqd2(CURRENT_COURSE, current)?;
        courses.push(CourseShare {
            name: CURRENT_COURSE.to_string(),
            eqd2: now,
            days_before: None,
            recovery: None,
            counted: now,
        });
        let sum = |of: fn(&CourseShare) -> Eqd| {
            let gray = courses.iter().map(|course| of(course).gray()).sum();
            Eqd::calculated(gray, alpha_beta, now.reference())
        };
        Ok(Self {
            total: sum(|course| course.counted),
            without_recovery: sum(|course| course.eqd2),
            volume: volume.into(),
            courses,
        })
    }

    /// The volume.
    #[must_use]
    pub fn volume(&self) -> &str {
        &self.volume
    }

    /// The courses in order, the current one last.
    #[must_use]
    pub fn courses(&self) -> &[CourseShare] {
        &self.courses
    }

    /// The sum with the stated recovery.
    #[must_use]
    pub const fn total(&self) -> Eqd {
        self.total
    }

    /// The sum as if nothing had recovered.
    #[must_use]
    pub const fn without_recovery(&self) -> Eqd {
        self.without_recovery
    }

    /// A warning for every recovery, with its reason.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let left_out = |course: &CourseShare| {
            let recovery = course.recovery.as_ref()?;
            Some(Finding::from(RadiobiologyFinding::RecoveryLeftOut {
                course: course.name.clone(),
                share: recovery.share,
                reason: recovery.reason.clone(),
                eqd2: course.eqd2,
                counted: course.counted,
            }))
        };
        self.courses.iter().filter_map(left_out).collect()
    }

    /// The working of the sum, step by step, for a check by hand.
    #[must_use]
    pub fn derivation(&self) -> Derivation {
        let line = |course: &CourseShare| match &course.recovery {
            Some(recovery) => format!(
                "{} x (1 - {})",
                decimal(course.eqd2.gray()),
                decimal(recovery.share)
            ),
            None => decimal(course.eqd2.gray()),
        };
        let lines: Vec<String> = self.courses.iter().map(line).collect();
        let mut derivation = Derivation::new(
            format!("{} of {}", self.total.label(), self.volume),
            "sum over the courses of EQD2 (1 - recovery) at one a/b",
            lines.join(" + "),
            gray_text(self.total.gray()),
            "definition; recovery as stated by the user",
        );
        for course in &self.courses {
            if let Some(recovery) = &course.recovery {
                derivation = derivation.with(format!(
                    "recovery of {} = {}: {}",
                    course.name,
                    decimal(recovery.share),
                    recovery.reason
                ));
            }
        }
        derivation
    }
}
