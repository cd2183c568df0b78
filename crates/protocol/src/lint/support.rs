//! The numbers of a passage that can bear a value: those that the grammar reads as the value's kind, and those
//! that it does not read at all.

use chemorad::number::{Decimal, Rational};

use super::borne_days::{are_a_week_apart, days_of_weeks};
use super::counted_days::{Counted, counted};
use super::field::Field;
use super::number::{Kind, Number};
use super::reading::{mentions, numbers};
use super::repeated::{
    counts_days, fractions_a_day, numbered, per_week_said, times_in_weeks, with_each_fraction,
};
use super::segments::says_next;
use super::unread::unread;
use crate::passage::mention::{
    AmountUnit, DoseUnit, InfusionTime, Mention, Per, Range, Said, SaidDays, TimeUnit,
};

/// What a passage says of one field of one drug, or of the radiotherapy.
pub(super) struct Support {
    /// The mentions of the field's kind, of this drug where one is of it.
    pub(super) own: Vec<Mention>,
    /// The numbers that can bear the value.
    pub(super) numbers: Vec<Number>,
}

impl Support {
    /// Of a field of the drug of this name, where it is one of a drug.
    pub(super) fn of(text: &str, field: Field, drug: Option<&str>) -> Self {
        let all = mentions(text);
        let mut out = unread(text, field, &all);
        // a passage that names the drug says nothing of it in the words of others
        let is_named = drug.is_some_and(|drug| {
            let mut names = all.iter().filter_map(|mention| mention.drug.as_deref());
            names.any(|name| name == drug)
        });
        let own = all.iter().filter(|mention| field.takes(&mention.said));
        let mut own: Vec<Mention> = own.cloned().collect();
        if let Some(drug) = drug {
            let is_own = |mention: &Mention| mention.drug.as_deref() == Some(drug);
            // a passage may call the drug by another name
            if is_named {
                // "leucovorin and fluorouracil, 4 cycles" counts those of both
                let behind = |cycles: &Mention| {
                    let amount = |mention: &Mention| matches!(mention.said, Said::Intensity { .. });
                    let mut amounts = all.iter().filter(|mention| amount(mention));
                    amounts.all(|amount| amount.end <= cycles.start)
                };
                let is_cycles = |mention: &Mention| matches!(mention.said, Said::Cycles(_));
                let once = own.iter().filter(|mention| is_cycles(mention)).count() == 1
                    && !says_next(text);
                let shared = |mention: &Mention| once && is_cycles(mention) && behind(mention);
                own.retain(|mention| mention.drug.is_none() || is_own(mention) || shared(mention));
            }
        }
        let hours = |mention: &Mention| {
            matches!(
                mention.said,
                Said::Infusion(InfusionTime::Hours(_) | InfusionTime::Minutes(_))
            )
        };
        if field == Field::FractionsPerWeek {
            out.extend(per_week_said(text, &all));
        }
        let times = fractions_a_day(&all);
        let has_hours = field == Field::Infusion && own.iter().any(hours);
        for mention in &own {
            match (field, &mention.said) {
                // five days of the week are no day 5
                (Field::DrugDays, Said::Days(SaidDays::Weekdays | SaidDays::CalendarDays)) => {}
                // an amount of a day that is given over 2 h
                (Field::Infusion, Said::Intensity { per: Per::Day, .. }) if has_hours => {}
                // "twice daily, 5 days a week" are 10 fractions
                (Field::FractionsPerWeek, said)
                    if times.is_some() && counts_days(text, mention) =>
                {
                    let days = match said {
                        Said::FractionsPerWeek(days) | Said::DaysPerWeek(days) => days.low,
                        Said::Days(SaidDays::CalendarDays) => 7.into(),
                        _ => 5.into(),
                    };
                    let product = times.and_then(|(times, _)| days.checked_mul(times));
                    out.extend(product.map(|all| numbered(mention, all, Kind::PerWeek)));
                    // of several phases, some may have one a day
                    if times.is_some_and(|(_, alone)| !alone) {
                        push(mention, &mut out);
                    }
                }
                // twice a week is once on each of the days
                (Field::AdministrationsPerDay, Said::AdministrationsPerWeek(_)) => {
                    out.push(numbered(mention, Decimal::from(1), Kind::Count));
                }
                _ => push(mention, &mut out),
            }
        }
        if field == Field::AdministrationsPerDay {
            out.extend(with_each_fraction(text));
        }
        if field == Field::DrugDays {
            let mut days = days_of_weeks(own.iter().map(|mention| &mention.said));
            let counted = counted(text, own.iter());
            days.extend(counted.iter().flat_map(Counted::days));
            out.extend(times_in_weeks(&own));
            if let Some(mention) = own.first() {
                let ends = days.iter().flat_map(|(first, last)| [*first, *last]);
                out.extend(ends.map(|day| numbered(mention, day.into(), Kind::DayNumber)));
                let lengths = counted.iter().filter_map(Counted::every);
                out.extend(lengths.map(|days| numbered(mention, days.into(), Kind::Day)));
            }
        }
        Self { own, numbers: out }
    }

    /// The numbers that the grammar does not read and that can bear a value of a field.
    pub(super) fn unread(text: &str, field: Field) -> Vec<Number> {
        unread(text, field, &mentions(text))
    }
}

/// The numbers of one mention.
pub(super) fn numbers_of(mention: &Mention) -> Vec<Number> {
    let mut out = Vec::new();
    push(mention, &mut out);
    out
}

/// The numbers of a text, those that words and other notations say included: `every 12 hours` is 2 a day,
/// `mg m-2` is mg/m2, `q3w` is 21 days.
pub(super) fn said_numbers(text: &str) -> Vec<Number> {
    let mut out = numbers(text).to_vec();
    for mention in mentions(text).iter() {
        push(mention, &mut out);
    }
    out
}

/// First and last of every stretch.
fn ends_of(list: &[(u32, u32)]) -> impl Iterator<Item = Range> {
    list.iter().map(|(first, last)| Range {
        low: (*first).into(),
        high: (*last).into(),
    })
}

/// The numbers of a mention, in the units of their kinds.
#[allow(clippy::too_many_lines, reason = "one arm for each kind of mention")]
fn push(mention: &Mention, out: &mut Vec<Number>) {
    let mut one = |value: Decimal, kind: Kind| out.push(numbered(mention, value, kind));
    let mut both = |range: &Range, kind: Kind| {
        one(range.low, kind);
        one(range.high, kind);
    };
    match &mention.said {
        Said::Dose(dose, unit) | Said::DosePerFraction(dose, unit) => {
            let scale = match unit {
                DoseUnit::Centigray => Decimal::new(1, -2),
                DoseUnit::Gray | DoseUnit::Weighted => Decimal::new(1, 0),
            };
            let kind = match mention.said {
                Said::DosePerFraction(..) => Kind::DosePerFraction,
                _ => Kind::Dose,
            };
            for end in [dose.low, dose.high] {
                if let Some(gray) = scale.and_then(|scale| end.checked_mul(scale)) {
                    one(gray, kind);
                }
            }
        }
        Said::Cap(text) => {
            for number in numbers(text)
                .iter()
                .filter(|number| number.kind == Kind::Mass)
            {
                one(number.value, Kind::Cap);
            }
        }
        Said::Limit(text) => out.extend(numbers(text).iter()),
        Said::Intensity { amount, unit, per } => {
            let (milligrams, kind) = match unit {
                AmountUnit::Milligram => (1, Kind::Mass),
                AmountUnit::Gram => (1000, Kind::Mass),
                AmountUnit::MilligramPerKilogram => (1, Kind::MassPerKilogram),
                AmountUnit::AreaUnderCurve => (1, Kind::AreaUnderCurve),
                AmountUnit::MilligramPerSquareMeter | AmountUnit::GramPerSquareMeter => {
                    (0, Kind::Intensity)
                }
            };
            for end in [amount.low, amount.high] {
                let scaled = end.checked_mul(Decimal::from(milligrams));
                if let Some(value) = scaled.filter(|_| kind != Kind::Intensity) {
                    one(value, kind);
                }
            }
            let scale = unit.milligrams_per_square_meter().map(Decimal::from);
            for end in [amount.low, amount.high] {
                if let Some(value) = scale.and_then(|scale| end.checked_mul(scale)) {
                    one(value, Kind::Intensity);
                    if *per == Per::Day {
                        one(value, Kind::DailyIntensity);
                    }
                }
            }
            match per {
                Per::Hours(hours) | Per::DayOrHours(hours) => one(*hours, Kind::Hour),
                Per::Days(days) => one(*days, Kind::Day),
                Per::Day => one(24.into(), Kind::Hour),
                _ => {}
            }
        }
        Said::AdministrationsPerDay(times) | Said::FractionsPerDay(times) => {
            one(*times, Kind::Count);
        }
        Said::AdministrationsPerWeek(times) => one(*times, Kind::PerWeek),
        Said::Fractions(count) | Said::Cycles(count) => both(count, Kind::Count),
        Said::FractionsPerWeek(count) | Said::DaysPerWeek(count) => both(count, Kind::PerWeek),
        Said::Weeks(weeks) | Said::Cycle(weeks, TimeUnit::Weeks) => {
            both(weeks, Kind::Week);
            if let Some(days) = weeks.low.checked_mul(Decimal::from(7)) {
                one(days, Kind::Day);
            }
        }
        Said::Cycle(days, TimeUnit::Days) | Said::DurationDays(days) => both(days, Kind::Day),
        Said::WeekNumbers(list) => {
            ends_of(list).for_each(|ends| both(&ends, Kind::WeekNumber));
            // how many they are, where each follows the one before
            if let [(first, last)] = list.as_slice() {
                one(
                    last.saturating_sub(*first).saturating_add(1).into(),
                    Kind::Week,
                );
            }
        }
        Said::FractionNumbers(list) => {
            ends_of(list).for_each(|ends| both(&ends, Kind::FractionNumber));
        }
        Said::Days(SaidDays::Numbers(list)) => {
            ends_of(list).for_each(|ends| both(&ends, Kind::DayNumber));
            // days 1, 8 and 15 are once a week, three times
            if are_a_week_apart(list) {
                let times = u32::try_from(list.len()).unwrap_or(u32::MAX);
                one(times.into(), Kind::Week);
            }
        }
        Said::Days(SaidDays::Weekdays) => one(5.into(), Kind::PerWeek),
        Said::Days(SaidDays::CalendarDays) => one(7.into(), Kind::PerWeek),
        Said::Infusion(InfusionTime::Hours(hours)) => both(hours, Kind::Hour),
        Said::Infusion(InfusionTime::Minutes(minutes)) => {
            for end in [minutes.low, minutes.high] {
                let hours = Rational::from(end).checked_div(Decimal::from(60).into());
                if let Some(hours) = hours.and_then(Rational::to_decimal) {
                    one(hours, Kind::Hour);
                }
            }
        }
        _ => {}
    }
}
