//! Whether the doses of the words are those of the volumes, and of the phase alone: 45 Gy to the pelvis and
//! 50.4 Gy to the tumour bed are not exchanged, and "a boost to a total of 50.4 Gy" is not added to 45 Gy.

use super::fault::ProtocolFault;
use super::finding::Findings;
use crate::model::dose::PrescribedDose;
use crate::model::place;
use crate::model::protocol::{PrescribedCourse, PrescribedPhase, PrescribedVolume, Protocol};
use crate::passage::mention::{DoseUnit, Mention, Said};
use crate::passage::mentions::mentions;
use crate::passage::token::{Token, tokens};
use crate::statement::{Quote, Statement, Status};
use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let held = held(protocol);
    for one in &held {
        let shares = |other: &Text| {
            let same = |held: &Held<'_>| held.quote.text == one.quote.text;
            held.iter().any(|held| same(held) && held.volume == other)
        };
        // a passage of both may call this one by another name
        if let Some(other) = another_volume(protocol, one).filter(|other| !shares(other)) {
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
    for one in &held {
        cumulative(protocol, one, out);
    }
}

/// A stated dose of a phase to one volume.
struct Held<'p> {
    at: String,
    phase: &'p PrescribedPhase,
    volume: &'p Text,
    total: AbsorbedDose,
    quote: Quote,
}

fn held(protocol: &Protocol) -> Vec<Held<'_>> {
    let mut out = Vec::new();
    for (at, phase) in place::of(&protocol.phases, "phases", |phase| &phase.name) {
        for (at, dose) in place::of(&phase.doses, &format!("{at}.doses"), |dose| &dose.volume) {
            let is_stated = dose.fractionation.status() == Status::Stated;
            let quote = dose.fractionation.quotes().into_iter().next();
            let (Some(one), Some(quote)) = (dose.exact().filter(|_| is_stated), quote) else {
                continue;
            };
            out.push(Held {
                at: format!("{at}.fractionation"),
                phase,
                volume: &dose.volume,
                total: one.total(),
                quote,
            });
        }
    }
    out
}

/// The words that a volume has in the text; none where they are derived, as the text may not have them.
fn called(volume: &PrescribedVolume) -> Option<Vec<Token>> {
    let words = volume
        .called
        .value()
        .filter(|_| volume.called.status() == Status::Stated)?;
    let words = tokens(words);
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

fn micrograys(mention: &Mention) -> Option<u64> {
    let (dose, per_gray) = match &mention.said {
        Said::Dose(dose, DoseUnit::Gray) => (dose, 1_000_000),
        Said::Dose(dose, DoseUnit::Centigray) => (dose, 10_000),
        _ => return None,
    };
    let scaled = dose
        .low
        .checked_mul(Decimal::from(per_gray))?
        .to_integer()?;
    (dose.low == dose.high).then(|| u64::try_from(scaled).ok())?
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
        for (one, other) in wrong_pairs(protocol, text, &of_passage) {
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
        let Some(words) = volume.and_then(called) else {
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

/// A boost that the words say comes to a total, held as what is added.
fn cumulative(protocol: &Protocol, one: &Held<'_>, out: &mut Findings) {
    let said = mentions(&one.quote.text);
    let mut own = said
        .iter()
        .filter(|mention| micrograys(mention) == Some(one.total.micrograys()))
        .peekable();
    let Some(first) = own.peek().map(|mention| (mention.start, mention.end)) else {
        return;
    };
    if !own.all(|mention| comes_to(&one.quote.text[..mention.start])) {
        return;
    }
    let before = |course: &PrescribedCourse| -> Option<AbsorbedDose> {
        let at = course
            .phases
            .iter()
            .position(|name| *name == one.phase.name)?;
        let earlier = course
            .phases
            .iter()
            .take(at)
            .filter_map(|name| protocol.phase(name));
        let doses = earlier.filter_map(|phase| dose_of(protocol, phase, one.volume));
        let sum: u64 = doses.map(AbsorbedDose::micrograys).sum();
        (0 < sum && sum < one.total.micrograys())
            .then(|| AbsorbedDose::from_micrograys(sum).ok())?
    };
    let earlier = protocol.courses.iter().find_map(before);
    if let Some(earlier) = earlier {
        out.push(
            one.at.as_str(),
            ProtocolFault::CumulativeDose {
                words: one.quote.text[first.0..first.1].to_owned().into(),
                dose: one.total,
                earlier,
                quote: one.quote.clone(),
            },
        );
    }
}

/// What a volume gets of a phase: its own dose, or that of the volume it lies in.
fn dose_of(protocol: &Protocol, phase: &PrescribedPhase, volume: &Text) -> Option<AbsorbedDose> {
    let mut name = volume;
    for _ in 0..=protocol.volumes.len() {
        let own = phase.doses.iter().find(|dose| dose.volume == *name);
        if let Some(dose) = own.and_then(PrescribedDose::exact) {
            return Some(dose.total());
        }
        let outer = protocol
            .volumes
            .iter()
            .find(|volume| volume.name == *name)?;
        name = outer.inside.as_ref().and_then(Statement::value)?;
    }
    None
}

/// Words that end in "to a total of", "to a cumulative dose of", "up to", "boosted to".
fn comes_to(before: &str) -> bool {
    let tokens = tokens(before);
    let mut words = tokens
        .iter()
        .rev()
        .map(|token| token.text.as_str())
        .peekable();
    let mut total = false;
    while let Some(word) = words
        .next_if(|word| ["of", "dose", "a", "the", "total", "cumulative", "overall"].contains(word))
    {
        total |= ["total", "cumulative", "overall"].contains(&word);
    }
    if words.next() != Some("to") {
        return false;
    }
    total
        || words
            .next()
            .is_some_and(|word| ["up", "boost", "boosted", "raised", "increased"].contains(&word))
}
