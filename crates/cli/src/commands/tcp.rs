//! `tcp`: the probability of tumour control from a histogram.

use chemorad::report::{Finding, Outcome};
use chemorad_dosimetry::{
    Clonogens, DoseHistogram, GeudLogistic, ModelDoses, PoissonControl, PoissonControlError,
    ResponseModel, ResponseNote,
};
use chemorad_render::response::{Answered, HistogramUsed, ModelUsed, Results, page};

use crate::args::histogram::{HistogramArgs, Parameters, StatedArgs, parameter_failure};
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;
use crate::report::Report;

/// A model of tumour control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Model {
    /// Logistic function of gEUD: a below 0, TCD50, gamma50.
    Logistic,
    /// Poisson statistics of surviving cells: alpha, alpha/beta, fractions, clonogens.
    Poisson,
}

/// The probability of tumour control (TCP) from a histogram of dose and volume, by a named model.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad tcp examples/target-histogram.csv --model logistic --a -10 --tcd50 45Gy --gamma50 2 \\
    --endpoint \"local control at 3 years\" --source \"Author 2020\"
  chemorad tcp examples/target-histogram.csv --model poisson --alpha \"0.3/Gy (0.25..0.35/Gy)\" --ab 10Gy \\
    --fractions 28 --clonogen-density 1e5/cc --endpoint \"local control\" --source \"Author 2020\"

No model and no parameter is a default, and no published set is shipped: none that was found belongs to a
histogram of a tumour, or of its bed after excision. A parameter is a value, or a value with its interval in
brackets. logistic takes the doses as they are, or every bin as EQD2 with --fractions and --alpha-beta; poisson
needs both, for its own effect of dose. Neither counts repopulation.")]
pub(crate) struct Args {
    #[command(flatten)]
    histogram: HistogramArgs,
    /// The model.
    #[arg(long, value_name = "MODEL")]
    model: Model,
    /// The exponent of gEUD, below 0, of logistic.
    #[arg(long, value_name = "-10", allow_hyphen_values = true)]
    a: Option<String>,
    /// The uniform dose that controls half of the tumours, of logistic.
    #[arg(
        long,
        visible_alias = "d50",
        value_name = "50Gy",
        allow_hyphen_values = true
    )]
    tcd50: Option<String>,
    /// The normalised slope at TCD50 of logistic.
    #[arg(long, value_name = "2", allow_hyphen_values = true)]
    gamma50: Option<String>,
    /// Alpha of poisson.
    #[arg(long, value_name = "0.3/Gy", allow_hyphen_values = true)]
    alpha: Option<String>,
    /// Clonogenic cells in the whole volume, of poisson.
    #[arg(long, value_name = "1e7", allow_hyphen_values = true)]
    clonogens: Option<String>,
    /// Instead: clonogenic cells per cubic centimetre, where the volumes are in cubic centimetres.
    #[arg(long, value_name = "1e7/cc", allow_hyphen_values = true)]
    clonogen_density: Option<String>,
    #[command(flatten)]
    stated: StatedArgs,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let (histogram, used) = self.histogram.read(context)?;
        let (endpoint, source) = self.stated.both()?;
        let (model, doses) = match self.model {
            Model::Logistic => {
                let parameters = self.parameters("logistic");
                let parameters = Parameters {
                    model: "logistic",
                    given: &parameters,
                };
                let [a, tcd50, gamma50] = parameters.needed(["--a", "--tcd50", "--gamma50"])?;
                let model = GeudLogistic::tumour(a, tcd50, gamma50)
                    .map_err(|error| parameter_failure(&error))?;
                let model: Box<dyn ResponseModel> = Box::new(model);
                (model, self.histogram.doses(&histogram)?)
            }
            Model::Poisson => {
                let model: Box<dyn ResponseModel> = Box::new(self.poisson(&histogram)?);
                (model, histogram.doses())
            }
        };
        let response = model.probability(&doses);
        let is_poisson = self.model == Model::Poisson;
        let notes = ResponseNote::of_response(&response, &doses, true).into_iter();
        // the model makes the effect of absorbed dose itself
        let notes = notes.filter(|note| !(is_poisson && *note == ResponseNote::NotCorrected));
        let findings = ResponseNote::of_histogram(&histogram)
            .into_iter()
            .chain(notes);
        let findings = findings.map(Finding::from);
        let findings = findings.chain(self.histogram.caution()).collect();
        let parameters = ModelUsed::typed(model.as_ref(), endpoint, source);
        let of = Answered::Tcp(response);
        Ok(answered(
            context,
            of,
            model.as_ref(),
            &doses,
            parameters,
            used,
            findings,
        ))
    }

    /// The flags that parameters of a model have.
    fn parameters(&self, model: &str) -> Vec<(&'static str, Option<&str>)> {
        let mut given = vec![
            ("--a", self.a.as_deref()),
            ("--tcd50", self.tcd50.as_deref()),
            ("--gamma50", self.gamma50.as_deref()),
            ("--alpha", self.alpha.as_deref()),
            ("--clonogens", self.clonogens.as_deref()),
            ("--clonogen-density", self.clonogen_density.as_deref()),
        ];
        if model == "poisson" {
            given.push(("--alpha-beta", self.histogram.alpha_beta.as_deref()));
        }
        given
    }

    fn poisson(&self, histogram: &DoseHistogram) -> Result<PoissonControl, Failure> {
        let given = self.parameters("poisson");
        let parameters = Parameters {
            model: "poisson",
            given: &given,
        };
        let read = |cells: Result<Clonogens, _>| cells.map_err(|error| parameter_failure(&error));
        let (alpha, alpha_beta, cells) =
            if self.clonogen_density.is_some() && self.clonogens.is_none() {
                let [alpha, ratio, cells] =
                    parameters.needed(["--alpha", "--alpha-beta", "--clonogen-density"])?;
                (alpha, ratio, read(Clonogens::density(cells))?)
            } else {
                let [alpha, ratio, cells] =
                    parameters.needed(["--alpha", "--alpha-beta", "--clonogens"])?;
                (alpha, ratio, read(Clonogens::total(cells))?)
            };
        let fractions = self.histogram.fractions.ok_or_else(|| {
            Failure::new(
                refused::INPUT_MISSING,
                "the model poisson needs --fractions: the effect of a dose depends on them",
            )
            .about("--fractions")
        })?;
        PoissonControl::new(alpha, alpha_beta, fractions, cells, histogram).map_err(|error| {
            match error {
                PoissonControlError::Parameter(error) => parameter_failure(&error),
                other => Failure::from(other),
            }
        })
    }
}

/// The answer of a model, judged by what is to be known of it.
pub(super) fn answered(
    context: &Context<'_>,
    answer: Answered,
    model: &dyn ResponseModel,
    doses: &ModelDoses,
    parameters: ModelUsed,
    histogram: HistogramUsed,
    findings: Vec<Finding>,
) -> Report {
    let outcomes = findings.iter().map(|finding| finding.outcome);
    let outcome = Outcome::worst(outcomes.chain([Outcome::Pass]));
    let results = Results::new(
        answer,
        model.uniform_dose(doses),
        parameters,
        histogram,
        doses.basis(),
        findings,
        vec![model.derivation(doses)],
    );
    context.report(page(&results), &results).judged(outcome)
}
