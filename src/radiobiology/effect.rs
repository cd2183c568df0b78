//! The effect of a treatment, term by term.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::effect_model::EffectModel;
use super::exact::DoseSeries;
use super::finding::RadiobiologyFinding;
use super::linear_quadratic::gray as gray_text;
use super::measure::Measure;
use super::model_error::ModelError;
use super::repopulation::TimeBasis;
use super::term::{Term, TermKind};
use super::treatment::Treatment;
use crate::quantity::{AbsorbedDose, Bed, Eqd};
use crate::radiotherapy::Fractionation;
use crate::report::{Derivation, Finding, decimal};

/// Days after the kick-off time over which a constant loss is no long extrapolation.
const LONGEST_REPOPULATION: f64 = 21.0;

/// The shares of the optional parts, gray BED.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Parts {
    tail: f64,
    repair: f64,
    loss: f64,
}

impl Parts {
    fn sum(self) -> f64 {
        self.tail + self.repair - self.loss
    }

    fn is_none(self) -> bool {
        // losses and gains are never negative, so this is "all zero"
        self.tail + self.repair + self.loss <= 0.0
    }
}

/// BED and EQDx of a treatment under an [`EffectModel`].
///
/// A BED is never below zero. Where the losses are larger than the effect it is zero,
/// [`below_zero`](Self::below_zero) holds the number, and [`findings`](Self::findings) says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    model: EffectModel,
    treatment: Treatment,
    series: DoseSeries,
    parts: Parts,
}

impl EffectModel {
    /// The effect of a treatment: BED, EQDx, and the terms they are made of.
    ///
    /// # Errors
    /// Repopulation without an overall time, incomplete repair without intervals, or doses that do
    /// not add up.
    pub fn effect(&self, treatment: &Treatment) -> Result<Effect, ModelError> {
        let alpha_beta = self.alpha_beta();
        let (series, above_transition) = self.below_transition(treatment.fractionations())?;
        let tail = self
            .linear_tail()
            .map_or(0.0, |tail| tail.slope_at(alpha_beta) * above_transition);
        let repair = match self.repair_half_time() {
            Some(_) if treatment.intervals_missing() => return Err(ModelError::NoInterval),
            Some(half_time) => treatment.unrepaired_squares(half_time) / alpha_beta.gray(),
            None => 0.0,
        };
        let loss = match self.repopulation() {
            Some(repopulation) => {
                let time = treatment.time().ok_or(ModelError::NoOverallTime)?;
                repopulation.bed_lost(time.days(), alpha_beta)
            }
            None => 0.0,
        };
        Ok(Effect {
            model: *self,
            treatment: treatment.clone(),
            series,
            parts: Parts { tail, repair, loss },
        })
    }

    /// The effect of `first` minus that of `second`, gray.
    ///
    /// ```
    /// use chemorad::radiobiology::{EffectModel, Measure, Treatment, TWO_GRAY};
    /// let model = EffectModel::new("10 Gy".parse()?);
    /// let long = Treatment::from_fractionations(&["50.4Gy/28".parse()?])?; // EQD2 49.56 Gy
    /// let short = Treatment::from_fractionations(&["25Gy/5".parse()?])?; // EQD2 31.25 Gy
    /// let difference = model.difference(&long, &short, Measure::Eqd(TWO_GRAY))?;
    /// assert!((difference - 18.31).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As for [`effect`](Self::effect) and [`Effect::eqd`], or a BED below zero.
    pub fn difference(
        &self,
        first: &Treatment,
        second: &Treatment,
        measure: Measure,
    ) -> Result<f64, ModelError> {
        let gray = |treatment| -> Result<f64, ModelError> {
            let effect = self.effect(treatment)?;
            if effect.below_zero().is_some() {
                return Err(ModelError::BelowZero);
            }
            match measure {
                Measure::Bed => Ok(effect.bed().gray()),
                Measure::Eqd(reference) => Ok(effect.eqd(reference)?.gray()),
            }
        };
        Ok(gray(first)? - gray(second)?)
    }

    /// What lies below the transition dose as a series, and Σ n (d − `d_T`) in gray.
    fn below_transition(
        &self,
        fractionations: &[Fractionation],
    ) -> Result<(DoseSeries, f64), ModelError> {
        let Some(tail) = self.linear_tail() else {
            let series =
                DoseSeries::from_fractionations(fractionations).ok_or(ModelError::TooManyPhases)?;
            return Ok((series, 0.0));
        };
        let (capped, above) = tail.split(fractionations);
        let series = DoseSeries::from_fractionations(&capped).ok_or(ModelError::TooManyPhases)?;
        Ok((series, above))
    }
}

impl Effect {
    /// BED before the floor at zero, gray.
    pub(super) fn unfloored(&self) -> f64 {
        let alpha_beta = self.model.alpha_beta().micrograys();
        let plain = self.series.weighted(alpha_beta, alpha_beta);
        if self.parts.is_none() {
            plain
        } else {
            plain + self.parts.sum()
        }
    }

    /// Σ D below the transition, gray.
    pub(super) const fn dose_gray(&self) -> f64 {
        self.series.dose().gray()
    }

    /// The terms in 1/(α/β) of doses and repair, gray.
    pub(super) fn quadratic_gray(&self) -> f64 {
        self.series
            .weighted(0, self.model.alpha_beta().micrograys())
            + self.parts.repair
    }

    /// EQDx of the doses alone as α/β tends to zero, gray: Σ D d/x.
    pub(super) fn limit(&self, reference: AbsorbedDose) -> f64 {
        self.series.weighted(0, reference.micrograys())
    }

    /// The sum of the sizes of all terms: what rounding errors are measured against.
    pub(super) fn size(&self) -> f64 {
        let alpha_beta = self.model.alpha_beta().micrograys();
        self.series.weighted(alpha_beta, alpha_beta)
            + self.parts.tail
            + self.parts.repair
            + self.parts.loss
    }

    pub(super) fn is_plain(&self) -> bool {
        self.parts.is_none()
    }

    /// The model.
    #[must_use]
    pub const fn model(&self) -> EffectModel {
        self.model
    }

    /// The treatment.
    #[must_use]
    pub const fn treatment(&self) -> &Treatment {
        &self.treatment
    }

    /// BED.
    #[must_use]
    pub fn bed(&self) -> Bed {
        Bed::calculated(self.unfloored().max(0.0), self.model.alpha_beta())
    }

    /// EQDx.
    ///
    /// # Errors
    /// A reference fraction in the linear tail.
    pub fn eqd(&self, reference: AbsorbedDose) -> Result<Eqd, ModelError> {
        if let Some(tail) = self.model.linear_tail() {
            if reference > tail.above() {
                return Err(ModelError::ReferenceAboveTransition {
                    reference,
                    above: tail.above(),
                });
            }
        }
        let value = self.eqd_unfloored(reference).max(0.0);
        Ok(Eqd::calculated(value, self.model.alpha_beta(), reference))
    }

    #[allow(clippy::cast_precision_loss, reason = "below 2^53")]
    pub(super) fn eqd_unfloored(&self, reference: AbsorbedDose) -> f64 {
        let alpha_beta = self.model.alpha_beta().micrograys();
        let divisor = alpha_beta + reference.micrograys();
        let plain = self.series.weighted(alpha_beta, divisor);
        if self.parts.is_none() {
            plain
        } else {
            plain + self.parts.sum() * (alpha_beta as f64 / divisor as f64)
        }
    }

    /// The negative BED that was replaced by zero, gray.
    #[must_use]
    pub fn below_zero(&self) -> Option<f64> {
        Some(self.unfloored()).filter(|&gray| gray < 0.0)
    }

    /// BED lost to repopulation, gray.
    #[must_use]
    pub const fn bed_lost(&self) -> f64 {
        self.parts.loss
    }

    /// The terms of the BED; they add up to it (before a floor).
    #[must_use]
    pub fn terms(&self) -> Vec<Term> {
        let alpha_beta = self.model.alpha_beta();
        let ab = alpha_beta.number();
        let lq = "Barendsen 1982, Int J Radiat Oncol Biol Phys 8:1981-97";
        let below = match self.model.linear_tail() {
            Some(tail) if self.parts.tail > 0.0 => format!(" up to {} a fraction", tail.above()),
            _ => String::new(),
        };
        let mut terms = vec![
            Term {
                kind: TermKind::Dose,
                gray: self.series.dose().gray(),
                formula: format!("sum of d{below}"),
                source: lq,
            },
            Term {
                kind: TermKind::Fractionation,
                gray: self.series.weighted(0, alpha_beta.micrograys()),
                formula: format!("sum of d^2{below} / {ab}"),
                source: lq,
            },
        ];
        if let Some(tail) = self.model.linear_tail() {
            terms.push(Term {
                kind: TermKind::LinearTail,
                gray: self.parts.tail,
                formula: format!(
                    "{} x sum of (d - {}) above it",
                    decimal(tail.slope_at(alpha_beta)),
                    tail.above()
                ),
                source: "Astrahan 2008, Med Phys 35:4161-73; Carlone 2005, Phys Med Biol 50:L9",
            });
        }
        if let Some(half_time) = self.model.repair_half_time() {
            terms.push(Term {
                kind: TermKind::IncompleteRepair,
                gray: self.parts.repair,
                formula: format!(
                    "2 x sum of d d' 2^(-t/{half_time}) over fractions t apart on one day / {ab}"
                ),
                source: "Thames 1985, Int J Radiat Biol 47:319-39",
            });
        }
        if let (Some(repopulation), Some(time)) = (self.model.repopulation(), self.treatment.time())
        {
            terms.push(Term {
                kind: TermKind::Repopulation,
                // not -0 when nothing is lost
                gray: 0.0 - self.parts.loss,
                formula: format!("-{}", repopulation.written(time.days(), alpha_beta)),
                source: repopulation.source(),
            });
        }
        terms
    }

    /// What a reader must know: a floor, an assumption of complete repair, a long extrapolation.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Some(gray) = self.below_zero() {
            findings.push(RadiobiologyFinding::BedFloor { gray });
        }
        if self.treatment.several_a_day() && self.model.repair_half_time().is_none() {
            findings.push(RadiobiologyFinding::CompleteRepairAssumed);
        }
        if let (Some(repopulation), Some(time)) = (self.model.repopulation(), self.treatment.time())
        {
            let fewest_days = self.treatment.fewest_days().unwrap_or(0);
            let stated_days = time.days();
            // the days between the first and the last are one fewer
            if time.basis() == TimeBasis::Stated && stated_days.saturating_add(1) < fewest_days {
                findings.push(RadiobiologyFinding::TimeTooShort {
                    fewest_days,
                    stated_days,
                });
            }
            let days = repopulation.days_beyond_kick_off(time.days());
            if days > LONGEST_REPOPULATION {
                findings.push(RadiobiologyFinding::LongRepopulation { days });
            }
        }
        findings.into_iter().map(Finding::from).collect()
    }

    /// The working of the BED and, where it exists, of the EQD in fractions of `reference`.
    #[must_use]
    pub fn derive(&self, of: &str, reference: AbsorbedDose) -> Vec<Derivation> {
        let bed = self.bed();
        let terms = self.terms();
        let mut substitution = String::new();
        for term in &terms {
            if !substitution.is_empty() {
                substitution.push_str(if term.kind == TermKind::Repopulation {
                    " - "
                } else {
                    " + "
                });
            }
            substitution.push_str(&decimal(term.gray.abs()));
        }
        substitution.push_str(" Gy");
        let mut sources: Vec<&str> = terms.iter().map(|term| term.source).collect();
        sources.dedup();
        let mut derivation = Derivation::new(
            format!("{} of {of}", bed.label()),
            terms
                .iter()
                .map(|term| term.kind.name())
                .collect::<Vec<_>>()
                .join(" + "),
            substitution,
            gray_text(bed.gray()),
            sources.join("; "),
        );
        for fractionation in self.treatment.fractionations() {
            derivation = derivation.with(format!("given: {fractionation}"));
        }
        if let Some(time) = self.treatment.time() {
            derivation = derivation.with(format!("T = {time}"));
        }
        for term in &terms {
            derivation = derivation.with(format!(
                "{} = {} = {}",
                term.kind.name(),
                term.formula,
                gray_text(term.gray)
            ));
        }
        if let Some(gray) = self.below_zero() {
            derivation = derivation.with(format!("{} is below zero: set to 0", gray_text(gray)));
        }
        let mut derivations = vec![derivation];
        if let Ok(eqd) = self.eqd(reference) {
            let ab = self.model.alpha_beta().number();
            derivations.push(Derivation::new(
                format!("{} of {of}", eqd.label()),
                "BED/(1 + x/(a/b))",
                format!(
                    "{}/(1 + {}/{ab})",
                    decimal(bed.gray()),
                    decimal(reference.gray())
                ),
                gray_text(eqd.gray()),
                "Fowler 2010, Br J Radiol 83:554-68".to_string(),
            ));
        }
        derivations
    }
}
