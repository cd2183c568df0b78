//! Whether drugs are given with the radiotherapy or after it, by the words.

use super::drug_passage::{DrugPassage, Read, says_first};
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::reading::{mentions, tokens};
use crate::model::arm::Action;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::passage::drug_name::{canonical, drug};
use crate::passage::token::{ELLIPSIS, Token, Tokens, without_hyphens};
use crate::statement::{Statement, Status};
use chemorad::text::{List, Text};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, arm) in place::of(&protocol.arms, "arms", |arm| &arm.id) {
        for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
            for (i, action) in option.actions.iter().enumerate() {
                let (field, concurrent) = match action {
                    Action::Radiotherapy { .. } => ("concurrent_drugs", true),
                    Action::Drugs { .. } => ("drugs", false),
                    _ => continue,
                };
                if let Some(given) = action.drugs() {
                    let at = format!("{at}.actions[{i}].{field}");
                    check(protocol, given, concurrent, &at, out);
                }
            }
        }
    }
}

/// When a drug is given, by words near its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    With,
    Apart,
}

const WITH: &[&str] = &[
    "concurrent",
    "concurrently",
    "concomitant",
    "concomitantly",
    "simultaneous",
    "simultaneously",
    "synchronous",
];

const APART: &[&str] = &["consolidation", "maintenance", "induction"];

/// What makes "adjuvant" a word of the drugs, and not of the radiotherapy or of the whole.
const CHEMOTHERAPY: &[&str] = &["chemotherapy", "chemo", "systemic"];

const RADIATION: &[&str] = &[
    "radiotherapy",
    "radiation",
    "irradiation",
    "chemoradiotherapy",
    "chemoradiation",
    "radiochemotherapy",
    "rt",
    "crt",
];

/// "after a meal on radiotherapy days": what is after the meal is no course of radiotherapy.
const MEALS: &[&str] = &[
    "meal",
    "meals",
    "food",
    "breakfast",
    "lunch",
    "dinner",
    "on",
];

/// Words before "before" and "after" that make them a time of the day.
const HOURS: &[&str] = &[
    "h",
    "hr",
    "hrs",
    "hour",
    "hours",
    "min",
    "mins",
    "minute",
    "minutes",
    "dose",
    "doses",
    "immediately",
    "shortly",
    "just",
    // "from the day before radiotherapy"
    "day",
];

/// Words before "after" and "once" that make them the end of the drug: `stopped after radiotherapy`.
const STOPS: &[&str] = &[
    "until",
    "stop",
    "stopped",
    "stops",
    "discontinued",
    "end",
    "ended",
    "ending",
    "ends",
];

/// `after radiotherapy`, `prior to`, `preceding`, `post-radiotherapy`: a time beside the radiotherapy, by the word and
/// the one behind it.
fn is_beside(word: &Token, next: &Token) -> bool {
    match word.text.as_str() {
        "after" | "following" | "before" | "preceding" => true,
        "prior" => *next == "to",
        // no "post-operative radiotherapy"
        "post" => RADIATION.contains(&next.text.as_str()),
        _ => false,
    }
}

fn check(
    protocol: &Protocol,
    given: &Statement<List<Text>>,
    concurrent: bool,
    at: &str,
    out: &mut Findings,
) {
    let judged = matches!(given.status(), Status::Stated | Status::Derived);
    let Some(ids) = given.value().filter(|_| judged) else {
        return;
    };
    let wrong = if concurrent { Time::Apart } else { Time::With };
    for quote in given.quotes() {
        let tokens = without_hyphens(&tokens(&quote.text));
        for id in ids {
            let regimen = protocol.drugs.iter().find(|drug| drug.id == *id);
            let name = regimen.and_then(|drug| drug.drug.value()).unwrap_or(id);
            let mut said = times(&tokens, &canonical(name));
            // of two stages of one drug, the words of this one
            let stage = regimen.and_then(|drug| {
                let mentions = mentions(&quote.text);
                let quote = quote.clone();
                DrugPassage::of(protocol, drug).stage(&Read { quote, mentions })
            });
            if let Some(stage) = stage {
                said.retain(|(_, word)| stage.contains(&tokens[*word].start));
            }
            if said.is_empty() || said.iter().any(|(time, _)| *time != wrong) {
                continue;
            }
            // "a loading dose one week before" begins what is given with the radiotherapy
            let words = said
                .first()
                .and_then(|(_, word)| quote.text.get(..tokens[*word].start));
            let goes_on = ids.iter().any(|other| {
                let other = protocol
                    .drugs
                    .iter()
                    .find(|drug| drug.id == *other && drug.id != *id);
                other.and_then(|other| other.drug.value()) == Some(name)
            });
            if concurrent && goes_on && words.is_some_and(says_first) {
                continue;
            }
            let words = said.first().and_then(|(_, word)| tokens.get(*word));
            // a reason that takes up the word says why it means something else
            let answered = given.reason().zip(words).is_some_and(|(reason, word)| {
                let reason = super::reading::tokens(reason);
                reason.iter().any(|other| other.text == word.text)
            });
            if answered {
                continue;
            }
            let words = words.map_or("", |word| &quote.text[word.start..word.end]);
            out.push(
                at,
                ProtocolFault::OtherSequence {
                    words: words.to_owned().into(),
                    drug: id.clone(),
                    concurrent,
                    quote: quote.clone(),
                },
            );
        }
    }
}

/// Words for radiotherapy with drugs.
const BOTH: &[&str] = &["chemoradiotherapy", "chemoradiation", "radiochemotherapy"];

/// The words give the drug of this name with the radiotherapy, wherever they name it.
pub(super) fn is_given_with_radiotherapy(words: &[Token], name: &str) -> bool {
    let words = without_hyphens(words);
    let said = times(&words, name);
    if said.iter().any(|(time, _)| *time != Time::With) {
        return false;
    }
    let both = |word: &Token| BOTH.contains(&word.text.as_str());
    let found = (0..words.len()).filter(|at| {
        let mut input = Tokens::new(&words[*at..]);
        drug(&mut input).is_ok_and(|found| found == name)
    });
    let mut found = found.peekable();
    let is_named = found.peek().is_some();
    let beside = found.any(|at| {
        let before = &words[at.saturating_sub(3)..at];
        before.iter().any(|word| *word == "with")
    });
    !said.is_empty() || (is_named && (beside || words.iter().any(both)))
}

/// When a drug is given, with the word that says so, for each place that names it.
fn times(tokens: &[Token], name: &str) -> Vec<(Time, usize)> {
    let mut out = Vec::new();
    let mut last: Vec<(Time, usize)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let word = tokens[at].text.as_str();
        if [".", ";", ELLIPSIS].contains(&word) {
            last.clear();
        }
        if let Some(time) = time(tokens, at) {
            // "concurrent and adjuvant capecitabine" is given twice
            let before = at.checked_sub(1).and_then(|before| tokens.get(before));
            let joined =
                before.is_some_and(|word| ["and", "or", "/", "&"].contains(&word.text.as_str()));
            if !joined || last.last().is_none_or(|(_, word)| word + 2 != at) {
                last.clear();
            }
            last.push((time, at));
        }
        let mut input = Tokens::new(&tokens[at..]);
        match drug(&mut input) {
            Ok(found) => {
                let next = tokens.len() - input.len();
                if found == name {
                    let own = if last.is_empty() {
                        behind(tokens, next).into_iter().collect()
                    } else {
                        last.clone()
                    };
                    out.extend(own);
                }
                at = next.max(at + 1);
            }
            Err(_) => at += 1,
        }
    }
    out
}

/// What a word says of the drugs behind it.
fn time(tokens: &[Token], at: usize) -> Option<Time> {
    let word = tokens[at].text.as_str();
    if WITH.contains(&word) {
        return Some(Time::With);
    }
    if APART.contains(&word) {
        return Some(Time::Apart);
    }
    let next = tokens.get(at + 1)?;
    if ["adjuvant", "neoadjuvant"].contains(&word) {
        let of_drugs = heads_drug(tokens, at + 1) || CHEMOTHERAPY.contains(&next.text.as_str());
        return of_drugs.then_some(Time::Apart);
    }
    // "After completion of radiotherapy: capecitabine", and no "surgery after radiotherapy with capecitabine"
    let begins = at.checked_sub(1).and_then(|before| tokens.get(before));
    let begins = begins.is_none_or(|word| [".", ";", ":", ",", "("].contains(&word.text.as_str()));
    if !begins || !is_beside(&tokens[at], next) {
        return None;
    }
    let few = tokens[at + 1..].iter().take(4);
    let radiation = few
        .take_while(|next| !["each", "every"].contains(&next.text.as_str()))
        .position(|next| RADIATION.contains(&next.text.as_str()))?;
    heads_drug(tokens, at + 2 + radiation).then_some(Time::Apart)
}

/// A drug stands here, or behind a colon or a comma, and the words for how it is given.
fn heads_drug(tokens: &[Token], from: usize) -> bool {
    const BETWEEN: &[&str] = &[":", ",", "oral", "intravenous", "iv", "chemotherapy"];
    let rest = tokens.get(from..).unwrap_or_default();
    let between = rest.iter().take(3);
    let between = between.take_while(|word| BETWEEN.contains(&word.text.as_str()));
    drug(&mut Tokens::new(&rest[between.count()..])).is_ok()
}

/// `capecitabine after radiotherapy`, before another drug or the end of the sentence.
fn behind(tokens: &[Token], from: usize) -> Option<(Time, usize)> {
    for at in from..tokens.len() {
        let word = tokens[at].text.as_str();
        let ends = [".", ";", ELLIPSIS].contains(&word);
        if ends || drug(&mut Tokens::new(&tokens[at..])).is_ok() {
            return None;
        }
        if WITH.contains(&word) {
            return Some((Time::With, at));
        }
        let near = |words: &[&str]| {
            let few = tokens[at + 1..].iter().take(4);
            few.take_while(|next| !MEALS.contains(&next.text.as_str()))
                .any(|next| words.contains(&next.text.as_str()))
        };
        let last = at.checked_sub(1).and_then(|before| tokens.get(before));
        let follows = |words: &[&str]| last.is_some_and(|word| words.contains(&word.text.as_str()));
        let next = tokens.get(at + 1);
        // "as induction", "as neoadjuvant chemotherapy"
        let of_drugs = next.is_some_and(|next| CHEMOTHERAPY.contains(&next.text.as_str()));
        let adjuvant = ["adjuvant", "neoadjuvant"].contains(&word) && of_drugs;
        if follows(&["as"]) && (APART.contains(&word) || adjuvant) {
            return Some((Time::Apart, at));
        }
        // "2 hours before radiotherapy" is a time of the day, and so is "before each fraction of radiotherapy"
        let each = next.is_some_and(|word| ["each", "every"].contains(&word.text.as_str()));
        let beside = next.is_some_and(|next| is_beside(&tokens[at], next)) && near(RADIATION);
        if beside && !each && !follows(HOURS) && !follows(STOPS) {
            return Some((Time::Apart, at));
        }
        if is_end(tokens, at) && !follows(HOURS) && !follows(STOPS) {
            return Some((Time::Apart, at));
        }
        if ["during", "with"].contains(&word) && near(RADIATION) {
            return Some((Time::With, at));
        }
    }
    None
}

/// `after the last fraction`, `once radiotherapy is completed`.
fn is_end(tokens: &[Token], at: usize) -> bool {
    let any = |from: usize, count: usize, words: &[&str]| {
        let few = tokens.iter().skip(from).take(count);
        few.take_while(|word| ![".", ";", ","].contains(&word.text.as_str()))
            .any(|word| words.contains(&word.text.as_str()))
    };
    match tokens[at].text.as_str() {
        "after" | "following" => {
            any(at + 1, 2, &["last", "final"]) && any(at + 2, 2, &["fraction", "session"])
        }
        "once" | "when" => {
            any(at + 1, 2, RADIATION) && any(at + 2, 4, &["completed", "finished", "ended"])
        }
        _ => false,
    }
}
