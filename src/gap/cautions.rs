//! What speaks against a way to compensate.

use alloc::vec::Vec;

use super::compensation::Compensation;
use super::delivery::Delivery;
use super::finding::GapFinding;
use super::problem::GapProblem;
use crate::number::{is_above_boundary, is_at_boundary_within};
use crate::quantity::AbsorbedDose;
use crate::radiobiology::{Effect, RadiobiologyFinding, cautions, interval_caution};
use crate::radiotherapy::{DailyPattern, FractionCount, Fractionation, MINIMUM_INTERVAL};
use crate::report::{Finding, Subject};

/// The largest dose per fraction given twice daily, 2.2 Gy (Royal College of Radiologists 2019,
/// BFCO(19)1, as quoted in HFC-HypoFracCalc).
pub const TWICE_DAILY_DOSE: AbsorbedDose = AbsorbedDose::constant("2.2 Gy");

/// The excess of late BED over the plan that is warned of above, in percent (`RadResume`).
pub const LATE_EXCESS_PERCENT: f64 = 5.0;

/// How near a BED is to another that it is at. A dose is rounded within 10⁻⁹ of a step, and a BED
/// less its losses magnifies that.
const SOLVED_BED: f64 = 1e-8;

/// Whether a BED is another.
pub(super) fn is_at(bed: f64, target: f64) -> bool {
    is_at_boundary_within(bed, target, SOLVED_BED)
}

/// Whether a BED stays below another.
pub(super) fn is_below(bed: f64, target: f64) -> bool {
    bed < target && !is_at(bed, target)
}

impl GapProblem {
    pub(super) fn cautions(
        &self,
        way: &Compensation,
        plan: &Delivery,
        delivery: &Delivery,
    ) -> Vec<Finding> {
        let method = way.method;
        let mut found: Vec<Finding> = Vec::new();
        let (planned, reached) = (plan.tumour().bed(), delivery.tumour().bed());
        if way.tumour_excess.is_none() {
            found.push(GapFinding::TumourNotTold { method }.into());
        } else if is_below(reached.gray(), planned.gray()) {
            let finding = GapFinding::TargetNotReached {
                method,
                planned,
                reached,
            };
            found.push(finding.into());
        }
        let (planned_days, days) = (plan.overall_time().days, delivery.overall_time().days);
        if days > planned_days {
            let finding = GapFinding::Longer {
                method,
                planned_days,
                days,
            };
            found.push(finding.into());
        }
        match way.late_excess_percent() {
            Some(percent) if is_above_boundary(percent, LATE_EXCESS_PERCENT) => {
                found.push(GapFinding::LateExcess { method, percent }.into());
            }
            Some(_) => {}
            None => {
                let method = Some(method);
                found.push(GapFinding::LateNotTold { method }.into());
            }
        }
        found.extend(self.cautions_of_second_fractions(way, delivery));
        if !way.extra_days.is_empty() && self.extra.is_none() {
            found.push(GapFinding::ExtraDaysAssumed { method }.into());
        }
        if let Some(dose) = way.dose_per_fraction {
            if !self.is_one_phase() {
                found.push(GapFinding::OneDoseForAll { method }.into());
            }
            if let Ok(one) = FractionCount::new(1) {
                let given = Fractionation::from_total(dose.given, one);
                let of_dose = cautions("", given).into_iter();
                let subject = Subject::compensation(method.title());
                found.extend(of_dose.map(|finding| finding.about(subject.clone())));
            }
        }
        let late = delivery.late().map_or_else(Vec::new, Effect::findings);
        let tumour = delivery.tumour().findings();
        for (of, findings) in [("tumour", &tumour), ("late tissue", &late)] {
            for finding in findings {
                // of the interval it is said in other words
                let said = found.iter().any(|known| known.code() == finding.code())
                    || (matches!(
                        finding.observation(),
                        Some(RadiobiologyFinding::CompleteRepairAssumed)
                    ) && self.second.is_none());
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

    fn cautions_of_second_fractions(
        &self,
        way: &Compensation,
        delivery: &Delivery,
    ) -> Vec<Finding> {
        let method = way.method;
        let several = delivery
            .fractions()
            .windows(2)
            .filter(|pair| matches!(pair, [a, b] if a.date == b.date && b.date >= self.resume));
        let mut found = Vec::new();
        let Some(dose) = several.flatten().map(|fraction| fraction.dose).max() else {
            return found;
        };
        if dose > TWICE_DAILY_DOSE {
            found.push(GapFinding::TwiceDailyDose { method, dose }.into());
        }
        match self.pattern().and_then(DailyPattern::shortest_interval) {
            Some(interval) if interval < MINIMUM_INTERVAL => {
                found.push(GapFinding::IntervalBelowMinimum { method, interval }.into());
            }
            Some(_) => {
                let short = self.pattern().and_then(|p| interval_caution("", p));
                let subject = Subject::compensation(method.title());
                found.extend(short.map(|finding| finding.about(subject)));
            }
            None => found.push(GapFinding::IntervalNotStated { method }.into()),
        }
        found
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
