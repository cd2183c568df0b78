//! Whether values are of the kind that their passages say: a day's amount is no administration's, a total
//! over days is no day's, weekends are no days of radiotherapy.

use chemorad::number::Decimal;

use super::fault::{ProtocolFault, SaidOtherwise};
use super::finding::Findings;
use super::number::{Kind, Number, numbers};
use crate::model::arm::Action;
use crate::model::dose::PrescribedFractionation;
use crate::model::drug::DrugRegimen;
use crate::model::drug_days::{DayNumbers, DrugDays};
use crate::model::place;
use crate::model::protocol::{PrescribedCourse, Protocol};
use crate::passage::drug::canonical;
use crate::passage::mention::{Mention, Per, Range, Said, SaidDays, TimeUnit};
use crate::passage::mentions::mentions;
use crate::statement::{Quote, Statement, Status};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    for (at, drug) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        let passage = DrugPassage::new(drug);
        passage.check_administration(&at, out);
        passage.check_day(&at, out);
        passage.check_days(&at, out);
        passage.check_left_out(&at, out);
    }
    check_first_fraction(protocol, out);
    for (at, course) in place::of(&protocol.courses, "courses", |course| &course.id) {
        check_weeks(protocol, course, &at, out);
    }
}

/// The numbers of a text, those that words and other notations say included: `every 12 hours` is 2 a day,
/// `mg m-2` is mg/m2, `q3w` is 21 days.
pub(super) fn said_numbers(text: &str) -> Vec<Number> {
    let mut out = numbers(text);
    for mention in mentions(text) {
        let one = Decimal::from(1);
        let mut push = |value: Decimal, kind: Kind| {
            out.push(Number {
                value,
                unit: one,
                kind,
                start: mention.start,
                end: mention.end,
            });
        };
        let mut both = |range: &Range, kind: Kind| {
            push(range.low, kind);
            push(range.high, kind);
        };
        match &mention.said {
            Said::Intensity { amount, unit, per } => {
                let scale = unit.milligrams_per_square_meter().map(Decimal::from);
                for end in [amount.low, amount.high] {
                    if let Some(value) = scale.and_then(|scale| end.checked_mul(scale)) {
                        push(value, Kind::Intensity);
                        if *per == Per::Day {
                            push(value, Kind::DailyIntensity);
                        }
                    }
                }
            }
            Said::AdministrationsPerDay(times) | Said::AdministrationsPerWeek(times) => {
                push(*times, Kind::Count);
            }
            Said::Fractions(count) | Said::FractionsPerWeek(count) | Said::DaysPerWeek(count) => {
                both(count, Kind::Count);
            }
            Said::Weeks(weeks) => both(weeks, Kind::Week),
            Said::Cycle(length, TimeUnit::Days) => both(length, Kind::Day),
            Said::Cycle(length, TimeUnit::Weeks) => {
                both(length, Kind::Week);
                if let Some(days) = length.low.checked_mul(Decimal::from(7)) {
                    push(days, Kind::Day);
                }
            }
            _ => {}
        }
    }
    out
}

/// What a quote says, with the quote.
struct Read {
    quote: Quote,
    mentions: Vec<Mention>,
}

/// The quotes of a stated value, read.
fn read<T>(statement: &Statement<T>) -> Vec<Read> {
    if statement.status() != Status::Stated {
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
struct DrugPassage<'p> {
    drug: &'p DrugRegimen,
    name: String,
}

impl<'p> DrugPassage<'p> {
    fn new(drug: &'p DrugRegimen) -> Self {
        let name = drug.drug.value().unwrap_or(&drug.id);
        Self {
            drug,
            name: canonical(name),
        }
    }

    /// The mentions of this drug and those that name none; of a passage that names only other drugs, all, as
    /// it may call this one by another name.
    fn own<'m>(&self, read: &'m Read) -> impl Iterator<Item = &'m Mention> {
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
        read.mentions
            .iter()
            .filter(move |mention| match &mention.drug {
                Some(drug) => *drug == name || !(named && several),
                None => true,
            })
    }

    /// The intensities of a passage with this number of milligrams per square metre.
    fn intensities<'m>(
        &self,
        read: &'m Read,
        value: Decimal,
    ) -> impl Iterator<Item = (&'m Mention, Per)> {
        self.own(read)
            .filter_map(move |mention| match &mention.said {
                Said::Intensity { amount, unit, per } => {
                    let scale = Decimal::from(unit.milligrams_per_square_meter()?);
                    let range = Range {
                        low: amount.low.checked_mul(scale)?,
                        high: amount.high.checked_mul(scale)?,
                    };
                    range.has(value).then_some((mention, *per))
                }
                _ => None,
            })
    }

    /// How often a day, by the value or by the passage.
    fn times(&self, read: &Read) -> Option<Decimal> {
        let said = self.own(read).find_map(|mention| match &mention.said {
            Said::AdministrationsPerDay(times) => Some(*times),
            _ => None,
        });
        let value = self
            .drug
            .administrations_per_day
            .as_ref()
            .and_then(Statement::value);
        said.or_else(|| value.map(|times| Decimal::from(u32::from(times.get()))))
    }

    /// A passage says another kind of amount, and none says this one.
    fn check(
        &self,
        reads: &[Read],
        value: Decimal,
        at: String,
        out: &mut Findings,
        fits: impl Fn(Per, &Read) -> bool,
    ) {
        let mut other = None;
        for read in reads {
            for (mention, per) in self.intensities(read, value) {
                if fits(per, read) {
                    return;
                }
                other.get_or_insert((mention.clone(), per, read.quote.clone()));
            }
        }
        if let Some((mention, per, quote)) = other {
            let words = quote.text[mention.start..mention.end].to_owned();
            let times = reads.iter().find_map(|read| self.times(read));
            out.push(
                at,
                ProtocolFault::AnotherIntensity {
                    words: words.into(),
                    said: said(per, times),
                    quote,
                },
            );
        }
    }

    fn check_administration(&self, at: &str, out: &mut Findings) {
        let Some(intensity) = &self.drug.intensity else {
            return;
        };
        let Some(value) = intensity.value() else {
            return;
        };
        let Some(value) = milligrams(value.nanograms_per_square_meter()) else {
            return;
        };
        let once = |read: &Read| {
            let times = self
                .drug
                .administrations_per_day
                .as_ref()
                .and_then(Statement::value);
            let times = times
                .map(|times| Decimal::from(u32::from(times.get())))
                .or_else(|| self.times(read));
            times.is_none_or(|times| times == Decimal::from(1))
        };
        let hours = self.drug.infusion.as_ref().and_then(Statement::value);
        let hours = hours.and_then(|infusion| infusion.hours()).map(u32::from);
        let over = |days: Decimal| {
            let long = days.checked_mul(Decimal::from(24));
            hours.is_none_or(|hours| Some(Decimal::from(hours)) == long)
        };
        // a whole infusion on each of several days in a row would overlap itself
        let on_days_in_a_row = match self.drug.days.value() {
            Some(DrugDays::Days(days) | DrugDays::Cycle { days, .. }) => {
                days.spans().iter().any(|(first, last)| last > first)
            }
            _ => false,
        };
        let single = |per: Per, read: &Read| match per {
            Per::Administration | Per::Unstated | Per::Week | Per::Cycle => true,
            Per::Day => once(read) && hours.is_none_or(|hours| hours <= 24),
            Per::Days(days) => once(read) && over(days) && !on_days_in_a_row,
            Per::Hours(said) => {
                hours.is_none_or(|hours| Decimal::from(hours) == said) && !on_days_in_a_row
            }
            Per::Course => false,
        };
        self.check(
            &read(intensity),
            value,
            format!("{at}.intensity"),
            out,
            single,
        );
    }

    fn check_day(&self, at: &str, out: &mut Findings) {
        let Some(intensity) = &self.drug.intensity_per_day else {
            return;
        };
        let Some(value) = intensity.value() else {
            return;
        };
        let Some(value) = milligrams(value.nanograms_per_square_meter()) else {
            return;
        };
        let one = Decimal::from(1);
        let day = |per: Per, read: &Read| match per {
            Per::Day | Per::Unstated => true,
            Per::Administration => self.times(read).is_none_or(|times| times == one),
            Per::Days(days) => days == one,
            Per::Hours(hours) => hours == Decimal::from(24),
            Per::Week | Per::Cycle | Per::Course => false,
        };
        let at = format!("{at}.intensity_per_day");
        self.check(&read(intensity), value, at, out, day);
    }

    /// Numbered days that are said of this drug and are not among those of the value.
    fn check_left_out(&self, at: &str, out: &mut Findings) {
        let Some(DrugDays::Days(days) | DrugDays::Cycle { days, .. }) = self.drug.days.value()
        else {
            return;
        };
        for read in read(&self.drug.days) {
            let mut left_out = Vec::new();
            for mention in self.own(&read) {
                let Said::Days(SaidDays::Numbers(list)) = &mention.said else {
                    continue;
                };
                for day in list.iter().flat_map(|(first, last)| [*first, *last]) {
                    let known = days.iter().any(|known| u32::from(known) == day);
                    if !known && !left_out.contains(&u64::from(day)) {
                        left_out.push(u64::from(day));
                    }
                }
            }
            if !left_out.is_empty() {
                out.push(
                    format!("{at}.days"),
                    ProtocolFault::DrugDays {
                        left_out,
                        days: days.clone(),
                    },
                );
            }
        }
    }

    fn check_days(&self, at: &str, out: &mut Findings) {
        let Some(value) = self.drug.days.value() else {
            return;
        };
        for read in read(&self.drug.days) {
            let said: Vec<&Mention> = self
                .own(&read)
                .filter(|mention| names_days(&mention.said))
                .collect();
            let weekends = said
                .iter()
                .find(|mention| mention.said == Said::Days(SaidDays::Weekends));
            let fits = match (value, weekends) {
                // "on days of radiotherapy and at weekends"
                (DrugDays::CalendarDays, Some(_)) => said.len() > 1,
                (DrugDays::RadiotherapyDays | DrugDays::Weekdays, Some(_)) => false,
                _ => said.iter().any(|mention| fits_days(value, &mention.said)),
            };
            let all: Vec<u32> = said
                .iter()
                .flat_map(|mention| numbered(&mention.said))
                .collect();
            let together = match value {
                DrugDays::Days(days) | DrugDays::Cycle { days, .. } => {
                    days.iter().map(u32::from).eq(all)
                }
                // holidays apart, the two are the same days
                DrugDays::RadiotherapyDays => {
                    let weekdays =
                        |mention: &&Mention| mention.said == Said::Days(SaidDays::Weekdays);
                    weekends.is_none()
                        && said.iter().all(weekdays)
                        && names_radiotherapy(&read.quote.text)
                }
                _ => false,
            };
            if said.is_empty() || fits || together {
                continue;
            }
            let other = said
                .iter()
                .find(|mention| contradicts(value, &mention.said));
            let Some(other) = weekends.or(other) else {
                continue;
            };
            let words = read.quote.text[other.start..other.end].to_owned();
            out.push(
                format!("{at}.days"),
                ProtocolFault::OtherDays {
                    words: words.into(),
                    days: value.clone(),
                    quote: read.quote,
                },
            );
        }
    }
}

/// What a passage says of an amount.
fn said(per: Per, times: Option<Decimal>) -> SaidOtherwise {
    match per {
        Per::Day => SaidOtherwise::Day,
        Per::Days(days) => SaidOtherwise::Days(days),
        Per::Hours(hours) => SaidOtherwise::Hours(hours),
        Per::Week => SaidOtherwise::Week,
        Per::Cycle => SaidOtherwise::Cycle,
        Per::Course => SaidOtherwise::Course,
        Per::Administration | Per::Unstated => SaidOtherwise::Administration { times },
    }
}

fn milligrams(nanograms: u64) -> Option<Decimal> {
    Decimal::new(i128::from(nanograms), -6)
}

/// The numbered days of a mention.
fn numbered(said: &Said) -> Vec<u32> {
    match said {
        Said::Days(SaidDays::Numbers(list)) => list
            .iter()
            .flat_map(|(first, last)| *first..=*last)
            .collect(),
        _ => Vec::new(),
    }
}

fn names_radiotherapy(text: &str) -> bool {
    let text = text.to_lowercase();
    ["radiotherapy", "radiation", "irradiation"]
        .iter()
        .any(|word| text.contains(word))
        || text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == "rt")
}

const fn names_days(said: &Said) -> bool {
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

fn is_week(count: &Range, days: u32) -> bool {
    count.has(Decimal::from(days))
}

/// The days of the words are those of the value.
fn are_days(days: &DayNumbers, list: &[(u32, u32)]) -> bool {
    let said: Vec<u32> = list
        .iter()
        .flat_map(|(first, last)| *first..=*last)
        .collect();
    days.iter().map(u32::from).eq(said)
}

/// The words can mean these days.
fn fits_days(value: &DrugDays, said: &Said) -> bool {
    match (value, said) {
        (DrugDays::RadiotherapyDays, Said::Days(SaidDays::RadiotherapyDays))
        | (DrugDays::Weekdays, Said::Days(SaidDays::Weekdays))
        | (DrugDays::CalendarDays, Said::Days(SaidDays::CalendarDays)) => true,
        // how many, and not which
        (DrugDays::RadiotherapyDays | DrugDays::Weekdays, Said::DaysPerWeek(count)) => {
            is_week(count, 5) || is_week(count, 6)
        }
        (DrugDays::CalendarDays, Said::DaysPerWeek(count)) => is_week(count, 7),
        (
            DrugDays::Days(days) | DrugDays::Cycle { days, .. },
            Said::Days(SaidDays::Numbers(list)),
        ) => are_days(days, list),
        _ => false,
    }
}

/// The words cannot mean these days.
fn contradicts(value: &DrugDays, said: &Said) -> bool {
    match (value, said) {
        (
            DrugDays::RadiotherapyDays | DrugDays::Weekdays | DrugDays::CalendarDays,
            Said::Days(_) | Said::WeekNumbers(_) | Said::Cycle(..),
        )
        | (DrugDays::Days(_) | DrugDays::Cycle { .. }, Said::Days(SaidDays::Numbers(_))) => true,
        (
            DrugDays::RadiotherapyDays | DrugDays::Weekdays | DrugDays::CalendarDays,
            Said::AdministrationsPerWeek(times),
        ) => *times != Decimal::from(5) && *times != Decimal::from(7),
        (DrugDays::RadiotherapyDays | DrugDays::Weekdays, Said::DaysPerWeek(count)) => {
            !is_week(count, 5) && !is_week(count, 6)
        }
        (DrugDays::CalendarDays, Said::DaysPerWeek(count)) => !is_week(count, 7),
        (DrugDays::Days(days), Said::FractionNumbers(list)) => are_days(days, list),
        _ => false,
    }
}

/// Weeks that a passage of the course names, against its fractions and fractions a week.
fn check_weeks(protocol: &Protocol, course: &PrescribedCourse, at: &str, out: &mut Findings) {
    let Some(per_week) = course.fractions_per_week.value() else {
        return;
    };
    let per_week = u32::from(per_week.get());
    let phases = course.phases.iter().filter_map(|name| protocol.phase(name));
    let doses: Vec<_> = phases.flat_map(|phase| &phase.doses).collect();
    let counts: Vec<u32> = doses
        .iter()
        .filter_map(|dose| dose.fractionation.value())
        .flat_map(PrescribedFractionation::named)
        .map(|fractionation| fractionation.fractions().get())
        .collect();
    // several phases share their weeks in a way the words do not always say
    if course.phases.len() != 1 || counts.is_empty() {
        return;
    }
    let quotes = doses.iter().flat_map(|dose| read(&dose.fractionation));
    let quotes = quotes.chain(read(&course.fractions_per_week));
    for read in quotes {
        for mention in &read.mentions {
            let (&Said::Weeks(weeks), None) = (&mention.said, &mention.drug) else {
                continue;
            };
            if !is_of_the_course(&read, mention) {
                continue;
            }
            let wrong = counts
                .iter()
                .find(|count| !fits_weeks(**count, per_week, weeks));
            if let Some(&fractions) = wrong {
                out.push(
                    format!("{at}.fractions_per_week"),
                    ProtocolFault::Weeks {
                        fractions,
                        per_week,
                        weeks: weeks.to_string(),
                        quote: read.quote.clone(),
                    },
                );
                return;
            }
        }
    }
}

/// The weeks stand right behind the dose, the fractions or how often they are given: `25 fractions over
/// 5 weeks`. Others may be those of a drug, of a rest or of the time to an operation.
fn is_of_the_course(read: &Read, weeks: &Mention) -> bool {
    const BETWEEN: &[&str] = &[
        "over",
        "in",
        "for",
        "during",
        "delivered",
        "given",
        "a",
        "total",
        "of",
        "period",
        "the",
        "within",
    ];
    let radiation = |mention: &&Mention| {
        matches!(
            mention.said,
            Said::Dose(..)
                | Said::DosePerFraction(..)
                | Said::Fractions(_)
                | Said::FractionsPerWeek(_)
                | Said::FractionsPerDay(_)
        )
    };
    let before = read
        .mentions
        .iter()
        .filter(|mention| mention.end <= weeks.start);
    let Some(last) = before.filter(radiation).map(|mention| mention.end).max() else {
        return false;
    };
    let between = read.quote.text.get(last..weeks.start).unwrap_or_default();
    let mut words = between
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.all(|word| BETWEEN.contains(&word.to_lowercase().as_str()))
}

/// Numbered days of a drug that goes with a course, and begin after it.
fn check_first_fraction(protocol: &Protocol, out: &mut Findings) {
    for (at, drug) in place::of(&protocol.drugs, "drugs", |drug| &drug.id) {
        let (None, Some(DrugDays::Days(days))) = (&drug.first_fraction, drug.days.value()) else {
            continue;
        };
        let Some((first, last)) = days.spans().last().copied() else {
            continue;
        };
        let options = protocol.arms.iter().flat_map(|arm| &arm.options);
        let actions = options.flat_map(|option| &option.actions);
        let courses = actions.filter_map(|action| match action {
            Action::Radiotherapy {
                course,
                concurrent_drugs,
                ..
            } => {
                let goes = concurrent_drugs.value()?.contains(&drug.id);
                goes.then(|| protocol.course(course.value()?))?
            }
            _ => None,
        });
        let longest = courses.filter_map(calendar_days).max();
        if let Some(course) = longest.filter(|course| u32::from(first) > *course) {
            out.push(
                format!("{at}.days"),
                ProtocolFault::DaysAfterCourse {
                    drug: drug.id.clone(),
                    first,
                    last,
                    course,
                },
            );
        }
    }
}

/// Days from the first fraction, on a Monday, to the last.
fn calendar_days(course: &PrescribedCourse) -> Option<u32> {
    let per_week = u32::from(course.fractions_per_week.value()?.get());
    let fractions = course.course.as_ref()?.fractions();
    Some(days_taken(fractions, per_week))
}

fn days_taken(fractions: u32, per_week: u32) -> u32 {
    let full = fractions.saturating_sub(1) / per_week;
    full * 7 + (fractions - full * per_week)
}

/// So many fractions fit into the weeks: from a Monday to the last fraction, rounded to half a week, up to
/// the weeks begun.
pub(super) fn fits_weeks(fractions: u32, per_week: u32, weeks: Range) -> bool {
    let whole = fractions.div_ceil(per_week);
    let days = days_taken(fractions, per_week);
    // half weeks, rounded to the nearest
    let halves = (4 * days + 7) / 14;
    // several fractions a day fill a week sooner than its days
    let most = Decimal::from(whole);
    let least = Decimal::new(i128::from(halves.min(2 * whole)) * 5, -1);
    let is_below =
        |one: Decimal, other: Decimal| one.checked_sub(other).is_some_and(Decimal::is_negative);
    least.is_some_and(|least| !is_below(weeks.high, least)) && !is_below(most, weeks.low)
}
