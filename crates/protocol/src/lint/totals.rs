//! Whether a dose is what its phase adds: "a boost to a total of 50.4 Gy" is not added to 45 Gy.

use std::rc::Rc;

use super::equation::results;
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::held_doses::{Held, doses_said, held, micrograys, part_of};
use super::reading::{mentions, tokens};
use crate::model::dose::PrescribedDose;
use crate::model::protocol::{PrescribedCourse, PrescribedPhase, Protocol};
use crate::passage::mention::Mention;
use crate::passage::token::Token;
use crate::statement::Statement;
use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::text::Text;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for one in &held(protocol) {
        let text = &one.quote.text;
        let all = mentions(text);
        let said: Vec<Words<'_>> = all
            .iter()
            .filter(|mention| micrograys(mention) == Some(one.total.micrograys()))
            .map(|mention| Words::around(text, mention, &all))
            .collect();
        if raised(protocol, one, &all, out) || said.is_empty() {
            continue;
        }
        cumulative(protocol, one, &said, out);
    }
}

/// The words say that a dose is what all phases come to.
pub(super) fn says_sum(text: &str, mention: &Mention, all: &[Mention]) -> bool {
    let words = Words::around(text, mention, all);
    matches!(words.meaning(), Some(Meaning::Sum | Meaning::Total))
}

/// The words of a dose, with those before and behind it in its part of the passage.
pub(super) struct Words<'t> {
    text: &'t str,
    pub(super) mention: &'t Mention,
    /// The passage says in plain words which dose they are said of.
    is_cut: bool,
    before: Rc<[Token]>,
    behind: Rc<[Token]>,
}

impl<'t> Words<'t> {
    pub(super) fn around(text: &'t str, mention: &'t Mention, all: &[Mention]) -> Self {
        let part = part_of(text, mention, all);
        let is_cut = part.is_some();
        // what stands between two doses may be said of either
        let part = part.unwrap_or_else(|| {
            let doses = doses_said(all);
            let before = doses.iter().rfind(|dose| dose.end <= mention.start);
            let behind = doses.iter().find(|dose| dose.start >= mention.end);
            before.map_or(0, |dose| dose.end)..behind.map_or(text.len(), |dose| dose.start)
        });
        let cut = |from: usize, to: usize| tokens(text.get(from..to).unwrap_or_default());
        Self {
            text,
            mention,
            is_cut,
            before: cut(part.start, mention.start),
            behind: cut(mention.end, part.end),
        }
    }

    pub(super) fn written(&self) -> Text {
        self.text[self.mention.start..self.mention.end]
            .to_owned()
            .into()
    }

    pub(super) fn names_a_boost(&self) -> bool {
        let mut words = self.before.iter().chain(self.behind.iter());
        self.is_cut && words.any(|word| BOOST.contains(&word.text.as_str()))
    }

    /// What the words say that the dose is.
    fn meaning(&self) -> Option<Meaning> {
        let mut words = self.before.iter().rev().map(|word| word.text.as_str());
        let mut total = false;
        let mut cumulative = false;
        let mut before = words.next();
        while let Some(word) = before.filter(|word| LINKS.contains(word)) {
            total |= word == "total" || word == "final";
            cumulative |= ["cumulative", "overall"].contains(&word);
            before = words.next();
        }
        let to = before.is_some_and(|word| ["to", "until", "reaching"].contains(&word));
        before = words.next();
        // "bringing the cumulative dose to"
        while let Some(word) = before.filter(|word| to && LINKS.contains(word)) {
            total |= word == "total" || word == "final";
            cumulative |= ["cumulative", "overall"].contains(&word);
            before = words.next();
        }
        let raised = before.is_some_and(|word| RAISED.contains(&word));
        let is = |list: &[&str]| {
            let mut behind = self.behind.iter();
            behind.any(|word| list.contains(&word.text.as_str()))
        };
        let in_all = self
            .behind
            .windows(2)
            .any(|pair| pair[0] == "in" && ["all", "total"].contains(&pair[1].text.as_str()));
        if cumulative || in_all || is(&["altogether", "cumulative", "cumulatively"]) {
            return Some(Meaning::Sum);
        }
        if to && (total || raised) {
            return Some(Meaning::Sum);
        }
        if total {
            return Some(Meaning::Total);
        }
        let mut all = self.before.iter().chain(self.behind.iter());
        let of_boost = self.before.windows(2).any(|pair| {
            BOOST.contains(&pair[0].text.as_str())
                && ["of", "dose"].contains(&pair[1].text.as_str())
        }) || self
            .behind
            .first()
            .is_some_and(|word| BOOST.contains(&word.text.as_str()));
        let added = of_boost || all.any(|word| ADDED.contains(&word.text.as_str()));
        added.then_some(Meaning::Added)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// What the phase adds.
    Added,
    /// What all phases come to.
    Sum,
    /// A total: of the phase, or of all.
    Total,
}

pub(super) const BOOST: &[&str] = &["boost", "boosts", "boosted", "boosting"];

/// Words between "to" and the dose.
const LINKS: &[&str] = &[
    "of",
    "dose",
    "doses",
    "a",
    "an",
    "the",
    "total",
    "cumulative",
    "overall",
    "final",
    "=",
    ":",
    "(",
    "is",
    "was",
    "being",
    "tumour",
    "tumor",
    "radiation",
];

/// Before "to": the dose that follows is reached.
const RAISED: &[&str] = &[
    "up",
    "boost",
    "boosted",
    "raised",
    "increased",
    "escalated",
    "brought",
];

const ADDED: &[&str] = &[
    "additional",
    "additionally",
    "further",
    "extra",
    "another",
    "supplementary",
    "supplemental",
    "plus",
    "+",
    "added",
    "more",
];

/// The linear-quadratic model's usual range, in micrograys per fraction.
const LIKELY: core::ops::RangeInclusive<u64> = 1_000_000..=10_000_000;

/// What a volume gets before a phase.
struct Earlier {
    dose: u64,
    fractions: u32,
}

fn earlier(protocol: &Protocol, course: &PrescribedCourse, one: &Held<'_>) -> Option<Earlier> {
    let at = position(course, one.phase)?;
    let phases = course.phases.iter().take(at);
    let mut out = Earlier {
        dose: 0,
        fractions: 0,
    };
    for phase in phases.filter_map(|name| protocol.phase(name)) {
        if let Some((dose, fractions)) = dose_of(protocol, phase, one.volume) {
            out.dose = out.dose.saturating_add(dose.micrograys());
            out.fractions = out.fractions.saturating_add(fractions);
        }
    }
    Some(out)
}

pub(super) fn position(course: &PrescribedCourse, phase: &PrescribedPhase) -> Option<usize> {
    course.phases.iter().position(|name| *name == phase.name)
}

/// `from 45 Gy to 54 Gy`: what comes after the phases before ends at a total, held as what is added.
fn raised(protocol: &Protocol, one: &Held<'_>, all: &[Mention], out: &mut Findings) -> bool {
    if one.reason.is_some_and(subtracts) {
        return false;
    }
    let text = &one.quote.text;
    let words = tokens(text);
    let total = one.total.micrograys();
    let known = protocol.courses.iter().find_map(|course| {
        let at = position(course, one.phase)?;
        let before = course.phases.iter().take(at);
        let before = before.filter_map(|name| protocol.phase(name));
        let doses: u64 = before
            .filter_map(|phase| phase.doses.iter().find_map(PrescribedDose::exact))
            .map(|dose| dose.total().micrograys())
            .fold(0, u64::saturating_add);
        (0 < doses && doses < total).then_some(doses)
    });
    let Some(earlier) = known else {
        return false;
    };
    let gray = |word: &Token, unit: &Token| {
        let scale = match unit.text.as_str() {
            "gy" | "gray" => 1_000_000,
            "cgy" => 10_000,
            _ => return None,
        };
        let scaled = word.number?.checked_mul(Decimal::from(scale))?;
        u64::try_from(scaled.to_integer()?).ok()
    };
    let found = words.windows(6).find(|window| {
        let [from, first, unit, to, second, again] = window else {
            return false;
        };
        let begins = ["from", "after", "at", "beyond"].contains(&from.text.as_str());
        let until = ["to", "until"].contains(&to.text.as_str());
        begins && until && gray(first, unit) == Some(earlier) && gray(second, again) == Some(total)
    });
    let (Some([_, _, _, _, from, to]), Ok(earlier)) =
        (found, AbsorbedDose::from_micrograys(earlier))
    else {
        return false;
    };
    // said of one dose alone
    let others = all.iter().filter(|mention| {
        micrograys(mention) == Some(total) && !(mention.start..mention.end).contains(&from.start)
    });
    if others.count() > 0 {
        return false;
    }
    let words = text.get(from.start..to.end).unwrap_or_default();
    out.push(
        one.at.as_str(),
        ProtocolFault::CumulativeDose {
            words: words.to_owned().into(),
            dose: one.total,
            earlier,
            quote: one.quote.clone(),
        },
    );
    true
}

/// A dose that the words say comes to a total, or may, held as what is added.
fn cumulative(protocol: &Protocol, one: &Held<'_>, said: &[Words<'_>], out: &mut Findings) {
    // "95.4 Gy - 45 Gy = 50.4 Gy"
    if one.reason.is_some_and(subtracts) {
        return;
    }
    let total = one.total.micrograys();
    let before = protocol.courses.iter().find_map(|course| {
        let earlier = earlier(protocol, course, one)?;
        (0 < earlier.dose && earlier.dose < total).then_some((course, earlier))
    });
    let Some((course, earlier)) = before else {
        return;
    };
    let Ok(before) = AbsorbedDose::from_micrograys(earlier.dose) else {
        return;
    };
    let meanings: Vec<Option<Meaning>> = said.iter().map(Words::meaning).collect();
    let has = |wanted: Meaning| meanings.contains(&Some(wanted));
    let (Some(first), false) = (said.first(), has(Meaning::Added)) else {
        return;
    };
    // the rest in the rest of the fractions
    let rest = u64::from(one.fractions.saturating_sub(earlier.fractions));
    let each = (total - earlier.dose).checked_div(rest);
    let is_likely = each.is_some_and(|each| LIKELY.contains(&each));
    let words = first.written();
    let quote = one.quote.clone();
    if meanings
        .iter()
        .all(|meaning| *meaning == Some(Meaning::Sum))
        || (has(Meaning::Total) && (is_likely || says(one, total - earlier.dose)))
    {
        out.push(
            one.at.as_str(),
            ProtocolFault::CumulativeDose {
                words,
                dose: one.total,
                earlier: before,
                quote,
            },
        );
        return;
    }
    let sum = total.saturating_add(earlier.dose);
    if is_likely && !says_dose(protocol, course, sum) {
        let Ok(sum) = AbsorbedDose::from_micrograys(sum) else {
            return;
        };
        out.push(
            one.at.as_str(),
            ProtocolFault::AddedOrTotal {
                words,
                dose: one.total,
                earlier: before,
                sum,
                quote,
            },
        );
    }
}

/// The passage of a dose says another one too.
fn says(one: &Held<'_>, dose: u64) -> bool {
    let said = mentions(&one.quote.text);
    said.iter().any(|mention| micrograys(mention) == Some(dose))
}

fn subtracts(reason: &Text) -> bool {
    let words = tokens(reason);
    let spaced = |pair: &[Token]| pair[0] == "-" && pair[0].spaced && pair[1].spaced;
    results(reason).is_some() && words.windows(2).any(spaced)
}

/// A passage of the course says this dose.
fn says_dose(protocol: &Protocol, course: &PrescribedCourse, dose: u64) -> bool {
    let phases = course.phases.iter().filter_map(|name| protocol.phase(name));
    let doses = phases.flat_map(|phase| &phase.doses).chain(&course.totals);
    let mut texts: Vec<Text> = doses
        .flat_map(|dose| dose.fractionation.quotes())
        .map(|quote| quote.text)
        .collect();
    texts.push(course.quote.text.clone());
    texts.iter().any(|text| {
        let said = mentions(text);
        said.iter().any(|mention| micrograys(mention) == Some(dose))
    })
}

/// What a volume gets of a phase: its own dose, or that of the volume it lies in; and in how many fractions.
pub(super) fn dose_of(
    protocol: &Protocol,
    phase: &PrescribedPhase,
    volume: &Text,
) -> Option<(AbsorbedDose, u32)> {
    let mut name = volume;
    for _ in 0..=protocol.volumes.len() {
        let own = phase.doses.iter().find(|dose| dose.volume == *name);
        if let Some(dose) = own.and_then(PrescribedDose::exact) {
            return Some((dose.total(), dose.fractions().get()));
        }
        let outer = protocol
            .volumes
            .iter()
            .find(|volume| volume.name == *name)?;
        name = outer.inside.as_ref().and_then(Statement::value)?;
    }
    None
}
