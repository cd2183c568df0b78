//! Whether each mention of a passage serves one drug: two drugs do not rest on words that are said once.

use std::collections::{BTreeMap, BTreeSet};

use chemorad::text::Text;

use super::drug_passage::DrugPassage;
use super::fault::ProtocolFault;
use super::field::Field;
use super::finding::Findings;
use super::matching::matched;
use super::passage_days::fits_days;
use super::quoted_numbers::{RequiredNumber, required};
use super::reading::{mentions, tokens};
use super::support::{Support, numbers_of};
use crate::model::drug_days::{DrugDays, Infusion};
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::model::value::AsValue;
use crate::passage::mention::{InfusionTime, Mention, Said};
use crate::passage::token::Token;
use crate::statement::{Quote, Statement, Status};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let passages = passages_of_several(protocol);
    if passages.is_empty() {
        return;
    }
    for kind in [Kind::Amount, Kind::Times, Kind::Infusion, Kind::Days] {
        of_drugs(protocol, &passages, kind, out);
    }
}

/// The passages that values of several drugs are quoted from.
fn passages_of_several(protocol: &Protocol) -> BTreeSet<Text> {
    let mut first: BTreeMap<Text, String> = BTreeMap::new();
    let mut out = BTreeSet::new();
    for drug in protocol.drugs.iter().map(DrugPassage::new) {
        let regimen = drug.drug;
        let quotes = [
            regimen.intensity.as_ref().map(Statement::quotes),
            regimen.intensity_per_day.as_ref().map(Statement::quotes),
            regimen
                .administrations_per_day
                .as_ref()
                .map(Statement::quotes),
            regimen.infusion.as_ref().map(Statement::quotes),
            Some(regimen.days.quotes()),
        ];
        for quote in quotes.into_iter().flatten().flatten() {
            let known = first
                .entry(quote.text.clone())
                .or_insert_with(|| drug.name.clone());
            if *known != drug.name {
                out.insert(quote.text);
            }
        }
    }
    out
}

/// Values that one kind of words bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Amount,
    Times,
    Infusion,
    Days,
}

/// A stated value of a drug, and the words of its passage that can bear it.
struct Claim {
    at: String,
    drug: String,
    quote: Quote,
    /// The words that the value cannot do without, by their place among the mentions; none where it can.
    words: Vec<usize>,
}

impl Claim {
    fn new<T: AsValue>(
        drug: &DrugPassage<'_>,
        at: String,
        (field, passages): (Field, &BTreeSet<Text>),
        statement: &Statement<T>,
        names: impl Fn(&T, &Said) -> bool,
    ) -> Option<Self> {
        let value = statement
            .value()
            .filter(|_| statement.status() == Status::Stated)?;
        let quote = statement.quotes().into_iter().next()?;
        if !passages.contains(&quote.text) {
            return None;
        }
        let needed = required(value.as_value());
        // numbers that the grammar does not read may bear the value
        let unread = Support::unread(&quote.text, field);
        let borne = |number: &RequiredNumber| number.missing(&unread).is_none();
        if !needed.is_empty() && needed.iter().all(borne) {
            return None;
        }
        let bears = |mention: &Mention| {
            let numbers = numbers_of(mention);
            let number = |number: &RequiredNumber| number.missing(&numbers).is_none();
            field.takes(&mention.said) && (names(value, &mention.said) || needed.iter().any(number))
        };
        let all = mentions(&quote.text);
        let words = all.iter().enumerate();
        let words: Vec<usize> = words
            .filter(|(_, mention)| bears(mention))
            .map(|(i, _)| i)
            .collect();
        (!words.is_empty()).then(|| Self {
            at,
            drug: drug.name.clone(),
            quote,
            words,
        })
    }
}

fn claims(protocol: &Protocol, passages: &BTreeSet<Text>, kind: Kind) -> Vec<Claim> {
    let mut out = Vec::new();
    for (at, regimen) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        let drug = DrugPassage::new(regimen);
        let nothing = |_: &_, _: &Said| false;
        match kind {
            Kind::Amount => {
                let single = regimen.intensity.as_ref();
                out.extend(single.and_then(|statement| {
                    let at = format!("{at}.intensity");
                    Claim::new(&drug, at, (Field::Intensity, passages), statement, nothing)
                }));
                let daily = regimen.intensity_per_day.as_ref();
                out.extend(daily.and_then(|statement| {
                    let at = format!("{at}.intensity_per_day");
                    Claim::new(
                        &drug,
                        at,
                        (Field::IntensityPerDay, passages),
                        statement,
                        |_, _| false,
                    )
                }));
            }
            Kind::Times => {
                let times = regimen.administrations_per_day.as_ref();
                out.extend(times.and_then(|statement| {
                    let at = format!("{at}.administrations_per_day");
                    let field = (Field::AdministrationsPerDay, passages);
                    Claim::new(&drug, at, field, statement, |_, _| false)
                }));
            }
            Kind::Infusion => {
                let infusion = regimen.infusion.as_ref();
                out.extend(infusion.and_then(|statement| {
                    let at = format!("{at}.infusion");
                    let continuous = |value: &Infusion, said: &Said| {
                        *value == Infusion::Continuous
                            && *said == Said::Infusion(InfusionTime::Continuous)
                    };
                    Claim::new(
                        &drug,
                        at,
                        (Field::Infusion, passages),
                        statement,
                        continuous,
                    )
                }));
            }
            Kind::Days => {
                let courses = protocol.courses_with(regimen);
                let per_week = courses.filter_map(|course| course.fractions_per_week.value());
                let per_week: Vec<u32> = per_week.map(|count| u32::from(count.get())).collect();
                let fits = |value: &DrugDays, said: &Said| fits_days(value, said, &per_week);
                let at = format!("{at}.days");
                out.extend(Claim::new(
                    &drug,
                    at,
                    (Field::DrugDays, passages),
                    &regimen.days,
                    fits,
                ));
            }
        }
    }
    out
}

fn of_drugs(protocol: &Protocol, passages: &BTreeSet<Text>, kind: Kind, out: &mut Findings) {
    let claims = claims(protocol, passages, kind);
    let mut seen: Vec<&str> = Vec::new();
    for claim in &claims {
        let text: &str = &claim.quote.text;
        if seen.contains(&text) || is_said_of_each(text) {
            continue;
        }
        seen.push(text);
        let of_passage = || claims.iter().filter(|other| *other.quote.text == *text);
        let mut drugs: Vec<&str> = Vec::new();
        for other in of_passage() {
            if !drugs.contains(&other.drug.as_str()) {
                drugs.push(&other.drug);
            }
        }
        if drugs.len() < 2 {
            continue;
        }
        let all = mentions(text);
        // a drug that the words name comes first
        let is_own = |drug: &str| {
            all.iter()
                .any(|mention| mention.drug.as_deref() == Some(drug))
        };
        drugs.sort_by_key(|drug| !is_own(drug));
        let words = |drug: &str| -> Vec<usize> {
            let claims = of_passage().filter(|claim| claim.drug == drug);
            let mut words: Vec<usize> = claims.flat_map(|claim| claim.words.clone()).collect();
            let own = |i: &usize| all[*i].drug.as_deref() == Some(drug);
            words.sort_by_key(|i| (!own(i), *i));
            words
        };
        // "on days 1 to 5" alone may be said of several drugs, and an amount is one drug's
        let shared = |i: &usize| kind != Kind::Amount && all[*i].drug.is_none();
        let wanted: Vec<Vec<usize>> = drugs.iter().map(|drug| words(drug)).collect();
        let exclusive: Vec<Vec<usize>> = wanted
            .iter()
            .map(|words| {
                if words.iter().any(shared) {
                    Vec::new()
                } else {
                    words.clone()
                }
            })
            .collect();
        let served = matched(&exclusive, all.len());
        for (i, drug) in drugs.iter().enumerate() {
            if exclusive[i].is_empty() || served[i].is_some() {
                continue;
            }
            let Some(&word) = wanted[i].first() else {
                continue;
            };
            let holder = served.iter().position(|served| *served == Some(word));
            let claim = of_passage().find(|claim| claim.drug == *drug);
            if let (Some(holder), Some(claim)) = (holder, claim) {
                let mention = &all[word];
                out.push(
                    &claim.at,
                    ProtocolFault::SharedWords {
                        words: text[mention.start..mention.end].to_owned().into(),
                        other: drugs[holder].to_owned().into(),
                        quote: claim.quote.clone(),
                    },
                );
            }
        }
    }
}

/// `both 20 mg/m2`, `50 mg/m2 each`: what is said once is said of several.
pub(super) fn is_said_of_each(text: &str) -> bool {
    // "each day" counts days
    const COUNTED: &[&str] = &[
        "day",
        "week",
        "fraction",
        "cycle",
        "course",
        "month",
        "dose",
        "administration",
        "time",
        "treatment",
        "morning",
        "evening",
        "radiotherapy",
        "radiation",
    ];
    let tokens = tokens(text);
    let is_counted = |at: usize| {
        tokens.get(at).is_some_and(|next| {
            let counts = |token: &Token| token.number.is_some();
            match next.text.as_str() {
                // "each of 14 Gy", and not "each of the days"
                "of" => !tokens.get(at + 1).is_some_and(counts),
                word => counts(next) || COUNTED.contains(&word),
            }
        })
    };
    tokens
        .iter()
        .enumerate()
        .any(|(i, token)| match token.text.as_str() {
            "both" | "respectively" => true,
            "each" => !is_counted(i + 1),
            _ => false,
        })
}
