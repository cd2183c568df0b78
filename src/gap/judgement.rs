//! What speaks against a way to compensate.

use alloc::vec::Vec;

use super::problem::ExtraDays;
use super::{Compensation, Delivery, GapProblem, Method};
use crate::quantity::AbsorbedDose;
use crate::radiobiology::cautions;
use crate::radiotherapy::{FractionCount, Fractionation, MINIMUM_INTERVAL};
use crate::report::decimal;
use crate::report::{Finding, Outcome, Subject};

/// The largest dose per fraction given twice daily, 2.2 Gy (Royal College of Radiologists 2019,
/// BFCO(19)1, as quoted in HFC-HypoFracCalc).
pub const TWICE_DAILY_DOSE: AbsorbedDose = AbsorbedDose::constant("2.2 Gy");

/// The excess of late BED over the plan that is warned of above, in percent (`RadResume`).
pub const LATE_EXCESS_PERCENT: f64 = 5.0;

/// A BED within this of another is at it. A dose is rounded within 10⁻⁹ of a step, and a BED less
/// its losses magnifies that.
const AT: f64 = 1e-8;

/// A percentage within this of its limit is at it.
const BOUNDARY: f64 = 1e-9;

/// Whether a BED is another.
pub(super) fn is_at(bed: f64, target: f64) -> bool {
    (bed - target).abs() <= AT * target
}

/// Whether a BED stays below another.
pub(super) fn is_below(bed: f64, target: f64) -> bool {
    bed < target && !is_at(bed, target)
}

fn warn(code: &'static str, at: &str, message: &str) -> Finding {
    Finding::written(code, Outcome::Warn, at, message)
}

impl GapProblem {
    pub(super) fn against(
        &self,
        way: &Compensation,
        plan: &Delivery,
        delivery: &Delivery,
    ) -> Vec<Finding> {
        let at = way.method.title();
        let mut found = Vec::new();
        if is_below(delivery.tumour().bed().gray(), plan.tumour().bed().gray()) {
            found.push(
                warn(
                    "gap.target_not_reached",
                    at,
                    "the tumour BED stays below the plan",
                )
                .with_expected(format!("{:.3} Gy", plan.tumour().bed().gray()))
                .with_found(format!("{:.3} Gy", delivery.tumour().bed().gray())),
            );
        }
        let longer = delivery
            .overall_time()
            .days
            .saturating_sub(plan.overall_time().days);
        if longer > 0 {
            found.push(
                warn("gap.longer", at, "overall time is longer than planned")
                    .with_expected(format!("{} d", plan.overall_time().days))
                    .with_found(format!("{} d", delivery.overall_time().days)),
            );
        }
        let percent = way.late_excess_percent();
        if percent > LATE_EXCESS_PERCENT * (1.0 + BOUNDARY) {
            found.push(
                warn(
                    "gap.late_excess",
                    at,
                    "the late-tissue BED exceeds the plan by more than 5 %",
                )
                .with_found(format!("{percent:+.1} %")),
            );
        }
        self.against_twice_daily(way, delivery, &mut found);
        if !way.extra_days.is_empty() && self.extra == ExtraDays::NotSaid {
            found.push(warn(
                "gap.extra_days_assumed",
                at,
                "assumes that these days can be used; extra_weekdays says which can",
            ));
        }
        if let Some(dose) = way.dose_per_fraction {
            if !self.is_one_phase() {
                found.push(warn(
                    "gap.one_dose_for_all",
                    at,
                    "the phases that are left have different doses per fraction; one dose replaces them",
                ));
            }
            if let Ok(count) = FractionCount::new(1) {
                found.extend(cautions(at, Fractionation::from_total(dose.given, count)));
            }
        }
        let late = delivery.late().findings();
        let tumour = delivery.tumour().findings();
        for (of, findings) in [("tumour", &tumour), ("late tissue", &late)] {
            for finding in findings {
                // of the interval it is said in other words
                let said = found.iter().any(|known| known.code() == finding.code())
                    || (finding.is("model.complete_repair_assumed") && self.second.is_none());
                if said {
                    continue;
                }
                let both = tumour.contains(finding) && late.contains(finding);
                let of = if both { "tumour and late tissue" } else { of };
                found.push(finding.clone().about(Subject::tissue(of)));
            }
        }
        found
    }

    fn against_twice_daily(
        &self,
        way: &Compensation,
        delivery: &Delivery,
        found: &mut Vec<Finding>,
    ) {
        let at = way.method.title();
        let several = delivery
            .fractions()
            .windows(2)
            .filter(|pair| matches!(pair, [a, b] if a.date == b.date && b.date >= self.resume));
        let Some(largest) = several.flatten().map(|fraction| fraction.dose).max() else {
            return;
        };
        if largest > TWICE_DAILY_DOSE {
            found.push(
                warn(
                    "gap.twice_daily_dose",
                    at,
                    "more than 2.2 Gy per fraction on days with several fractions (Royal College of Radiologists 2019, as quoted in HFC-HypoFracCalc)",
                )
                .with_found(format!("{} Gy", decimal(largest.gray()))),
            );
        }
        match self.pattern().and_then(crate::radiotherapy::DailyPattern::shortest_interval) {
            Some(interval) if interval < MINIMUM_INTERVAL => found.push(
                warn(
                    "gap.interval_below_6_h",
                    at,
                    "less than 6 h between fractions of a day (Royal College of Radiologists 2019, as quoted in HFC-HypoFracCalc)",
                )
                .with_found(format!("{interval}")),
            ),
            Some(_) => {}
            None => found.push(warn(
                "gap.interval_not_stated",
                at,
                "the interval is not stated, so repair between the fractions of a day is taken as complete; the least is 6 h (Royal College of Radiologists 2019, as quoted in HFC-HypoFracCalc)",
            )),
        }
    }

    /// Whether the doses that are left differ only by the microgray that makes their sum exact.
    fn is_one_phase(&self) -> bool {
        let micrograys = self.remaining.iter().map(|dose| dose.micrograys());
        match (micrograys.clone().min(), micrograys.max()) {
            (Some(least), Some(most)) => most - least <= 1,
            _ => true,
        }
    }
}

impl Method {
    /// What it is called.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ExtraDays => "weekend or other extra days",
            Self::SecondFraction => "second fraction on some days",
            Self::ExtraDaysAndSecondFraction => "extra days and second fractions",
            Self::DosePerFraction => "other dose per fraction",
            Self::DoseWithinLate => "dose per fraction within the late BED",
            Self::NumberOfFractions => "other number of fractions",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bed_at_another() {
        assert!(is_at(50.0, 50.000_000_4) && is_at(50.000_000_4, 50.0));
        assert!(!is_at(50.0, 50.000_000_6) && !is_at(50.000_000_6, 50.0));
        assert!(!is_below(50.0, 50.000_000_4) && is_below(50.0, 50.000_000_6));
        assert!(!is_below(50.000_000_6, 50.0));
    }
}
