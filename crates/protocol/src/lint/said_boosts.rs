//! A boost beside another dose: volumes that the words name with the other dose are not those of the boost.

use super::finding::Findings;
use super::held_doses::{Held, doses_said, held, names_in, part_of};
use super::reading::{mentions, tokens};
use super::said_drugs::contradiction;
use super::totals::{BOOST, position};
use crate::model::protocol::Protocol;
use crate::passage::mention::Mention;
use crate::statement::Statement;
use chemorad::text::Text;

/// A boost is held of a whole volume that a phase before irradiates, though a smaller one lies inside.
pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for one in &held(protocol) {
        let smaller = protocol.volumes.iter().any(|volume| {
            let outer = volume.inside.as_ref().and_then(Statement::value);
            outer == Some(one.volume)
        });
        let repeated = protocol.courses.iter().any(|course| {
            let before = course
                .phases
                .iter()
                .take(position(course, one.phase).unwrap_or(0));
            let mut before = before.filter_map(|name| protocol.phase(name));
            before.any(|phase| phase.doses.iter().any(|dose| dose.volume == *one.volume))
        });
        if smaller && repeated && is_boost_beside(one) && !names_its_own(protocol, one) {
            let words = Text::from("boost".to_owned());
            let fault = contradiction("the volume", words, one.volume.clone(), one.quote.clone());
            out.push(one.at.as_str(), fault);
        }
    }
}

/// Words that end what is said of a dose.
const ENDS: &[&str] = &[
    ";",
    ".",
    ",",
    "+",
    "and",
    "then",
    "followed",
    "with",
    "after",
    "following",
    "plus",
];

/// The words call a dose a boost, and name another dose too.
pub(super) fn is_boost_beside(one: &Held<'_>) -> bool {
    let text = &one.quote.text;
    let all = mentions(text);
    let Some(mention) = one.said(&all) else {
        return false;
    };
    doses_said(&all).len() > 1 && is_boost(text, mention)
}

fn is_boost(text: &str, dose: &Mention) -> bool {
    let words = tokens(text);
    let named = |word: &str| BOOST.contains(&word);
    let before = words.iter().rev().filter(|word| word.end <= dose.start);
    let mut before = before
        .take(8)
        .take_while(|word| word.number.is_none() && word.text != "." && word.text != ";");
    if before.any(|word| named(&word.text)) {
        return true;
    }
    let behind = words.iter().filter(|word| word.start >= dose.end).take(8);
    let mut behind = behind.take_while(|word| !ENDS.contains(&word.text.as_str()));
    behind.any(|word| named(&word.text))
}

/// The words of the boost name the volume that is held: "a boost to the whole pelvis".
fn names_its_own(protocol: &Protocol, one: &Held<'_>) -> bool {
    let text = &one.quote.text;
    let all = mentions(text);
    let Some(mention) = one.said(&all) else {
        return true;
    };
    let part = part_of(text, mention, &all).unwrap_or(mention.start..text.len());
    let named = names_in(protocol, &tokens(text));
    named
        .iter()
        .any(|(at, name)| part.contains(at) && *name == one.volume)
}
