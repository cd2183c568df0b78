use chemorad::derivation::{Derivation, decimal};
use chemorad::finding::Finding;
use chemorad::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use chemorad::radiobiology::{LinearQuadratic, Rounding, Target, cautions};
use chemorad::radiotherapy::{FractionCount, Fractionation};
use clap::ValueEnum;
use serde::Serialize;

use crate::failure::Failure;
use crate::report::{Page, Report};

/// The dose per fraction, or the number of fractions, that reaches a target BED or EQD.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad solve --target-eqd 60Gy --fractions 18 --alpha-beta 3Gy --step 0.01Gy --rounding nearest
  chemorad solve --target-eqd 50Gy --dose-per-fraction 2.67Gy --alpha-beta 4.6Gy --rounding nearest
  chemorad solve --same-as 50.4Gy/28 --fractions 20 --alpha-beta 10Gy")]
#[command(group(clap::ArgGroup::new("target").required(true)))]
#[command(group(clap::ArgGroup::new("given").required(true)))]
pub(crate) struct Args {
    /// Alpha/beta ratio with unit.
    #[arg(long)]
    alpha_beta: AlphaBeta,
    /// The EQDx to reach.
    #[arg(long, visible_alias = "target-eqd2", group = "target")]
    target_eqd: Option<AbsorbedDose>,
    /// The BED to reach.
    #[arg(long, group = "target")]
    target_bed: Option<AbsorbedDose>,
    /// A fractionation whose effect is to be reached.
    #[arg(long, group = "target")]
    same_as: Option<Fractionation>,
    /// Given: the number of fractions.
    #[arg(long, group = "given")]
    fractions: Option<FractionCount>,
    /// Given: the dose per fraction.
    #[arg(long, group = "given")]
    dose_per_fraction: Option<AbsorbedDose>,
    /// The fraction size x of EQDx.
    #[arg(long, default_value = "2Gy")]
    reference: AbsorbedDose,
    /// Round to what can be given: fractions to whole ones, a dose to multiples of --step.
    #[arg(long, value_enum)]
    rounding: Option<Rule>,
    /// The smallest step of a dose per fraction, for --rounding.
    #[arg(long)]
    step: Option<AbsorbedDose>,
    /// Print how every number was reached.
    #[arg(long)]
    show_work: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Rule {
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

impl Args {
    pub(crate) fn run(self) -> Result<Report, Failure> {
        let model = LinearQuadratic::new(self.alpha_beta);
        let target = self.target(model)?;
        let rule = self.rounding.map(Rounding::from);
        let mut output = Output::default();
        let mut page = Page::new(&format!("Solved for {}", label(target)));
        let mut given = None;
        if let Some(fractions) = self.fractions {
            let solved = model.dose_per_fraction_for(target, fractions)?;
            output.derivations.push(solved.derivation());
            page.line(&format!(
                "{fractions} fractions of {} Gy reach it (shown to 6 decimals)",
                decimal(solved.gray())
            ));
            output.dose_per_fraction = Some(Gray {
                value: solved.gray(),
                unit: "Gy",
            });
            given = match (rule, self.step) {
                (Some(rule), Some(step)) => Some((rule, solved.rounded(step, rule)?)),
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
        } else if let Some(dose) = self.dose_per_fraction {
            if self.step.is_some() {
                return Err(Failure::new(
                    "--step rounds a dose; here the number of fractions is solved for",
                ));
            }
            let solved = model.fractions_for(target, dose)?;
            output.derivations.push(solved.derivation());
            page.line(&format!(
                "{} fractions of {dose} reach it (shown to 6 decimals)",
                decimal(solved.exact())
            ));
            given = match rule {
                Some(rule) => Some((rule, solved.rounded(rule)?)),
                None => None,
            };
            output.fractions = Some(Fractions {
                exact: solved.exact(),
                rounded: given.map(|(_, fractionation)| fractionation.fractions().get()),
            });
        }
        if let Some((rule, fractionation)) = given {
            let (bed, eqd) = (
                model.bed(fractionation),
                model.eqd(fractionation, self.reference),
            );
            page.line(&format!(
                "rounded {rule}: {fractionation}, {bed:.3}, {eqd:.3}"
            ));
            output.warnings = cautions("solution", fractionation);
            page.findings(&output.warnings);
            output.rounded = Some(Rounded {
                rule,
                fractionation,
                bed,
                eqd,
            });
        }
        if self.show_work {
            page.section("Work");
            page.work(&output.derivations);
        }
        Ok(Report::new(page, &output))
    }

    fn target(&self, model: LinearQuadratic) -> Result<Target, Failure> {
        if let Some(bed) = self.target_bed {
            Ok(Bed::new(bed.gray(), self.alpha_beta)?.into())
        } else if let Some(from) = self.same_as {
            Ok(model.eqd(from, self.reference).into())
        } else if let Some(eqd) = self.target_eqd {
            Ok(Eqd::new(eqd.gray(), self.alpha_beta, self.reference)?.into())
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
