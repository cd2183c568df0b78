//! How a row is judged: its order by the rules, and what was ordered and dispensed beside it.

use chemorad::capecitabine::columns::{CohortRules, OrderedRow, RowFindings};
use chemorad::capecitabine::{CapecitabineDays, EnteredOrder, deviation_percent};
use chemorad::quantity::OrderedDose;
use chemorad::report::{Observation as _, Outcome};
use chemorad_crosscheck::{ExpectedOrder, ExpectedTablets, OrderFinding};

use crate::arm::Drug;
use crate::batch::{Batch, Entered, InputRow};
use crate::cohort::Cohort;
use crate::column::Column;
use crate::intake::Intake;
use crate::judged::Judged;
use crate::known_drugs::KnownDrugs;
use crate::remark::Remark;
use crate::slips;

impl Cohort {
    /// The order of a row, and what there is to say of it.
    pub(crate) fn judge(&self, batch: &Batch, row: &InputRow, known: &mut KnownDrugs) -> Judged {
        let mut judged = Judged {
            order: OrderedRow::EMPTY,
            entered_deviation_percent: f64::NAN,
            entered_per_day_mg: f64::NAN,
            supply_deviation_percent: f64::NAN,
            largest_deviation_percent: f64::NAN,
            remarks: row.remarks,
            column: row.column,
        };
        let entered = batch.entered(row);
        let is_ordered = || {
            row.entered_mg > 0.0 || row.dispensed_mg > 0.0 || entered.is_some_and(Entered::is_order)
        };
        if row.remarks.is_refusal() || !self.layout.has_orders() {
            // which of its treatments the arm is, is open, and none of them gives the drug
            if row.without.drug && !row.remarks.is_refusal_beside_arm() && is_ordered() {
                judged.remarks.add(Remark::OrderStopped);
            }
            return judged;
        }
        let arms = self.arms.as_ref().map(|arms| &arms.all);
        let arm = row.arm.and_then(|at| arms?.get(usize::from(at)));
        let rules = match arm.map(|arm| &arm.drug) {
            None => self.rules.as_ref(),
            Some(Drug::Given { rules, .. }) => Some(&**rules),
            Some(Drug::Open) => {
                judged.remarks.add(Remark::Arm);
                return judged;
            }
            Some(Drug::None) => {
                if is_ordered() {
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
                    judged.column = self.layout.place_of(Column::Drugs);
                    return judged;
                }
            };
            judged.order = rules.order(&row.patient);
            if judged.order.fault.is_none() {
                let of_dates = self.on_dates(rules, row);
                judged.order.findings = judged.order.findings.and(of_dates);
            }
            compare(rules, row, entered, &mut judged);
            if let Some(entered) = entered.filter(|entered| entered.is_order()) {
                compare_words(rules, row, entered, &mut judged);
            }
            self.missing(row, entered, &mut judged);
            slips::explain(rules, row, entered, &mut judged);
        }
        judged
    }

    /// What the dates of a row add to its findings, as in one order with dates.
    fn on_dates(&self, rules: &CohortRules, row: &InputRow) -> RowFindings {
        if row.start.is_none() && row.fractions == 0 {
            return RowFindings::NONE;
        }
        let kind = self.site_intake.as_ref().map(Intake::days);
        // other days go by the first date alone
        let cycles = kind.filter(|kind| matches!(kind, CapecitabineDays::Cycles(_)));
        let dates = match (cycles, &self.calendar, row.start) {
            (Some(_), Some(calendar), Some(start)) => calendar.dates(start, row.fractions),
            _ => None,
        };
        match dates {
            Some(dates) => rules.on_dates(kind, &dates),
            None => rules.on_dates(kind, row.start.as_slice()),
        }
    }

    /// What a column of the file is for, and the row has not: a dose that rules stop needs no order.
    fn missing(&self, row: &InputRow, entered: Option<&Entered>, judged: &mut Judged) {
        if is_stopped(&judged.order) && judged.order.ordered_mg.is_nan() {
            return;
        }
        let ordered = entered.is_some_and(|entered| entered.ordered.is_some());
        let often = row.times > 0 || !self.layout.has(|column| column == Column::Frequency);
        if self.layout.has(Column::is_order) && !ordered && (row.entered_mg.is_nan() || !often) {
            judged.remarks.add(Remark::EnteredMissing);
        }
        let dispensed = entered.is_some_and(|entered| entered.dispensed.is_some());
        if self.layout.has(Column::is_dispensed) && !dispensed && row.dispensed_mg.is_nan() {
            judged.remarks.add(Remark::DispensedMissing);
        }
    }
}

/// Whether rules leave no dose, for a reason that is known.
fn is_stopped(order: &OrderedRow) -> bool {
    order.fault.is_none() && order.findings.outcome() == Outcome::Fail
}

/// What was ordered and dispensed in numbers, beside what the rules make of the patient.
fn compare(rules: &CohortRules, row: &InputRow, entered: Option<&Entered>, judged: &mut Judged) {
    let order = judged.order;
    let stopped = is_stopped(&order);
    let times = rules.every().regimen.administrations_per_day();
    let taken = match row.times {
        0 => times,
        times => u32::from(times),
    };
    if !row.entered_mg.is_nan() {
        judged.deviates(deviation_percent(row.entered_mg, order.calculated_mg));
        if row.times > 0 {
            judged.entered_per_day_mg = f64::from(taken) * row.entered_mg;
            let calculated = f64::from(times) * order.calculated_mg;
            judged.deviates(deviation_percent(judged.entered_per_day_mg, calculated));
        }
        if taken != times && !order.calculated_mg.is_nan() {
            judged.remarks.add(Remark::OrderFrequency);
        }
        // the amount that is expected needs no further look
        let is_expected = row.entered_mg.to_bits() == order.ordered_mg.to_bits();
        if order.calculated_mg.is_nan() {
            // where the rules cannot tell, neither can this
            if stopped && row.entered_mg > 0.0 {
                judged.remarks.add(Remark::WrongOrder);
            }
        } else if !is_expected {
            compare_amount(rules, row.entered_mg, judged);
        }
    }
    if row.dispensed_mg.is_nan() {
        return;
    }
    // for the order in the row, in words or as an amount, or else for the expected one
    let written = entered.and_then(|entered| entered.ordered.as_ref());
    let per_day = match written {
        Some(ordered) => f64::from(ordered.milligrams_per_day()),
        None if row.entered_mg.is_nan() => f64::from(times) * order.ordered_mg,
        None => f64::from(taken) * row.entered_mg,
    };
    let expected = per_day * row.days;
    judged.supplies(row.dispensed_mg, expected);
    let differs = (row.dispensed_mg - expected).abs() > 1e-6;
    if differs || (per_day.is_nan() && stopped && row.dispensed_mg > 0.0) {
        judged.remarks.add(Remark::Dispensed);
    } else if expected.is_nan() {
        judged.remarks.add(Remark::DispensedUnknown);
    }
}

/// An amount of one administration, compared as an order of it on every administration of the day.
fn compare_amount(rules: &CohortRules, milligrams: f64, judged: &mut Judged) {
    let times = rules.every().regimen.administrations_per_day();
    let ordered = whole(milligrams)
        .and_then(|dose| OrderedDose::from_milligrams(dose).ok())
        .and_then(|dose| {
            format!("{dose} {times} times a day")
                .parse::<EnteredOrder>()
                .ok()
        });
    let Some((ordered, expected)) = ordered.zip(expected(rules, &judged.order)) else {
        // no whole tablets make it
        judged.remarks.add(Remark::WrongOrder);
        judged.remarks.add(Remark::OrderTablets);
        return;
    };
    for finding in expected.compare(&ordered, None, None) {
        judged.remarks.add(match (&finding, finding.outcome()) {
            (OrderFinding::Dose { .. }, Outcome::Warn) => Remark::OtherOrder,
            (OrderFinding::Dose { .. }, Outcome::Fail) => Remark::WrongOrder,
            (OrderFinding::NotInStock { .. }, _) => Remark::OrderTablets,
            _ => continue,
        });
    }
}

/// What is expected of a row; none where no dose may be given.
fn expected<'a>(rules: &'a CohortRules, order: &OrderedRow) -> Option<ExpectedOrder<'a>> {
    let every = rules.every();
    let times = every.regimen.administrations_per_day();
    let doses = vec![rules.dose_of(order)?; usize::try_from(times).unwrap_or(0)];
    // as for one order, whose tolerance is from the dose after caps
    let calculated = (order.capped_mg, f64::from(times) * order.capped_mg);
    let expected = ExpectedOrder::new(doses, calculated, every.tolerance, &every.stock);
    Some(expected.with_caps(every.caps))
}

/// An order as it is written: the comparison of one order, of numbers alone.
fn compare_words(rules: &CohortRules, row: &InputRow, entered: &Entered, judged: &mut Judged) {
    let order = judged.order;
    let times = rules.every().regimen.administrations_per_day();
    if let Some(ordered) = &entered.ordered {
        let per_day = f64::from(ordered.milligrams_per_day());
        judged.entered_per_day_mg = per_day;
        judged.deviates(deviation_percent(
            per_day,
            f64::from(times) * order.calculated_mg,
        ));
        for dose in ordered.administrations() {
            let dose = f64::from(dose.milligrams());
            judged.deviates(deviation_percent(dose, order.calculated_mg));
        }
    }
    if let Some(dispensed) = &entered.dispensed {
        let per_day = match &entered.ordered {
            Some(ordered) => f64::from(ordered.milligrams_per_day()),
            None => f64::from(times) * order.ordered_mg,
        };
        // no supply has 2^53 mg
        #[allow(clippy::cast_precision_loss, reason = "see above")]
        judged.supplies(dispensed.milligrams() as f64, per_day * row.days);
    }
    if order.fault.is_some() {
        return;
    }
    let found = match rules.dose_of(&order).zip(expected(rules, &order)) {
        None => vec![OrderFinding::NoDose {
            stopped: is_stopped(&order),
        }],
        Some((dose, mut expected)) => {
            // what was dispensed without an order is for the expected one
            let written = entered.ordered.clone();
            let Some(ordered) =
                written.or_else(|| format!("{dose} {times} times a day").parse().ok())
            else {
                return;
            };
            if let Some(days) = whole(row.days).filter(|days| (1..=1000).contains(days)) {
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

/// A whole number of milligrams or days.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked before"
)]
fn whole(value: f64) -> Option<u32> {
    (value.fract() == 0.0 && (0.0..1e6).contains(&value)).then_some(value as u32)
}
