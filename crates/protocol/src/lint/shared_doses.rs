//! Whether each mention of a passage serves one phase of a course: two phases do not rest on a dose or on fractions
//! that are said once.

use super::fault::ProtocolFault;
use super::field::Field;
use super::finding::Findings;
use super::matching::matched;
use super::quoted_numbers::{RequiredNumber, required};
use super::reading::mentions;
use super::shared_words::is_said_of_each;
use super::support::{Support, numbers_of};
use crate::model::dose::PrescribedFractionation;
use crate::model::place;
use crate::model::protocol::{PrescribedCourse, Protocol};
use crate::model::value::AsValue;
use crate::passage::mention::{Mention, Said};
use crate::statement::{Quote, Status};
use chemorad::radiotherapy::Fractionation;
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let mut reported: Vec<(String, Text)> = Vec::new();
    for course in &protocol.courses {
        of_phases(protocol, course, &mut reported, out);
    }
}

/// A phase with its stated fractionations of one passage.
struct Part<'p> {
    phase: &'p Text,
    at: String,
    quote: Quote,
    doses: Vec<Fractionation>,
}

fn of_phases(
    protocol: &Protocol,
    course: &PrescribedCourse,
    reported: &mut Vec<(String, Text)>,
    out: &mut Findings,
) {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (at, phase) in place::of(&protocol.phases, "phases", |phase| &phase.name) {
        if !course.phases.contains(&phase.name) {
            continue;
        }
        for (at, dose) in place::of(&phase.doses, &format!("{at}.doses"), |d| &d.volume) {
            let stated = dose.fractionation.status() == Status::Stated;
            // a choice and a range name several, of which one is given
            let one = match dose.fractionation.value() {
                Some(PrescribedFractionation::Exact(one)) if stated => *one,
                _ => continue,
            };
            let Some(quote) = dose.fractionation.quotes().into_iter().next() else {
                continue;
            };
            let same =
                |part: &&mut Part<'_>| *part.phase == phase.name && part.quote.text == quote.text;
            match parts.iter_mut().find(same) {
                Some(part) => part.doses.push(one),
                None => parts.push(Part {
                    phase: &phase.name,
                    at: format!("{at}.fractionation"),
                    quote,
                    doses: vec![one],
                }),
            }
        }
    }
    for (i, part) in parts.iter().enumerate() {
        let text = &part.quote.text;
        let of_passage: Vec<&Part<'_>> = parts
            .iter()
            .filter(|other| other.quote.text == *text)
            .collect();
        let first = parts.iter().position(|other| other.quote.text == *text);
        if first == Some(i) && of_passage.len() > 1 && !is_said_of_each(text) {
            of_one_passage(&of_passage, reported, out);
        }
    }
}

/// What a fractionation needs of its words.
type Needed<'n> = &'n dyn Fn(&Fractionation) -> Vec<RequiredNumber>;

/// Words of one kind.
type Takes = fn(&Said) -> bool;

fn of_one_passage(parts: &[&Part<'_>], reported: &mut Vec<(String, Text)>, out: &mut Findings) {
    let Some(text) = parts.first().map(|part| part.quote.text.clone()) else {
        return;
    };
    let all = mentions(&text);
    let unread = Support::unread(&text, Field::Fractionation);
    let total = |one: &Fractionation| required(one.total().as_value());
    let count = |one: &Fractionation| vec![RequiredNumber::count(one.fractions().get())];
    let each = |one: &Fractionation| {
        one.dose_per_fraction()
            .map(|dose| required(dose.as_value()))
            .unwrap_or_default()
    };
    let bears = |mention: &Mention, needed: &[RequiredNumber]| {
        let numbers = numbers_of(mention);
        needed
            .iter()
            .any(|number| number.missing(&numbers).is_none())
    };
    let words = |part: &Part<'_>, takes: Takes, needed: Needed<'_>| {
        let needed: Vec<RequiredNumber> = part.doses.iter().flat_map(needed).collect();
        let free = needed
            .iter()
            .any(|number| number.missing(&unread).is_none());
        let words = all.iter().enumerate();
        let words = words.filter(|(_, mention)| takes(&mention.said) && bears(mention, &needed));
        (free, words.map(|(i, _)| i).collect::<Vec<usize>>())
    };
    let is_dose: Takes = |said| matches!(said, Said::Dose(..) | Said::DosePerFraction(..));
    let is_count: Takes = |said| matches!(said, Said::Fractions(_));
    let is_each: Takes = |said| matches!(said, Said::DosePerFraction(..));
    let totals: Vec<_> = parts
        .iter()
        .map(|part| words(part, is_dose, &total))
        .collect();
    let counts: Vec<_> = parts
        .iter()
        .map(|part| words(part, is_count, &count))
        .collect();
    let exclusive = |words: &[(bool, Vec<usize>)]| -> Vec<Vec<usize>> {
        words.iter().map(|(_, words)| words.clone()).collect()
    };
    let served_totals = matched(&exclusive(&totals), all.len());
    let served_counts = matched(&exclusive(&counts), all.len());
    for (i, part) in parts.iter().enumerate() {
        // "in fractions of 1.8 Gy" may be said of several phases
        let (free_each, each) = words(part, is_each, &each);
        let each = usize::from(free_each || !each.is_empty());
        let borne = |all: &[(bool, Vec<usize>)]| usize::from(all[i].0 || !all[i].1.is_empty());
        let alone = |all: &[(bool, Vec<usize>)], served: &[Option<usize>]| {
            usize::from(all[i].0 || served[i].is_some())
        };
        let together = each + borne(&totals) + borne(&counts);
        let own = each + alone(&totals, &served_totals) + alone(&counts, &served_counts);
        // two of total, fractions and dose per fraction make the third
        if together < 2 || own >= 2 {
            continue;
        }
        let unserved = |all: &[(bool, Vec<usize>)], served: &[Option<usize>]| {
            let free = all[i].0 || served[i].is_some();
            all[i].1.first().copied().filter(|_| !free)
        };
        let (word, served) = match unserved(&totals, &served_totals) {
            Some(word) => (Some(word), &served_totals),
            None => (unserved(&counts, &served_counts), &served_counts),
        };
        let Some(word) = word else { continue };
        let holder = served.iter().position(|served| *served == Some(word));
        let Some(holder) = holder.map(|holder| parts[holder].phase) else {
            continue;
        };
        let known = (part.at.clone(), holder.clone());
        if reported.contains(&known) {
            continue;
        }
        reported.push(known);
        out.push(
            &part.at,
            ProtocolFault::SharedWords {
                words: text[all[word].start..all[word].end].to_owned().into(),
                other: holder.clone(),
                quote: part.quote.clone(),
            },
        );
    }
}
