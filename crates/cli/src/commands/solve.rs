use chemorad::derivation::{Derivation, decimal};
use chemorad::finding::{Finding, Outcome};
use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{
    AlphaBetaInterval, EffectModel, LinearQuadratic, Rounding, SolveError, Target, Term, Treatment,
    TreatmentTime, cautions,
};
use chemorad::radiotherapy::{DailyPattern, FractionCount, Fractionation};
use clap::ValueEnum;
use serde::Serialize;

use super::bed::ShownTerm;
use crate::failure::Failure;
use crate::parts::PartArgs;
use crate::report::{Page, Report};
use crate::time::TimeArgs;

/// The dose per fraction, or the number of fractions, that reaches a target BED or EQD.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad solve --target-eqd 60Gy --fractions 18 --alpha-beta 3Gy --step 0.01Gy --rounding nearest
  chemorad solve --target-eqd 50Gy --dose-per-fraction 2.67Gy --alpha-beta 4.6Gy --rounding nearest
  chemorad solve --same-as 50.4Gy/28 --fractions 20 --alpha-beta 10Gy
  chemorad solve --target-bed 53.1Gy --fractions 25 --alpha-beta 10Gy \\
    --overall-time 40d --kick-off 28d --loss-per-day 0.66Gy

A number of fractions is also given as the nearest whole one; --rounding names another rule.")]
#[command(group(clap::ArgGroup::new("target").required(true)))]
#[command(group(clap::ArgGroup::new("given").required(true)))]
pub(crate) struct Args {
    /// Alpha/beta ratio with unit.
    #[arg(long, value_name = "GY", allow_hyphen_values = true)]
    alpha_beta: AlphaBetaInterval,
    /// The EQDx to reach.
    #[arg(
        long,
        visible_alias = "target-eqd2",
        group = "target",
        allow_hyphen_values = true
    )]
    target_eqd: Option<AbsorbedDose>,
    /// The BED to reach.
    #[arg(long, group = "target", allow_hyphen_values = true)]
    target_bed: Option<AbsorbedDose>,
    /// A fractionation whose effect is to be reached.
    #[arg(long, group = "target")]
    same_as: Option<Fractionation>,
    /// Given: the number of fractions.
    #[arg(long, group = "given")]
    fractions: Option<FractionCount>,
    /// Given: the dose per fraction.
    #[arg(long, group = "given", allow_hyphen_values = true)]
    dose_per_fraction: Option<AbsorbedDose>,
    /// The fraction size x of EQDx.
    #[arg(long, default_value = "2Gy")]
    reference: AbsorbedDose,
    /// Round to what can be given: fractions to whole ones, a dose to multiples of --step.
    #[arg(long, value_enum)]
    rounding: Option<Rule>,
    /// The smallest step of a dose per fraction, for --rounding.
    #[arg(long, allow_hyphen_values = true)]
    step: Option<AbsorbedDose>,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    parts: PartArgs,
    /// Print how every number was reached.
    #[arg(long)]
    show_work: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Rule {
    Nearest,
    Down,
    Up,
}

impl From<Rule> for Rounding {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Nearest => Self::Nearest,
            Rule::Down => Self::Down,
            Rule::Up => Self::Up,
        }
    }
}

#[derive(Serialize)]
struct Gray {
    value: f64,
    unit: &'static str,
}

#[derive(Serialize)]
struct Fractions {
    exact: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounded: Option<u32>,
}

#[derive(Serialize)]
struct Rounded {
    rule: Rounding,
    fractionation: Fractionation,
    bed: Bed,
    eqd: Eqd,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    terms: Vec<ShownTerm>,
}

#[derive(Serialize, Default)]
struct Output {
    #[serde(skip_serializing_if = "Option::is_none")]
    dose_per_fraction: Option<Gray>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fractions: Option<Fractions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounded: Option<Rounded>,
    warnings: Vec<Finding>,
    derivations: Vec<Derivation>,
}

/// The plain model, or the model with its parts for a pattern of days and a time.
enum Solver {
    Plain(LinearQuadratic),
    Parts(EffectModel, DailyPattern, Option<TreatmentTime>),
}

/// What the rounded solution gives.
struct Reached {
    bed: Bed,
    eqd: Eqd,
    terms: Vec<Term>,
    findings: Vec<Finding>,
}

/// What was found, before rounding.
struct Found<'a> {
    exact: f64,
    derivation: Derivation,
    rounded: Box<dyn Fn(Rounding) -> Result<Fractionation, SolveError> + 'a>,
}

impl Solver {
    fn dose(
        &self,
        target: Target,
        fractions: FractionCount,
        step: Option<AbsorbedDose>,
    ) -> Result<Found<'_>, SolveError> {
        // only asked for with a step
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

    fn number(&self, target: Target, dose: AbsorbedDose) -> Result<Found<'_>, SolveError> {
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

    fn reached(
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
                let treatment = Treatment::of(&[fractionation])?.per_day(pattern);
                let effect = model.effect(&match time {
                    Some(time) => treatment.over(time),
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

impl Args {
    pub(crate) fn run(self) -> Result<Report, Failure> {
        let alpha_beta = self
            .alpha_beta
            .single()
            .ok_or_else(|| Failure::new("solve needs one value of alpha/beta, not an interval"))?;
        let target = self.target(alpha_beta)?;
        let solver = self.solver(alpha_beta)?;
        let rule = self.rounding.map(Rounding::from);
        let mut output = Output::default();
        let mut page = Page::new(&format!("Solved for {}", label(target)));
        let mut given = None;
        if let Some(fractions) = self.fractions {
            let found = solver.dose(target, fractions, self.step)?;
            page.line(&format!(
                "{fractions} {} of {} Gy reach it (shown to 6 decimals)",
                if fractions.get() == 1 {
                    "fraction"
                } else {
                    "fractions"
                },
                decimal(found.exact)
            ));
            output.dose_per_fraction = Some(Gray {
                value: found.exact,
                unit: "Gy",
            });
            given = match (rule, self.step) {
                (Some(rule), Some(_)) => Some((rule, (found.rounded)(rule)?)),
                (None, None) => None,
                (Some(_), None) => {
                    return Err(Failure::new(
                        "--rounding of a dose needs --step, for example --step 0.01Gy",
                    ));
                }
                (None, Some(_)) => {
                    return Err(Failure::new("--step needs --rounding nearest, down or up"));
                }
            };
            output.derivations.push(found.derivation);
        } else if let Some(dose) = self.dose_per_fraction {
            if self.step.is_some() {
                return Err(Failure::new(
                    "--step rounds a dose; here the number of fractions is solved for",
                ));
            }
            let found = solver.number(target, dose)?;
            page.line(&format!(
                "{} fractions of {dose} reach it (shown to 6 decimals)",
                decimal(found.exact)
            ));
            given = match rule {
                Some(rule) => Some((rule, (found.rounded)(rule)?)),
                // unasked, so that a number that cannot be given is no error
                None => (found.rounded)(Rounding::Nearest)
                    .ok()
                    .map(|fractionation| (Rounding::Nearest, fractionation)),
            };
            output.fractions = Some(Fractions {
                exact: found.exact,
                rounded: given.map(|(_, fractionation)| fractionation.fractions().get()),
            });
            output.derivations.push(found.derivation);
        }
        if self.same_as.is_some() && self.parts.has_loss() {
            output.warnings.push(Finding::new(
                "solve.same_as_without_time",
                Outcome::Warn,
                "target",
                "the effect of --same-as is taken without loss to time; give its time-corrected BED as --target-bed where that is meant",
            ));
        }
        if let Some((rule, fractionation)) = given {
            let reached = solver.reached(fractionation, self.reference)?;
            let (bed, eqd) = (reached.bed, reached.eqd);
            page.line(&format!(
                "rounded {rule}: {fractionation}, {bed:.3}, {eqd:.3}"
            ));
            output.warnings.extend(cautions("solution", fractionation));
            output.warnings.extend(self.time.day.caution());
            output.warnings.extend(reached.findings);
            output.rounded = Some(Rounded {
                rule,
                fractionation,
                bed,
                eqd,
                terms: reached.terms.into_iter().map(ShownTerm::from).collect(),
            });
        }
        page.findings(&output.warnings);
        if self.show_work {
            page.section("Work");
            page.work(&output.derivations);
        }
        Ok(Report::new(page, &output))
    }

    fn solver(&self, alpha_beta: AlphaBeta) -> Result<Solver, Failure> {
        if self.time.is_plain(&self.parts) {
            return Ok(Solver::Plain(LinearQuadratic::new(alpha_beta)));
        }
        // the dates depend on the number of fractions alone, not on the dose
        let counted = match self.fractions {
            Some(fractions) => Some(Fractionation::from_dose_per_fraction(
                AbsorbedDose::constant("1 Gy"),
                fractions,
            )?),
            None => None,
        };
        let time = self.time.time_of(counted, &self.parts)?;
        let parts = self.parts.single("solve")?;
        let model = parts.model_at(alpha_beta)?;
        Ok(Solver::Parts(model, self.time.day.pattern()?, time))
    }

    fn target(&self, alpha_beta: AlphaBeta) -> Result<Target, Failure> {
        if let Some(bed) = self.target_bed {
            Ok(Bed::new(bed.gray(), alpha_beta)?.into())
        } else if let Some(from) = self.same_as {
            let model = LinearQuadratic::new(alpha_beta);
            Ok(model.eqd(from, self.reference).into())
        } else if let Some(eqd) = self.target_eqd {
            Ok(Eqd::new(eqd.gray(), alpha_beta, self.reference)?.into())
        } else {
            Err(Failure::new("give --target-eqd, --target-bed or --same-as"))
        }
    }
}

fn label(target: Target) -> String {
    match target {
        Target::Bed(bed) => bed.to_string(),
        Target::Eqd(eqd) => eqd.to_string(),
    }
}
