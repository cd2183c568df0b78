//! Whether the quoted words bear the values they are quoted for.

use std::collections::HashMap;

use super::bearing::{bearing, times_said};
use super::continuous::says_continuous;
use super::fault::ProtocolFault;
use super::finding::Findings;
use super::number::{Kind, Number};
use super::open_values;
use super::passage_days::{contradicts, fits_days};
use super::quoted_numbers::{required, required_by_metric};
use super::reading::{mentions, numbers};
use super::reasons;
use crate::model::drug::DrugRegimen;
use crate::model::drug_days::Infusion;
use crate::model::place;
use crate::model::protocol::Protocol;
use crate::model::statements::StatementView;
use crate::model::value::Value;
use crate::passage::mention::{InfusionTime, Mention, Per, Said, SaidDays};
use crate::statement::{Quote, Status};
use chemorad::number::Decimal;

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let views = protocol.statements();
    let drugs: Vec<(String, &DrugRegimen)> = place::of(&protocol.drugs, "drugs", |drug| &drug.id);
    for view in &views {
        let of = |(at, _): &&(String, &DrugRegimen)| {
            let rest = view.at.strip_prefix(at.as_str());
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        let drug = drugs.iter().find(of).map(|(_, drug)| *drug);
        match view.status {
            Status::Stated => stated(view, drug, out),
            Status::Derived => reasons::derived(view, drug, out),
            Status::Unspecified => {
                open(view, out);
                open_values::lint(view, drug, out);
            }
        }
    }
    open_values::ambiguities(protocol, out);
    variants(protocol, &views, out);
}

/// `continuous infusion over 2 hours`: every infusion of the passage ends within a day.
fn is_short(text: &str) -> bool {
    let day = Decimal::from(24);
    let all = mentions(text);
    let mut short = all.iter().filter_map(|mention| match &mention.said {
        Said::Infusion(InfusionTime::Minutes(_)) => Some(true),
        Said::Infusion(InfusionTime::Hours(hours)) => {
            let rest = hours.high.checked_sub(day);
            Some(rest.is_some_and(Decimal::is_negative))
        }
        Said::Intensity {
            per: Per::Days(_) | Per::Hours(_) | Per::DayOrHours(_) | Per::Day | Per::Week,
            ..
        } => Some(false),
        _ => None,
    });
    short
        .next()
        .is_some_and(|first| first && short.all(|other| other))
}

fn stated(view: &StatementView<'_>, drug: Option<&DrugRegimen>, out: &mut Findings) {
    // an empty quote is the fault of the quote, which the basic check reports
    let Some(quote) = view.quotes.first().filter(|q| !q.text.trim().is_empty()) else {
        return;
    };
    let mut found = bearing(&quote.text, view, drug);
    // the column of a table names the metric: V45Gy
    let beside = numbers(&quote.locator);
    for number in view.contents.iter().copied().flat_map(required) {
        let missing = number.missing(&found);
        if let Some(missing) = missing.or_else(|| number.divided_otherwise(&found)) {
            out.push(
                &view.at,
                ProtocolFault::QuoteWithoutNumber {
                    missing,
                    quote: quote.clone(),
                },
            );
        }
    }
    let continuous = view
        .contents
        .contains(&Value::Infusion(Infusion::Continuous));
    if continuous && (!says_continuous(&quote.text) || is_short(&quote.text)) {
        out.push(
            &view.at,
            ProtocolFault::QuoteWithoutNumber {
                missing: vec![Infusion::Continuous.to_string()],
                quote: quote.clone(),
            },
        );
    }
    found.extend(beside.iter());
    for number in view.metric.into_iter().flat_map(required_by_metric) {
        if let Some(missing) = number.missing(&found) {
            out.push(
                &view.at,
                ProtocolFault::QuoteWithoutMetric {
                    missing,
                    quote: quote.clone(),
                },
            );
        }
    }
}

fn open(view: &StatementView<'_>, out: &mut Findings) {
    let Some(question) = view.question else {
        return;
    };
    for (choice, value) in question.choices.iter().zip(&view.contents) {
        if is_another(choice, *value) {
            let choice = choice.clone();
            out.push(&view.at, ProtocolFault::ChoiceWords { choice });
            continue;
        }
        let mut found = bearing(choice, view, None);
        // a number alone needs no "a week" behind it
        if choice.trim().parse::<Decimal>().is_ok() {
            found.extend(numbers(choice).iter());
        }
        // a choice in words says its value in words
        if found.is_empty() {
            continue;
        }
        for missing in required(*value)
            .iter()
            .filter_map(|number| number.missing(&found))
        {
            out.push(
                &view.at,
                ProtocolFault::ChoiceNumber {
                    choice: choice.clone(),
                    missing,
                },
            );
        }
    }
}

/// The words of a choice say another value than the one that is held.
fn is_another(choice: &str, value: Value<'_>) -> bool {
    let said = mentions(choice);
    match value {
        Value::Days(days) => {
            let named = choice.trim().replace([' ', '-'], "_").to_lowercase();
            let named = match named.as_str() {
                "radiotherapy_days" => Some(Said::Days(SaidDays::RadiotherapyDays)),
                "weekdays" => Some(Said::Days(SaidDays::Weekdays)),
                "calendar_days" => Some(Said::Days(SaidDays::CalendarDays)),
                "weekly" => Some(Said::AdministrationsPerWeek(1.into())),
                _ => None,
            };
            let mut all = said.iter().map(|mention| &mention.said).chain(&named);
            let fits = all.clone().any(|said| fits_days(days, said, &[]));
            !fits && all.any(|said| contradicts(days, said, &[]))
        }
        Value::Intensity(value) => {
            are_all_per(&said, value.nanograms_per_square_meter(), Per::Day)
                && times_said(choice) != Some(1)
        }
        Value::IntensityPerDay(value) => {
            are_all_per(
                &said,
                value.nanograms_per_square_meter(),
                Per::Administration,
            ) && times_said(choice) != Some(1)
        }
        _ => false,
    }
}

/// The amounts of this number are there, and all per this.
fn are_all_per(said: &[Mention], nanograms: u64, wanted: Per) -> bool {
    let value = Decimal::new(nanograms.into(), -6);
    let mut pers = said.iter().filter_map(|mention| match &mention.said {
        Said::Intensity { amount, unit, per } => {
            let scale = Decimal::from(unit.milligrams_per_square_meter()?);
            (amount.low.checked_mul(scale) == value).then_some(*per)
        }
        _ => None,
    });
    let Some(first) = pers.next() else {
        return false;
    };
    first == wanted && pers.all(|per| per == wanted)
}

/// A quote with its numbers taken out.
struct Skeleton<'q> {
    quote: &'q Quote,
    words: String,
    numbers: Vec<Number>,
    /// How often its text is quoted, whatever it is said to come from.
    copies: usize,
}

impl<'q> Skeleton<'q> {
    fn of(quote: &'q Quote) -> Option<Self> {
        let said = mentions(&quote.text);
        let numbers: Vec<Number> = numbers(&quote.text)
            .iter()
            .copied()
            // two arms may well differ in a stage alone
            .filter(|number| !matches!(number.kind, Kind::Stage(_)))
            .filter(|number| !is_of_unit(number, &said))
            .collect();
        let words = words(&quote.text, &numbers);
        (words.len() >= ALIKE && numbers.len() >= 2).then_some(Self {
            quote,
            words,
            numbers,
            copies: 0,
        })
    }
}

/// Below this, two passages are alike by chance.
const ALIKE: usize = 20;

/// Every quote of a protocol with its place.
pub(crate) fn places<'p>(
    protocol: &'p Protocol,
    views: &'p [StatementView<'p>],
) -> Vec<(String, &'p Quote)> {
    let mut out: Vec<(String, &Quote)> = Vec::new();
    let mut several = |at: &str, quotes: &'p [Quote]| {
        for (i, quote) in quotes.iter().enumerate() {
            let single = quotes.len() == 1;
            let at = if single {
                at.into()
            } else {
                format!("{at}.quotes[{i}]")
            };
            out.push((at, quote));
        }
    };
    for view in views {
        several(&view.at, &view.quotes);
    }
    for (i, open) in protocol.ambiguities.iter().enumerate() {
        several(&format!("ambiguities[{i}].question"), &open.question.quotes);
    }
    for (at, drug) in place::of(&protocol.drugs, "drugs", |d| &d.id) {
        for (i, question) in drug.site_policy.iter().enumerate() {
            several(&format!("{at}.site_policy[{i}]"), &question.quotes);
        }
    }
    for (at, course) in place::of(&protocol.courses, "courses", |c| &c.id) {
        out.push((format!("{at}.quote"), &course.quote));
    }
    for (at, arm) in place::of(&protocol.arms, "arms", |a| &a.id) {
        for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
            out.push((format!("{at}.quote"), &option.quote));
        }
    }
    out
}

/// Two copies of one passage that differ in one number: one of them is miscopied.
fn variants(protocol: &Protocol, views: &[StatementView<'_>], out: &mut Findings) {
    let places = places(protocol, views);
    // values cite the same passages again and again: each is looked at once
    let mut skeletons: Vec<Skeleton<'_>> = Vec::new();
    let mut known: HashMap<(&str, &str), Option<usize>> = HashMap::new();
    let mut copies: HashMap<&str, usize> = HashMap::new();
    let mut quoted: Vec<(&str, usize)> = Vec::new();
    for (at, quote) in &places {
        let skeleton = known.entry((&quote.text, &quote.locator));
        let skeleton = *skeleton.or_insert_with(|| {
            skeletons.push(Skeleton::of(quote)?);
            Some(skeletons.len() - 1)
        });
        if let Some(skeleton) = skeleton {
            *copies.entry(&quote.text).or_default() += 1;
            quoted.push((at, skeleton));
        }
    }
    for one in &mut skeletons {
        one.copies = copies.get(&*one.quote.text).copied().unwrap_or_default();
    }
    // by the first place of each: of two that are quoted equally often, the later is the suspect
    let first = |skeleton: usize| quoted.iter().position(|(_, other)| *other == skeleton);
    let firsts: Vec<Option<usize>> = (0..skeletons.len()).map(first).collect();
    let alike = |one: &Skeleton<'_>| -> Vec<usize> {
        let all = skeletons.iter().enumerate();
        let alike = all.filter(|(_, other)| other.copies >= one.copies && miscopied(one, other));
        alike.map(|(at, _)| at).collect()
    };
    let alike: Vec<Vec<usize>> = skeletons.iter().map(alike).collect();
    for (i, (at, one)) in quoted.iter().enumerate() {
        let (Some(one), Some(alike)) = (skeletons.get(*one), alike.get(*one)) else {
            continue;
        };
        let others = alike.iter().filter_map(|other| {
            let first = (*firsts.get(*other)?)?;
            Some((first, skeletons.get(*other)?))
        });
        // the rarer copy is the suspect
        let suspects = others.filter(|(first, other)| other.copies > one.copies || *first < i);
        if let Some((_, other)) = suspects.min_by_key(|(first, _)| *first) {
            out.push(
                *at,
                ProtocolFault::QuoteVariant {
                    other: other.quote.text.clone(),
                    quote: one.quote.text.clone(),
                },
            );
        }
    }
}

/// The 2 of `mg m-2` and the 24 of `/24 h`.
fn is_of_unit(number: &Number, said: &[Mention]) -> bool {
    said.iter().any(|mention| match &mention.said {
        Said::Intensity { amount, .. } => {
            let inside = (mention.start..mention.end).contains(&number.start);
            inside && !number.written().is_some_and(|value| amount.has(value))
        }
        _ => false,
    })
}

fn miscopied(one: &Skeleton<'_>, other: &Skeleton<'_>) -> bool {
    let (short, long) = if one.words.len() <= other.words.len() {
        (one, other)
    } else {
        (other, one)
    };
    if one.quote.locator != other.quote.locator {
        return false;
    }
    let Some(start) = long.words.find(&short.words) else {
        return false;
    };
    let skipped = long.words[..start].matches(PLACE).count();
    let apart = |(a, b): &(&Number, &Number)| a.value != b.value;
    let pairs = short.numbers.iter().zip(long.numbers.iter().skip(skipped));
    pairs.filter(apart).count() == 1
}

/// Stands for a number.
const PLACE: char = '\u{0}';

fn words(text: &str, numbers: &[Number]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for number in numbers {
        out.push_str(&text[at..number.start]);
        out.push(PLACE);
        if number.kind != Kind::Bare {
            out.push_str("unit");
        }
        at = number.end;
    }
    out.push_str(&text[at..]);
    out
}
