//! Limits on the wrong side: an organ that must get no less, a target that may get no more.

use core::fmt;

use chemorad::number::Decimal;
use chemorad_dosimetry::Metric;

use super::limit::OrganLimit;

/// How a limit stands on the wrong side.
///
/// ```
/// use chemorad_crosscheck::WrongSide;
/// assert!(WrongSide::TargetKeptLow.to_string().contains("target"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WrongSide {
    /// A target may get no more than what its coverage asks for at least.
    TargetKeptLow,
    /// An organ must get no less.
    OrganKeptHigh,
}

/// What is known of a structure.
pub(super) struct Known<'a> {
    /// RT ROI Interpreted Type (3006,00A4).
    pub(super) kind: Option<&'a str>,
    /// A published limit is for an organ of this name.
    pub(super) is_organ: bool,
    /// Cubic centimetres.
    pub(super) volume_cc: f64,
    /// The prescribed dose in gray.
    pub(super) prescribed: Option<Decimal>,
}

/// Percent of a target that a dose at least so large a part gets covers: this project's choice.
const COVERED: f64 = 90.0;

/// The beginnings of the names of targets (ICRU 83).
pub(crate) const TARGETS: [&str; 4] = ["gtv", "ctv", "itv", "ptv"];

/// Helpers around a target are none.
const AROUND: [&str; 3] = ["ring", "shell", "minus"];

pub(super) fn is_target(name: &str, kind: Option<&str>) -> bool {
    let name = name.trim().to_lowercase();
    if AROUND.iter().any(|word| name.contains(word)) {
        return false;
    }
    let by_kind = kind.is_some_and(|kind| ["GTV", "CTV", "PTV"].contains(&kind.trim()));
    by_kind || TARGETS.iter().any(|target| name.starts_with(target))
}

impl OrganLimit {
    /// Whether less dose keeps it; the metric is in gray.
    pub(super) fn is_kept_by_less(&self, metric: &Metric) -> Option<bool> {
        let falls_with_dose = matches!(metric.level(), Some((_, true)));
        let is_upper = self.goal?.comparison.is_upper();
        Some(is_upper != falls_with_dose)
    }

    /// How it stands on the wrong side; the metric is in gray.
    pub(super) fn wrong_side(&self, metric: &Metric, known: &Known<'_>) -> Option<WrongSide> {
        let kept_by_less = self.is_kept_by_less(metric)?;
        let part = metric.part_of_structure(known.volume_cc);
        if is_target(&self.structure, known.kind) {
            let is_coverage = match metric.level() {
                Some((level, _)) => known.prescribed.is_some_and(|dose| level <= dose),
                None => part.is_some_and(|part| part >= COVERED),
            };
            return (kept_by_less && is_coverage).then_some(WrongSide::TargetKeptLow);
        }
        // targets that are called as organs are asked for what covers them
        let may_be_coverage = metric.level().is_some() || part.is_some_and(|part| part > 50.0);
        let kind = known.kind.map(str::trim);
        let is_organ = known.is_organ
            || !may_be_coverage && matches!(kind, Some("ORGAN" | "AVOIDANCE" | "EXTERNAL"));
        (!kept_by_less && is_organ).then_some(WrongSide::OrganKeptHigh)
    }
}

impl fmt::Display for WrongSide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TargetKeptLow => {
                "the limit permits no more than this to a target, which is to get at least so much (is the limit on the wrong side?)"
            }
            Self::OrganKeptHigh => {
                "the limit asks for at least so much dose in an organ, which limits keep low (is the limit on the wrong side?)"
            }
        })
    }
}
