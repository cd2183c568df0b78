//! Whether any target gets the dose that is prescribed.

use core::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Code, Identifying, Observation, Outcome, Subject, Values};
use chemorad_dosimetry::Metric;

use super::check::StructureInDose;
use super::codes::TARGET_DOSE;
use super::side::is_target;

/// The share of the lowest prescribed dose that the median of a target has at least: this project's choice, far
/// below what a plan gives.
const LEAST: f64 = 0.8;

/// None of the targets of a structure set gets the dose that is prescribed.
///
/// ```
/// use chemorad_crosscheck::TargetDose;
/// let none = TargetDose::of(&[], &[], &|_| None, "45".parse()?);
/// assert_eq!(none, None);
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TargetDose {
    /// The lowest prescribed dose, gray.
    pub prescribed: Decimal,
    /// The targets, each with its median dose in gray.
    pub targets: Vec<(Identifying<String>, f64)>,
}

impl TargetDose {
    /// What is found of the targets among structures, by name and kind (RT ROI Interpreted Type); none where one of
    /// them gets the dose, and where there is none.
    #[must_use]
    pub fn of<'a>(
        names: &[Option<Identifying<String>>],
        kinds: &[Option<String>],
        dose_of: &dyn Fn(usize) -> Option<StructureInDose<'a>>,
        prescribed: Decimal,
    ) -> Option<Self> {
        let median: Metric = "D50%".parse().ok()?;
        let mut targets = Vec::new();
        for (place, name) in names.iter().enumerate() {
            let kind = kinds.get(place).and_then(Option::as_deref);
            let Some(name) = name.as_ref().filter(|name| is_target(name.reveal(), kind)) else {
                continue;
            };
            let Some(StructureInDose::Dose(dose)) = dose_of(place) else {
                continue;
            };
            let found = dose.metric(&median, None)?;
            if found.upper >= LEAST * prescribed.to_f64() {
                return None;
            }
            targets.push((name.clone(), found.value));
        }
        (!targets.is_empty()).then_some(Self {
            prescribed,
            targets,
        })
    }
}

impl Observation for TargetDose {
    fn code(&self) -> &Code {
        &TARGET_DOSE
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        Subject::path("targets")
    }

    fn values(&self) -> Values {
        let highest = self.targets.iter().map(|(_, dose)| *dose);
        let highest = highest.fold(0.0, f64::max);
        Values::expected(format!("{} Gy", self.prescribed)).and_found(format!("{highest:.3} Gy"))
    }
}

impl fmt::Display for TargetDose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.targets.iter().take(10);
        let names: Vec<String> = names
            .map(|(name, dose)| format!("{} (median {dose:.3} Gy)", name.quoted()))
            .collect();
        write!(
            f,
            "no target gets the prescribed dose, to 80 % in its half: {}: are structures, dose and plan of one another, and not moved or exchanged?",
            names.join(", ")
        )
    }
}
