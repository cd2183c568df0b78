//! Probabilities of a complication by the published sets, against the number of another program and the meaning
//! of their parameters.

use chemorad_dosimetry::{PUBLISHED_RESPONSES, ResponseModel as _};
use chemorad_render::self_test::Trial;
use serde_json::Value;

use super::ask::{Asked, one_file};

/// The set of QUANTEC on equal volumes at 45, 60 and 75 Gy.
const THREE_BINS: &str = "dose_gy,differential_cc\n45,1\n60,1\n75,1\n";
const THREE_BINS_NTCP: f64 = 0.199_053_268_166_871_74;
const WITHIN: f64 = 1e-12;

/// What the command answers for a histogram by a set.
fn trial(
    asked: Asked<'_>,
    set: &str,
    id: String,
    (histogram, wanted): (&str, f64),
    source: &str,
) -> Trial {
    let files = one_file("h.csv", histogram.as_bytes());
    let (_, answer) = asked.json(&["ntcp", "h.csv", "--set", set], &files);
    let found = answer.pointer("/ntcp/value").and_then(Value::as_f64);
    let near = |found: f64| (found - wanted).abs() <= WITHIN;
    Trial {
        tolerance: Some(WITHIN.to_string()),
        source: Some(source.into()),
        ..Trial::once(
            id,
            found.is_some_and(near),
            wanted.to_string(),
            found.map_or_else(|| "no number".into(), |found| found.to_string()),
        )
    }
}

/// Every published set.
pub(super) fn trials(asked: Asked<'_>) -> Vec<Trial> {
    let mut trials = vec![trial(
        asked,
        "rectum-late-grade-2-quantec",
        "NTCP of a third each at 45, 60 and 75 Gy".into(),
        (THREE_BINS, THREE_BINS_NTCP),
        "pyradiobiology 1.0.33, LKB.response with TD50 76.9, m 0.13, n 0.09",
    )];
    trials.extend(PUBLISHED_RESPONSES.iter().map(|set| {
        let model = set.model();
        let parameters = model.parameters();
        let td50 = parameters
            .iter()
            .find(|one| one.with_symbol().starts_with("TD50"));
        let dose = td50
            .map(|td50| td50.value().to_string())
            .unwrap_or_default();
        let histogram = format!("dose_gy,differential_cc\n{dose},1\n");
        let id = format!("NTCP of {} at its TD50 everywhere", set.id);
        trial(asked, set.id, id, (&histogram, 0.5), set.source)
    }));
    trials
}
