//! What a sum of doses is the dose of, in the terms of the standard.

use chemorad_dosimetry::SummationType;

use super::source::Source;
use crate::reference::PlanReference;

/// The term for a sum.
pub(super) enum Term {
    /// It says what the sum is.
    Fits(SummationType),
    /// The sum of fraction groups of one plan: PLAN is the dose of all of them.
    Groups,
    /// Parts of one plan for which the standard has no term together. The dose, counted from 1, that is
    /// of another kind than the first.
    None(usize),
}

impl Term {
    /// Of doses that share no treatment, with the plans of all of them.
    pub(super) fn of(sources: &[(usize, Source<'_, '_>)], plans: &[PlanReference]) -> Self {
        let kind = |source: &Source<'_, '_>| source.dose.summation.clone();
        let Some(((_, first), others)) = sources.split_first() else {
            return Self::Fits(SummationType::NotStated);
        };
        let first_kind = kind(first);
        if others.is_empty() {
            return Self::Fits(first_kind);
        }
        // one that names no plan may be of another
        let unknown = sources
            .iter()
            .any(|(_, source)| source.dose.plans.is_empty());
        let whole =
            |kind: &SummationType| matches!(kind, SummationType::Plan | SummationType::MultiPlan);
        if unknown || plans.len() > 1 || sources.iter().any(|(_, source)| whole(&kind(source))) {
            return Self::Fits(SummationType::MultiPlan);
        }
        let mut others = others.iter();
        match others.find(|(_, source)| kind(source) != first_kind) {
            Some((at, _)) => Self::None(*at),
            None if first_kind == SummationType::Fraction => Self::Groups,
            None => Self::Fits(first_kind),
        }
    }
}
