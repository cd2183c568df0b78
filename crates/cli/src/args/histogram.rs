//! The flags of a histogram of dose and volume, and of the dose that a model takes from it.

use std::path::PathBuf;

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::alpha_beta_caution;
use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Finding, Subject};
use chemorad_dosimetry::{
    DoseHistogram, Estimate, HistogramError, HistogramKind, HistogramText, HistogramTextOptions,
    ModelDoses, ParameterError, ResponseParameter,
};
use chemorad_render::response::HistogramUsed;

use crate::failure::{Failure, Refusal};
use crate::input::{self, MIB};
use crate::output::Context;
use crate::refused;

/// A histogram is a table of some hundred rows.
const LARGEST: u64 = 16 * MIB;

/// A histogram, and what is done with its doses.
#[derive(clap::Args)]
pub(crate) struct HistogramArgs {
    /// A histogram: CSV with a column of doses (`dose_gy`, `dose_cgy`, `eqd2_gy`) and one of volumes
    /// (`cumulative_percent`, `cumulative_cc`, `differential_percent`, `differential_cc`).
    #[arg(value_name = "HISTOGRAM.csv")]
    file: PathBuf,
    /// What the volumes are, where the column is called `volume_percent` or `volume_cc`: cumulative or
    /// differential.
    #[arg(long, value_name = "KIND")]
    histogram: Option<HistogramKind>,
    /// The structure, where the file has a column `structure` with several.
    #[arg(long, value_name = "NAME")]
    structure: Option<String>,
    /// Numbers have decimal commas, and semicolons separate cells.
    #[arg(long)]
    decimal_comma: bool,
    /// The number of fractions.
    #[arg(long)]
    pub(crate) fractions: Option<FractionCount>,
    /// Alpha/beta with unit, and its interval where it has one: "3 Gy (2..4 Gy)".
    #[arg(
        long,
        visible_alias = "ab",
        value_name = "3Gy",
        allow_hyphen_values = true
    )]
    pub(crate) alpha_beta: Option<String>,
}

impl HistogramArgs {
    /// The histogram, and what a page says of it.
    pub(crate) fn read(
        &self,
        context: &Context<'_>,
    ) -> Result<(DoseHistogram, HistogramUsed), Failure> {
        let mut options = HistogramTextOptions::default();
        options.kind = self.histogram;
        options.structure.clone_from(&self.structure);
        options.decimal_comma = self.decimal_comma;
        let bytes = input::read_bytes(context.files, &self.file, LARGEST)?;
        let histogram = HistogramText::read(&bytes, &options).map_err(|error| {
            let flag = match error {
                HistogramError::KindOpen { .. } => ", or give --histogram",
                HistogramError::SeveralStructures { .. } => " with --structure",
                _ => "",
            };
            let message = format!("{}: {error}{flag}", self.file.display());
            Refusal::from_error(message, &error)
        })?;
        let used = HistogramUsed::new(
            self.file.display().to_string(),
            self.structure.clone(),
            &histogram,
        );
        Ok((histogram, used))
    }

    /// What there is to say of the alpha/beta that was given.
    pub(crate) fn caution(&self) -> Option<Finding> {
        let given = self.alpha_beta.as_deref()?;
        // an interval may stand behind it
        let value = given.split_once('(').map_or(given, |(value, _)| value);
        let ratio: AlphaBeta = value.trim().parse().ok()?;
        alpha_beta_caution(Subject::input("alpha/beta"), ratio)
    }

    /// The doses for a model that takes them as they are, or as EQD2 where both its numbers are given.
    pub(crate) fn doses(&self, histogram: &DoseHistogram) -> Result<ModelDoses, Failure> {
        match (self.fractions, &self.alpha_beta) {
            (Some(fractions), Some(ratio)) => {
                let ratio = Estimate::read(ResponseParameter::AlphaBeta, ratio)
                    .map_err(|error| parameter_failure(&error))?;
                Ok(histogram.eqd2(fractions, ratio)?)
            }
            (None, None) => Ok(histogram.doses()),
            (Some(_), None) => Err(Failure::new(
                refused::INPUT_MISSING,
                "--fractions turns every bin into EQD2 together with --alpha-beta, which is missing",
            )),
            (None, Some(_)) => Err(Failure::new(
                refused::INPUT_MISSING,
                "--alpha-beta turns every bin into EQD2 together with --fractions, which is missing",
            )),
        }
    }
}

/// A parameter that cannot be read, with the flag that gives it.
pub(crate) fn parameter_failure(error: &ParameterError) -> Failure {
    Failure::at("", error)
}

/// The parameters of a model by their flags.
pub(crate) struct Parameters<'a> {
    /// The name of the model, as it is asked for.
    pub(crate) model: &'static str,
    /// Every flag of a parameter, with what was given.
    pub(crate) given: &'a [(&'static str, Option<&'a str>)],
}

impl<'a> Parameters<'a> {
    /// Those that the model needs, in this order; the others do not apply.
    pub(crate) fn needed<const N: usize>(
        &self,
        needed: [&'static str; N],
    ) -> Result<[&'a str; N], Failure> {
        let other = |flag: &str| !needed.contains(&flag);
        let extra: Vec<&str> = self
            .given
            .iter()
            .filter(|(flag, value)| value.is_some() && other(flag))
            .map(|(flag, _)| *flag)
            .collect();
        if !extra.is_empty() {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                format!(
                    "{} does not apply to the model {}, which takes {}",
                    extra.join(", "),
                    self.model,
                    needed.join(", ")
                ),
            ));
        }
        let of = |flag: &str| {
            let mut given = self.given.iter();
            given
                .find(|(name, _)| *name == flag)
                .and_then(|(_, value)| *value)
        };
        let missing: Vec<&str> = needed
            .into_iter()
            .filter(|flag| of(flag).is_none())
            .collect();
        if !missing.is_empty() {
            return Err(Failure::new(
                refused::INPUT_MISSING,
                format!(
                    "the model {} needs {}, which has no default",
                    self.model,
                    missing.join(", ")
                ),
            ));
        }
        Ok(needed.map(|flag| of(flag).unwrap_or_default()))
    }
}

/// The endpoint and the source of parameters that are typed.
#[derive(clap::Args)]
pub(crate) struct StatedArgs {
    /// What happens to the patient: the endpoint that the parameters belong to.
    #[arg(long, value_name = "TEXT")]
    pub(crate) endpoint: Option<String>,
    /// Where the parameters are from.
    #[arg(long, value_name = "TEXT")]
    pub(crate) source: Option<String>,
}

impl StatedArgs {
    /// Both, which parameters are nothing without.
    pub(crate) fn both(&self) -> Result<(String, String), Failure> {
        let text = |given: &Option<String>, flag: &str, example: &str| {
            let given = given
                .as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty());
            given.map(String::from).ok_or_else(|| {
                Failure::new(refused::INPUT_MISSING, format!(
                    "parameters belong to an endpoint and have a source: {flag} is missing, such as {flag} \"{example}\""
                ))
                .about(flag)
            })
        };
        Ok((
            text(&self.endpoint, "--endpoint", "late bleeding of grade 2")?,
            text(&self.source, "--source", "author, year, journal")?,
        ))
    }
}
