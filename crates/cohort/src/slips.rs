//! A unit that would explain a wrong order: pounds for kilograms, inches or metres for centimetres, the dose of a
//! day for that of an administration. It is said beside the failure, and nothing is converted.

use chemorad::capecitabine::columns::{CohortRules, PatientRow, RowFault};

use crate::batch::{Entered, InputRow};
use crate::judged::Judged;
use crate::remark::{Remark, Remarks};

const KILOGRAMS_IN_A_POUND: f64 = 0.453_592_37;
const CENTIMETERS_IN_AN_INCH: f64 = 2.54;

/// What was ordered for one administration, mg, and how often a day; none where administrations differ.
fn ordered(rules: &CohortRules, row: &InputRow, entered: Option<&Entered>) -> Option<(f64, u32)> {
    let regimen = rules.every().regimen.administrations_per_day();
    match entered.and_then(|entered| entered.ordered.as_ref()) {
        Some(order) => {
            let (first, rest) = order.administrations().split_first()?;
            let times = u32::try_from(rest.len() + 1).ok()?;
            let same = rest.iter().all(|dose| dose == first);
            same.then(|| (f64::from(first.milligrams()), times))
        }
        None if row.entered_mg.is_nan() => None,
        None if row.times == 0 => Some((row.entered_mg, regimen)),
        None => Some((row.entered_mg, u32::from(row.times))),
    }
}

/// Says which slip would explain the order of a row that is wrong.
pub(crate) fn explain(
    rules: &CohortRules,
    row: &InputRow,
    entered: Option<&Entered>,
    judged: &mut Judged,
) {
    let has = |remark| judged.remarks.has(remark);
    let is_wrong = has(Remark::WrongOrder) || has(Remark::OrderDose) || has(Remark::OrderDay);
    let no_person = matches!(
        judged.order.fault,
        Some(RowFault::Height | RowFault::Weight | RowFault::BodySize)
    );
    if !is_wrong && !no_person {
        return;
    }
    let Some((dose, times)) = ordered(rules, row, entered) else {
        return;
    };
    let of_regimen = rules.every().regimen.administrations_per_day();
    if times != of_regimen {
        return;
    }
    let is = |one: f64, other: f64| (one - other).abs() < 1e-6;
    let expected = judged.order.ordered_mg;
    let each = f64::from(of_regimen);
    if of_regimen > 1 && (is(dose, each * expected) || is(each * dose, expected)) {
        judged.remarks.add(Remark::DoseOfDay);
        return;
    }
    let near = |times: f64| (0.5..=2.0).contains(&(times * dose / expected));
    if near(1000.0) || near(0.001) {
        judged.remarks.add(Remark::DoseUnit);
        return;
    }
    let found = body_size(rules, &row.patient, dose);
    for remark in found.iter() {
        judged.remarks.add(remark);
    }
}

/// The other units of height and weight with which the dose is the expected one.
fn body_size(rules: &CohortRules, patient: &PatientRow, dose: f64) -> Remarks {
    // whole micrograms and micrometres, as a person writes them
    let pounds = (patient.weight_kg * KILOGRAMS_IN_A_POUND * 1e9).round() / 1e9;
    let inches = (patient.height_cm * CENTIMETERS_IN_AN_INCH * 1e4).round() / 1e4;
    let meters = (patient.height_cm * 100.0 * 1e4).round() / 1e4;
    let (height, weight) = (patient.height_cm, patient.weight_kg);
    let slips = [
        (height, pounds, &[Remark::Pounds][..]),
        (inches, weight, &[Remark::HeightUnit]),
        (meters, weight, &[Remark::HeightUnit]),
        (inches, pounds, &[Remark::Pounds, Remark::HeightUnit]),
    ];
    let mut found = Remarks::NONE;
    let explains = slips.into_iter().find(|(height_cm, weight_kg, _)| {
        let other = PatientRow {
            height_cm: *height_cm,
            weight_kg: *weight_kg,
            ..*patient
        };
        (rules.numbers(&other).ordered_mg - dose).abs() < 1e-6
    });
    for remark in explains.map(|(_, _, remarks)| remarks).unwrap_or_default() {
        found.add(*remark);
    }
    found
}
