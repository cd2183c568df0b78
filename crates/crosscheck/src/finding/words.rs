//! Words that several subjects share.

use core::fmt;

use chemorad_dosimetry::PlannedTarget;

use crate::amount::{Amount, Comparison};

pub(super) fn joined<T: ToString>(parts: &[T], between: &str) -> String {
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    parts.join(between)
}

/// A hundred times too much is a unit.
pub(super) fn centigray(f: &mut fmt::Formatter<'_>, comparison: &Comparison) -> fmt::Result {
    if comparison.found.is_multiple(comparison.expected, 100) {
        f.write_str(
            "; it is exactly 100 times that: are the numbers centigray where gray is meant?",
        )
    } else {
        Ok(())
    }
}

/// One of two doses that should be one is a hundred times the other: a unit.
pub(super) fn hundredfold(f: &mut fmt::Formatter<'_>, one: Amount, other: Amount) -> fmt::Result {
    if one.is_multiple(other, 100) || other.is_multiple(one, 100) {
        f.write_str(
            "; one is exactly 100 times the other: are the numbers centigray where gray is meant?",
        )
    } else {
        Ok(())
    }
}

/// `pelvis 45 Gy; point without a dose`.
pub(super) fn targets_in_words(targets: &[PlannedTarget]) -> String {
    let one = |target: &PlannedTarget| match target.dose {
        Some(dose) => format!("{} {dose} Gy", target.name),
        None if target.is_dosed() => {
            let of_groups = target.links.iter().filter_map(|link| link.dose);
            let of_groups: Vec<String> = of_groups.map(|dose| format!("{dose} Gy")).collect();
            format!("{} {}", target.name, of_groups.join(" + "))
        }
        None => format!("{} without a dose", target.name),
    };
    let listed: Vec<String> = targets.iter().map(one).collect();
    listed.join("; ")
}
