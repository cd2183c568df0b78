//! Doses of an order beside those that are expected, and numbers as findings write them.

use chemorad::capecitabine::DeviationTolerance;
use chemorad::quantity::OrderedDose;
use chemorad::report::Outcome;

pub(super) fn times(count: u32) -> String {
    match count {
        1 => "1 time".into(),
        many => format!("{many} times"),
    }
}

pub(super) fn list(doses: &[OrderedDose]) -> String {
    let mut different: Vec<String> = Vec::new();
    for dose in doses.iter().map(ToString::to_string) {
        if !different.contains(&dose) {
            different.push(dose);
        }
    }
    different.join(" and ")
}

/// By how much two whole numbers differ.
pub(super) fn ratio(expected: u32, found: u32) -> Option<String> {
    [2_u32, 3, 4, 10, 100].into_iter().find_map(|factor| {
        if expected.checked_mul(factor) == Some(found) {
            Some(format!("{factor} times what is expected"))
        } else if found.checked_mul(factor) == Some(expected) {
            Some(format!("1/{factor} of what is expected"))
        } else {
            None
        }
    })
}

/// How the doses of a day agree with those that are expected.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Agreement {
    Same,
    /// These doses, and another one first.
    OtherOrder,
    Different,
}

pub(super) fn agreement(expected: &[OrderedDose], found: &[OrderedDose]) -> Agreement {
    if expected == found {
        return Agreement::Same;
    }
    if expected.len() != found.len() {
        // how often is said by itself: the dose of one administration may still be right
        return if found.iter().all(|dose| expected.contains(dose)) {
            Agreement::Same
        } else {
            Agreement::Different
        };
    }
    let sorted = |doses: &[OrderedDose]| {
        let mut doses = doses.to_vec();
        doses.sort_unstable();
        doses
    };
    if sorted(expected) == sorted(found) {
        Agreement::OtherOrder
    } else {
        Agreement::Different
    }
}

/// A deviation in percent, seen beside the tolerance.
pub(super) fn deviation(percent: f64, tolerance: Option<DeviationTolerance>) -> String {
    match tolerance {
        Some(tolerance) => tolerance.beside(percent),
        None => format!("{percent:+.2} %"),
    }
}

pub(super) fn stated(tolerance: Option<DeviationTolerance>) -> String {
    tolerance.map_or_else(|| "none given".into(), |most| most.to_string())
}

pub(super) const fn judged(right: bool, within_tolerance: bool) -> Outcome {
    match (right, within_tolerance) {
        (true, _) => Outcome::Pass,
        (false, true) => Outcome::Warn,
        (false, false) => Outcome::Fail,
    }
}
