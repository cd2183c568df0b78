//! Whether a limit is of the organ, and of the metric, that the words say: "no more than 5% above 44 Gy" is no
//! `V44Gy` of 35 %.

use super::finding::Findings;
use super::reading::tokens;
use super::said_drugs::{contradiction, written};
use super::said_pairs::{Level, Levels, levels};
use crate::model::limit::{DoseLevel, DoseVolumeLimit, DoseVolumeMetric, LimitValue, VolumeLevel};
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::token::{Token, without_hyphens};
use crate::statement::{Quote, Status};
use chemorad::number::Decimal;
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, table) in place::of(&protocol.limits, "limits", |table| &table.id) {
        for (i, row) in table.rows.iter().enumerate() {
            check(row, &format!("{at}.rows[{i}]"), out);
        }
    }
}

/// What a row says, as words may write it.
struct Row {
    value: Level,
    /// The number of the metric.
    of: Option<Level>,
}

fn decimal(number: u64, power: i32) -> Option<Decimal> {
    Decimal::new(number.into(), power)
}

fn of_dose(level: &DoseLevel) -> Option<Level> {
    match level {
        DoseLevel::Absolute(dose) => decimal(dose.micrograys(), -6).map(Level::Gray),
        DoseLevel::PercentOf { .. } => None,
    }
}

fn of_volume(level: &VolumeLevel) -> Option<Level> {
    match level {
        VolumeLevel::Absolute(volume) => decimal(volume.cubic_millimetres(), -3).map(Level::Cubic),
        VolumeLevel::Percent(percent) => decimal(percent.millionths(), -6).map(Level::Percent),
    }
}

fn row_of(row: &DoseVolumeLimit) -> Option<Row> {
    let value = match row.limit.value()? {
        LimitValue::Dose(dose) => of_dose(dose)?,
        LimitValue::Volume(volume) => of_volume(volume)?,
    };
    let of = match &row.metric {
        DoseVolumeMetric::VolumeAtDose(dose) => Some(of_dose(dose)?),
        DoseVolumeMetric::DoseAtVolume(volume) => Some(of_volume(volume)?),
        _ => None,
    };
    Some(Row { value, of })
}

fn check(row: &DoseVolumeLimit, at: &str, out: &mut Findings) {
    let Some(known) = row_of(row).filter(|_| row.limit.status() == Status::Stated) else {
        return;
    };
    let quotes = row.limit.quotes();
    // one passage that says it is enough
    let organs = quotes.iter().map(|quote| other_organ(row, &known, quote));
    if let Some(words) = organs.collect::<Option<Vec<Text>>>() {
        if let (Some(words), Some(quote)) = (words.first(), quotes.first()) {
            let fault = contradiction(
                "the structure",
                words.clone(),
                row.structure.clone(),
                quote.clone(),
            );
            out.push(format!("{at}.structure"), fault);
        }
    }
    let others = quotes.iter().map(|quote| other_metric(row, &known, quote));
    if let Some(words) = others.collect::<Option<Vec<Text>>>() {
        if let (Some(words), Some(quote)) = (words.first(), quotes.first()) {
            let held = Text::from(format!("{} {} {}", row.metric, row.comparison, known.value));
            let fault = contradiction("the limit", words.clone(), held, quote.clone());
            out.push(format!("{at}.limit"), fault);
        }
    }
}

/// Organs at risk by their words, the longest first, with the name they are compared by.
const ORGANS: &[(&[&str], &str)] = &[
    (&["small", "bowel"], "small bowel"),
    (&["small", "intestine"], "small bowel"),
    (&["large", "bowel"], "large bowel"),
    (&["bowel", "bag"], "bowel"),
    (&["bowel", "cavity"], "bowel"),
    (&["spinal", "cord"], "spinal cord"),
    (&["spinal", "canal"], "spinal cord"),
    (&["femoral", "heads"], "femoral heads"),
    (&["femoral", "head"], "femoral heads"),
    (&["femoral", "necks"], "femoral heads"),
    (&["femoral", "neck"], "femoral heads"),
    (&["iliac", "crests"], "iliac crests"),
    (&["iliac", "crest"], "iliac crests"),
    (&["bone", "marrow"], "bone marrow"),
    (&["brain", "stem"], "brainstem"),
    (&["penile", "bulb"], "penile bulb"),
    (&["anal", "canal"], "anal canal"),
    (&["anal", "sphincter"], "anal canal"),
    (&["brainstem"], "brainstem"),
    (&["femur"], "femoral heads"),
    (&["femurs"], "femoral heads"),
    (&["colon"], "large bowel"),
    (&["bowel"], "bowel"),
    (&["bladder"], "bladder"),
    (&["rectum"], "rectum"),
    (&["genitalia"], "genitalia"),
    (&["cord"], "spinal cord"),
    (&["kidney"], "kidneys"),
    (&["kidneys"], "kidneys"),
    (&["liver"], "liver"),
    (&["heart"], "heart"),
    (&["lung"], "lungs"),
    (&["lungs"], "lungs"),
    (&["stomach"], "stomach"),
    (&["duodenum"], "duodenum"),
    (&["parotid"], "parotids"),
    (&["parotids"], "parotids"),
    (&["oesophagus"], "oesophagus"),
    (&["esophagus"], "oesophagus"),
    (&["skin"], "skin"),
    (&["vagina"], "vagina"),
    (&["uterus"], "uterus"),
    (&["sacrum"], "sacrum"),
];

/// An organ that words name.
#[derive(Clone, Copy)]
struct Organ {
    name: &'static str,
    first: usize,
    next: usize,
}

fn organs(words: &[Token]) -> Vec<Organ> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let here = |names: &[&str]| {
            let rest = words.get(at..at + names.len());
            rest.is_some_and(|rest| {
                rest.iter()
                    .zip(names)
                    .all(|(word, name)| word.text == *name)
            })
        };
        let found = ORGANS.iter().find(|(names, _)| here(names));
        let length = found.map_or(1, |(names, _)| names.len());
        out.extend(found.map(|(_, name)| Organ {
            name,
            first: at,
            next: at + length,
        }));
        at += length;
    }
    out
}

/// Bowel without a word for which is any of it; an organ within another is not told apart.
fn is_same(one: &str, other: &str) -> bool {
    let any_bowel = |one: &str, other: &str| one == "bowel" && other.ends_with("bowel");
    one == other || any_bowel(one, other) || any_bowel(other, one)
}

/// The organ whose words stand nearest before the numbers of a row, where it is another one.
fn other_organ(row: &DoseVolumeLimit, known: &Row, quote: &Quote) -> Option<Text> {
    let structure = without_hyphens(&tokens(&row.structure));
    let own: Vec<Organ> = organs(&structure);
    let words = without_hyphens(&tokens(&quote.text));
    let named = organs(&words);
    if own.is_empty() || named.is_empty() {
        return None;
    }
    let is_own = |organ: &Organ| own.iter().any(|own| is_same(own.name, organ.name));
    let said = levels(&words);
    let mut other = None;
    for (at, _) in said.all.iter().filter(|(_, level)| *level == known.value) {
        let mut near: Vec<Organ> = Vec::new();
        for organ in named.iter().rev().filter(|organ| organ.first < *at) {
            // "bladder and rectum: 50 Gy" is said of both
            let apart = near.last().is_some_and(|last| {
                words[organ.next..last.first]
                    .iter()
                    .any(|word| word.number.is_some() || [";", "."].contains(&word.text.as_str()))
            });
            if apart {
                break;
            }
            near.push(*organ);
        }
        // "50% of the bladder"
        let behind = named
            .iter()
            .find(|organ| organ.first > *at && organ.first <= at + 5);
        let behind = behind.filter(|organ| {
            let between = &words[*at..organ.first];
            let has = |list: &[&str]| {
                between
                    .iter()
                    .any(|word| list.contains(&word.text.as_str()))
            };
            has(&["of"]) && !has(&[",", ";", "."])
        });
        near.extend(behind);
        if near.is_empty() {
            near.extend(named.iter().find(|organ| organ.first > *at));
        }
        if near.iter().any(is_own) {
            return None;
        }
        if let Some(organ) = near.first() {
            other.get_or_insert(written(&quote.text, &words, organ.first, organ.next));
        }
    }
    other
}

/// What words call a dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Called {
    Mean,
    Most,
    Least,
    /// The dose that a volume gets.
    OfVolume,
}

const MEAN: &[&str] = &["mean", "average", "dmean"];
const MOST: &[&str] = &[
    "maximum",
    "max",
    "dmax",
    "maximal",
    "point",
    "exceed",
    "exceeding",
];
const LEAST: &[&str] = &["minimum", "min", "dmin", "minimal"];

/// Words that say another metric, or another number, than a row.
fn other_metric(row: &DoseVolumeLimit, known: &Row, quote: &Quote) -> Option<Text> {
    use DoseVolumeMetric as M;
    let words = without_hyphens(&tokens(&quote.text));
    let said = levels(&words);
    let shown = |first: usize, last: usize| {
        written(&quote.text, &words, first.min(last), first.max(last) + 1)
    };
    match (&row.metric, &known.of) {
        (M::VolumeAtDose(_) | M::DoseAtVolume(_), Some(of)) => {
            // a number that is given by name alone is not compared
            let pairs = said.pairs.as_ref()?;
            let has = |pair: &(usize, usize), level: &Level| {
                said.at(pair.0) == Some(level) || said.at(pair.1) == Some(level)
            };
            let with_value: Vec<_> = pairs
                .iter()
                .filter(|pair| has(pair, &known.value))
                .collect();
            if with_value.iter().any(|pair| has(pair, of)) {
                return None;
            }
            let with_metric = pairs.iter().find(|pair| has(pair, of))?;
            (!with_value.is_empty()).then(|| shown(with_metric.0, with_metric.1))
        }
        (M::MeanDose | M::MaximumDose | M::MinimumDose, _) => {
            let held = match row.metric {
                M::MeanDose => Called::Mean,
                M::MaximumDose => Called::Most,
                _ => Called::Least,
            };
            let mut other = None;
            for (at, _) in said.all.iter().filter(|(_, level)| *level == known.value) {
                let (kinds, first) = metric_words(&words, &said, *at);
                if kinds.is_empty() || kinds.contains(&held) {
                    return None;
                }
                other.get_or_insert(shown(first, *at));
            }
            other
        }
        _ => None,
    }
}

/// What the words around a dose call it, and where they begin.
fn metric_words(words: &[Token], said: &Levels, at: usize) -> (Vec<Called>, usize) {
    let pairs = said.pairs.iter().flatten();
    let mut pairs = pairs.filter(|pair| pair.0 == at || pair.1 == at);
    if let Some(pair) = pairs.next() {
        let other = if pair.0 == at { pair.1 } else { pair.0 };
        let metric = match said.at(other) {
            // "none above 50 Gy"
            Some(level) if level.is_none() => Called::Most,
            Some(level) if level.is_point() => return (Vec::new(), at),
            _ => Called::OfVolume,
        };
        return (vec![metric], other);
    }
    let ends =
        |word: &Token| word.number.is_some() || [";", ".", ","].contains(&word.text.as_str());
    let first = words[..at].iter().rposition(ends).map_or(0, |at| at + 1);
    let last = words[at + 1..]
        .iter()
        .position(ends)
        .map_or(words.len(), |next| at + 1 + next);
    let mut kinds = Vec::new();
    for word in &words[first..last] {
        let is = |list: &[&str]| list.contains(&word.text.as_str());
        if is(MEAN) {
            kinds.push(Called::Mean);
        } else if is(MOST) {
            kinds.push(Called::Most);
        } else if is(LEAST) {
            kinds.push(Called::Least);
        }
    }
    (kinds, first)
}
