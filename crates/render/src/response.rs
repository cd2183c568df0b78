//! NTCP and TCP: a probability, what it was made from, and how far it may be another.

use chemorad::report::{Derivation, Finding};
use chemorad_dosimetry::{
    DoseBasis, DoseHistogram, DoseQuantity, Ends, Estimate, HistogramKind, PublishedResponse,
    Response, ResponseModel, VolumeUnit,
};
use serde::Serialize;

use crate::amount::Amount;
use crate::document::Document;
use crate::number::{dose, fixed};

/// The probability that was asked for.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answered {
    /// That of a complication.
    Ntcp(Response),
    /// That of tumour control.
    Tcp(Response),
}

impl Answered {
    const fn name(self) -> &'static str {
        match self {
            Self::Ntcp(_) => "NTCP",
            Self::Tcp(_) => "TCP",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Ntcp(_) => "Probability of a complication (NTCP)",
            Self::Tcp(_) => "Probability of tumour control (TCP)",
        }
    }

    const fn response(self) -> Response {
        match self {
            Self::Ntcp(response) | Self::Tcp(response) => response,
        }
    }
}

/// The histogram that a model was given.
#[derive(Debug, Clone, Serialize)]
pub struct HistogramUsed {
    /// Its file.
    pub file: String,
    /// The structure that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure: Option<String>,
    /// What its volumes are.
    pub kind: HistogramKind,
    /// What its doses are.
    pub dose: DoseQuantity,
    /// The unit of its volumes.
    pub volume_unit: VolumeUnit,
    /// The number of bins with a volume.
    pub bins: usize,
    /// The volume, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<Amount>,
    /// The mean of its doses.
    pub mean: Amount,
    /// The largest dose of a bin.
    pub maximum: Amount,
}

impl HistogramUsed {
    /// What is said of a histogram.
    #[must_use]
    pub fn new(file: String, structure: Option<String>, histogram: &DoseHistogram) -> Self {
        Self {
            file,
            structure,
            kind: histogram.kind(),
            dose: histogram.quantity(),
            volume_unit: histogram.volume_unit(),
            bins: histogram.bins(),
            volume: histogram.volume_cc().map(|cc| Amount::new(cc, "cc")),
            mean: Amount::gray(histogram.mean()),
            maximum: Amount::gray(histogram.maximum()),
        }
    }
}

/// The model with its parameters, and where they are from.
#[derive(Debug, Clone, Serialize)]
pub struct ModelUsed {
    /// The form of the model.
    pub form: String,
    /// Its parameters.
    pub parameters: Vec<Estimate>,
    /// What happens to the patient.
    pub endpoint: String,
    /// Where the parameters are from.
    pub source: String,
    /// The published set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<SetUsed>,
}

/// A published set by its name, with what it was fitted to.
#[derive(Debug, Clone, Serialize)]
pub struct SetUsed {
    /// Its name.
    pub id: &'static str,
    /// The organ.
    pub organ: &'static str,
    /// The patients.
    pub patients: &'static str,
    /// The dose.
    pub dose: &'static str,
}

impl ModelUsed {
    /// Of a published set.
    #[must_use]
    pub fn published(set: &PublishedResponse) -> Self {
        let used = SetUsed {
            id: set.id,
            organ: set.organ,
            patients: set.patients,
            dose: set.dose,
        };
        Self {
            set: Some(used),
            ..Self::typed(&set.model(), set.endpoint.into(), set.source.into())
        }
    }

    /// Of parameters that a person typed.
    #[must_use]
    pub fn typed(model: &dyn ResponseModel, endpoint: String, source: String) -> Self {
        Self {
            form: model.form(),
            parameters: model.parameters(),
            endpoint,
            source,
            set: None,
        }
    }
}

/// A probability as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    /// `ntcp` or `tcp`.
    #[serde(flatten)]
    pub answer: Answered,
    /// The generalised equivalent uniform dose, where the model makes one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geud: Option<Amount>,
    /// The model.
    pub model: ModelUsed,
    /// The histogram.
    pub histogram: HistogramUsed,
    /// Which dose the model took.
    pub dose: DoseBasis,
    /// What a reader must know.
    pub findings: Vec<Finding>,
    /// How it was reached.
    pub derivations: Vec<Derivation>,
}

impl Results {
    /// Everything that is said of a probability; `geud` in gray.
    #[must_use]
    pub fn new(
        answer: Answered,
        geud: Option<f64>,
        model: ModelUsed,
        histogram: HistogramUsed,
        dose: DoseBasis,
        findings: Vec<Finding>,
        derivations: Vec<Derivation>,
    ) -> Self {
        Self {
            answer,
            geud: geud.map(Amount::gray),
            model,
            histogram,
            dose,
            findings,
            derivations,
        }
    }
}

/// A probability in percent, no finer than models and their parameters are: one decimal, and near nothing or all two
/// digits of what is left.
fn percent(probability: f64) -> String {
    const SMALLEST: f64 = 1e-4;
    let value = probability * 100.0;
    let left = value.min(100.0 - value);
    if left <= 0.0 {
        return format!("{} %", fixed(value, 0));
    }
    if left < SMALLEST {
        let bound = if value < 50.0 {
            SMALLEST
        } else {
            100.0 - SMALLEST
        };
        let word = if value < 50.0 { "below" } else { "above" };
        return format!("{word} {} %", fixed(bound, 4));
    }
    let decimals = [1.0, 0.1, 0.01, 0.001].iter().filter(|step| left < **step);
    format!("{} %", fixed(value, 1 + decimals.count()))
}

fn between(ends: Ends) -> String {
    format!("{} to {}", percent(ends.low), percent(ends.high))
}

fn in_words(used: &HistogramUsed) -> String {
    let structure = used.structure.as_ref();
    let structure = structure.map_or_else(String::new, |name| format!(", {name}"));
    let volume = match used.volume {
        Some(volume) => format!("{} cc", fixed(volume.value, 3)),
        None => "in percent".to_string(),
    };
    let quantity = match used.dose {
        DoseQuantity::Eqd2 => " EQD2",
        _ => "",
    };
    format!(
        "{}{structure}: {}, {volume}, {} bins; mean {} Gy{quantity}, largest {} Gy{quantity}",
        used.file,
        used.kind.word(),
        used.bins,
        fixed(used.mean.value, 2),
        dose(used.maximum.value),
    )
}

fn basis(basis: DoseBasis) -> String {
    match basis {
        DoseBasis::Eqd2 {
            fractions,
            alpha_beta,
        } => format!("EQD2 of every bin, {fractions} fractions, a/b = {alpha_beta}"),
        DoseBasis::StatedEqd2 => "EQD2 as the file has it".into(),
        _ => "absorbed dose as it is".into(),
    }
}

/// The probability with its model, parameters and histogram.
#[must_use]
pub fn page(results: &Results) -> Document {
    let Results {
        answer,
        geud,
        model,
        histogram,
        findings,
        derivations,
        ..
    } = results;
    let mut page = Document::new(answer.title());
    let mut pairs = vec![
        ("histogram", in_words(histogram)),
        ("dose", basis(results.dose)),
        ("model", model.form.clone()),
    ];
    pairs.extend(
        model
            .parameters
            .iter()
            .map(|one| (one.parameter().symbol(), one.to_string())),
    );
    pairs.push(("endpoint", model.endpoint.clone()));
    if let Some(set) = &model.set {
        pairs.push(("organ", set.organ.into()));
        pairs.push(("fitted to", format!("{}; {}", set.patients, set.dose)));
    }
    pairs.push(("source", model.source.clone()));
    page.pairs(&pairs);
    page.line("");
    if let Some(geud) = geud {
        page.line(&format!("gEUD {} Gy", fixed(geud.value, 2)));
    }
    let response = answer.response();
    page.line(&format!("{} {}", answer.name(), percent(response.value)));
    if let Some(interval) = response.interval {
        page.line(&format!(
            "{} over the intervals of the parameters, every combination of them: wider than a confidence interval",
            between(interval)
        ));
    }
    if let Some(binning) = response.binning {
        page.line(&format!(
            "{} with every bin at its lower, and at its upper edge",
            between(binning)
        ));
    }
    page.findings(findings);
    page.working(derivations);
    page.left_out("working");
    page
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn a_probability_has_no_more_digits_than_it_is_worth() {
        for (probability, shown) in [
            (0.0, "0 %"),
            (1e-9, "below 0.0001 %"),
            (0.000_052, "0.0052 %"),
            (0.006_849, "0.68 %"),
            (0.092_7, "9.3 %"),
            (0.456_78, "45.7 %"),
            (0.973_4, "97.3 %"),
            (0.997_34, "99.73 %"),
            (0.999_999_9, "above 99.9999 %"),
            (1.0, "100 %"),
        ] {
            assert_eq!(percent(probability), shown);
        }
    }
}
