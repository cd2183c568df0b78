//! A drug and what the quotes of its values say of it.

use core::ops::Range;
use std::rc::Rc;

use chemorad::number::Decimal;
use chemorad::quantity::{IntensityPerAdministration, IntensityPerDay};

use super::fault::ProtocolFault;
use super::reading::{mentions, tokens};
use super::segments::{says_next, segments};
use crate::model::day_numbers::DayNumbers;
use crate::model::drug::DrugRegimen;
use crate::model::drug_days::{DrugDays, Infusion};
use crate::model::drug_dose::DrugDose;
use crate::model::protocol::Protocol;
use crate::passage::drug_name::canonical;
use crate::passage::mention::{AmountUnit, Mention, Said};
use crate::statement::{Quote, Statement};

/// What a quote says, with the quote.
pub(super) struct Read {
    pub(super) quote: Quote,
    pub(super) mentions: Rc<[Mention]>,
}

impl Read {
    /// Days that these words of it contradict.
    pub(super) fn other_days(&self, words: Range<usize>, days: &DrugDays) -> ProtocolFault {
        let words = self.quote.text.get(words).unwrap_or_default().trim();
        ProtocolFault::OtherDays {
            words: words.to_owned().into(),
            days: days.clone(),
            quote: self.quote.clone(),
        }
    }
}

/// The quotes of a value, read; those of a question ask.
pub(super) fn read<T>(statement: &Statement<T>) -> Vec<Read> {
    if statement.value().is_none() {
        return Vec::new();
    }
    let quotes = statement.quotes().into_iter();
    quotes
        .map(|quote| Read {
            mentions: mentions(&quote.text),
            quote,
        })
        .collect()
}

/// A drug with the name that passages are searched for.
pub(super) struct DrugPassage<'p> {
    pub(super) drug: &'p DrugRegimen,
    pub(super) name: String,
    /// The amounts of its other regimens: of one drug, a passage may say several stages.
    others: Vec<Decimal>,
}

impl<'p> DrugPassage<'p> {
    pub(super) fn new(drug: &'p DrugRegimen) -> Self {
        let name = drug.drug.value().unwrap_or(&drug.id);
        Self {
            drug,
            name: canonical(name),
            others: Vec::new(),
        }
    }

    /// With the other regimens of the drug.
    pub(super) fn of(protocol: &'p Protocol, drug: &'p DrugRegimen) -> Self {
        let mut out = Self::new(drug);
        let regimens = protocol.drugs.iter().filter(|other| other.id != drug.id);
        let same = regimens.filter(|other| Self::new(other).name == out.name);
        out.others = same.flat_map(amounts).collect();
        out
    }

    /// The mentions of this drug and those that name none; of a passage that names only other drugs, all, as
    /// it may call this one by another name. Where the passage says several regimens of the drug, those of this
    /// one.
    pub(super) fn own<'m>(&self, read: &'m Read) -> impl Iterator<Item = &'m Mention> {
        let named = read
            .mentions
            .iter()
            .any(|mention| mention.drug.as_deref() == Some(self.name.as_str()));
        let several = read
            .mentions
            .iter()
            .filter_map(|mention| mention.drug.as_deref())
            .any(|drug| drug != self.name);
        let name = self.name.clone();
        let stage = self.stage(read);
        read.mentions
            .iter()
            .filter(move |mention| {
                stage
                    .as_ref()
                    .is_none_or(|stage| stage.contains(&mention.start))
            })
            .filter(move |mention| match &mention.drug {
                Some(drug) => *drug == name || !(named && several),
                None => true,
            })
    }

    /// Of stretches of days over which one infusion runs, the days on which it begins: `over 96 h, days 1-4 and 29-32`
    /// begins on days 1 and 29.
    pub(super) fn is_begun_on(&self, days: &DayNumbers, list: &[(u32, u32)]) -> bool {
        let infusion = self.drug.infusion.as_ref().and_then(Statement::value);
        let hours = infusion.copied().and_then(Infusion::hours);
        let Some(hours) = hours.map(u32::from) else {
            return false;
        };
        let runs_over = |(first, last): &(u32, u32)| {
            let days = last
                .checked_sub(*first)
                .and_then(|days| days.checked_add(1));
            first < last && days.and_then(|days| days.checked_mul(24)) == Some(hours)
        };
        let all = !list.is_empty() && list.iter().all(runs_over);
        // an amount of each day is given on all of them
        let is_one = self.drug.intensity_per_day.is_none();
        let first = list.iter().map(|(first, _)| *first);
        all && is_one && days.iter().map(u32::from).eq(first)
    }

    /// The part of a passage that says this regimen, where others of the drug have parts of their own.
    pub(super) fn stage(&self, read: &Read) -> Option<Range<usize>> {
        let text = &read.quote.text;
        let mut heads: Vec<(&Mention, Decimal)> = Vec::new();
        for mention in read.mentions.iter() {
            let of_this = mention.drug.as_ref().is_none_or(|drug| *drug == self.name);
            let Some(amount) = amount_said(&mention.said).filter(|_| of_this) else {
                continue;
            };
            match heads.last() {
                // the levels of one list are no stages
                Some((last, _)) if last.start == mention.start => return None,
                _ => heads.push((mention, amount)),
            }
        }
        let own = amounts(self.drug);
        let mut is_own = heads
            .iter()
            .enumerate()
            .filter(|(_, (_, amount))| own.contains(amount));
        let (at, _) = is_own.next()?;
        if is_own.next().is_some() || !heads.iter().any(|(_, amount)| self.others.contains(amount))
        {
            return None;
        }
        let mentions: Vec<&Mention> = heads.iter().map(|(mention, _)| *mention).collect();
        let parts = segments(text, &mentions, &read.mentions);
        let says_days = |part: &Range<usize>| {
            let mut inside = read.mentions.iter().filter(|m| part.contains(&m.start));
            inside.any(|mention| names_days(&mention.said))
        };
        let apart = parts.iter().all(says_days)
            || says_next(text)
            || parts
                .iter()
                .any(|part| text.get(part.clone()).is_some_and(says_first));
        parts.into_iter().nth(at).filter(|_| apart)
    }
}

/// `loading dose`, `initial dose`: said of one administration.
pub(super) fn says_first(text: &str) -> bool {
    const FIRST: &[&str] = &["loading", "initial", "load"];
    let words = tokens(text);
    words.iter().any(|word| FIRST.contains(&word.text.as_str()))
}

/// Words of this kind say on which days.
pub(super) const fn names_days(said: &Said) -> bool {
    matches!(
        said,
        Said::Days(_)
            | Said::DaysPerWeek(_)
            | Said::FractionNumbers(_)
            | Said::AdministrationsPerWeek(_)
            | Said::WeekNumbers(_)
            | Said::Cycle(..)
    )
}

/// The numbers of the amounts of a regimen, in mg/m2, mg, mg/kg or of the area under the curve.
pub(super) fn amounts(drug: &DrugRegimen) -> Vec<Decimal> {
    let milligrams = |nanograms: u64| Decimal::new(nanograms.into(), -6);
    let single = drug
        .intensity()
        .map(IntensityPerAdministration::nanograms_per_square_meter);
    let daily = drug
        .intensity_per_day()
        .map(IntensityPerDay::nanograms_per_square_meter);
    let other = drug.dose.as_ref().and_then(Statement::value);
    let per_area = single.into_iter().chain(daily).filter_map(milligrams);
    per_area.chain(other.map(DrugDose::number)).collect()
}

pub(super) fn amount_said(said: &Said) -> Option<Decimal> {
    let Said::Intensity { amount, unit, .. } = said else {
        return None;
    };
    let thousand = matches!(unit, AmountUnit::Gram | AmountUnit::GramPerSquareMeter);
    let scale = Decimal::from(if thousand { 1000 } else { 1 });
    amount.low.checked_mul(scale)
}
