//! Whether a drug and its route are those that the words name: cisplatin is not held of a passage about fluorouracil.

use super::fault::ProtocolFault;
use super::finding::Findings;
use super::reading::{mentions, tokens};
use crate::model::drug::DrugRegimen;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::drug_name::{canonical, drug, is_short_name, may_stand_for};
use crate::passage::mention::Said;
use crate::passage::token::{Token, Tokens, without_hyphens};
use crate::statement::{Quote, Status};
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, regimen) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        check_drug(regimen, &format!("{at}.drug"), out);
        check_route(regimen, &format!("{at}.route"), out);
    }
}

/// A drug that a passage names, with its words.
struct Named {
    name: String,
    first: usize,
    /// The token behind it.
    next: usize,
}

fn named(words: &[Token]) -> Vec<Named> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut input = Tokens::new(&words[at..]);
        let Ok(name) = drug(&mut input) else {
            at += 1;
            continue;
        };
        let next = (words.len() - input.len()).max(at + 1);
        // a few letters may be no drug
        if name.len() >= 6 || name == "s-1" {
            out.push(Named {
                name,
                first: at,
                next,
            });
        }
        at = next;
    }
    out
}

/// Names that mean one drug, or a form of it: `nab-paclitaxel`.
fn is_same(one: &str, other: &str) -> bool {
    one == other || one.ends_with(other) || other.ends_with(one)
}

fn check_drug(regimen: &DrugRegimen, at: &str, out: &mut Findings) {
    let Some(value) = regimen.drug.value() else {
        return;
    };
    let own = without_hyphens(&tokens(value));
    if regimen.drug.status() != Status::Stated || named(&own).is_empty() {
        return;
    }
    let name = canonical(value);
    let mut other: Option<(Text, Quote)> = None;
    for quote in regimen.drug.quotes() {
        let words = without_hyphens(&tokens(&quote.text));
        let found = named(&words);
        if found.iter().any(|found| is_same(&found.name, &name)) {
            return;
        }
        if let (Some(found), None) = (found.first(), &other) {
            other = Some((written(&quote.text, &words, found.first, found.next), quote));
            continue;
        }
        let short = short_names(&quote.text, &words);
        if short
            .iter()
            .any(|at| may_stand_for(&words[*at].text, &name))
        {
            return;
        }
        if let (Some(at), None) = (short.first(), &other) {
            other = Some((written(&quote.text, &words, *at, at + 1), quote));
        }
    }
    if let Some((words, quote)) = other {
        let held = value.clone();
        out.push(at, contradiction("the drug", words, held, quote));
    }
}

/// The places of words that stand as a drug's name beside an amount that no known drug is named for: `CIS 40 mg/m2`,
/// `40 mg/m2 of Cis`.
fn short_names(text: &str, words: &[Token]) -> Vec<usize> {
    let all = mentions(text);
    let amounts = all.iter().filter(|mention| {
        let is_amount = matches!(mention.said, Said::Intensity { .. });
        is_amount && mention.drug.is_none()
    });
    let name = |at: usize| words.get(at).filter(|word| is_short_name(word)).map(|_| at);
    amounts
        .filter_map(|amount| {
            let before = words.iter().take_while(|word| word.end <= amount.start);
            let count = before.count();
            let between = words[..count].iter().rev();
            let links = between.take_while(|word| LINKS.contains(&word.text.as_str()));
            let before = count.checked_sub(links.count() + 1).and_then(name);
            before.or_else(|| {
                let next = words.iter().position(|word| word.start >= amount.end)?;
                let of = words.get(next).is_some_and(|word| *word == "of");
                name(next + usize::from(of))
            })
        })
        .collect()
}

/// What may stand between a drug and its amount.
const LINKS: &[&str] = &[":", "(", ",", "at", "=", "-"];

/// The words of these tokens.
pub(super) fn written(text: &str, words: &[Token], first: usize, next: usize) -> Text {
    let ends = (words.get(first), words.get(next.saturating_sub(1)));
    let (Some(start), Some(end)) = ends else {
        return Text::from(String::new());
    };
    let words = text.get(start.start..end.end).unwrap_or_default();
    words.to_owned().into()
}

/// A value that the words contradict.
pub(super) const fn contradiction(
    of: &'static str,
    words: Text,
    held: Text,
    quote: Quote,
) -> ProtocolFault {
    ProtocolFault::OtherWords {
        of,
        words,
        held,
        quote,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    Mouth,
    Vein,
    Skin,
}

const ROUTES: &[(Route, &[&str])] = &[
    (
        Route::Mouth,
        &[
            "oral", "orally", "po", "tablet", "tablets", "capsule", "capsules", "mouth",
        ],
    ),
    (
        Route::Vein,
        &[
            "intravenous",
            "intravenously",
            "iv",
            "civ",
            "infusion",
            "infusions",
            "infused",
            "bolus",
            "infusional",
        ],
    ),
    (Route::Skin, &["subcutaneous", "subcutaneously", "sc"]),
];

fn route_of(word: &str) -> Option<Route> {
    let found = ROUTES.iter().find(|(_, words)| words.contains(&word));
    found.map(|(route, _)| *route)
}

fn check_route(regimen: &DrugRegimen, at: &str, out: &mut Findings) {
    let Some(value) = regimen.route.value() else {
        return;
    };
    let Some(held) = tokens(value).iter().find_map(|word| route_of(&word.text)) else {
        return;
    };
    let name = canonical(regimen.drug.value().unwrap_or(&regimen.id));
    let quotes = regimen.route.quotes();
    let mut other: Option<(Text, Quote)> = None;
    for quote in &quotes {
        let words = without_hyphens(&tokens(&quote.text));
        let said = routes(&words, &name);
        if said.iter().any(|(route, _)| *route == held) {
            return;
        }
        if let (Some((_, word)), None) = (said.first(), &other) {
            other = Some((written(&quote.text, &words, *word, word + 1), quote.clone()));
        }
    }
    let is_stated = regimen.route.status() == Status::Stated;
    if let Some((words, quote)) = other.filter(|_| is_stated) {
        out.push(at, contradiction("the route", words, value.clone(), quote));
        return;
    }
    // what is swallowed does not run for hours
    if let (Route::Mouth, Some(infusion), Some(quote)) = (
        held,
        regimen
            .infusion
            .as_ref()
            .filter(|time| time.value().is_some()),
        quotes.first(),
    ) {
        let quote = infusion.quotes().first().unwrap_or(quote).clone();
        let words = Text::from("infusion".to_owned());
        out.push(at, contradiction("the route", words, value.clone(), quote));
    }
}

/// The routes that a passage says of a drug, with the word. Where it names several drugs, those beside its name.
fn routes(words: &[Token], name: &str) -> Vec<(Route, usize)> {
    let all = words.iter().enumerate();
    let all = all.filter_map(|(at, word)| Some((route_of(&word.text)?, at)));
    let found = named(words);
    let is_own = |found: &&Named| is_same(&found.name, name);
    if found.iter().all(|found| is_own(&found)) {
        return all.collect();
    }
    let beside = |at: usize| {
        let mut own = found.iter().filter(is_own);
        own.any(|own| (at < own.first && at + 2 >= own.first) || at == own.next)
    };
    all.filter(|(_, at)| beside(*at)).collect()
}
