//! The inverse of either model, and what a reader must know of its solution.

use chemorad::quantity::{AbsorbedDose, Bed, Eqd};
use chemorad::radiobiology::{
    EffectModel, LinearQuadratic, Rounding, SolveError, Target, Term, Treatment, TreatmentTime,
    cautions,
};
use chemorad::radiotherapy::{DailyPattern, FractionCount, Fractionation};
use chemorad::report::Derivation;
use chemorad::report::Finding;

use crate::failure::Failure;
use crate::time::TimeArgs;

/// The plain model, or the model with its parts for a pattern of days and a time.
pub(super) enum Solver {
    Plain(LinearQuadratic),
    Parts(EffectModel, DailyPattern, Option<TreatmentTime>),
}

/// What the rounded solution gives.
pub(super) struct Reached {
    pub(super) bed: Bed,
    pub(super) eqd: Eqd,
    pub(super) terms: Vec<Term>,
    pub(super) findings: Vec<Finding>,
}

/// What was found, before rounding.
pub(super) struct Found<'a> {
    pub(super) exact: f64,
    pub(super) derivation: Derivation,
    pub(super) rounded: Box<dyn Fn(Rounding) -> Result<Fractionation, SolveError> + 'a>,
}

impl Solver {
    pub(super) fn dose(
        &self,
        target: Target,
        fractions: FractionCount,
        step: Option<AbsorbedDose>,
    ) -> Result<Found<'_>, SolveError> {
        // without a step the nearest dose serves cautions alone
        let step = step.unwrap_or(AbsorbedDose::constant("0.000001 Gy"));
        Ok(match *self {
            Self::Plain(model) => {
                let solved = model.dose_per_fraction_for(target, fractions)?;
                Found {
                    exact: solved.gray(),
                    derivation: solved.derivation(),
                    rounded: Box::new(move |rule| solved.rounded(step, rule)),
                }
            }
            Self::Parts(model, pattern, time) => {
                let solved = model.dose_per_fraction_for(target, fractions, pattern, time)?;
                Found {
                    exact: solved.gray(),
                    derivation: solved.derivation(),
                    rounded: Box::new(move |rule| solved.rounded(step, rule)),
                }
            }
        })
    }

    pub(super) fn number(
        &self,
        target: Target,
        dose: AbsorbedDose,
    ) -> Result<Found<'_>, SolveError> {
        Ok(match *self {
            Self::Plain(model) => {
                let solved = model.fractions_for(target, dose)?;
                Found {
                    exact: solved.exact(),
                    derivation: solved.derivation(),
                    rounded: Box::new(move |rule| solved.rounded(rule)),
                }
            }
            Self::Parts(model, pattern, time) => {
                let solved = model.fractions_for(target, dose, pattern, time)?;
                Found {
                    exact: solved.exact(),
                    derivation: solved.derivation(),
                    rounded: Box::new(move |rule| solved.rounded(rule)),
                }
            }
        })
    }

    /// What a reader must know of a dose and number of fractions.
    pub(super) fn cautions(
        &self,
        fractionation: Fractionation,
        reference: AbsorbedDose,
        time: &TimeArgs,
    ) -> Result<Vec<Finding>, Failure> {
        let mut found = cautions("solution", fractionation);
        found.extend(time.day.caution());
        found.extend(self.reached(fractionation, reference)?.findings);
        Ok(found)
    }

    pub(super) fn reached(
        &self,
        fractionation: Fractionation,
        reference: AbsorbedDose,
    ) -> Result<Reached, Failure> {
        Ok(match *self {
            Self::Plain(model) => Reached {
                bed: model.bed(fractionation),
                eqd: model.eqd(fractionation, reference),
                terms: Vec::new(),
                findings: Vec::new(),
            },
            Self::Parts(model, pattern, time) => {
                let treatment = Treatment::from_fractionations(&[fractionation])?.per_day(pattern);
                let effect = model.effect(&match time {
                    Some(time) => treatment.with_time(time),
                    None => treatment,
                })?;
                Reached {
                    bed: effect.bed(),
                    eqd: effect.eqd(reference)?,
                    terms: effect.terms(),
                    findings: effect.findings(),
                }
            }
        })
    }
}
