//! Repopulation: effect lost per day of overall time after the kick-off time.

use alloc::string::String;
use core::fmt;

use super::linear_quadratic::TWO_GRAY;
use crate::quantity::{
    AbsorbedDose, Alpha, AlphaBeta, BedLossPerDay, DoublingTime, EqdLossPerDay, KickOffTime,
};
use crate::radiotherapy::{OverallTime, OverallTimeConvention};
use crate::report::decimal;

/// How an overall treatment time came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeBasis {
    /// Counted from dates by a convention.
    Counted(OverallTimeConvention),
    /// Given as a number of days; who gave it knows how it was counted.
    Stated,
}

impl fmt::Display for TimeBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Counted(convention) => convention.fmt(f),
            Self::Stated => f.pad("as stated"),
        }
    }
}

/// Overall treatment time for a model: days, and where they come from.
///
/// Programs count the same 25 fractions (Monday start, no holiday) in four ways. With α/β = 10 Gy,
/// 0.660 Gy/d lost after day 28, 45 Gy in 25 has
///
/// | rule | days | BED, Gy |
/// | --- | --- | --- |
/// | days between first and last fraction ([`OverallTimeConvention::DaysBetween`]) | 32 | 50.459 |
/// | first day is day 1 ([`OverallTimeConvention::Inclusive`]) | 33 | 49.799 |
/// | `floor(n/5) 7 + n mod 5` (CERR, pyCERR): counts the last weekend | 35 | 48.479 |
/// | `floor(n 7/5)` (LQ-Equiv) | 35 | 48.479 |
///
/// Here a number of fractions is never turned into a time: it is counted from dates, or stated.
///
/// ```
/// use chemorad::radiobiology::TreatmentTime;
/// let time = TreatmentTime::stated(35);
/// assert_eq!(time.to_string(), "35 d (as stated)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreatmentTime {
    days: u32,
    basis: TimeBasis,
}

impl TreatmentTime {
    /// A number of days that was given, not counted.
    #[must_use]
    pub const fn stated(days: u32) -> Self {
        Self {
            days,
            basis: TimeBasis::Stated,
        }
    }

    /// Days.
    #[must_use]
    pub const fn days(self) -> u32 {
        self.days
    }

    /// Where they come from.
    #[must_use]
    pub const fn basis(self) -> TimeBasis {
        self.basis
    }
}

impl From<OverallTime> for TreatmentTime {
    fn from(time: OverallTime) -> Self {
        Self {
            days: time.days,
            basis: TimeBasis::Counted(time.convention),
        }
    }
}

impl fmt::Display for TreatmentTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} d ({})", self.days, self.basis))
    }
}

impl serde::Serialize for TreatmentTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut shape = serializer.serialize_struct("TreatmentTime", 2)?;
        shape.serialize_field("days", &self.days)?;
        match self.basis {
            TimeBasis::Counted(convention) => shape.serialize_field("convention", &convention)?,
            TimeBasis::Stated => shape.serialize_field("convention", "stated")?,
        }
        shape.end()
    }
}

/// What is lost per day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepopulationRate {
    /// K, Gy BED per day.
    Bed(BedLossPerDay),
    /// `ln 2/(α Tp)`, Gy BED per day.
    Doubling {
        /// α.
        alpha: Alpha,
        /// Tp.
        doubling_time: DoublingTime,
    },
    /// `D_prolif`, Gy EQDx per day.
    Eqd {
        /// `D_prolif`.
        loss: EqdLossPerDay,
        /// x.
        reference: AbsorbedDose,
    },
}

/// Repopulation of tumour cells during treatment.
///
/// * BED form: `BED lost = K max(0, T − Tk)`, with `K = ln 2/(α Tp)` where α and the doubling time
///   are given instead (Dale 1989, Br J Radiol 62:241-4; Fowler 1989, Br J Radiol 62:679-94).
/// * EQD form: `EQDx lost = D_prolif max(0, T − Tk)` (*Basic Clinical Radiobiology*, ch. 10).
///
/// T is overall time, Tk the kick-off time. Before Tk nothing is lost: the clamp is part of the
/// definition. The EQD form is a sensible straight line over about one week.
///
/// ```
/// use chemorad::quantity::{Alpha, BedLossPerDay, DoublingTime, KickOffTime};
/// use chemorad::radiobiology::Repopulation;
///
/// let kick_off = KickOffTime::constant("28 d");
/// let stated = Repopulation::bed(BedLossPerDay::constant("0.66 Gy/d"), kick_off);
/// let derived = Repopulation::doubling(
///     Alpha::constant("0.35 /Gy"), DoublingTime::constant("3 d"), kick_off);
/// assert_eq!(stated.days_beyond_kick_off(35), 7.0);
/// assert_eq!(stated.days_beyond_kick_off(20), 0.0);
/// assert_eq!(format!("{:.3}", derived.bed_per_day("10 Gy".parse()?)), "0.660");
/// # Ok::<(), chemorad::quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repopulation {
    rate: RepopulationRate,
    kick_off: KickOffTime,
}

impl Repopulation {
    /// From any rate.
    #[must_use]
    pub const fn new(rate: RepopulationRate, kick_off: KickOffTime) -> Self {
        Self { rate, kick_off }
    }

    /// K after Tk.
    #[must_use]
    pub const fn bed(loss: BedLossPerDay, kick_off: KickOffTime) -> Self {
        Self::new(RepopulationRate::Bed(loss), kick_off)
    }

    /// `ln 2/(α Tp)` after Tk.
    #[must_use]
    pub const fn doubling(
        alpha: Alpha,
        doubling_time: DoublingTime,
        kick_off: KickOffTime,
    ) -> Self {
        Self::new(
            RepopulationRate::Doubling {
                alpha,
                doubling_time,
            },
            kick_off,
        )
    }

    /// `D_prolif` in EQD2 after Tk.
    #[must_use]
    pub const fn eqd2(loss: EqdLossPerDay, kick_off: KickOffTime) -> Self {
        Self::new(
            RepopulationRate::Eqd {
                loss,
                reference: TWO_GRAY,
            },
            kick_off,
        )
    }

    /// The rate as it was given.
    #[must_use]
    pub const fn rate(self) -> RepopulationRate {
        self.rate
    }

    /// Tk.
    #[must_use]
    pub const fn kick_off(self) -> KickOffTime {
        self.kick_off
    }

    /// `max(0, T − Tk)`, days.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    pub fn days_beyond_kick_off(self, overall_days: u32) -> f64 {
        self.excess(overall_days) as f64 / 1e6
    }

    fn excess(self, overall_days: u32) -> u64 {
        (u64::from(overall_days) * 1_000_000).saturating_sub(self.kick_off.microdays())
    }

    /// BED lost per day at an α/β, Gy: K, `ln 2/(α Tp)`, or `D_prolif (1 + x/(α/β))`.
    #[must_use]
    pub fn bed_per_day(self, alpha_beta: AlphaBeta) -> f64 {
        self.lost_in(1_000_000, alpha_beta)
    }

    /// BED lost in an overall time, Gy; at most 4 units in the last place from the exact value.
    #[must_use]
    pub fn bed_lost(self, overall_days: u32, alpha_beta: AlphaBeta) -> f64 {
        self.lost_in(self.excess(overall_days), alpha_beta)
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "exact products, each rounded once"
    )]
    fn lost_in(self, microdays: u64, alpha_beta: AlphaBeta) -> f64 {
        let time = u128::from(microdays);
        match self.rate {
            RepopulationRate::Bed(loss) => {
                (u128::from(loss.micrograys_per_day()) * time) as f64 / 1e12
            }
            RepopulationRate::Doubling {
                alpha,
                doubling_time,
            } => {
                // α Tp in 10^-12 d/Gy, the time brought to the same scale
                let divisor =
                    u128::from(alpha.per_million_gray()) * u128::from(doubling_time.microdays());
                core::f64::consts::LN_2 * ((time * 1_000_000) as f64 / divisor as f64)
            }
            RepopulationRate::Eqd { loss, reference } => {
                let alpha_beta = u128::from(alpha_beta.micrograys());
                let numerator = u128::from(loss.micrograys_per_day())
                    * time
                    * (alpha_beta + u128::from(reference.micrograys()));
                numerator as f64 / (alpha_beta * 1_000_000_000_000) as f64
            }
        }
    }

    pub(super) const fn source(self) -> &'static str {
        match self.rate {
            RepopulationRate::Bed(_) | RepopulationRate::Doubling { .. } => {
                "Dale 1989, Br J Radiol 62:241-4; Fowler 1989, Br J Radiol 62:679-94"
            }
            RepopulationRate::Eqd { .. } => "Basic Clinical Radiobiology, ch. 10",
        }
    }

    /// The loss with its numbers, as it stands in a derivation.
    pub(super) fn written(self, overall_days: u32, alpha_beta: AlphaBeta) -> String {
        let kick_off = decimal(self.kick_off.days());
        let time = format!("max(0, {overall_days} - {kick_off}) d");
        match self.rate {
            RepopulationRate::Bed(loss) => format!("{loss} x {time}"),
            RepopulationRate::Doubling {
                alpha,
                doubling_time,
            } => format!("ln 2/({alpha} x {doubling_time}) x {time}"),
            RepopulationRate::Eqd { loss, reference } => format!(
                "{loss} x (1 + {}/{}) x {time}",
                decimal(reference.gray()),
                alpha_beta.number()
            ),
        }
    }
}

/// K from `D_prolif`: `K = D_prolif (1 + x/(α/β))`, Gy BED per day.
///
/// ```
/// use chemorad::radiobiology::bed_loss_from_eqd_loss;
/// let k = bed_loss_from_eqd_loss("0.75 Gy/d".parse()?, "10 Gy".parse()?, "2 Gy".parse()?);
/// assert_eq!(k, 0.9);
/// # Ok::<(), chemorad::quantity::QuantityError>(())
/// ```
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "one rounding of each product")]
pub fn bed_loss_from_eqd_loss(
    loss: EqdLossPerDay,
    alpha_beta: AlphaBeta,
    reference: AbsorbedDose,
) -> f64 {
    let sum = alpha_beta.micrograys() + reference.micrograys();
    let numerator = u128::from(loss.micrograys_per_day()) * u128::from(sum);
    numerator as f64 / (u128::from(alpha_beta.micrograys()) * 1_000_000) as f64
}

/// `D_prolif` from K: `D_prolif = K/(1 + x/(α/β))`, Gy EQDx per day.
///
/// ```
/// use chemorad::radiobiology::eqd_loss_from_bed_loss;
/// let loss = eqd_loss_from_bed_loss("0.9 Gy/d".parse()?, "10 Gy".parse()?, "2 Gy".parse()?);
/// assert_eq!(loss, 0.75);
/// # Ok::<(), chemorad::quantity::QuantityError>(())
/// ```
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "one rounding of each product")]
pub fn eqd_loss_from_bed_loss(
    loss: BedLossPerDay,
    alpha_beta: AlphaBeta,
    reference: AbsorbedDose,
) -> f64 {
    let sum = alpha_beta.micrograys() + reference.micrograys();
    let numerator = u128::from(loss.micrograys_per_day()) * u128::from(alpha_beta.micrograys());
    numerator as f64 / (u128::from(sum) * 1_000_000) as f64
}
