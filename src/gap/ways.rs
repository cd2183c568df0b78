//! The ways to compensate, each calculated as a treatment of its own.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use jiff::civil::Date;

use super::compensation::Needed;
use super::judgement::{is_at, is_below};
use super::placement::{Placed, Spread};
use super::{Compensation, Delivery, GapError, GapProblem, Method, SolvedDose, Status};
use crate::quantity::{AbsorbedDose, Bed};
use crate::radiobiology::{EffectModel, Rounding, SolveError, Treatment};
use crate::radiotherapy::{DailyPattern, FractionCount, GivenFraction};
use crate::report::decimal;

impl GapProblem {
    pub(super) fn compensations(
        &self,
        plan: &Delivery,
        stands: &Delivery,
    ) -> Result<Vec<Compensation>, GapError> {
        let mut ways = self.time_keeping(plan)?;
        ways.push(self.dose(Method::DosePerFraction, plan, stands)?);
        ways.push(self.dose(Method::DoseWithinLate, plan, stands)?);
        ways.push(self.number(plan, stands)?);
        Ok(ways)
    }

    fn finish(
        &self,
        mut way: Compensation,
        plan: &Delivery,
        fractions: Vec<GivenFraction>,
    ) -> Result<Compensation, GapError> {
        let delivery = self.deliver(fractions)?;
        way.tumour_excess = delivery.tumour().bed().gray() - plan.tumour().bed().gray();
        way.late_excess = delivery.late().bed().gray() - plan.late().bed().gray();
        way.late_excess_percent = 100.0 * way.late_excess / plan.late().bed().gray();
        way.against = self.against(&way, plan, &delivery);
        way.delivery = Some(delivery);
        Ok(way)
    }

    /// Delivered fractions followed by others.
    pub(super) fn followed_by(
        &self,
        dates: &[Date],
        doses: impl IntoIterator<Item = AbsorbedDose>,
    ) -> Vec<GivenFraction> {
        let rest = dates
            .iter()
            .zip(doses)
            .map(|(&date, dose)| GivenFraction { date, dose });
        self.delivered.iter().copied().chain(rest).collect()
    }

    fn time_keeping(&self, plan: &Delivery) -> Result<Vec<Compensation>, GapError> {
        let window = self.window();
        let left = u32::try_from(self.remaining.len()).unwrap_or(u32::MAX);
        let behind = left.saturating_sub(window.usual * self.per_day);
        let methods = [Method::ExtraDays, Method::SecondFraction];
        if behind == 0 {
            let why = if left == 0 {
                "no fraction is left to move"
            } else {
                "the fractions that are left fit before the planned end"
            };
            return Ok(methods
                .map(|method| Compensation::without(method, Status::NotNeeded, why))
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
        let impossible = |why: &str| Ok(Compensation::without(method, Status::NotPossible, why));
        if spread.doubled_days > 0 {
            if self.per_day > 1 {
                return impossible("the plan has several fractions a day already");
            }
            let repairs = [self.tumour, self.late];
            if self.second.is_none() && repairs.iter().any(|m| m.repair_half_time().is_some()) {
                return impossible(
                    "a repair half-time is given, so the interval between two fractions of a day is needed (second_fraction_interval)",
                );
            }
        }
        let placed = self.place(self.remaining.len(), spread)?;
        if spread.extra_days > 0 && placed.extra.is_empty() {
            return impossible(
                "no open day outside the usual weekdays comes before the last fraction",
            );
        }
        if spread.doubled_days > 0 && placed.doubled.is_empty() {
            return impossible("no day has two of the fractions that are left");
        }
        let mut way = Compensation::without(method, Status::Calculated, "");
        way.description = self.in_words(&placed);
        let fractions = self.followed_by(&placed.dates, self.remaining.iter().copied());
        way.extra_days = placed.extra;
        way.twice_daily_days = placed.doubled;
        if !way.twice_daily_days.is_empty() {
            way.interval = self.second;
        }
        self.finish(way, plan, fractions)
    }

    fn in_words(&self, placed: &Placed) -> String {
        let mut parts = Vec::new();
        if !placed.extra.is_empty() {
            parts.push(format!("treatment also on {}", list(&placed.extra)));
        }
        if !placed.doubled.is_empty() {
            let interval = match self.second {
                Some(interval) => format!("{interval} apart"),
                None => "interval not stated".to_string(),
            };
            parts.push(format!(
                "two fractions ({interval}) on {}",
                list(&placed.doubled)
            ));
        }
        parts.join("; ")
    }

    fn dose(
        &self,
        method: Method,
        plan: &Delivery,
        stands: &Delivery,
    ) -> Result<Compensation, GapError> {
        let within_late = method == Method::DoseWithinLate;
        let (model, target, unchanged) = if within_late {
            (&self.late, plan.late().bed(), stands.late().bed())
        } else {
            (&self.tumour, plan.tumour().bed(), stands.tumour().bed())
        };
        let without = |status, why: &str| Ok(Compensation::without(method, status, why));
        let Some(count) = u32::try_from(self.remaining.len())
            .ok()
            .and_then(|count| FractionCount::new(count).ok())
        else {
            return without(Status::NotPossible, "no fraction is left to change");
        };
        if is_at(unchanged.gray(), target.gray()) {
            let why = if within_late {
                "unchanged doses keep the late BED of the plan"
            } else {
                "unchanged doses reach the tumour BED of the plan"
            };
            return without(Status::NotNeeded, why);
        }
        let needed = self.needed(model, target, stands)?;
        let bed = match Bed::new(
            needed.plan + needed.loss - needed.delivered,
            model.alpha_beta(),
        ) {
            Ok(bed) if bed.gray() > 0.0 => bed,
            _ => {
                return without(
                    Status::NotPossible,
                    "what was delivered already gives the BED of the plan",
                );
            }
        };
        let pattern = self.planned_pattern.unwrap_or(DailyPattern::ONCE);
        let solved = match model
            .without_repopulation()
            .dose_per_fraction_for(bed, count, pattern, None)
        {
            Ok(solved) => solved,
            Err(error @ SolveError::DoseOutOfRange(_)) => {
                return without(Status::NotPossible, &error.to_string());
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
            Err(error) => return without(Status::NotPossible, &error.to_string()),
        };
        let Some(given) = given else {
            return without(Status::NotPossible, "the dose per fraction cannot be given");
        };
        let mut way = Compensation::without(method, Status::Calculated, "");
        way.description = format!(
            "{count} {} of {given} instead of {}{}",
            if count.get() == 1 {
                "fraction"
            } else {
                "fractions"
            },
            doses_in_words(&self.remaining),
            if self.rounding.is_some() {
                format!(
                    " (exactly {} Gy, rounded {rule} to a multiple of {step})",
                    decimal(solved.gray())
                )
            } else {
                String::new()
            }
        );
        way.dose_per_fraction = Some(SolvedDose {
            exact: solved.gray(),
            given,
        });
        way.solution = Some((solved, needed));
        let dates: Vec<Date> = stands
            .fractions()
            .iter()
            .skip(self.delivered.len())
            .map(|fraction| fraction.date)
            .collect();
        let fractions = self.followed_by(&dates, core::iter::repeat(given));
        self.finish(way, plan, fractions)
    }

    fn needed(
        &self,
        model: &EffectModel,
        target: Bed,
        stands: &Delivery,
    ) -> Result<Needed, GapError> {
        let given = Treatment::on_dates(&self.delivered, self.convention, self.pattern())?;
        let delivered = model.without_repopulation().effect(&given)?.bed().gray();
        let loss = model.repopulation().map_or(0.0, |repopulation| {
            repopulation.bed_lost(stands.overall_time().days, model.alpha_beta())
        });
        Ok(Needed {
            plan: target.gray(),
            loss,
            delivered,
        })
    }

    fn number(&self, plan: &Delivery, stands: &Delivery) -> Result<Compensation, GapError> {
        let method = Method::NumberOfFractions;
        let without = |status, why: &str| Ok(Compensation::without(method, status, why));
        let target = plan.tumour().bed().gray();
        let stands = stands.tumour().bed().gray();
        if is_at(stands, target) {
            return without(
                Status::NotNeeded,
                "the fractions prescribed reach the tumour BED of the plan",
            );
        }
        let left = self.remaining.len();
        let Some(&dose) = self.planned.last().map(|fraction| &fraction.dose) else {
            return without(Status::NotPossible, "nothing is prescribed");
        };
        // fewer only where the treatment as it stands gives too much
        let first = if stands > target { 0 } else { left + 1 };
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
                return without(
                    Status::NotNeeded,
                    "the fractions prescribed are the fewest that reach the tumour BED of the plan",
                );
            }
            let mut way = Compensation::without(method, Status::Calculated, "");
            let difference = count.abs_diff(left);
            let more = if count > left { "more" } else { "fewer" };
            way.description = format!(
                "{count} {} instead of {left}: {difference} {more}, the fewest that reach the tumour BED of the plan",
                if count == 1 { "fraction" } else { "fractions" }
            );
            way.fractions_added =
                i64::try_from(count).unwrap_or(i64::MAX) - i64::try_from(left).unwrap_or(i64::MAX);
            return self.finish(way, plan, delivery.fractions().to_vec());
        }
        without(
            Status::NotPossible,
            "no number of fractions reaches the tumour BED of the plan: what a fraction adds is lost in the time it takes",
        )
    }
}

/// No gap is made good by more fractions than that.
const MORE_AT_MOST: usize = 40;

const MICROGRAY: AbsorbedDose = AbsorbedDose::constant("0.000001 Gy");

fn list(dates: &[Date]) -> String {
    dates
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// `1.8 Gy`, or `1.8 Gy to 2 Gy` where the phases differ.
fn doses_in_words(doses: &[AbsorbedDose]) -> String {
    match (doses.iter().min(), doses.iter().max()) {
        (Some(least), Some(most)) if least != most => format!("{least} to {most}"),
        (Some(only), _) => only.to_string(),
        _ => String::new(),
    }
}
