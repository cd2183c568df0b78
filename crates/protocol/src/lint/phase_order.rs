//! Whether a boost that is no external beam comes before or after it as the words of the order say.

use super::exchanged_doses::{Order, order_by};
use super::finding::Findings;
use super::reading::tokens;
use super::said_drugs::{contradiction, written};
use super::totals::BOOST;
use crate::model::place;
use crate::model::protocol::{PrescribedPhase, Protocol};
use crate::passage::token::{Token, without_hyphens};
use crate::statement::Status;
use chemorad::text::Text;

/// Words for what is no external beam.
const APART: &[&str] = &["contact", "brachytherapy", "intraoperative"];

/// Words for the external beam.
const BEAM: &[&str] = &[
    "radiotherapy",
    "chemoradiotherapy",
    "chemoradiation",
    "radiochemotherapy",
    "irradiation",
];

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, course) in place::of(&protocol.courses, "courses", |course| &course.id) {
        let phases = course.phases.iter().filter_map(|name| protocol.phase(name));
        let phases: Vec<&PrescribedPhase> = phases.collect();
        let [first, second] = phases.as_slice() else {
            continue;
        };
        let is_apart = |phase: &PrescribedPhase| phase.modality.value().map(|m| !m.adds_up());
        let (Some(first_apart), Some(second_apart)) = (is_apart(first), is_apart(second)) else {
            continue;
        };
        if first_apart == second_apart || course.order.status() != Status::Stated {
            continue;
        }
        for quote in course.order.quotes() {
            let words = without_hyphens(&tokens(&quote.text));
            let Some((boost_first, from, to)) = boost_is_first(&words) else {
                continue;
            };
            if boost_first != first_apart {
                let words = written(&quote.text, &words, from, to + 1);
                let held = Text::from(format!("{} before {}", first.name, second.name));
                let of = "the order of the phases";
                out.push(format!("{at}.order"), contradiction(of, words, held, quote));
            }
        }
    }
}

/// Whether a passage gives the boost first, with the words that say it.
fn boost_is_first(words: &[Token]) -> Option<(bool, usize, usize)> {
    let is = |word: &Token, list: &[&str]| list.contains(&word.text.as_str());
    let of_boost = |word: &Token| is(word, BOOST) || is(word, APART);
    // "first; the others after it": each is said of some patients
    if words.iter().any(|word| is(word, &[";", "others", "those"])) {
        return None;
    }
    for (at, word) in words.iter().enumerate() {
        if is(word, &["further", "additional", "extra"]) {
            continue;
        }
        let Some(order) = order_by(words, at) else {
            continue;
        };
        let ends = |word: &&Token| is(word, &[".", ";", ":"]);
        let before = words[..at].iter().enumerate().rev();
        let before = before.take_while(|(_, word)| !ends(word));
        let behind = words[at + 1..].iter().enumerate();
        let behind = behind.take_while(|(_, word)| !ends(word));
        let kind = |word: &Token| {
            if of_boost(word) {
                Some(true)
            } else {
                is(word, BEAM).then_some(false)
            }
        };
        let near = before.filter_map(|(at, word)| Some((at, kind(word)?)));
        let far = behind.filter_map(|(next, word)| Some((at + 1 + next, kind(word)?)));
        let (mut near, mut far) = (near.peekable(), far.peekable());
        let (Some((from, one)), Some((to, other))) = (near.peek().copied(), far.peek().copied())
        else {
            continue;
        };
        // the words on one side are of one of them alone
        if one == other || near.any(|(_, kind)| kind != one) || far.any(|(_, kind)| kind != other) {
            continue;
        }
        let as_written = order == Order::AsWritten;
        return Some((if as_written { one } else { other }, from, to));
    }
    None
}
