//! Which regimens lie outside those that were read: the one check for orders and for protocols.

use alloc::vec::Vec;

use crate::quantity::{IntensityPerAdministration, IntensityPerDay};
use crate::report::Finding;

use super::finding::CapecitabineFinding;
use super::regimen::Regimen;

/// Regimens in the trials and labels read for this project lie between 1200 (RTOG 0247) and 2500
/// mg/m² a day (FDA label before 2022). Outside, a factor of two between "per administration" and
/// "per day" is the likeliest reason; a reduced dose is another.
pub(super) const USUAL_PER_DAY: (f64, f64) = (1200.0, 2500.0);

/// The highest intensity of one administration that was read: 1250 mg/m² (FDA label before 2022).
pub(super) const HIGHEST_ADMINISTRATION: IntensityPerAdministration =
    IntensityPerAdministration::constant("1250 mg/m2");

/// The highest daily intensity with radiotherapy in the texts that were read: 1000 mg/m² twice daily
/// (Hospers et al. 2007). Labels give 1250 mg/m² twice daily without radiotherapy, 14 days of 21.
pub(super) const HIGHEST_WITH_RADIOTHERAPY: IntensityPerDay =
    IntensityPerDay::constant("2000 mg/m2/d");

/// A daily intensity compared with those that were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IntensityWindow {
    Inside,
    /// Half of a usual one, as a dose of one administration given as that of a day is, or a reduced
    /// one.
    Below,
    /// By more than a factor of two (a choice of this project).
    FarBelow,
    Above,
}

impl IntensityWindow {
    pub(super) fn of(regimen: Regimen) -> Self {
        let (least, most) = USUAL_PER_DAY;
        let daily = regimen.intensity_per_day().milligrams_per_square_meter();
        match daily {
            _ if daily > most => Self::Above,
            _ if daily < least / 2.0 => Self::FarBelow,
            _ if daily < least => Self::Below,
            _ => Self::Inside,
        }
    }
}

impl Regimen {
    /// What is unusual of an intensity and a number of administrations a day, whoever states them: a
    /// protocol or an order. `capecitabine.intensity` where the daily intensity is outside the
    /// published ones, `capecitabine.administrations` for another number than two a day,
    /// `capecitabine.administration` for one administration above the highest published one.
    ///
    /// ```
    /// use chemorad::capecitabine::Regimen;
    /// let codes = |intensity: &str, times| {
    ///     let regimen = Regimen::new(intensity.parse().unwrap(), times).unwrap();
    ///     let found: Vec<_> = regimen.cautions().iter().map(|one| one.code()).collect();
    ///     found
    /// };
    /// assert!(codes("825 mg/m2", 2).is_empty());
    /// // the dose of a day, given once
    /// assert_eq!(
    ///     codes("1650 mg/m2", 1),
    ///     ["capecitabine.administrations", "capecitabine.administration"]
    /// );
    /// assert_eq!(codes("825 mg/m2", 1), ["capecitabine.intensity", "capecitabine.administrations"]);
    /// ```
    #[must_use]
    pub fn cautions(self) -> Vec<Finding> {
        let outside = IntensityWindow::of(self) != IntensityWindow::Inside;
        let intensity = outside.then_some(CapecitabineFinding::Intensity(self));
        let times = self.administrations_per_day();
        let often = (times != 2).then_some(CapecitabineFinding::Administrations(times));
        let above = self.intensity() > HIGHEST_ADMINISTRATION;
        // a day above the published ones says it already
        let single = (above && IntensityWindow::of(self) != IntensityWindow::Above)
            .then_some(CapecitabineFinding::Administration(self));
        let all = intensity.into_iter().chain(often).chain(single);
        all.map(Finding::from).collect()
    }

    /// Whether the daily intensity is above every one that was read with radiotherapy.
    pub(super) fn is_above_radiotherapy(self) -> bool {
        self.intensity_per_day() > HIGHEST_WITH_RADIOTHERAPY
    }
}
