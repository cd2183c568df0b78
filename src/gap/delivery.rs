//! A way a treatment goes, as dated fractions with their effect.

use alloc::vec::Vec;

use jiff::civil::Date;

use super::error::GapError;
use super::problem::GapProblem;
use crate::quantity::{Bed, Eqd};
use crate::radiobiology::{Effect, ModelError, TWO_GRAY, Treatment};
use crate::radiotherapy::{DatedDose, OverallTime, OverallTimeConvention};
use crate::report::Derivation;

/// A way a treatment goes: dated fractions with their effect on the tumour and on late tissue.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    fractions: Vec<DatedDose>,
    overall_time: OverallTime,
    first: Date,
    last: Date,
    tumour: Effect,
    tumour_eqd: Eqd,
    /// None where it cannot be told.
    late: Option<(Effect, Eqd)>,
}

/// The effect on the tumour up to a calendar day.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct DayEffect {
    /// The day.
    pub date: Date,
    /// Fractions given up to and on it.
    pub fractions: u32,
    /// BED of the fractions so far, less what time has cost by that day.
    pub bed: Bed,
    /// This effect as EQD2.
    pub eqd: Eqd,
}

impl Delivery {
    /// Every fraction.
    #[must_use]
    pub fn fractions(&self) -> &[DatedDose] {
        &self.fractions
    }

    /// Overall time from the first to the last fraction.
    #[must_use]
    pub const fn overall_time(&self) -> OverallTime {
        self.overall_time
    }

    /// The date of the first fraction.
    #[must_use]
    pub const fn first(&self) -> Date {
        self.first
    }

    /// The date of the last fraction.
    #[must_use]
    pub const fn last(&self) -> Date {
        self.last
    }

    /// The effect on the tumour, term by term.
    #[must_use]
    pub const fn tumour(&self) -> &Effect {
        &self.tumour
    }

    /// The effect on late-reacting tissue, term by term. It cannot be told where a day has several
    /// fractions and the half-time of repair is not known: complete repair would make them look
    /// harmless.
    #[must_use]
    pub fn late(&self) -> Option<&Effect> {
        self.late.as_ref().map(|(effect, _)| effect)
    }

    /// EQD2 of the tumour.
    #[must_use]
    pub const fn tumour_eqd2(&self) -> Eqd {
        self.tumour_eqd
    }

    /// EQD2 of late-reacting tissue, where its effect can be told.
    #[must_use]
    pub fn late_eqd2(&self) -> Option<Eqd> {
        self.late.as_ref().map(|(_, eqd)| *eqd)
    }

    /// The total dose, gray.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    pub fn dose_gray(&self) -> f64 {
        let sum: u64 = self
            .fractions
            .iter()
            .map(|fraction| fraction.dose.micrograys())
            .sum();
        sum as f64 / 1e6
    }

    /// How the overall time and both effects were reached.
    #[must_use]
    pub fn derive(&self, of: &str) -> Vec<Derivation> {
        let time = self.overall_time;
        let formula = match time.convention {
            OverallTimeConvention::Inclusive => "last - first + 1",
            OverallTimeConvention::DaysBetween => "last - first",
        };
        let mut derivations = alloc::vec![Derivation::new(
            format!("overall time of {of}"),
            formula,
            format!("{} - {} ({})", self.last, self.first, time.convention),
            format!("{} d", time.days),
            "counting convention as stated",
        )];
        derivations.extend(self.tumour.derive(&format!("{of}, tumour"), TWO_GRAY));
        let late = self.late();
        let late = late.map(|late| late.derive(&format!("{of}, late tissue"), TWO_GRAY));
        derivations.extend(late.into_iter().flatten());
        derivations
    }
}

impl GapProblem {
    pub(super) fn deliver(&self, fractions: Vec<DatedDose>) -> Result<Delivery, ModelError> {
        let treatment = Treatment::from_dates(&fractions, self.convention, self.pattern())?;
        let (Some(first), Some(last)) = (fractions.first(), fractions.last()) else {
            return Err(ModelError::Dose);
        };
        let (first, last) = (first.date, last.date);
        let tumour = self.tumour.effect(&treatment)?;
        let mut pairs = fractions.windows(2);
        let several = pairs.any(|pair| pair[0].date == pair[1].date);
        let late = if several && self.late.repair_half_time().is_none() {
            None
        } else {
            let effect = self.late.effect(&treatment)?;
            let eqd = effect.eqd(TWO_GRAY)?;
            Some((effect, eqd))
        };
        Ok(Delivery {
            overall_time: self.convention.count(first, last),
            first,
            last,
            tumour_eqd: tumour.eqd(TWO_GRAY)?,
            tumour,
            late,
            fractions,
        })
    }

    /// The effect on the tumour day by day, from the first to the last fraction of a delivery.
    ///
    /// # Errors
    /// As for [`analyse`](Self::analyse).
    pub fn day_by_day(&self, fractions: &[DatedDose]) -> Result<Vec<DayEffect>, GapError> {
        let (Some(first), Some(last)) = (fractions.first(), fractions.last()) else {
            return Ok(Vec::new());
        };
        let mut days = Vec::new();
        let mut date = first.date;
        loop {
            let so_far: Vec<DatedDose> = fractions
                .iter()
                .take_while(|fraction| fraction.date <= date)
                .copied()
                .collect();
            let treatment = Treatment::from_dates(&so_far, self.convention, self.pattern())?
                .with_time(self.convention.count(first.date, date));
            let effect = self.tumour.effect(&treatment)?;
            days.push(DayEffect {
                date,
                fractions: u32::try_from(so_far.len()).unwrap_or(u32::MAX),
                bed: effect.bed(),
                eqd: effect.eqd(TWO_GRAY)?,
            });
            match date.tomorrow() {
                Ok(next) if next <= last.date => date = next,
                _ => return Ok(days),
            }
        }
    }
}

mod shape {
    use alloc::vec::Vec;

    use jiff::civil::Date;
    use serde::{Serialize, Serializer};

    use super::Delivery;
    use crate::quantity::{Bed, Eqd};
    use crate::radiobiology::{Effect, Term};
    use crate::radiotherapy::{DatedDose, OverallTime};

    #[derive(Serialize)]
    struct OfTissue {
        bed: Bed,
        eqd: Eqd,
        terms: Vec<Term>,
    }

    impl OfTissue {
        fn new(effect: &Effect, eqd: Eqd) -> Self {
            Self {
                bed: effect.bed(),
                eqd,
                terms: effect.terms(),
            }
        }
    }

    #[derive(Serialize)]
    struct Gray {
        value: f64,
        unit: &'static str,
    }

    #[derive(Serialize)]
    struct Shape<'a> {
        number_of_fractions: usize,
        dose: Gray,
        first: Date,
        last: Date,
        overall_time: OverallTime,
        tumour: OfTissue,
        late: Option<OfTissue>,
        fractions: &'a [DatedDose],
    }

    impl Serialize for Delivery {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            Shape {
                number_of_fractions: self.fractions.len(),
                dose: Gray {
                    value: self.dose_gray(),
                    unit: "Gy",
                },
                first: self.first,
                last: self.last,
                overall_time: self.overall_time,
                tumour: OfTissue::new(&self.tumour, self.tumour_eqd),
                late: self
                    .late
                    .as_ref()
                    .map(|(effect, eqd)| OfTissue::new(effect, *eqd)),
                fractions: &self.fractions,
            }
            .serialize(serializer)
        }
    }
}
