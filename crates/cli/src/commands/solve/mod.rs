mod finding;
mod solver;

use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{AlphaBetaInterval, LinearQuadratic, Rounding, Target, Treatment};
use chemorad::radiotherapy::{FractionCount, Fractionation};
use chemorad::report::{Derivation, Finding, decimal};
use clap::ValueEnum;
use serde::Serialize;

use super::bed::ShownTerm;
use crate::failure::Failure;
use crate::output::Context;
use crate::parts::PartArgs;
use crate::report::Report;
use crate::time::TimeArgs;
use chemorad_render::Document;
use finding::SolveFinding;
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

/// The solution in words, what was rounded, and what is near enough to the solution to say what a reader
/// must know of it.
type Solved = (
    String,
    Option<(Rounding, Fractionation)>,
    Option<Fractionation>,
);

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let alpha_beta = self
            .alpha_beta
            .single()
            .ok_or_else(|| Failure::new("solve needs one value of alpha/beta, not an interval"))?;
        let solver = self.solver(context, alpha_beta)?;
        let target = self.target(alpha_beta, &solver)?;
        let mut output = Output::default();
        let mut page = Document::new(&format!("Solved for {}", label(target)));
        self.show_model(&solver, &mut page)?;
        let (line, given, mut near) = match (self.fractions, self.dose_per_fraction) {
            (Some(fractions), _) => self.for_dose(&solver, target, fractions, &mut output)?,
            (None, Some(dose)) => self.for_number(&solver, target, dose, &mut output)?,
            (None, None) => return Err(Failure::new("give --fractions or --dose-per-fraction")),
        };
        page.line(&line);
        if self.same_as.is_some() && self.parts.has_loss() {
            output.warnings.push(SolveFinding::SameAsWithoutTime.into());
        }
        if let Some((rule, fractionation)) = given {
            let reached = solver.reached(fractionation, self.reference)?;
            let (bed, eqd) = (reached.bed, reached.eqd);
            page.line(&format!(
                "rounded {rule}: {fractionation}, {bed:.3}, {eqd:.3}"
            ));
            near = Some(fractionation);
            output.rounded = Some(Rounded {
                rule,
                fractionation,
                bed,
                eqd,
                terms: reached.terms.into_iter().map(ShownTerm::from).collect(),
            });
        }
        if let Some(fractionation) = near {
            let found = solver.cautions(fractionation, self.reference, &self.time)?;
            output.warnings.extend(found);
        }
        page.findings(&output.warnings);
        if self.show_work {
            page.section("Work");
            page.work(&output.derivations);
        }
        Ok(Report::new(page, &output))
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
        output: &mut Output,
    ) -> Result<Solved, Failure> {
        let found = solver.dose(target, fractions, self.step)?;
        let one = fractions.get() == 1;
        let line = format!(
            "{fractions} {} of {} Gy {} it (shown to 6 decimals)",
            if one { "fraction" } else { "fractions" },
            decimal(found.exact),
            if one { "reaches" } else { "reach" },
        );
        output.dose_per_fraction = Some(Gray {
            value: found.exact,
            unit: "Gy",
        });
        let given = match (self.rounding.map(Rounding::from), self.step) {
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
        Ok((line, given, (found.rounded)(Rounding::Nearest).ok()))
    }

    fn for_number(
        &self,
        solver: &Solver,
        target: Target,
        dose: AbsorbedDose,
        output: &mut Output,
    ) -> Result<Solved, Failure> {
        if self.step.is_some() {
            return Err(Failure::new(
                "--step rounds a dose; here the number of fractions is solved for",
            ));
        }
        let found = solver.number(target, dose)?;
        let line = format!(
            "{} fractions of {dose} reach it (shown to 6 decimals)",
            decimal(found.exact)
        );
        let given = match self.rounding.map(Rounding::from) {
            Some(rule) => Some((rule, (found.rounded)(rule)?)),
            // unasked, so that a number that cannot be given is no error
            None => match (found.rounded)(Rounding::Nearest) {
                Ok(fractionation) => Some((Rounding::Nearest, fractionation)),
                Err(error) => {
                    output.warnings.push(SolveFinding::NotRounded(error).into());
                    None
                }
            },
        };
        output.fractions = Some(Fractions {
            exact: found.exact,
            rounded: given.map(|(_, fractionation)| fractionation.fractions().get()),
        });
        output.derivations.push(found.derivation);
        Ok((line, given, None))
    }

    /// What the solution rests on besides α/β.
    fn show_model(&self, solver: &Solver, page: &mut Document) -> Result<(), Failure> {
        let Solver::Parts(_, pattern, time) = solver else {
            return Ok(());
        };
        let mut lines = Vec::new();
        if !self.parts.is_empty() {
            lines.push(("with", self.parts.named("solve")?.in_words()));
        }
        if let Some(time) = time {
            lines.push(("overall time", time.to_string()));
        }
        if pattern.fractions() > 1 {
            lines.push(("fractions a day", pattern.to_string()));
        }
        if self.same_as.is_some() && !lines.is_empty() {
            let both = "with the same repair, linear tail and fractions a day";
            lines.push(("target", format!("the effect of --same-as {both}")));
        }
        page.pairs(&lines);
        page.line("");
        Ok(())
    }

    fn target(&self, alpha_beta: AlphaBeta, solver: &Solver) -> Result<Target, Failure> {
        if let Some(bed) = self.target_bed {
            Ok(Bed::new(bed.gray(), alpha_beta)?.into())
        } else if let Some(from) = self.same_as {
            Ok(match solver {
                Solver::Plain(model) => model.eqd(from, self.reference).into(),
                Solver::Parts(model, pattern, _) => {
                    let treatment = Treatment::of(&[from])?.per_day(*pattern);
                    let effect = model.without_repopulation().effect(&treatment)?;
                    effect.eqd(self.reference)?.into()
                }
            })
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
