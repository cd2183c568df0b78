//! What is possible for a person and unusual for an adult.

use alloc::vec::Vec;

use crate::report::Finding;

use super::body_size::BodySize;
use super::body_surface_area::BodySurfaceArea;
use super::clearance_weight::{ClearanceWeight, WeightBasis};
use super::creatinine::SerumCreatinine;
use super::finding::{PatientFinding, USUAL_AREA, USUAL_CLEARANCE, USUAL_CREATININE, USUAL_INDEX};
use super::measures::{Height, USUAL_HEIGHT, USUAL_WEIGHT, Weight};
use super::person::Sex;
use super::renal_function::{CreatinineClearance, CreatinineClearanceOrigin};

const fn is_within(value: f64, (least, most): (f64, f64)) -> bool {
    least <= value && value <= most
}

impl BodySize {
    /// What is unusual for an adult: a height outside 130 to 210 cm, a weight outside 35 to
    /// 150 kg, a body-mass index outside 14 to 50 kg/m². The limits are this project's choice.
    ///
    /// ```
    /// use chemorad::patient::{BodySize, Height, Weight};
    /// let size = BodySize::new(Height::constant("100 cm"), Weight::constant("150 kg"))?;
    /// let warnings = size.warnings();
    /// assert_eq!(warnings[0].code(), "patient.height");
    /// assert!(warnings[0].message().contains("may be swapped"));
    /// # Ok::<(), chemorad::patient::PatientError>(())
    /// ```
    #[must_use]
    pub fn warnings(self) -> Vec<Finding> {
        self.unusual().map(Finding::from).collect()
    }

    /// What is implausible, before it is made into findings.
    pub(crate) fn unusual(self) -> impl Iterator<Item = PatientFinding> {
        let (height, weight) = (self.height(), self.weight());
        let index = self.body_mass_index();
        let (tall, heavy) = (
            !USUAL_HEIGHT.contains(&height),
            !USUAL_WEIGHT.contains(&weight),
        );
        let broad = !is_within(index, USUAL_INDEX);
        let may_be_swapped = (tall || heavy || broad) && self.looks_swapped();
        let height = tall.then_some(PatientFinding::Height {
            height,
            may_be_swapped,
        });
        let weight = heavy.then_some(PatientFinding::Weight {
            weight,
            may_be_swapped,
        });
        let index = broad.then_some(PatientFinding::BodyMassIndex {
            index,
            may_be_swapped,
        });
        height.into_iter().chain(weight).chain(index)
    }

    /// Whether the two numbers, read in cm and kg the other way round, are a usual adult while
    /// these are not.
    fn looks_swapped(self) -> bool {
        let height = Height::from_float(self.weight().kilograms(), "cm");
        let weight = Weight::from_float(self.height().centimeters(), "kg");
        match (height, weight) {
            (Ok(height), Ok(weight)) => {
                !self.is_adult() && Self::new(height, weight).is_ok_and(Self::is_adult)
            }
            _ => false,
        }
    }
}

impl BodySurfaceArea {
    /// A finding when the area is outside 1.2 to 2.5 m², unusual for an adult (a choice of this
    /// project). [`BodySize::warnings`] are those of height and weight.
    #[must_use]
    pub fn warnings(&self) -> Vec<Finding> {
        self.unusual().map(Finding::from).into_iter().collect()
    }

    /// What is implausible, before it is made into a finding.
    pub(crate) fn unusual(&self) -> Option<PatientFinding> {
        Self::unusual_area(self.square_meters())
    }

    pub(crate) fn unusual_area(square_meters: f64) -> Option<PatientFinding> {
        let unusual = !is_within(square_meters, USUAL_AREA);
        unusual.then_some(PatientFinding::BodySurfaceArea { square_meters })
    }
}

impl SerumCreatinine {
    /// The finding `patient.creatinine` when the value is outside 0.4 to 5 mg/dL (35 to
    /// 442 µmol/L), unusual for an adult. The limits are this project's choice.
    #[must_use]
    pub fn warnings(self) -> Vec<Finding> {
        self.unusual().map(Finding::from).into_iter().collect()
    }

    fn unusual(self) -> Option<PatientFinding> {
        let unusual = !is_within(self.milligrams_per_deciliter(), USUAL_CREATININE);
        unusual.then_some(PatientFinding::Creatinine(self))
    }
}

/// Ideal or adjusted weight above the measured one: either is meant for overweight and would raise
/// the clearance here.
fn raising_weight(weight: ClearanceWeight, sex: Sex) -> Option<PatientFinding> {
    let (basis, measured) = (weight.basis(), weight.actual().kilograms());
    let used = weight.kilograms(sex).ok()?;
    (used > measured && basis != WeightBasis::Actual).then_some(PatientFinding::WeightBasis {
        basis,
        measured,
        used,
    })
}

impl CreatinineClearance {
    /// What is unusual: the creatinine, a weight basis above the measured weight, a clearance
    /// outside 5 to 200 mL/min, from which above 250 mL/min nothing can be told (choices of this project).
    ///
    /// ```
    /// use chemorad::patient::{ClearanceRate, CreatinineClearance};
    /// use chemorad::report::Outcome;
    /// let of = |rate| CreatinineClearance::stated(rate, "24 h urine").warnings();
    /// assert_eq!(of(ClearanceRate::constant("488 mL/min"))[0].outcome, Outcome::CannotTell);
    /// assert_eq!(of(ClearanceRate::constant("210 mL/min"))[0].outcome, Outcome::Warn);
    /// assert!(of(ClearanceRate::constant("120 mL/min")).is_empty());
    /// ```
    #[must_use]
    pub fn warnings(&self) -> Vec<Finding> {
        self.unusual().map(Finding::from).collect()
    }

    /// What is implausible, before it is made into findings.
    pub(crate) fn unusual(&self) -> impl Iterator<Item = PatientFinding> + use<> {
        let facts = match self.origin() {
            CreatinineClearanceOrigin::CockcroftGault(facts) => Some(*facts),
            CreatinineClearanceOrigin::Stated { .. } => None,
        };
        let creatinine = facts.and_then(|facts| facts.creatinine.unusual());
        let weight = facts.and_then(|facts| raising_weight(facts.weight, facts.sex));
        let estimated = match self.origin() {
            CreatinineClearanceOrigin::Stated { by } if is_estimated_rate(by) => {
                Some(PatientFinding::ClearanceOrigin { by: by.clone() })
            }
            _ => None,
        };
        let milliliters_per_minute = self.milliliters_per_minute();
        let unusual = !is_within(milliliters_per_minute, USUAL_CLEARANCE);
        let clearance = unusual.then_some(PatientFinding::CreatinineClearance {
            milliliters_per_minute,
        });
        creatinine
            .into_iter()
            .chain(weight)
            .chain(estimated)
            .chain(clearance)
    }
}

/// A filtration rate for 1.73 m2, by the name of where it comes from.
fn is_estimated_rate(by: &str) -> bool {
    let name = by.to_lowercase();
    ["egfr", "ckd-epi", "ckd epi", "ckdepi", "mdrd", "1.73"]
        .iter()
        .any(|known| name.contains(known))
}
