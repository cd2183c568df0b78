//! What a model needs to know of a treatment: the doses, which of them share a day, and the time.

use alloc::vec::Vec;

use super::model_error::ModelError;
use super::repair::{unrepaired, unrepaired_pairs};
use super::repopulation::TreatmentTime;
use crate::quantity::{AbsorbedDose, RepairHalfTime};
use crate::radiotherapy::{
    Course, DailyPattern, DatedDose, FractionCalendar, FractionCount, Fractionation,
    OverallTimeConvention,
};

/// Fractions of one volume that share days.
#[derive(Debug, Clone, Copy, PartialEq)]
enum SameDay {
    /// `days` times the whole pattern and one day with the first `rest` of it, all of one dose.
    Pattern {
        gray: f64,
        pattern: DailyPattern,
        days: u32,
        rest: u32,
    },
    /// `count` pairs a known time apart.
    Pairs {
        first: f64,
        second: f64,
        microhours: u64,
        count: u32,
    },
}

/// A treatment of one volume: fractionations in order, how many fractions a day, overall time.
///
/// * [`from_fractionations`](Self::from_fractionations): fractionations alone, one fraction a day.
/// * [`per_day`](Self::per_day): the same with several fractions a day. Every fractionation begins
///   on a new day; a last day with fewer fractions counts as it is.
/// * [`with_time`](Self::with_time): with an overall time.
/// * [`from_calendar`](Self::from_calendar): all of it from dates.
/// * [`from_dates`](Self::from_dates): from a list of fractions, each with its date and dose.
///
/// ```
/// use chemorad::radiobiology::{Treatment, TreatmentTime};
/// let treatment = Treatment::from_fractionations(&["45Gy/25".parse()?, "5.4Gy/3".parse()?])?
///     .with_time(TreatmentTime::stated(38));
/// assert_eq!(treatment.time().map(|time| time.days()), Some(38));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Treatment {
    fractionations: Vec<Fractionation>,
    same_day: Vec<SameDay>,
    /// Some fractions share a day, but nobody said how far apart.
    intervals_missing: bool,
    time: Option<TreatmentTime>,
}

impl Treatment {
    /// Fractionations given to one volume, one fraction a day.
    ///
    /// # Errors
    /// No fractionation, or a sum above 1000 Gy.
    pub fn from_fractionations(fractionations: &[Fractionation]) -> Result<Self, ModelError> {
        let treatment = Self {
            fractionations: fractionations.to_vec(),
            same_day: Vec::new(),
            intervals_missing: false,
            time: None,
        };
        treatment.checked()
    }

    fn checked(self) -> Result<Self, ModelError> {
        let sum: u64 = self
            .fractionations
            .iter()
            .map(|fractionation| fractionation.total().micrograys())
            .sum();
        AbsorbedDose::from_micrograys(sum).map_err(|_| ModelError::Dose)?;
        Ok(self)
    }

    /// Sets several fractions a day.
    #[must_use]
    pub fn per_day(mut self, pattern: DailyPattern) -> Self {
        self.intervals_missing = false;
        self.same_day = if pattern.fractions() == 1 {
            Vec::new()
        } else {
            let in_pattern = |fractionation: &Fractionation| {
                let n = fractionation.fractions().get();
                SameDay::Pattern {
                    gray: fractionation.gray_per_fraction(),
                    pattern,
                    days: n / pattern.fractions(),
                    rest: n % pattern.fractions(),
                }
            };
            self.fractionations.iter().map(in_pattern).collect()
        };
        self
    }

    /// Sets the overall time.
    #[must_use]
    pub fn with_time(mut self, time: impl Into<TreatmentTime>) -> Self {
        self.time = Some(time.into());
        self
    }

    /// What a course gives to a volume on the dates of a calendar. Overall time runs from the
    /// first to the last fraction that reaches the volume.
    ///
    /// `pattern` gives the intervals of days with several fractions; without it a model with
    /// incomplete repair refuses such a calendar.
    ///
    /// ```
    /// use chemorad::radiobiology::Treatment;
    /// use chemorad::radiotherapy::{
    ///     CalendarRules, Course, FractionCalendar, OverallTimeConvention, Phase, Volume, Weekdays,
    /// };
    /// use jiff::civil::date;
    ///
    /// let course = Course::new(
    ///     vec![Volume::new("pelvis"), Volume::inside("tumour bed", "pelvis")],
    ///     vec![
    ///         Phase::single("pelvis", "pelvis", "45Gy/25".parse()?),
    ///         Phase::single("boost", "tumour bed", "5.4Gy/3".parse()?),
    ///     ],
    /// )?;
    /// let calendar = FractionCalendar::plan(&course, &CalendarRules {
    ///     start: date(2026, 12, 7),
    ///     weekdays: Weekdays::MONDAY_TO_FRIDAY,
    ///     holidays: vec![],
    ///     fractions_per_day: 1,
    /// })?;
    /// let days = |volume| -> Result<u32, Box<dyn std::error::Error>> {
    ///     let inclusive = OverallTimeConvention::Inclusive;
    ///     let treatment = Treatment::from_calendar(&course, volume, &calendar, inclusive, None)?;
    ///     Ok(treatment.time().map_or(0, |time| time.days()))
    /// };
    /// assert_eq!(days("pelvis")?, 33); // its treatment ends with its last fraction
    /// assert_eq!(days("tumour bed")?, 38);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A volume that gets nothing, a calendar of another course, or more fractions on a day than
    /// the pattern has.
    pub fn from_calendar(
        course: &Course,
        volume: &str,
        calendar: &FractionCalendar,
        convention: OverallTimeConvention,
        pattern: Option<DailyPattern>,
    ) -> Result<Self, ModelError> {
        let counts = course.phases().iter().map(|phase| phase.fractions().get());
        let mut of_phases = alloc::vec![0_u32; course.phases().len()];
        for fraction in calendar.fractions() {
            let count = of_phases.get_mut(fraction.phase);
            *count.ok_or(ModelError::OtherCalendar)? += 1;
        }
        if !counts.eq(of_phases.iter().copied()) {
            return Err(ModelError::OtherCalendar);
        }
        let doses: Vec<Option<Fractionation>> = course
            .phases()
            .iter()
            .map(|phase| course.fractionation_of(volume, phase))
            .collect();
        let given: Vec<_> = calendar
            .fractions()
            .iter()
            .filter_map(|fraction| {
                let dose = doses.get(fraction.phase).copied().flatten()?;
                Some((fraction, dose.gray_per_fraction()))
            })
            .collect();
        let (Some((first, _)), Some((last, _))) = (given.first(), given.last()) else {
            return Err(ModelError::NoSuchVolume(volume.chars().take(60).collect()));
        };
        let time = convention.count(first.date, last.date);
        let mut same_day = Vec::new();
        let mut intervals_missing = false;
        for (index, (later, second)) in given.iter().enumerate() {
            let before = given.iter().take(index).rev();
            for (earlier, first) in before.take_while(|(fraction, _)| fraction.date == later.date) {
                let Some(pattern) = pattern else {
                    intervals_missing = true;
                    continue;
                };
                let microhours = pattern
                    .microhours_between(earlier.of_day, later.of_day)
                    .ok_or(ModelError::PatternTooShort {
                        date: later.date,
                        fractions: later.of_day,
                        pattern: pattern.fractions(),
                    })?;
                add_pair(&mut same_day, *first, *second, microhours);
            }
        }
        let treatment = Self {
            fractionations: doses.into_iter().flatten().collect(),
            same_day,
            intervals_missing,
            time: Some(time.into()),
        };
        treatment.checked()
    }

    /// Fractions as given to one volume, each with its date and dose. Overall time runs from the
    /// first to the last; `pattern` gives the intervals of days with several fractions.
    ///
    /// ```
    /// use chemorad::radiobiology::Treatment;
    /// use chemorad::radiotherapy::{DatedDose, OverallTimeConvention};
    /// use jiff::civil::date;
    ///
    /// let given = |day, dose: &str| {
    ///     Ok::<_, chemorad::quantity::QuantityError>(DatedDose {
    ///         date: date(2026, 12, day),
    ///         dose: dose.parse()?,
    ///     })
    /// };
    /// let fractions = [given(7, "1.8 Gy")?, given(8, "1.8 Gy")?, given(10, "2 Gy")?];
    /// let treatment = Treatment::from_dates(&fractions, OverallTimeConvention::Inclusive, None)?;
    /// assert_eq!(treatment.fractionations().len(), 2); // 2 x 1.8 Gy and 1 x 2 Gy
    /// assert_eq!(treatment.time().map(|time| time.days()), Some(4));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// No fraction, dates out of order, a sum above 1000 Gy or more than 200 fractions of one
    /// dose, or more fractions on a day than the pattern has.
    pub fn from_dates(
        fractions: &[DatedDose],
        convention: OverallTimeConvention,
        pattern: Option<DailyPattern>,
    ) -> Result<Self, ModelError> {
        let (Some(first), Some(last)) = (fractions.first(), fractions.last()) else {
            return Err(ModelError::Dose);
        };
        let mut counts: Vec<(AbsorbedDose, u32)> = Vec::new();
        let mut same_day = Vec::new();
        let mut intervals_missing = false;
        let mut day: Vec<AbsorbedDose> = Vec::new();
        let mut today = first.date;
        for fraction in fractions {
            if fraction.date < today {
                return Err(ModelError::OutOfOrder {
                    earlier: today,
                    later: fraction.date,
                });
            }
            if fraction.date > today {
                day.clear();
                today = fraction.date;
            }
            let of_day = u32::try_from(day.len())
                .unwrap_or(u32::MAX)
                .saturating_add(1);
            for (earlier, dose) in (1..).zip(&day) {
                let Some(pattern) = pattern else {
                    intervals_missing = true;
                    continue;
                };
                let microhours = pattern.microhours_between(earlier, of_day).ok_or(
                    ModelError::PatternTooShort {
                        date: today,
                        fractions: of_day,
                        pattern: pattern.fractions(),
                    },
                )?;
                add_pair(&mut same_day, dose.gray(), fraction.dose.gray(), microhours);
            }
            day.push(fraction.dose);
            match counts.iter_mut().find(|(dose, _)| *dose == fraction.dose) {
                Some((_, count)) => *count += 1,
                None => counts.push((fraction.dose, 1)),
            }
        }
        let fractionations = counts
            .into_iter()
            .map(|(dose, count)| {
                let count = FractionCount::new(count)?;
                Fractionation::from_dose_per_fraction(dose, count)
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(|_| ModelError::Dose)?;
        let treatment = Self {
            fractionations,
            same_day,
            intervals_missing,
            time: Some(convention.count(first.date, last.date).into()),
        };
        treatment.checked()
    }

    /// The fractionations in order.
    #[must_use]
    pub fn fractionations(&self) -> &[Fractionation] {
        &self.fractionations
    }

    /// Overall time, where it is known.
    #[must_use]
    pub const fn time(&self) -> Option<TreatmentTime> {
        self.time
    }

    /// The fewest days the fractions take, the first counted as day 1, where each phase begins on a
    /// new day; `None` where they have dates.
    pub(super) fn fewest_days(&self) -> Option<u32> {
        let mut days: u32 = 0;
        for (index, fractionation) in self.fractionations.iter().enumerate() {
            let m = match self.same_day.get(index) {
                Some(SameDay::Pattern { pattern, .. }) => pattern.fractions(),
                Some(SameDay::Pairs { .. }) => return None,
                None => 1,
            };
            days = days.saturating_add(fractionation.fractions().get().div_ceil(m));
        }
        (!self.intervals_missing).then_some(days)
    }

    /// Whether some fractions share a day.
    #[must_use]
    pub fn several_a_day(&self) -> bool {
        self.intervals_missing || !self.same_day.is_empty()
    }

    /// These days and this time with other doses, for models in which the doses of one day do not
    /// interact.
    pub(super) fn with_doses(&self, fractionations: Vec<Fractionation>) -> Self {
        Self {
            fractionations,
            ..self.clone()
        }
    }

    pub(super) const fn intervals_missing(&self) -> bool {
        self.intervals_missing
    }

    /// `2 Σ d_i d_j φ_ij` over the pairs of fractions that share a day, Gy².
    pub(super) fn unrepaired_squares(&self, half_time: RepairHalfTime) -> f64 {
        let of = |same_day: &SameDay| match *same_day {
            SameDay::Pattern {
                gray,
                pattern,
                days,
                rest,
            } => {
                let whole = unrepaired_pairs(half_time, pattern, pattern.fractions());
                let last = unrepaired_pairs(half_time, pattern, rest);
                2.0 * gray * gray * (f64::from(days) * whole + last)
            }
            SameDay::Pairs {
                first,
                second,
                microhours,
                count,
            } => 2.0 * f64::from(count) * first * second * unrepaired(half_time, microhours),
        };
        self.same_day.iter().map(of).sum()
    }
}

/// Pairs that are alike are counted, so that a course of 80 fractions has a handful of terms.
fn add_pair(pairs: &mut Vec<SameDay>, first: f64, second: f64, microhours: u64) {
    for pair in pairs.iter_mut() {
        if let SameDay::Pairs {
            first: a,
            second: b,
            microhours: time,
            count,
        } = pair
        {
            if a.to_bits() == first.to_bits()
                && b.to_bits() == second.to_bits()
                && *time == microhours
            {
                *count += 1;
                return;
            }
        }
    }
    pairs.push(SameDay::Pairs {
        first,
        second,
        microhours,
        count: 1,
    });
}
