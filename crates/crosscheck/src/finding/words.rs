//! Words that several subjects share.

use core::fmt;

use chemorad::report::Written;
use chemorad::written;
use chemorad_dosimetry::PlannedTarget;

use crate::amount::{Amount, Comparison};

pub(super) fn joined<T: fmt::Display>(parts: &[T], between: &str) -> Written {
    let parts: Vec<Written> = parts.iter().map(Written::new).collect();
    Written::joined(&parts, between)
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
pub(super) fn targets_in_words(targets: &[PlannedTarget]) -> Written {
    let one = |target: &PlannedTarget| match target.dose {
        Some(dose) => written!("{} {} Gy", target.name, dose),
        None if target.is_dosed() => {
            let of_groups = target.links.iter().filter_map(|link| link.dose);
            let of_groups: Vec<Written> = of_groups.map(|dose| written!("{} Gy", dose)).collect();
            written!("{} {}", target.name, Written::joined(&of_groups, " + "))
        }
        None => written!("{} without a dose", target.name),
    };
    let listed: Vec<Written> = targets.iter().map(one).collect();
    Written::joined(&listed, "; ")
}
