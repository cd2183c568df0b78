//! The doses that phases hold, and what their passages say of each.

use core::ops::Range;
use std::rc::Rc;

use super::reading::tokens;
use super::segments::segments;
use crate::model::place;
use crate::model::protocol::{PrescribedPhase, PrescribedVolume, Protocol};
use crate::passage::mention::{DoseUnit, Mention, Said};
use crate::passage::token::Token;
use crate::statement::{Quote, Statement, Status};
use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;
use chemorad::text::Text;

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

pub(super) fn micrograys(mention: &Mention) -> Option<u64> {
    let is_total = matches!(mention.said, Said::Dose(..));
    micrograys_of(mention).filter(|_| is_total)
}

/// Those of a total, or of a fraction.
pub(super) fn micrograys_of(mention: &Mention) -> Option<u64> {
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

/// The words that a volume has, those too that a reason gives it: for texts that have them.
pub(super) fn called_in_words(volume: &PrescribedVolume) -> Option<Rc<[Token]>> {
    let words = tokens(volume.called.value()?);
    (!words.is_empty()).then_some(words)
}

/// Where words begin in a text, by tokens.
pub(super) fn places_of(words: &[Token], text: &[Token]) -> Vec<usize> {
    let same = |(one, other): (&Token, &Token)| one.text == other.text;
    let windows = text.windows(words.len()).enumerate();
    let found = windows.filter(|(_, window)| window.iter().zip(words).all(same));
    found.map(|(at, _)| at).collect()
}
