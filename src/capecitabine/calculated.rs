use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::patient::{BodySurfaceArea, SurfaceArea};
use crate::quantity::{CalculatedDose, OrderedDose};
use crate::report::{Derivation, decimal};
use crate::report::{Finding, Outcome};

use super::{CapecitabineError, Regimen, is_at};

/// Upper limits a protocol or a site sets. There are none unless given, and one that acts is
/// always reported.
///
/// The ASCO guideline on dosing in obese adults (Griggs 2012, updated 2021) names capping the body
/// surface area at 2.0 m² as practice it advises against.
///
/// ```
/// use chemorad::capecitabine::Caps;
/// use chemorad::patient::SurfaceArea;
/// let caps = Caps {
///     body_surface_area: Some(SurfaceArea::constant("2 m2")),
///     ..Caps::NONE
/// };
/// assert_ne!(caps, Caps::NONE);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caps {
    /// The largest body surface area to dose on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_surface_area: Option<SurfaceArea>,
    /// The largest dose of one administration, for the calculated and for the ordered dose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_per_administration: Option<OrderedDose>,
}

impl Caps {
    /// No cap.
    pub const NONE: Self = Self {
        body_surface_area: None,
        dose_per_administration: None,
    };
}

/// The dose of one administration as calculated: intensity × body surface area, before rounding.
///
/// ```
/// use chemorad::capecitabine::{CalculatedAdministration, Caps, Regimen};
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
///
/// let regimen = Regimen::new("825 mg/m2".parse()?, 2)?;
/// let area = BodySurfaceArea::stated(SurfaceArea::constant("2.2 m2"), "order form");
///
/// let full = CalculatedAdministration::new(regimen, &area, Caps::NONE)?;
/// assert_eq!(full.derivation().result, "1815 mg");
///
/// let cap = Caps { body_surface_area: Some(SurfaceArea::constant("2 m2")), ..Caps::NONE };
/// let capped = CalculatedAdministration::new(regimen, &area, cap)?;
/// assert_eq!(capped.dose().milligrams(), 1650.0);
/// assert_eq!(capped.findings()[0].code(), "capecitabine.cap");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CalculatedAdministration {
    regimen: Regimen,
    body_surface_area: BodySurfaceArea,
    caps: Caps,
    uncapped: CalculatedDose,
    dose: CalculatedDose,
    findings: Vec<Finding>,
    derivation: Derivation,
    #[serde(skip_serializing_if = "Option::is_none")]
    capping: Option<Derivation>,
}

/// Regimens in the trials and labels read for this project lie between 1200 (RTOG 0247) and 2500
/// mg/m² a day (FDA label before 2022). Outside, a factor of two between "per administration" and
/// "per day" is the likeliest reason; a reduced dose is another.
const USUAL_PER_DAY: (f64, f64) = (1200.0, 2500.0);

/// Less than the least by more than this factor fails (a choice of this project), and so does any
/// more than the most.
const FAR: f64 = 2.0;

/// The texts that were read give it twice a day, or once in a trial.
fn often(regimen: Regimen) -> Option<Finding> {
    let times = regimen.administrations_per_day();
    (times > 2).then(|| {
        Finding::written(
            "capecitabine.administrations",
            Outcome::Warn,
            "administrations a day",
            "the texts that were read give capecitabine twice a day: check the number",
        )
        .with_found(format!("{times} a day"))
    })
}

fn implausible(regimen: Regimen) -> Option<Finding> {
    let daily = regimen.intensity_per_day();
    let (least, most) = USUAL_PER_DAY;
    let value = daily.milligrams_per_square_meter();
    if (least..=most).contains(&value) {
        return None;
    }
    let (outcome, question) = if value > most {
        (
            Outcome::Fail,
            "is it the dose of a day, given as that of one administration, or is there a digit too many?",
        )
    } else if value < least / FAR {
        (
            Outcome::Fail,
            "by more than a factor of two: is a digit missing?",
        )
    } else {
        (
            Outcome::Warn,
            "is it the dose of one administration, given as that of a day, or a reduced dose?",
        )
    };
    Some(
        Finding::written(
            "capecitabine.intensity",
            outcome,
            "dose intensity",
            format!(
                "outside the daily intensities of the labels and trials that were read: {question}"
            ),
        )
        .with_expected(format!("{least} to {most} mg/m2/d"))
        .with_found(format!(
            "{} x {} = {daily}",
            regimen.administrations_per_day(),
            regimen.intensity()
        )),
    )
}

impl CalculatedAdministration {
    /// Intensity × body surface area, under the caps given.
    ///
    /// # Errors
    /// A dose above 50 000 mg, which no one means.
    pub fn new(
        regimen: Regimen,
        body_surface_area: &BodySurfaceArea,
        caps: Caps,
    ) -> Result<Self, CapecitabineError> {
        Self::adjusted(regimen, regimen, body_surface_area, caps)
    }

    /// The same for a regimen that rules made of an original one, which is the one that has to be
    /// plausible.
    pub(super) fn adjusted(
        original: Regimen,
        regimen: Regimen,
        body_surface_area: &BodySurfaceArea,
        caps: Caps,
    ) -> Result<Self, CapecitabineError> {
        let intensity = regimen.intensity().milligrams_per_square_meter();
        let area = body_surface_area.square_meters();
        let uncapped = CalculatedDose::from_milligrams(intensity * area)?;
        let derivation = Derivation::new(
            "calculated dose per administration",
            "intensity x BSA",
            format!("{} x {} m2", regimen.intensity(), decimal(area)),
            format!("{} mg", decimal(uncapped.milligrams())),
            format!(
                "definition of a dose intensity; BSA {}",
                body_surface_area.origin_text()
            ),
        );
        let mut findings: Vec<Finding> = implausible(original)
            .into_iter()
            .chain(often(original))
            .collect();
        let mut dose = uncapped;
        let mut capping = None;
        if let Some(cap) = caps
            .body_surface_area
            .filter(|cap| exceeds(area, cap.square_meters()))
        {
            dose = CalculatedDose::from_milligrams(intensity * cap.square_meters())?;
            let product = format!("{} x {cap}", regimen.intensity());
            capping = Some(capped("intensity x cap on the BSA", product, dose));
            findings.push(cap_finding(
                "body surface area",
                uncapped,
                dose,
                &format!("{cap}"),
                &format!("{} m2", decimal(area)),
                " (capping the body surface area is practice the ASCO guideline advises against: \
                 Griggs 2012, updated 2021)",
            ));
        }
        if let Some(cap) = caps
            .dose_per_administration
            .filter(|cap| exceeds(dose.milligrams(), f64::from(cap.milligrams())))
        {
            let before = dose;
            dose = CalculatedDose::from_milligrams(f64::from(cap.milligrams()))?;
            let formula = "smaller of the dose and the cap on it";
            let both = format!("smaller of {} mg and {cap}", decimal(before.milligrams()));
            let earlier = capping.map(|first: Derivation| {
                format!("BSA capped: {} = {}", first.substitution, first.result)
            });
            let step = capped(formula, both, dose);
            capping = Some(match earlier {
                Some(earlier) => step.with(earlier),
                None => step,
            });
            findings.push(cap_finding(
                "calculated dose per administration",
                before,
                dose,
                &format!("{cap}"),
                &format!("{} mg", decimal(before.milligrams())),
                "",
            ));
        }
        Ok(Self {
            regimen,
            body_surface_area: body_surface_area.clone(),
            caps,
            uncapped,
            dose,
            findings,
            derivation,
            capping,
        })
    }

    /// The regimen.
    #[must_use]
    pub const fn regimen(&self) -> Regimen {
        self.regimen
    }

    /// The patient's body surface area, before any cap.
    #[must_use]
    pub const fn body_surface_area(&self) -> &BodySurfaceArea {
        &self.body_surface_area
    }

    /// The caps that were given, whether or not they act.
    #[must_use]
    pub const fn caps(&self) -> Caps {
        self.caps
    }

    /// The same dose without the cap on it, to see what that cap changes in the rounding.
    pub(super) fn without_dose_cap(&self) -> Self {
        Self {
            caps: Caps {
                dose_per_administration: None,
                ..self.caps
            },
            ..self.clone()
        }
    }

    /// The body surface area dosed on, m²: the patient's, or the cap on it when that is lower.
    #[must_use]
    pub fn square_meters_used(&self) -> f64 {
        let area = self.body_surface_area.square_meters();
        match self.caps.body_surface_area {
            Some(cap) if exceeds(area, cap.square_meters()) => cap.square_meters(),
            _ => area,
        }
    }

    /// Intensity × body surface area, whatever the caps.
    #[must_use]
    pub const fn uncapped(&self) -> CalculatedDose {
        self.uncapped
    }

    /// The calculated dose of one administration; below [`uncapped`](Self::uncapped) when a cap
    /// acts.
    #[must_use]
    pub const fn dose(&self) -> CalculatedDose {
        self.dose
    }

    /// Whether a cap lowered the calculated dose.
    #[must_use]
    pub fn is_capped(&self) -> bool {
        self.dose < self.uncapped
    }

    /// `capecitabine.intensity` where the intensity is outside the published ones,
    /// `capecitabine.administrations` for more than two a day;
    /// `capecitabine.cap` for each cap that acts.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How the dose was calculated, whatever the caps.
    #[must_use]
    pub const fn derivation(&self) -> &Derivation {
        &self.derivation
    }

    /// How the caps that act lowered it.
    #[must_use]
    pub const fn capping(&self) -> Option<&Derivation> {
        self.capping.as_ref()
    }
}

fn capped(formula: &str, substitution: String, dose: CalculatedDose) -> Derivation {
    Derivation::new(
        "dose per administration after the cap",
        formula,
        substitution,
        format!("{} mg", decimal(dose.milligrams())),
        "the caps as given",
    )
}

/// A value within 1e-9 of the cap is at it, and the cap does not act.
fn exceeds(value: f64, cap: f64) -> bool {
    value > cap && !is_at(value, cap)
}

fn cap_finding(
    at: &str,
    before: CalculatedDose,
    after: CalculatedDose,
    cap: &str,
    found: &str,
    note: &str,
) -> Finding {
    let reduction = 100.0 * (1.0 - after.milligrams() / before.milligrams());
    Finding::written(
        "capecitabine.cap",
        Outcome::Warn,
        at,
        format!(
            "the cap of {cap} acts: {after:.2} instead of {before:.2} per administration, \
             {reduction:.1} % less{note}"
        ),
    )
    .with_expected(format!("at most {cap}"))
    .with_found(found)
}
