//! Two doses of one passage that are held for one another's volumes, and phases in another order than the words say.

use super::bound_doses::{Bound, Doses};
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::held_doses::{Held, held};
use super::reading::{mentions, tokens};
use super::said_drugs::contradiction;
use super::totals::position;
use crate::model::protocol::{PrescribedCourse, Protocol};
use crate::passage::mention::Mention;
use crate::passage::token::Token;
use crate::statement::{Quote, Statement};
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let mut held = held(protocol);
    held.retain(|one| one.is_stated);
    let mut seen: Vec<&Text> = Vec::new();
    for one in &held {
        let text = &one.quote.text;
        if seen.contains(&text) {
            continue;
        }
        seen.push(text);
        let all = mentions(text);
        let doses = Doses::of(protocol, text);
        let all: Vec<Said<'_>> = held
            .iter()
            .filter_map(|held| {
                let dose = held.said(&all)?;
                let bound = doses.at(dose)?;
                Some(Said { held, dose, bound })
            })
            .collect();
        let rests_here = |one: &&Said<'_>| one.held.quote.text == *text;
        let own: Vec<&Said<'_>> = all.iter().filter(rests_here).collect();
        exchanged(protocol, &doses, &own, out);
        for course in &protocol.courses {
            in_order(course, &one.quote, &all, out);
        }
    }
}

/// Whether words give one phase before another; `None` where they do not say.
pub(super) fn is_first(
    protocol: &Protocol,
    quote: &Quote,
    one: &Held<'_>,
    other: &Held<'_>,
) -> Option<bool> {
    let all = mentions(&quote.text);
    let doses = Doses::of(protocol, &quote.text);
    let (dose, next) = (one.said(&all)?, other.said(&all)?);
    let one = Said {
        held: one,
        dose,
        bound: doses.at(dose)?,
    };
    let other = Said {
        held: other,
        dose: next,
        bound: doses.at(next)?,
    };
    let is_written_first = dose.start < next.start;
    let (first, second) = if is_written_first {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let as_written = matches!(order_of(&quote.text, first, second)?, Order::AsWritten);
    Some(as_written == is_written_first)
}

/// A dose that is held, with the words that say it.
struct Said<'a> {
    held: &'a Held<'a>,
    dose: &'a Mention,
    bound: &'a Bound<'a>,
}

fn is_known(out: &Findings, at: &str) -> bool {
    let mut found = out.0.iter();
    found.any(|found| {
        use ProtocolFault as F;
        let of_dose = matches!(found.fault, F::OtherVolume { .. } | F::BoostFirst { .. });
        found.at == at && (of_dose || matches!(found.fault, F::OtherWords { .. }))
    })
}

/// The words name another volume with a dose, and what is held of that volume is said of something else.
fn exchanged(protocol: &Protocol, doses: &Doses<'_>, said: &[&Said<'_>], out: &mut Findings) {
    for one in said {
        let own = one.held.volume;
        if one.bound.may_name(own) || is_known(out, &one.held.at) {
            continue;
        }
        let lies_inside = |inner: &Text| {
            let mut volumes = protocol.volumes.iter();
            let inner = volumes.find(|volume| volume.name == *inner);
            let outer = inner.and_then(|volume| volume.inside.as_ref());
            outer.and_then(Statement::value) == Some(own)
        };
        if let Some(other) = one.bound.only_name().filter(|_| doses.name(own)) {
            out.push(
                one.held.at.as_str(),
                ProtocolFault::OtherVolume {
                    volume: own.clone(),
                    other: other.clone(),
                    dose: one.held.total,
                    quote: one.held.quote.clone(),
                },
            );
            continue;
        }
        let other = said.iter().find(|other| {
            let volume = other.held.volume;
            let named = one.bound.names(volume) && !other.bound.may_name(volume);
            // the boost is of the inner volume
            let boost = one.bound.names_none()
                && one.bound.is_boost
                && !other.bound.is_boost
                && lies_inside(volume)
                && !other.bound.may_name(volume);
            volume != own && other.held.total != one.held.total && (named || boost)
        });
        if let Some(other) = other {
            out.push(
                one.held.at.as_str(),
                ProtocolFault::OtherVolume {
                    volume: own.clone(),
                    other: other.held.volume.clone(),
                    dose: one.held.total,
                    quote: one.held.quote.clone(),
                },
            );
        }
    }
}

/// Phases of a course, two by two, against the order that the words give their doses.
fn in_order(course: &PrescribedCourse, quote: &Quote, said: &[Said<'_>], out: &mut Findings) {
    for (i, one) in said.iter().enumerate() {
        for other in &said[i + 1..] {
            let places = (
                position(course, one.held.phase),
                position(course, other.held.phase),
            );
            let (Some(at), Some(next)) = places else {
                continue;
            };
            let (first, second) = if one.dose.start < other.dose.start {
                (one, other)
            } else {
                (other, one)
            };
            let rests_here = |one: &Said<'_>| one.held.quote.text == quote.text;
            if !rests_here(one) && !rests_here(other) {
                continue;
            }
            let Some(order) = order_of(&quote.text, first, second) else {
                continue;
            };
            let earlier = match order {
                Order::AsWritten => first,
                Order::Reversed => second,
            };
            let (held_first, held_next) = if at < next {
                (one, other)
            } else {
                (other, one)
            };
            let is_right = core::ptr::eq(earlier, held_first);
            if at == next || is_right || is_known(out, &held_first.held.at) {
                continue;
            }
            let words = quote.text.get(first.dose.start..second.dose.end);
            let words = words.unwrap_or_default().to_owned().into();
            let (before, behind) = (&held_first.held.phase.name, &held_next.held.phase.name);
            let order = Text::from(format!("{before} before {behind}"));
            let of = "the order of the phases";
            let fault = contradiction(of, words, order, quote.clone());
            out.push(format!("courses.{}.order", course.id), fault);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    AsWritten,
    Reversed,
}

/// Words between two doses of which the second is given later.
const LATER: &[&str] = &[
    "then",
    "followed",
    "thereafter",
    "afterwards",
    "subsequently",
    "subsequent",
    "sequential",
    "sequentially",
    "before",
    "prior",
    "further",
    "additional",
    "extra",
];

/// Words between two doses of which the second is given earlier.
const EARLIER: &[&str] = &["after", "following"];

/// What a word between two doses says of the second; "preceded by" puts it first, and "preceded" behind.
pub(super) fn order_by(words: &[Token], at: usize) -> Option<Order> {
    let word = words.get(at)?.text.as_str();
    let by = words.get(at + 1).is_some_and(|next| *next == "by");
    if LATER.contains(&word) || (word == "preceded" && !by) {
        Some(Order::AsWritten)
    } else {
        (EARLIER.contains(&word) || word == "preceded").then_some(Order::Reversed)
    }
}

/// In which order words give two doses; `None` where they do not say.
fn order_of(text: &str, first: &Said<'_>, second: &Said<'_>) -> Option<Order> {
    let words = tokens(text);
    let is = |word: &Token, list: &[&str]| list.contains(&word.text.as_str());
    let from = words.iter().position(|word| word.start >= first.dose.end)?;
    let to = words
        .iter()
        .position(|word| word.start >= second.dose.start)?;
    let between = words.get(from..to)?;
    let said: Vec<(usize, Order)> = (0..between.len())
        .filter_map(|at| Some((at, order_by(between, at)?)))
        .collect();
    let later = said.iter().any(|(_, order)| *order == Order::AsWritten);
    let at = said.iter().rfind(|(_, order)| *order == Order::Reversed);
    let at = at.map(|(at, _)| *at);
    // "after 4 weeks, 9 Gy": a time stands between
    let is_plain = |at: usize| {
        let rest = &between[at + 1..];
        let ends = |word: &Token| word.number.is_some() || is(word, &[",", ";", "."]);
        !rest.iter().any(ends)
    };
    let earlier = at.is_some_and(is_plain);
    if later || at.is_some() {
        return match (later, earlier) {
            (true, false) if at.is_none() => Some(Order::AsWritten),
            (false, true) => Some(Order::Reversed),
            _ => None,
        };
    }
    let before = words.get(..from)?;
    let sentence = before.iter().rposition(|word| is(word, &[".", ";", ":"]));
    let sentence = &before[sentence.map_or(0, |at| at + 1)..];
    // "after 45 Gy to the pelvis, the tumour was boosted"
    if sentence.first().is_some_and(|word| is(word, EARLIER)) {
        return Some(Order::AsWritten);
    }
    let puts_first = |word: &Token| is(word, &["first", "initial", "initially", "upfront"]);
    if words.iter().any(puts_first) {
        return None;
    }
    match (first.bound.is_boost, second.bound.is_boost) {
        (false, true) => Some(Order::AsWritten),
        (true, false) => Some(Order::Reversed),
        _ => None,
    }
}
