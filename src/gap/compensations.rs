//! The ways to compensate, each calculated as a whole treatment.

use alloc::vec::Vec;

use jiff::civil::Date;

use super::cautions::{is_at, is_below};
use super::compensation::{Compensation, RequiredBed, SolvedDose};
use super::delivery::Delivery;
use super::description::{Description, Status};
use super::error::GapError;
use super::method::Method;
use super::placement::Spread;
use super::problem::GapProblem;
use crate::quantity::{AbsorbedDose, Bed};
use crate::radiobiology::{EffectModel, Rounding, SolveError, Treatment};
use crate::radiotherapy::{DailyPattern, DatedDose, FractionCount};

impl GapProblem {
    pub(super) fn compensations(
        &self,
        plan: &Delivery,
        uncompensated: &Delivery,
    ) -> Result<Vec<Compensation>, GapError> {
        let mut ways = self.time_keeping(plan)?;
        ways.push(self.dose(Method::DosePerFraction, plan, uncompensated)?);
        ways.push(self.dose(Method::DoseWithinLate, plan, uncompensated)?);
        ways.push(self.number(plan, uncompensated)?);
        Ok(ways)
    }

    fn finish(
        &self,
        mut way: Compensation,
        plan: &Delivery,
        fractions: Vec<DatedDose>,
    ) -> Result<Compensation, GapError> {
        let delivery = self.deliver(fractions)?;
        if self.tumour_is_told(plan, &delivery) {
            let excess = delivery.tumour().bed().gray() - plan.tumour().bed().gray();
            way.tumour_excess = Some(excess);
        }
        if let (Some(given), Some(planned)) = (delivery.late(), plan.late()) {
            let (given, planned) = (given.bed().gray(), planned.bed().gray());
            way.late_excess = Some(given - planned);
            way.late_excess_percent = Some(100.0 * (given - planned) / planned);
        }
        way.cautions = self.cautions(&way, plan, &delivery);
        way.delivery = Some(delivery);
        Ok(way)
    }

    /// Delivered fractions followed by others.
    pub(super) fn followed_by(
        &self,
        dates: &[Date],
        doses: impl IntoIterator<Item = AbsorbedDose>,
    ) -> Vec<DatedDose> {
        let rest = dates
            .iter()
            .zip(doses)
            .map(|(&date, dose)| DatedDose { date, dose });
        self.delivered.iter().copied().chain(rest).collect()
    }

    fn time_keeping(&self, plan: &Delivery) -> Result<Vec<Compensation>, GapError> {
        let window = self.window();
        let left = u32::try_from(self.remaining.len()).unwrap_or(u32::MAX);
        let behind = left.saturating_sub(window.usual * self.per_day);
        let methods = [Method::ExtraDays, Method::SecondFraction];
        if behind == 0 {
            let why = if left == 0 {
                Description::NoFractionToMove
            } else {
                Description::FitBeforeEnd
            };
            return Ok(methods
                .map(|method| Compensation::new(method, why.clone()))
                .into());
        }
        // where the window is too short, more than are ever used
        let extra_needed = behind.div_ceil(self.per_day);
        let mut ways = Vec::new();
        let extra = Spread {
            extra_days: extra_needed,
            doubled_days: 0,
        };
        ways.push(self.spread(Method::ExtraDays, extra, plan)?);
        let second = Spread {
            extra_days: 0,
            doubled_days: behind,
        };
        ways.push(self.spread(Method::SecondFraction, second, plan)?);
        let alone = extra_needed <= window.extra || behind <= window.usual;
        let last = |way: &Compensation| way.delivery.as_ref().map(Delivery::last);
        if !alone {
            let both = Spread {
                extra_days: extra_needed,
                doubled_days: behind.saturating_sub(window.extra),
            };
            let both = self.spread(Method::ExtraDaysAndSecondFraction, both, plan)?;
            // only where it ends before each of them alone; one that does not exist has no end
            if both.status == Status::Calculated && ways.iter().all(|way| last(&both) < last(way)) {
                ways.push(both);
            }
        }
        Ok(ways)
    }

    fn spread(
        &self,
        method: Method,
        spread: Spread,
        plan: &Delivery,
    ) -> Result<Compensation, GapError> {
        let impossible = |why| Ok(Compensation::new(method, why));
        if spread.doubled_days > 0 {
            if self.per_day > 1 {
                return impossible(Description::SeveralADayPlanned);
            }
            let repairs = [self.tumour, self.late];
            if self.second.is_none() && repairs.iter().any(|m| m.repair_half_time().is_some()) {
                return impossible(Description::IntervalNeeded);
            }
        }
        let placed = self.place(self.remaining.len(), spread)?;
        if spread.extra_days > 0 && placed.extra.is_empty() {
            return impossible(Description::NoExtraDay);
        }
        if spread.doubled_days > 0 && placed.doubled.is_empty() {
            return impossible(Description::NoDayForTwo);
        }
        let description = Description::OtherDays {
            extra: placed.extra.clone(),
            doubled: placed.doubled.clone(),
            interval: self.second,
        };
        let mut way = Compensation::new(method, description);
        let fractions = self.followed_by(&placed.dates, self.remaining.iter().copied());
        way.extra_days = placed.extra;
        way.twice_daily_days = placed.doubled;
        if !way.twice_daily_days.is_empty() {
            way.interval = self.second;
        }
        self.finish(way, plan, fractions)
    }

    fn dose(
        &self,
        method: Method,
        plan: &Delivery,
        uncompensated: &Delivery,
    ) -> Result<Compensation, GapError> {
        let within_late = method == Method::DoseWithinLate;
        let without = |why| Ok(Compensation::new(method, why));
        if !within_late && !self.tumour_is_told(plan, uncompensated) {
            return without(Description::TumourNotTold);
        }
        let (model, target, unchanged) = if within_late {
            let (Some(planned), Some(unchanged)) = (plan.late(), uncompensated.late()) else {
                return without(Description::LateNotTold);
            };
            (&self.late, planned.bed(), unchanged.bed())
        } else {
            (
                &self.tumour,
                plan.tumour().bed(),
                uncompensated.tumour().bed(),
            )
        };
        let Some(count) = u32::try_from(self.remaining.len())
            .ok()
            .and_then(|count| FractionCount::new(count).ok())
        else {
            return without(Description::NoFractionToChange);
        };
        if is_at(unchanged.gray(), target.gray()) {
            return without(if within_late {
                Description::DosesKeepLateBed
            } else {
                Description::DosesReachTumourBed
            });
        }
        let required = self.required_bed(model, target, uncompensated)?;
        let bed = match Bed::new(
            required.plan + required.loss - required.delivered,
            model.alpha_beta(),
        ) {
            Ok(bed) if bed.gray() > 0.0 => bed,
            _ => return without(Description::DeliveredReachesBed),
        };
        let pattern = self.planned_pattern.unwrap_or(DailyPattern::ONCE);
        let solved = match model
            .without_repopulation()
            .dose_per_fraction_for(bed, count, pattern, None)
        {
            Ok(solved) => solved,
            Err(error @ SolveError::DoseOutOfRange(_)) => {
                return without(Description::NoDose(error));
            }
            Err(error) => return Err(error.into()),
        };
        let (step, rule) = match self.rounding {
            Some((step, _)) if within_late => (step, Rounding::Down),
            Some(given) => given,
            // the least and the most that a dose can differ by
            None if within_late => (MICROGRAY, Rounding::Down),
            None => (MICROGRAY, Rounding::Up),
        };
        let given = match solved.rounded(step, rule) {
            Ok(given) => given.dose_per_fraction(),
            Err(error) => return without(Description::NoDose(error)),
        };
        let Some(given) = given else {
            return without(Description::DoseNotGivable);
        };
        let planned = self.remaining.iter().copied();
        let description = Description::OtherDose {
            fractions: self.remaining.len(),
            given,
            planned: planned.clone().min().zip(planned.max()),
            rounded: self.rounding.map(|_| (solved.gray(), rule, step)),
        };
        let mut way = Compensation::new(method, description);
        way.dose_per_fraction = Some(SolvedDose {
            exact: solved.gray(),
            given,
        });
        way.solution = Some((solved, required));
        let dates: Vec<Date> = uncompensated
            .fractions()
            .iter()
            .skip(self.delivered.len())
            .map(|fraction| fraction.date)
            .collect();
        let fractions = self.followed_by(&dates, core::iter::repeat(given));
        self.finish(way, plan, fractions)
    }

    fn required_bed(
        &self,
        model: &EffectModel,
        target: Bed,
        uncompensated: &Delivery,
    ) -> Result<RequiredBed, GapError> {
        let given = Treatment::from_dates(&self.delivered, self.convention, self.pattern())?;
        let delivered = model.without_repopulation().effect(&given)?.bed().gray();
        let loss = model.repopulation().map_or(0.0, |repopulation| {
            repopulation.bed_lost(uncompensated.overall_time().days, model.alpha_beta())
        });
        Ok(RequiredBed {
            plan: target.gray(),
            loss,
            delivered,
        })
    }

    fn number(&self, plan: &Delivery, uncompensated: &Delivery) -> Result<Compensation, GapError> {
        let method = Method::NumberOfFractions;
        let without = |why| Ok(Compensation::new(method, why));
        let target = plan.tumour().bed().gray();
        let unchanged = uncompensated.tumour().bed().gray();
        if !self.tumour_is_told(plan, uncompensated) {
            return without(Description::TumourNotTold);
        }
        if is_at(unchanged, target) {
            return without(Description::NumberReachesTumourBed);
        }
        // another number takes another time
        if self.tumour.repopulation().is_none() {
            return without(Description::TumourNotTold);
        }
        let left = self.remaining.len();
        let Some(&dose) = self.planned.last().map(|fraction| &fraction.dose) else {
            return without(Description::NothingPrescribed);
        };
        // fewer only where the uncompensated treatment gives too much
        let first = if unchanged > target { 0 } else { left + 1 };
        let most = left + MORE_AT_MOST;
        let placed = self.place(most, Spread::USUAL)?;
        for count in first..=most {
            let doses = self
                .remaining
                .iter()
                .copied()
                .chain(core::iter::repeat(dose));
            let dates = placed.dates.get(..count).unwrap_or_default();
            let fractions = self.followed_by(dates, doses);
            let delivery = self.deliver(fractions)?;
            if is_below(delivery.tumour().bed().gray(), target) {
                continue;
            }
            if count == left {
                return without(Description::NumberIsFewest);
            }
            let description = Description::OtherNumber {
                fractions: count,
                planned: left,
            };
            let mut way = Compensation::new(method, description);
            way.fractions_added =
                i64::try_from(count).unwrap_or(i64::MAX) - i64::try_from(left).unwrap_or(i64::MAX);
            return self.finish(way, plan, delivery.fractions().to_vec());
        }
        without(Description::NoNumberReachesBed)
    }
}

/// No gap is made good by more fractions than that.
const MORE_AT_MOST: usize = 40;

const MICROGRAY: AbsorbedDose = AbsorbedDose::constant("0.000001 Gy");
