//! The dose of one volume on a date: a fraction as it was or will be given.

use alloc::vec::Vec;

use jiff::civil::Date;

use super::fractionation::Fractionation;
use crate::quantity::AbsorbedDose;

/// One fraction of one volume: its date and its dose.
///
/// ```
/// use chemorad::quantity::AbsorbedDose;
/// use chemorad::radiotherapy::DatedDose;
/// use jiff::civil::date;
/// let given = DatedDose { date: date(2026, 12, 7), dose: AbsorbedDose::constant("1.8 Gy") };
/// assert_eq!(given.dose.gray(), 1.8);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedDose {
    /// Its date.
    #[serde(deserialize_with = "super::dates::one")]
    pub date: Date,
    /// Its dose.
    pub dose: AbsorbedDose,
}

impl Fractionation {
    /// The dose of every fraction in whole micrograys, which add up to the total exactly: 50 Gy in
    /// 30 is 20 fractions of 1.666667 Gy and 10 of 1.666666 Gy.
    ///
    /// ```
    /// use chemorad::radiotherapy::Fractionation;
    /// let doses = "50Gy/30".parse::<Fractionation>()?.doses();
    /// assert_eq!(doses.len(), 30);
    /// assert_eq!(doses.iter().map(|dose| dose.micrograys()).sum::<u64>(), 50_000_000);
    /// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
    /// ```
    #[must_use]
    pub fn doses(self) -> Vec<AbsorbedDose> {
        let (total, n) = (self.total().micrograys(), u64::from(self.fractions().get()));
        // the sum of the first k, to the nearest microgray
        let given = |k: u64| (2 * total * k + n) / (2 * n);
        (1..=n)
            .filter_map(|k| AbsorbedDose::from_micrograys(given(k) - given(k - 1)).ok())
            .collect()
    }
}
