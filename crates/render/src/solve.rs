//! The dose per fraction, or the number of fractions, that reaches a target.

use chemorad::quantity::{AbsorbedDose, Bed, Eqd};
use chemorad::radiobiology::{ModelParameters, Rounding, Target, TreatmentTime};
use chemorad::radiotherapy::{DailyPattern, FractionCount, Fractionation};
use chemorad::report::{Derivation, Finding};
use serde::Serialize;

use crate::amount::Amount;
use crate::bed::TermRow;
use crate::document::Document;
use crate::number::{dose, rounded};

/// A number of fractions.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Fractions {
    /// The solution.
    pub exact: f64,
    /// The whole number that is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounded: Option<u32>,
}

/// What can be given, and what it reaches.
#[derive(Debug, Clone, Serialize)]
pub struct Rounded {
    /// How it was rounded.
    pub rule: Rounding,
    /// What is given.
    pub fractionation: Fractionation,
    /// Its BED.
    pub bed: Bed,
    /// Its EQD.
    pub eqd: Eqd,
    /// The parts of the BED.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermRow>,
}

/// A solution as tools read it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Results {
    /// The dose per fraction, where that is solved for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dose_per_fraction: Option<Amount>,
    /// The number of fractions, where that is solved for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fractions: Option<Fractions>,
    /// What can be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounded: Option<Rounded>,
    /// What a reader must know.
    pub warnings: Vec<Finding>,
    /// How the number was reached.
    pub derivations: Vec<Derivation>,
}

/// What is given, so that the other is solved for.
#[derive(Debug, Clone, Copy)]
pub enum Given {
    /// The number of fractions.
    Fractions(FractionCount),
    /// The dose per fraction.
    DosePerFraction(AbsorbedDose),
}

/// What the solution rests on besides α/β.
#[derive(Debug, Clone, Default)]
pub struct Basis {
    /// The parts of the model.
    pub parts: Option<ModelParameters>,
    /// The overall time.
    pub time: Option<TreatmentTime>,
    /// Several fractions a day.
    pub pattern: Option<DailyPattern>,
    /// The target is the effect of another fractionation.
    pub same_as: bool,
}

/// The solution, and what is near it that can be given.
#[must_use]
pub fn page(target: Target, given: Given, basis: Option<&Basis>, results: &Results) -> Document {
    let target = match target {
        Target::Bed(bed) => format!("{} Gy {}", dose(bed.gray()), bed.label()),
        Target::Eqd(eqd) => format!("{} Gy {}", dose(eqd.gray()), eqd.label()),
    };
    let mut page = Document::new(format!("Solved for {target}"));
    if let Some(basis) = basis {
        show_basis(&mut page, basis);
    }
    let exact = match (results.dose_per_fraction, results.fractions) {
        (Some(each), _) => each.value,
        (None, Some(fractions)) => fractions.exact,
        (None, None) => 0.0,
    };
    let exact = rounded(exact, 6);
    page.line(&match given {
        Given::Fractions(count) if count.get() == 1 => {
            format!("1 fraction of {exact} Gy reaches it (shown to 6 decimals)")
        }
        Given::Fractions(count) => {
            format!("{count} fractions of {exact} Gy reach it (shown to 6 decimals)")
        }
        Given::DosePerFraction(dose) => {
            format!("{exact} fractions of {dose} reach it (shown to 6 decimals)")
        }
    });
    if let Some(given) = &results.rounded {
        let Rounded {
            rule,
            fractionation,
            bed,
            eqd,
            ..
        } = given;
        page.line(&format!(
            "rounded {rule}: {fractionation}, {bed:.3}, {eqd:.3}"
        ));
    }
    page.findings(&results.warnings);
    page.working(&results.derivations);
    page.left_out("working");
    page
}

fn show_basis(page: &mut Document, basis: &Basis) {
    let parts = basis.parts.as_ref().map(ModelParameters::in_words);
    let mut pairs: Vec<(&str, String)> = [
        ("with", parts),
        ("overall time", basis.time.map(|time| time.to_string())),
        (
            "fractions a day",
            basis.pattern.map(|pattern| pattern.to_string()),
        ),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect();
    if basis.same_as && !pairs.is_empty() {
        let both = "with the same repair, linear tail and fractions a day";
        pairs.push((
            "target",
            format!("the effect of the schedule to equal, {both}"),
        ));
    }
    page.pairs(&pairs);
    page.line("");
}
