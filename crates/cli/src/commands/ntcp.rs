//! `ntcp`: the probability of a complication from a histogram.

use chemorad::report::Finding;
use chemorad_dosimetry::{
    GeudLogistic, LymanKutcherBurman, PUBLISHED_RESPONSES, PoissonForm, PublishedResponse,
    RelativeSeriality, ResponseModel, ResponseNote,
};
use chemorad_render::response::{Answered, ModelUsed};

use super::tcp::answered;
use crate::args::histogram::{HistogramArgs, Parameters, StatedArgs, parameter_failure};
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;
use crate::report::Report;

/// A model of complications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Model {
    /// Lyman, Kutcher and Burman: n, m, TD50.
    Lkb,
    /// Logistic function of gEUD: a, TD50, gamma50.
    Logistic,
    /// Relative seriality: s, TD50, gamma, form.
    RelativeSeriality,
}

/// The probability of a complication (NTCP) from a histogram of dose and volume, by a named model.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad ntcp examples/rectum-histogram.csv --set rectum-late-grade-2-quantec
  chemorad ntcp examples/rectum-histogram.csv --set rectum-late-grade-2-quantec --fractions 25 --ab 3Gy
  chemorad ntcp examples/rectum-histogram.csv --model lkb --n \"0.09 (0.04..0.14)\" --m 0.13 \\
    --td50 76.9Gy --endpoint \"late bleeding\" --source \"Author 2020\"

No model and no parameter is a default. A parameter is a value, or a value with its interval in brackets; the
result then has an interval too, over every combination, which is wider than a confidence interval. With
--fractions and --alpha-beta every bin is turned into EQD2 with its own dose per fraction. The two forms of
relative seriality differ everywhere but at TD50: take the one that the parameters were fitted with.
Sets: chemorad endpoints.")]
#[command(group(clap::ArgGroup::new("parameters").required(true).args(["set", "model"])))]
pub(crate) struct Args {
    #[command(flatten)]
    histogram: HistogramArgs,
    /// A published set of parameters by its name.
    #[arg(long, value_name = "ID")]
    set: Option<String>,
    /// The model, whose parameters are then typed.
    #[arg(long, value_name = "MODEL")]
    model: Option<Model>,
    /// n of lkb.
    #[arg(long, value_name = "0.09", allow_hyphen_values = true)]
    n: Option<String>,
    /// m of lkb.
    #[arg(long, value_name = "0.13", allow_hyphen_values = true)]
    m: Option<String>,
    /// The uniform dose that harms half of the patients.
    #[arg(
        long,
        visible_alias = "d50",
        value_name = "76.9Gy",
        allow_hyphen_values = true
    )]
    td50: Option<String>,
    /// The exponent of gEUD, above 0, of logistic.
    #[arg(long, value_name = "8", allow_hyphen_values = true)]
    a: Option<String>,
    /// The normalised slope at TD50 of logistic.
    #[arg(long, value_name = "4", allow_hyphen_values = true)]
    gamma50: Option<String>,
    /// The relative seriality.
    #[arg(long, value_name = "1", allow_hyphen_values = true)]
    s: Option<String>,
    /// Gamma of relative-seriality, whose meaning depends on the form.
    #[arg(long, value_name = "1.28", allow_hyphen_values = true)]
    gamma: Option<String>,
    /// The form of P(D) of relative-seriality: two-power, which is 2^(-exp(e gamma (1 - D/D50))), or
    /// double-exponential, which is exp(-exp(e gamma - (D/D50)(e gamma - ln ln 2))).
    #[arg(long, value_name = "FORM")]
    form: Option<PoissonForm>,
    #[command(flatten)]
    stated: StatedArgs,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let (histogram, used) = self.histogram.read(context)?;
        let doses = self.histogram.doses(&histogram)?;
        let mut findings: Vec<Finding> = Vec::new();
        let (model, parameters) = match (&self.set, self.model) {
            (Some(set), _) => {
                let set = self.published(set)?;
                let patients = set.patients;
                findings.push(ResponseNote::Patients { patients }.into());
                let model: Box<dyn ResponseModel> = Box::new(set.model());
                (model, ModelUsed::published(set))
            }
            (None, Some(model)) => {
                let (endpoint, source) = self.stated.both()?;
                let model = self.typed(model)?;
                let used = ModelUsed::typed(model.as_ref(), endpoint, source);
                (model, used)
            }
            (None, None) => {
                return Err(Failure::new(
                    refused::INPUT_MISSING,
                    "give --set or --model",
                ));
            }
        };
        let response = model.probability(&doses);
        findings.extend(
            ResponseNote::of_histogram(&histogram)
                .into_iter()
                .chain(ResponseNote::of_response(&response, &doses, false))
                .map(Finding::from),
        );
        findings.extend(self.histogram.caution());
        let of = Answered::Ntcp(response);
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

    fn given(&self) -> [(&'static str, Option<&str>); 7] {
        [
            ("--n", self.n.as_deref()),
            ("--m", self.m.as_deref()),
            ("--td50", self.td50.as_deref()),
            ("--a", self.a.as_deref()),
            ("--gamma50", self.gamma50.as_deref()),
            ("--s", self.s.as_deref()),
            ("--gamma", self.gamma.as_deref()),
        ]
    }

    /// A published set, whose parameters are not typed too.
    fn published(&self, id: &str) -> Result<&'static PublishedResponse, Failure> {
        let set = PublishedResponse::find(id.trim()).ok_or_else(|| {
            let known: Vec<&str> = PUBLISHED_RESPONSES.iter().map(|set| set.id).collect();
            Failure::new(
                refused::RESPONSE_UNKNOWN,
                format!(
                    "--set: {:?} is no published set; there is: {}",
                    id.chars().take(60).collect::<String>(),
                    known.join(", ")
                ),
            )
            .about("--set")
        })?;
        let typed = self.given().into_iter();
        let typed = typed
            .filter(|(_, value)| value.is_some())
            .map(|(flag, _)| flag);
        let form = self.form.map(|_| "--form");
        let endpoint = self.stated.endpoint.as_ref().map(|_| "--endpoint");
        let source = self.stated.source.as_ref().map(|_| "--source");
        let typed: Vec<&str> = typed.chain(form).chain(endpoint).chain(source).collect();
        if typed.is_empty() {
            Ok(set)
        } else {
            Err(Failure::new(
                refused::INPUT_CONFLICT,
                format!(
                    "{} does not apply with --set, whose parameters, endpoint and source are those published",
                    typed.join(", ")
                ),
            ))
        }
    }

    fn typed(&self, model: Model) -> Result<Box<dyn ResponseModel>, Failure> {
        let given = self.given();
        let of = |model| Parameters {
            model,
            given: &given,
        };
        if self.form.is_some() && model != Model::RelativeSeriality {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "--form does not apply: it is that of relative-seriality",
            ));
        }
        let made: Result<Box<dyn ResponseModel>, _> = match model {
            Model::Lkb => {
                let [n, m, td50] = of("lkb").needed(["--n", "--m", "--td50"])?;
                LymanKutcherBurman::read(n, m, td50).map(|model| Box::new(model) as _)
            }
            Model::Logistic => {
                let [a, td50, gamma50] = of("logistic").needed(["--a", "--td50", "--gamma50"])?;
                GeudLogistic::normal_tissue(a, td50, gamma50).map(|model| Box::new(model) as _)
            }
            Model::RelativeSeriality => {
                let [s, td50, gamma] =
                    of("relative-seriality").needed(["--s", "--td50", "--gamma"])?;
                let form = self.form.ok_or_else(|| {
                    Failure::new(refused::INPUT_MISSING,
                        "relative-seriality needs --form two-power or --form double-exponential: the one that its parameters were fitted with",
                    )
                    .about("--form")
                })?;
                RelativeSeriality::read(form, s, td50, gamma).map(|model| Box::new(model) as _)
            }
        };
        made.map_err(|error| parameter_failure(&error))
    }
}
