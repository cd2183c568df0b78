//! A planned dose with the prescription that explains it, as data.

use chemorad::radiotherapy::{Fractionation, Phase};
use chemorad::report::{Identifying, Subject};

/// A dose that is planned, and the prescription it is compared with: one of a fraction group or line, or one
/// that a plan states for a target.
///
/// ```
/// use chemorad_crosscheck::{CrossCheck, CrossCheckInput, Decisions, Prescribed, Tolerances};
/// use chemorad_dosimetry::PlannedPrescription;
///
/// let prescribed = Prescribed::typed(&["x@pelvis=45Gy/25".parse()?])?;
/// let planned = ["x@pelvis=45Gy/25".parse()?, "x@liver=60Gy/25".parse()?];
/// let check = CrossCheck::new(&CrossCheckInput {
///     prescribed: &prescribed,
///     planned: &[PlannedPrescription::typed("typed", &planned)?],
///     doses: &[],
///     others: &[],
///     mapping: &[],
///     names: &[],
///     tolerances: &Tolerances::default(),
///     decisions: &Decisions::default(),
///     not_assessable: 0,
/// })?;
/// let [pelvis, liver] = check.planned_doses.as_slice() else { panic!() };
/// assert_eq!(pelvis.prescribed.as_deref(), Some("45 Gy in 25 x 1.8 Gy to pelvis"));
/// // nobody prescribed it
/// assert_eq!((liver.dose_per_fraction.as_deref(), &liver.prescribed), (Some("2.4 Gy"), &None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct PlannedVolumeDose {
    /// The fraction group or line, or the target of a plan.
    pub at: Subject,
    /// The phase, where it can be told.
    pub phase: Option<String>,
    /// The volume or target, as it is named there; a plan's beams name none.
    pub volume: Option<Identifying<String>>,
    /// The number of fractions n.
    pub fractions: Option<u32>,
    /// The dose per fraction d.
    pub dose_per_fraction: Option<String>,
    /// The total dose D.
    pub total: Option<String>,
    /// The prescription it is compared with; `None` where none explains it.
    pub prescribed: Option<String>,
}

/// A prescribed dose and its volume.
pub(super) fn to_volume(dose: Fractionation, volume: &str) -> String {
    format!("{dose} to {volume}")
}

/// The doses of a phase, volume by volume.
pub(super) fn doses_in_words(phase: &Phase) -> String {
    let doses: Vec<String> = phase
        .prescriptions()
        .iter()
        .map(|dose| to_volume(dose.fractionation, &dose.volume))
        .collect();
    doses.join("; ")
}
