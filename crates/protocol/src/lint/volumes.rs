//! Whether the doses of the words are those of the volumes: 45 Gy to the pelvis and 50.4 Gy to the tumour bed are
//! not exchanged.

use std::rc::Rc;

use super::fault::ProtocolFault;
use super::finding::Findings;
use super::held_doses::{
    Held, called_in_words, held, micrograys, micrograys_of, names_in, part_of, places_of,
};
use super::reading::{mentions, tokens};
use super::said_boosts::is_boost_beside;
use crate::model::protocol::{PrescribedVolume, Protocol};
use crate::passage::mention::{Mention, Said};
use crate::passage::token::Token;
use crate::statement::Status;
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

/// The words that a volume has in the text; none where they are derived, as the text may not have them.
fn called(volume: &PrescribedVolume) -> Option<Rc<[Token]>> {
    let words = volume
        .called
        .value()
        .filter(|_| volume.called.status() == Status::Stated)?;
    let words = tokens(words);
    (!words.is_empty()).then_some(words)
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
