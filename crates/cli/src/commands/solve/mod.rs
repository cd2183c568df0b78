//! The inverse: what reaches a target.

mod solver;

use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{
    DoseSeries, LinearQuadratic, RadiobiologyFinding, Rounding, Target, Treatment,
    alpha_beta_caution,
};
use chemorad::radiotherapy::{FractionCount, Fractionation, Fractionations};
use chemorad::report::Subject;
use chemorad_render::Amount;
use chemorad_render::solve::{Basis, Fractions, Given, Results, Rounded, page};

use crate::args::model::ModelArgs;
use crate::args::rounding::Rule;
use crate::args::site::{AlphaBetaOrTissue, SiteArgs};
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;
use crate::report::Report;
use crate::time::TimeArgs;
use solver::Solver;

/// The dose per fraction, or the number of fractions, that reaches a target BED or EQD.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad solve --target-eqd 60Gy --fractions 18 --alpha-beta 3Gy --step 0.01Gy --rounding nearest
  chemorad solve --target-eqd 50Gy --dose-per-fraction 2.67Gy --alpha-beta 4.6Gy --rounding nearest
  chemorad solve --same-as 50.4Gy/28 --fractions 20 --alpha-beta 10Gy
  chemorad solve --target-bed 53.1Gy --fractions 25 --alpha-beta 10Gy \\
    --overall-time 40d --kick-off 28d --loss-per-day 0.66Gy

A number of fractions is also given as the nearest whole one, where there is one; --rounding names
another rule. The effect of --same-as is taken with the same repair, linear tail and fractions a day.")]
#[command(group(clap::ArgGroup::new("target").required(true)))]
#[command(group(clap::ArgGroup::new("given").required(true)))]
pub(crate) struct Args {
    /// Alpha/beta with unit, or a tissue of the site file.
    #[arg(
        long,
        visible_alias = "ab",
        value_name = "10Gy",
        allow_hyphen_values = true
    )]
    alpha_beta: Option<AlphaBetaOrTissue>,
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
    /// A course whose effect is to be reached.
    #[arg(long, group = "target", value_name = "45Gy/25+5.4Gy/3")]
    same_as: Option<Fractionations>,
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
    site: SiteArgs,
    #[command(flatten)]
    time: TimeArgs,
    #[command(flatten)]
    parts: ModelArgs,
}

/// What was rounded, and what is near enough to the solution to say what a reader must know of it.
type Solved = (Option<(Rounding, Fractionation)>, Option<Fractionation>);

impl Args {
    pub(crate) fn run(mut self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut site = self.site.read(context)?;
        self.time = self.time.of_site(&mut site);
        let asked = site.one_alpha_beta(self.alpha_beta.as_ref())?;
        site.tell(context);
        let alpha_beta = asked.single().ok_or_else(|| {
            Failure::new(
                refused::INPUT_VALUE,
                "solve needs one value of alpha/beta, not an interval",
            )
        })?;
        let solver = self.solver(context, alpha_beta)?;
        let target = self.target(alpha_beta, &solver)?;
        let mut output = Results::default();
        let unusual = alpha_beta_caution(Subject::input("alpha/beta"), alpha_beta);
        output.warnings.extend(unusual);
        let (asked, (given, mut near)) = match (self.fractions, self.dose_per_fraction) {
            (Some(fractions), _) => (
                Given::Fractions(fractions),
                self.for_dose(&solver, target, fractions, &mut output)?,
            ),
            (None, Some(dose)) => (
                Given::DosePerFraction(dose),
                self.for_number(&solver, target, dose, &mut output)?,
            ),
            (None, None) => {
                return Err(Failure::new(
                    refused::INPUT_MISSING,
                    "give --fractions or --dose-per-fraction",
                ));
            }
        };
        if self.same_as.is_some() && self.parts.has_loss() {
            let finding = RadiobiologyFinding::TargetWithoutTime;
            output.warnings.push(finding.into());
        }
        if let Some((rule, fractionation)) = given {
            let reached = solver.reached(fractionation, self.reference)?;
            near = Some(fractionation);
            output.rounded = Some(Rounded {
                rule,
                fractionation,
                bed: reached.bed,
                eqd: reached.eqd,
                terms: reached.terms.into_iter().map(Into::into).collect(),
            });
        }
        if let Some(fractionation) = near {
            let found = solver.cautions(fractionation, self.reference, &self.time)?;
            output.warnings.extend(found);
        }
        if let Some(fractions) = self.fractions {
            let found = self.time.of_dates(context, fractions.get())?;
            output.warnings.extend(found);
        }
        let basis = self.basis(&solver)?;
        let page = page(target, asked, basis.as_ref(), &output);
        Ok(context.report(page, &output))
    }

    fn solver(&self, context: &Context<'_>, alpha_beta: AlphaBeta) -> Result<Solver, Failure> {
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
        let time = self.time.time_of(context, counted, &self.parts)?;
        let parts = self.parts.single("solve")?;
        let model = parts.model_at(alpha_beta)?;
        Ok(Solver::Parts(model, self.time.day.pattern()?, time))
    }

    fn for_dose(
        &self,
        solver: &Solver,
        target: Target,
        fractions: FractionCount,
        output: &mut Results,
    ) -> Result<Solved, Failure> {
        let found = solver.dose(target, fractions, self.step)?;
        output.dose_per_fraction = Some(Amount::gray(found.exact));
        let given = match (self.rounding.map(Rounding::from), self.step) {
            (Some(rule), Some(_)) => Some((rule, (found.rounded)(rule)?)),
            (None, None) => None,
            (Some(_), None) => {
                return Err(Failure::new(
                    refused::INPUT_MISSING,
                    "--rounding of a dose needs --step, for example --step 0.01Gy",
                ));
            }
            (None, Some(_)) => {
                return Err(Failure::new(
                    refused::INPUT_MISSING,
                    "--step needs --rounding nearest, down or up",
                ));
            }
        };
        output.derivations.push(found.derivation);
        Ok((given, (found.rounded)(Rounding::Nearest).ok()))
    }

    fn for_number(
        &self,
        solver: &Solver,
        target: Target,
        dose: AbsorbedDose,
        output: &mut Results,
    ) -> Result<Solved, Failure> {
        if self.step.is_some() {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "--step rounds a dose; here the number of fractions is solved for",
            ));
        }
        let found = solver.number(target, dose)?;
        let given = match self.rounding.map(Rounding::from) {
            Some(rule) => Some((rule, (found.rounded)(rule)?)),
            // unasked, so that a number that cannot be given is no error
            None => match (found.rounded)(Rounding::Nearest) {
                Ok(fractionation) => Some((Rounding::Nearest, fractionation)),
                Err(error) => {
                    let finding = RadiobiologyFinding::NotRounded(error);
                    output.warnings.push(finding.into());
                    None
                }
            },
        };
        output.fractions = Some(Fractions {
            exact: found.exact,
            rounded: given.map(|(_, fractionation)| fractionation.fractions().get()),
        });
        output.derivations.push(found.derivation);
        Ok((given, None))
    }

    /// What the solution rests on besides α/β.
    fn basis(&self, solver: &Solver) -> Result<Option<Basis>, Failure> {
        let Solver::Parts(_, pattern, time) = solver else {
            return Ok(None);
        };
        let parts = if self.parts.is_empty() {
            None
        } else {
            Some(self.parts.named("solve")?)
        };
        Ok(Some(Basis {
            parts,
            time: *time,
            pattern: (pattern.fractions() > 1).then_some(*pattern),
            same_as: self.same_as.is_some(),
        }))
    }

    fn target(&self, alpha_beta: AlphaBeta, solver: &Solver) -> Result<Target, Failure> {
        if let Some(bed) = self.target_bed {
            Ok(Bed::new(bed.gray(), alpha_beta)?.into())
        } else if let Some(from) = &self.same_as {
            let phases: Vec<Fractionation> = from.iter().collect();
            Ok(match solver {
                Solver::Plain(model) => {
                    let series = DoseSeries::from_fractionations(&phases).ok_or_else(|| {
                        Failure::new(
                            refused::COURSE_REFUSED,
                            "--same-as: the phases do not add up to one course",
                        )
                    })?;
                    model.eqd_of(&series, self.reference).into()
                }
                Solver::Parts(model, pattern, _) => {
                    let treatment = Treatment::from_fractionations(&phases)?.per_day(*pattern);
                    let effect = model.without_repopulation().effect(&treatment)?;
                    effect.eqd(self.reference)?.into()
                }
            })
        } else if let Some(eqd) = self.target_eqd {
            Ok(Eqd::new(eqd.gray(), alpha_beta, self.reference)?.into())
        } else {
            Err(Failure::new(
                refused::INPUT_MISSING,
                "give --target-eqd, --target-bed or --same-as",
            ))
        }
    }
}
