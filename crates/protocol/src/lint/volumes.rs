//! Whether the doses of the words are those of the volumes: 45 Gy to the pelvis and 50.4 Gy to the tumour bed are
//! not exchanged.

use core::ops::Range;
use std::rc::Rc;

use super::fault::ProtocolFault;
use super::finding::Findings;
use super::reading::{mentions, tokens};
use super::said_boosts::is_boost_beside;
use super::segments::segments;
use crate::model::place;
use crate::model::protocol::{PrescribedPhase, PrescribedVolume, Protocol};
use crate::passage::mention::{DoseUnit, Mention, Said};
use crate::passage::token::Token;
use crate::statement::{Quote, Statement, Status};
use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let mut held = held(protocol);
    held.retain(|one| one.is_stated);
    for one in &held {
        let shares = |other: &Text| {
            let same = |held: &Held<'_>| held.quote.text == one.quote.text;
            held.iter().any(|held| same(held) && held.volume == other)
        };
        // a passage of both may call this one by another name
        let other = another_volume(protocol, one).filter(|other| !shares(other));
        if let Some(other) = other.filter(|_| !is_boost_beside(one)) {
            out.push(
                one.at.as_str(),
                ProtocolFault::OtherVolume {
                    volume: one.volume.clone(),
                    other,
                    dose: one.total,
                    quote: one.quote.clone(),
                },
            );
        }
    }
    exchanged(protocol, &held, out);
    near_another(protocol, &held, out);
}

/// A dose of a phase to one volume, with the first passage it rests on.
pub(super) struct Held<'p> {
    pub(super) at: String,
    pub(super) phase: &'p PrescribedPhase,
    pub(super) volume: &'p Text,
    pub(super) total: AbsorbedDose,
    pub(super) fractions: u32,
    pub(super) quote: Quote,
    pub(super) is_stated: bool,
    /// Why it is derived.
    pub(super) reason: Option<&'p Text>,
}

impl Held<'_> {
    /// The words of this dose, where they say it once.
    pub(super) fn said<'m>(&self, all: &'m [Mention]) -> Option<&'m Mention> {
        let is = |mention: &&Mention| micrograys(mention) == Some(self.total.micrograys());
        let mut own = all.iter().filter(is);
        own.next().filter(|_| own.next().is_none())
    }
}

/// The doses of a passage; the words of several may stand in one place (`69.6, 58.0 and 52.8 Gy`).
pub(super) fn doses_said(all: &[Mention]) -> Vec<&Mention> {
    let mut out: Vec<&Mention> = Vec::new();
    for mention in all.iter().filter(|mention| micrograys(mention).is_some()) {
        if out.last().is_none_or(|last| last.start < mention.start) {
            out.push(mention);
        }
    }
    out
}

/// The part of a passage that says a dose.
pub(super) fn part_of(text: &str, dose: &Mention, all: &[Mention]) -> Option<Range<usize>> {
    let doses = doses_said(all);
    let at = doses.iter().position(|other| other.start == dose.start)?;
    segments(text, &doses, all).into_iter().nth(at)
}

pub(super) fn held(protocol: &Protocol) -> Vec<Held<'_>> {
    let mut out = Vec::new();
    for (at, phase) in place::of(&protocol.phases, "phases", |phase| &phase.name) {
        for (at, dose) in place::of(&phase.doses, &format!("{at}.doses"), |dose| &dose.volume) {
            let quote = dose.fractionation.quotes().into_iter().next();
            let (Some(one), Some(quote)) = (dose.exact(), quote) else {
                continue;
            };
            let reason = match &dose.fractionation {
                Statement::Derived { reason, .. } => Some(reason),
                _ => None,
            };
            out.push(Held {
                at: format!("{at}.fractionation"),
                phase,
                volume: &dose.volume,
                total: one.total(),
                fractions: one.fractions().get(),
                quote,
                is_stated: dose.fractionation.status() == Status::Stated,
                reason,
            });
        }
    }
    out
}

/// The words that a volume has in the text; none where they are derived, as the text may not have them.
fn called(volume: &PrescribedVolume) -> Option<Rc<[Token]>> {
    let words = volume
        .called
        .value()
        .filter(|_| volume.called.status() == Status::Stated)?;
    let words = tokens(words);
    (!words.is_empty()).then_some(words)
}

/// The words that a volume has, those too that a reason gives it: for texts that have them.
fn called_in_words(volume: &PrescribedVolume) -> Option<Rc<[Token]>> {
    let words = tokens(volume.called.value()?);
    (!words.is_empty()).then_some(words)
}

/// Where words begin in a text, by tokens.
fn places_of(words: &[Token], text: &[Token]) -> Vec<usize> {
    let same = |(one, other): (&Token, &Token)| one.text == other.text;
    let windows = text.windows(words.len()).enumerate();
    let found = windows.filter(|(_, window)| window.iter().zip(words).all(same));
    found.map(|(at, _)| at).collect()
}

/// The one other volume that the words of a dose name, where they do not name its own.
fn another_volume(protocol: &Protocol, one: &Held<'_>) -> Option<Text> {
    let text = tokens(&one.quote.text);
    let own = protocol
        .volumes
        .iter()
        .find(|volume| volume.name == *one.volume)?;
    if !places_of(&called(own)?, &text).is_empty() {
        return None;
    }
    let mut others = protocol.volumes.iter().filter(|other| {
        let words = called(other);
        other.name != *one.volume && words.is_some_and(|words| !places_of(&words, &text).is_empty())
    });
    let other = others.next()?;
    // two names can be meant in many ways
    others.next().is_none().then(|| other.name.clone())
}

pub(super) fn micrograys(mention: &Mention) -> Option<u64> {
    let is_total = matches!(mention.said, Said::Dose(..));
    micrograys_of(mention).filter(|_| is_total)
}

/// Those of a total, or of a fraction.
fn micrograys_of(mention: &Mention) -> Option<u64> {
    let (Said::Dose(dose, unit) | Said::DosePerFraction(dose, unit)) = &mention.said else {
        return None;
    };
    let per_gray = match unit {
        DoseUnit::Gray => 1_000_000,
        DoseUnit::Centigray => 10_000,
        DoseUnit::Weighted => return None,
    };
    let scaled = dose
        .low
        .checked_mul(Decimal::from(per_gray))?
        .to_integer()?;
    (dose.low == dose.high).then(|| u64::try_from(scaled).ok())?
}

/// Of one passage: the part that says a dose names another volume, and the dose's own is named elsewhere.
fn near_another(protocol: &Protocol, held: &[Held<'_>], out: &mut Findings) {
    for one in held {
        let text = &one.quote.text;
        let all = mentions(text);
        let Some(part) = one
            .said(&all)
            .and_then(|mention| part_of(text, mention, &all))
        else {
            continue;
        };
        let words = tokens(text);
        let named = names_in(protocol, &words);
        let here = |(at, _): &&(usize, &Text)| part.contains(at);
        let [(_, other)] = named.iter().filter(here).collect::<Vec<_>>()[..] else {
            continue;
        };
        let is_known = out.0.iter().any(|found| found.at == one.at);
        // "46 Gy to the pelvis, then a boost of 14 Gy": the boost names no volume
        let is_held = |held: &Held<'_>| {
            held.volume == *other && held.quote.text == *text && held.total != one.total
        };
        let elsewhere =
            named.iter().any(|(_, name)| *name == one.volume) || held.iter().any(is_held);
        if other != &one.volume && elsewhere && !is_known {
            out.push(
                one.at.as_str(),
                ProtocolFault::OtherVolume {
                    volume: one.volume.clone(),
                    other: (*other).clone(),
                    dose: one.total,
                    quote: one.quote.clone(),
                },
            );
        }
    }
}

/// The volumes that a text names, with where; a name inside a longer one is none.
pub(super) fn names_in<'p>(protocol: &'p Protocol, text: &[Token]) -> Vec<(usize, &'p Text)> {
    let mut found: Vec<(usize, usize, &Text)> = Vec::new();
    for volume in &protocol.volumes {
        let Some(words) = called_in_words(volume) else {
            continue;
        };
        for at in places_of(&words, text) {
            found.push((at, at + words.len(), &volume.name));
        }
    }
    let is_inside = |one: &(usize, usize, &Text)| {
        found
            .iter()
            .any(|other| other.0 <= one.0 && one.1 <= other.1 && other.1 - other.0 > one.1 - one.0)
    };
    let apart = found.iter().filter(|one| !is_inside(one));
    apart
        .map(|(at, _, name)| (text[*at].start, *name))
        .collect()
}

/// Of one passage: names and doses in turn say which volume each dose is of.
fn exchanged(protocol: &Protocol, held: &[Held<'_>], out: &mut Findings) {
    let mut seen: Vec<&Text> = Vec::new();
    for one in held {
        let text = &one.quote.text;
        if seen.contains(&text) {
            continue;
        }
        seen.push(text);
        let of_passage: Vec<&Held<'_>> = held
            .iter()
            .filter(|other| other.quote.text == *text)
            .collect();
        let mut wrong = wrong_pairs(protocol, text, &of_passage);
        if wrong.is_empty() {
            wrong = not_its_own(protocol, text, &of_passage);
        }
        for (one, other) in wrong {
            out.push(
                one.at.as_str(),
                ProtocolFault::OtherVolume {
                    volume: one.volume.clone(),
                    other,
                    dose: one.total,
                    quote: one.quote.clone(),
                },
            );
        }
    }
}

/// As many volumes as doses, or doses per fraction, in one order: which of them is said of each volume. Doses that
/// are held of another than their own.
fn not_its_own<'h>(
    protocol: &Protocol,
    text: &str,
    held: &[&'h Held<'h>],
) -> Vec<(&'h Held<'h>, Text)> {
    let all = tokens(text);
    let mut places: Vec<(usize, &'h Held<'h>)> = Vec::new();
    for one in held {
        let mut volumes = protocol.volumes.iter();
        let words = volumes.find(|volume| volume.name == *one.volume);
        let places_of_it = words
            .and_then(called_in_words)
            .map(|words| places_of(&words, &all));
        let Some([place]) = places_of_it.as_deref() else {
            return Vec::new();
        };
        places.push((all[*place].start, one));
    }
    places.sort_by_key(|(place, _)| *place);
    let said = mentions(text);
    let is_total = |mention: &&Mention| matches!(mention.said, Said::Dose(..));
    let is_each = |mention: &&Mention| matches!(mention.said, Said::DosePerFraction(..));
    let totals = said.iter().filter(is_total).collect::<Vec<_>>();
    let of_fractions = said.iter().filter(is_each).collect::<Vec<_>>();
    not_paired(text, &places, &totals, |_| 1)
        .or_else(|| not_paired(text, &places, &of_fractions, |one| one.fractions))
        .unwrap_or_default()
}

/// `None` where the words do not say which dose is of which volume.
fn not_paired<'h>(
    text: &str,
    volumes: &[(usize, &'h Held<'h>)],
    doses: &[&Mention],
    times: impl Fn(&Held<'_>) -> u32,
) -> Option<Vec<(&'h Held<'h>, Text)>> {
    if volumes.len() < 2 || volumes.len() != doses.len() {
        return None;
    }
    let distinct = |pair: &[usize]| pair[0] < pair[1];
    let starts: Vec<usize> = doses.iter().map(|dose| dose.start).collect();
    let places: Vec<usize> = volumes.iter().map(|(place, _)| *place).collect();
    if !starts.windows(2).all(distinct) || !places.windows(2).all(distinct) {
        return None;
    }
    // dose, volume, dose, volume; or volumes first; or "respectively"
    let in_turn = |first: &[usize], second: &[usize]| {
        let follows = first.iter().zip(second).all(|(one, other)| one < other);
        follows && second.iter().zip(&first[1..]).all(|(one, next)| one < next)
    };
    let respectively = tokens(text).iter().any(|word| *word == "respectively");
    if !(in_turn(&starts, &places) || in_turn(&places, &starts) || respectively) {
        return None;
    }
    let values: Vec<u64> = doses
        .iter()
        .map(|dose| micrograys_of(dose))
        .collect::<Option<_>>()?;
    // the dose of each fraction, or all of it
    let is = |one: &Held<'_>, value: u64| {
        value.checked_mul(times(one).into()) == Some(one.total.micrograys())
    };
    let pairs = || volumes.iter().zip(&values);
    let wrong = pairs().filter(|((_, one), value)| !is(one, **value));
    let out = wrong.filter_map(|((_, one), _)| {
        let of_other = pairs().find(|(_, value)| is(one, **value));
        of_other.map(|((_, other), _)| (*one, other.volume.clone()))
    });
    Some(out.collect())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    /// A held dose, by its place in the list.
    Dose(usize),
    Volume(usize),
}

fn wrong_pairs<'h>(
    protocol: &Protocol,
    text: &str,
    held: &[&'h Held<'h>],
) -> Vec<(&'h Held<'h>, Text)> {
    let all = tokens(text);
    let mut events: Vec<(usize, Event)> = Vec::new();
    for (i, one) in held.iter().enumerate() {
        let volume = protocol
            .volumes
            .iter()
            .find(|volume| volume.name == *one.volume);
        let Some(words) = volume.and_then(called_in_words) else {
            return Vec::new();
        };
        // two doses of one volume, or a name that another has in it, pair in no plain way
        let places = places_of(&words, &all);
        let [place] = places.as_slice() else {
            return Vec::new();
        };
        events.push((all[*place].start, Event::Volume(i)));
    }
    let said = mentions(text);
    for (i, one) in held.iter().enumerate() {
        let mut own = said
            .iter()
            .filter(|mention| micrograys(mention) == Some(one.total.micrograys()));
        let (Some(mention), None) = (own.next(), own.next()) else {
            return Vec::new();
        };
        events.push((mention.start, Event::Dose(i)));
    }
    events.sort_by_key(|(place, _)| *place);
    if held.len() < 2 || events.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for pair in events.chunks(2) {
        let (dose, volume) = match pair {
            [(_, Event::Dose(dose)), (_, Event::Volume(volume))]
            | [(_, Event::Volume(volume)), (_, Event::Dose(dose))] => (*dose, *volume),
            _ => return Vec::new(),
        };
        // all in one order: names first, or doses first
        if matches!(pair[0].1, Event::Dose(_)) != matches!(events[0].1, Event::Dose(_)) {
            return Vec::new();
        }
        if dose != volume {
            out.push((held[dose], held[volume].volume.clone()));
        }
    }
    out
}
