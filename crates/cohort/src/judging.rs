//! How a row is judged: its order by the rules, and what was ordered and dispensed beside it.

use chemorad::capecitabine::columns::{CohortRules, OrderedRow};
use chemorad::number::is_at_boundary;
use chemorad::report::Outcome;
use chemorad_crosscheck::{ExpectedOrder, ExpectedTablets, OrderFinding};

use crate::arm::Drug;
use crate::batch::{Batch, Entered, InputRow};
use crate::cohort::Cohort;
use crate::judged::Judged;
use crate::known_drugs::KnownDrugs;
use crate::remark::Remark;

impl Cohort {
    /// The order of a row, and what there is to say of it.
    pub(crate) fn judge(&self, batch: &Batch, row: &InputRow, known: &mut KnownDrugs) -> Judged {
        let mut judged = Judged {
            order: OrderedRow::EMPTY,
            entered_deviation_percent: f64::NAN,
            entered_per_day_mg: f64::NAN,
            remarks: row.remarks,
        };
        if row.remarks.is_refusal() || !self.layout.has_orders() {
            return judged;
        }
        let entered = batch.entered(row);
        let arms = self.arms.as_ref().map(|arms| &arms.all);
        let arm = row.arm.and_then(|at| arms?.get(usize::from(at)));
        let rules = match arm.map(|arm| &arm.drug) {
            None => self.rules.as_ref(),
            Some(Drug::Given(rules)) => Some(&**rules),
            Some(Drug::Open) => {
                judged.remarks.add(Remark::Arm);
                return judged;
            }
            Some(Drug::None) => {
                let is_ordered = row.entered_mg > 0.0
                    || row.dispensed_mg > 0.0
                    || entered.is_some_and(Entered::is_order);
                if is_ordered {
                    judged.remarks.add(Remark::OrderStopped);
                }
                return judged;
            }
        };
        if let Some(rules) = rules {
            let drugs = entered.and_then(|entered| entered.drugs.as_deref());
            let with_drugs = drugs.map(|drugs| known.rules(rules, row.arm, drugs));
            let rules = match &with_drugs {
                None => rules,
                Some(Some(rules)) => &**rules,
                Some(None) => {
                    judged.remarks.add(Remark::Unreadable);
                    return judged;
                }
            };
            judged.order = rules.order(&row.patient);
            compare(rules, row, &mut judged);
            if let Some(entered) = entered.filter(|entered| entered.is_order()) {
                compare_words(rules, row, entered, &mut judged);
            }
        }
        judged
    }
}

/// What was ordered and dispensed in numbers, beside what the rules make of the patient.
fn compare(rules: &CohortRules, row: &InputRow, judged: &mut Judged) {
    let order = judged.order;
    if !row.entered_mg.is_nan() {
        let (entered, calculated) = (row.entered_mg, order.calculated_mg);
        let percent = deviation(entered, calculated);
        judged.entered_deviation_percent = percent;
        let tolerance = rules.every().tolerance;
        let stopped = order.fault.is_none() && order.findings.outcome() == Outcome::Fail;
        let near = tolerance.is_some_and(|tolerance| tolerance.accepts(percent));
        // the amount that is expected, however far it is from the calculated one
        let is_expected = entered.to_bits() == order.ordered_mg.to_bits();
        if calculated.is_nan() {
            // where the rules cannot tell, neither can this
            if stopped && entered > 0.0 {
                judged.remarks.add(Remark::WrongOrder);
            }
        } else if !is_expected {
            judged.remarks.add(if near {
                Remark::OtherOrder
            } else {
                Remark::WrongOrder
            });
        }
    }
    let each = if row.entered_mg.is_nan() {
        order.ordered_mg
    } else {
        row.entered_mg
    };
    let times = f64::from(rules.every().regimen.administrations_per_day());
    if row.dispensed_mg.is_nan() {
        return;
    }
    let expected = each * times * row.days;
    let differs = (row.dispensed_mg - expected).abs() > 1e-6;
    let stopped = order.fault.is_none() && order.findings.outcome() == Outcome::Fail;
    if differs || (each.is_nan() && stopped && row.dispensed_mg > 0.0) {
        judged.remarks.add(Remark::Dispensed);
    } else if expected.is_nan() {
        judged.remarks.add(Remark::DispensedUnknown);
    }
}

/// 100 (entered - calculated) / calculated.
fn deviation(entered: f64, calculated: f64) -> f64 {
    if is_at_boundary(calculated, entered) {
        0.0
    } else {
        100.0 * (entered - calculated) / calculated
    }
}

/// An order as it is written: the comparison of one order, of numbers alone.
fn compare_words(rules: &CohortRules, row: &InputRow, entered: &Entered, judged: &mut Judged) {
    let order = judged.order;
    let every = rules.every();
    let times = every.regimen.administrations_per_day();
    let calculated = f64::from(times) * order.calculated_mg;
    if let Some(ordered) = &entered.ordered {
        let per_day = f64::from(ordered.milligrams_per_day());
        judged.entered_per_day_mg = per_day;
        judged.entered_deviation_percent = deviation(per_day, calculated);
    }
    if order.fault.is_some() {
        return;
    }
    let found = match rules.dose_of(&order) {
        None => vec![OrderFinding::NoDose {
            stopped: order.findings.outcome() == Outcome::Fail,
        }],
        Some(dose) => {
            let doses = vec![dose; usize::try_from(times).unwrap_or(0)];
            // what was dispensed without an order is for the expected one
            let written = entered.ordered.clone();
            let Some(ordered) =
                written.or_else(|| format!("{dose} {times} times a day").parse().ok())
            else {
                return;
            };
            let calculated = (order.calculated_mg, calculated);
            let mut expected = ExpectedOrder::new(doses, calculated, every.tolerance, &every.stock)
                .with_caps(every.caps);
            if let Some(days) = whole_days(row.days) {
                let tablets = rules.tablets_of(&order, times * days);
                expected = expected.with_supply(ExpectedTablets::new(days, tablets));
            }
            expected.compare(&ordered, entered.dispensed.as_ref(), None)
        }
    };
    for remark in found.iter().filter_map(Remark::of_order) {
        judged.remarks.add(remark);
    }
}

/// A number of days that a supply can have.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked before"
)]
fn whole_days(days: f64) -> Option<u32> {
    (days.fract() == 0.0 && (1.0..=1000.0).contains(&days)).then_some(days as u32)
}
