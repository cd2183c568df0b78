//! Whether a boost lies in what was irradiated before, and comes after it.

use super::exchanged_doses::is_first;
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::held_doses::{Held, held};
use super::reading::{mentions, tokens};
use super::segments::says_next;
use super::totals::{BOOST, Words, dose_of, position};
use crate::model::protocol::{PrescribedCourse, PrescribedPhase, Protocol};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for one in &held(protocol) {
        let text = &one.quote.text;
        let all = mentions(text);
        let Some(mention) = one.said(&all) else {
            continue;
        };
        let words = Words::around(text, mention, &all);
        if !words.names_a_boost() {
            continue;
        }
        let mut courses = protocol.courses.iter();
        let fault = courses.find_map(|course| boost_alone(protocol, course, one, &words));
        if let Some(fault) = fault {
            out.push(one.at.as_str(), fault);
        }
    }
}

/// A boost of a volume that the phases before do not irradiate, or one that comes before them.
fn boost_alone(
    protocol: &Protocol,
    course: &PrescribedCourse,
    one: &Held<'_>,
    words: &Words<'_>,
) -> Option<ProtocolFault> {
    let at = position(course, one.phase)?;
    let external = |phase: &PrescribedPhase| phase.modality.value().is_none_or(|m| m.adds_up());
    if course.phases.len() < 2 || !external(one.phase) {
        return None;
    }
    if at == 0 {
        return comes_first(protocol, course, one, words);
    }
    let outer = protocol
        .volumes
        .iter()
        .find(|volume| volume.name == *one.volume)?;
    // where it lies is asked
    if outer
        .inside
        .as_ref()
        .is_some_and(|inside| inside.value().is_none())
    {
        return None;
    }
    let mut before = course.phases[..at]
        .iter()
        .filter_map(|name| protocol.phase(name));
    let is_apart = before.all(|phase| {
        phase.doses.iter().all(|dose| dose.exact().is_some())
            && dose_of(protocol, phase, one.volume).is_none()
    });
    is_apart.then(|| ProtocolFault::BoostAlone {
        words: words.written(),
        volume: one.volume.clone(),
        quote: one.quote.clone(),
    })
}

/// Words that put something before something else.
const FIRST: &[&str] = &[
    "before",
    "prior",
    "preceded",
    "preceding",
    "first",
    "initial",
    "initially",
    "upfront",
    "after",
];

/// The first phase is a boost, and no words say that it comes first.
fn comes_first(
    protocol: &Protocol,
    course: &PrescribedCourse,
    one: &Held<'_>,
    words: &Words<'_>,
) -> Option<ProtocolFault> {
    let next = course.phases.get(1).and_then(|name| protocol.phase(name))?;
    let all = held(protocol);
    let other = all.iter().find(|other| other.phase.name == next.name)?;
    let puts_first = |text: &str| {
        let words = tokens(text);
        words.iter().any(|word| FIRST.contains(&word.text.as_str()))
    };
    if puts_first(&one.quote.text) || puts_first(&other.quote.text) {
        return None;
    }
    let mut quotes = [&one.quote, &other.quote].into_iter();
    if let Some(first) = quotes.find_map(|quote| is_first(protocol, quote, one, other)) {
        return (!first).then(|| ProtocolFault::BoostFirst {
            words: words.written(),
            other: next.name.clone(),
            quote: one.quote.clone(),
        });
    }
    let same = one.quote.text == other.quote.text;
    let is_later = if same {
        let said = mentions(&other.quote.text);
        other
            .said(&said)
            .is_some_and(|mention| mention.start < words.mention.start)
    } else {
        // "followed by a boost" in a passage of its own
        !says_next(&other.quote.text)
            && !tokens(&other.quote.text)
                .iter()
                .any(|word| BOOST.contains(&word.text.as_str()))
    };
    is_later.then(|| ProtocolFault::BoostFirst {
        words: words.written(),
        other: next.name.clone(),
        quote: one.quote.clone(),
    })
}
