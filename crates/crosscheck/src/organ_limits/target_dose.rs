//! Whether targets get the dose that is prescribed.

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
/// The share of the highest prescribed dose that the median of a target has at most: this project's choice. A plan
/// that prescribes to an isodose of 80 % has a maximum of 125 % and a median below that.
const MOST: f64 = 1.2;

/// Targets of a structure set do not get the dose that is prescribed: none of them does, or some get more.
///
/// ```
/// use chemorad_crosscheck::TargetDose;
/// let none = TargetDose::of(&[], &[], &|_| None, &["45".parse()?]);
/// assert_eq!(none, []);
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TargetDose {
    /// The prescribed dose that they are held against, gray.
    pub prescribed: Decimal,
    /// The targets, each with its median dose in gray.
    pub targets: Vec<(Identifying<String>, f64)>,
    /// They get more, and not less.
    pub is_above: bool,
}

impl TargetDose {
    /// What is found of the targets among structures, by name and kind (RT ROI Interpreted Type): that none of them
    /// gets the lowest of the prescribed doses, and those that get more than the highest.
    #[must_use]
    pub fn of<'a>(
        names: &[Option<Identifying<String>>],
        kinds: &[Option<String>],
        dose_of: &dyn Fn(usize) -> Option<StructureInDose<'a>>,
        prescribed: &[Decimal],
    ) -> Vec<Self> {
        let (Some(lowest), Some(highest)) = (prescribed.iter().min(), prescribed.iter().max())
        else {
            return Vec::new();
        };
        let Ok(median) = "D50%".parse::<Metric>() else {
            return Vec::new();
        };
        let (mut below, mut above) = (Vec::new(), Vec::new());
        let mut any_gets_it = false;
        for (place, name) in names.iter().enumerate() {
            let kind = kinds.get(place).and_then(Option::as_deref);
            let Some(name) = name.as_ref().filter(|name| is_target(name.reveal(), kind)) else {
                continue;
            };
            let Some(StructureInDose::Dose(dose)) = dose_of(place) else {
                continue;
            };
            let Some(found) = dose.metric(&median, None) else {
                any_gets_it = true;
                continue;
            };
            let target = (name.clone(), found.value);
            if found.lower > MOST * highest.to_f64() {
                above.push(target.clone());
            }
            if found.upper < LEAST * lowest.to_f64() {
                below.push(target);
            } else {
                any_gets_it = true;
            }
        }
        if any_gets_it {
            below.clear();
        }
        let sides = [(below, lowest, false), (above, highest, true)];
        let found = sides
            .into_iter()
            .filter(|(targets, ..)| !targets.is_empty());
        found
            .map(|(targets, prescribed, is_above)| Self {
                prescribed: *prescribed,
                targets,
                is_above,
            })
            .collect()
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
        let names = names.join(", ");
        if self.is_above {
            write!(
                f,
                "half of a target gets more than 120 % of the highest prescribed dose: {names}: are the dose and the prescription of one another? A prescription to a low isodose can be why"
            )
        } else {
            write!(
                f,
                "no target gets the prescribed dose, to 80 % in its half: {names}: are structures, dose and plan of one another, and not moved or exchanged?"
            )
        }
    }
}
