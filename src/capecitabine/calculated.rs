//! The dose of one administration as calculated: intensity x body surface area, and its caps.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::ser::SerializeStruct as _;

use crate::patient::BodySurfaceArea;
use crate::quantity::CalculatedDose;
use crate::report::{Derivation, Finding, decimal};

use super::caps::Caps;
use super::error::CapecitabineError;
use super::regimen::Regimen;
use super::wanted::Wanted;

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
#[derive(Debug, Clone, PartialEq)]
pub struct CalculatedAdministration {
    body_surface_area: BodySurfaceArea,
    wanted: Wanted,
    findings: Vec<Finding>,
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

    /// The calculated dose of a regimen that rules made of an original one, which is the one that has to be
    /// plausible.
    pub(super) fn adjusted(
        original: Regimen,
        regimen: Regimen,
        body_surface_area: &BodySurfaceArea,
        caps: Caps,
    ) -> Result<Self, CapecitabineError> {
        let wanted = Wanted::new(regimen, body_surface_area.square_meters(), caps)
            .map_err(|(milligrams, fault)| CalculatedDose::refused(milligrams, fault))?;
        let mut findings = original.cautions();
        findings.extend(wanted.findings().map(Finding::from));
        Ok(Self {
            body_surface_area: body_surface_area.clone(),
            wanted,
            findings,
        })
    }

    /// Its numbers alone.
    pub(super) const fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The regimen.
    #[must_use]
    pub const fn regimen(&self) -> Regimen {
        self.wanted.regimen
    }

    /// The patient's body surface area, before any cap.
    #[must_use]
    pub const fn body_surface_area(&self) -> &BodySurfaceArea {
        &self.body_surface_area
    }

    /// The caps that were given, whether or not they act.
    #[must_use]
    pub const fn caps(&self) -> Caps {
        self.wanted.caps
    }

    /// This dose without the cap on it, to see what that cap changes in the rounding.
    pub(super) fn without_dose_cap(&self) -> Self {
        let mut free = self.clone();
        free.wanted.caps.dose_per_administration = None;
        free
    }

    /// The body surface area dosed on, m²: the patient's, or the cap on it when that is lower.
    #[must_use]
    pub fn square_meters_used(&self) -> f64 {
        self.wanted.square_meters_used()
    }

    /// Intensity × body surface area, whatever the caps.
    #[must_use]
    pub const fn uncapped(&self) -> CalculatedDose {
        self.wanted.uncapped
    }

    /// The calculated dose of one administration; below [`uncapped`](Self::uncapped) when a cap
    /// acts.
    #[must_use]
    pub const fn dose(&self) -> CalculatedDose {
        self.wanted.dose
    }

    /// Whether a cap lowered the calculated dose.
    #[must_use]
    pub fn is_capped(&self) -> bool {
        self.wanted.is_capped()
    }

    /// `capecitabine.intensity` where the intensity is outside the published ones,
    /// `capecitabine.administrations` for another number than two a day,
    /// `capecitabine.administration` for one above the highest published one;
    /// `capecitabine.cap` for each cap that acts.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How the dose was calculated, whatever the caps.
    #[must_use]
    pub fn derivation(&self) -> Derivation {
        let area = &self.body_surface_area;
        Derivation::new(
            "calculated dose per administration",
            "intensity x BSA",
            format!(
                "{} x {} m2",
                self.regimen().intensity(),
                decimal(area.square_meters())
            ),
            format!("{} mg", decimal(self.uncapped().milligrams())),
            format!("definition of a dose intensity; BSA {}", area.origin_text()),
        )
    }

    /// How the caps that act lowered it.
    #[must_use]
    pub fn capping(&self) -> Option<Derivation> {
        let on_area = self.wanted.area_capped.map(|(cap, after)| {
            let product = format!("{} x {cap}", self.regimen().intensity());
            capped("intensity x cap on the BSA", product, after)
        });
        let Some((cap, before)) = self.wanted.dose_capped else {
            return on_area;
        };
        let both = format!("smaller of {} mg and {cap}", decimal(before.milligrams()));
        let step = capped("smaller of the dose and the cap on it", both, self.dose());
        Some(match on_area {
            Some(first) => step.with(format!(
                "BSA capped: {} = {}",
                first.substitution, first.result
            )),
            None => step,
        })
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

/// What was put in, the dose before and after the caps, findings and derivations.
impl serde::Serialize for CalculatedAdministration {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shape = serializer.serialize_struct("CalculatedAdministration", 8)?;
        shape.serialize_field("regimen", &self.regimen())?;
        shape.serialize_field("body_surface_area", &self.body_surface_area)?;
        shape.serialize_field("caps", &self.caps())?;
        shape.serialize_field("uncapped", &self.uncapped())?;
        shape.serialize_field("dose", &self.dose())?;
        shape.serialize_field("findings", &self.findings)?;
        shape.serialize_field("derivation", &self.derivation())?;
        match self.capping() {
            Some(capping) => shape.serialize_field("capping", &capping)?,
            None => shape.skip_field("capping")?,
        }
        shape.end()
    }
}
