//! What a passage says and no value of the protocol bears: a drug left out, a second dose, other days.

use chemorad::number::Decimal;

use super::amounts::{Amounts, is_open};
use super::doses::NamedValues;
use super::drug_passage::{DrugPassage, amounts};
use super::fault::ProtocolFault;
use super::field::Field;
use super::finding::Findings;
use super::number::Number;
use super::passage_days::is_radiotherapy_week;
use super::passages::is_of_a_day;
use super::reading::{mentions, tokens};
use super::support::numbers_of;
use super::totals::{BOOST, says_sum};
use super::weeks::{fits_weeks, possible_per_week};
use crate::model::drug_days::DrugDays;
use crate::model::protocol::Protocol;
use crate::model::statements::StatementView;
use crate::passage::mention::{DoseUnit, Mention, Range, Said, SaidDays, TimeUnit};
use crate::statement::{Quote, Statement, Status};

pub(super) fn lint(protocol: &Protocol, out: &mut Findings) {
    let values = Values::of(protocol);
    let views = protocol.statements();
    let prescribes = |view: &&StatementView<'_>| {
        let lists = ["phases", "courses", "drugs"];
        view.status != Status::Unspecified && lists.iter().any(|list| view.at.starts_with(list))
    };
    let mut quotes: Vec<(&Quote, Vec<&str>)> = Vec::new();
    for view in views.iter().filter(prescribes) {
        for quote in &view.quotes {
            match quotes
                .iter_mut()
                .find(|(known, _)| known.text == quote.text)
            {
                Some((_, places)) => places.push(&view.at),
                None => quotes.push((quote, vec![&view.at])),
            }
        }
    }
    // what several passages say is reported once
    let mut reported: Vec<(Said, Option<String>)> = Vec::new();
    for (quote, places) in quotes {
        let all = mentions(&quote.text);
        for mention in all.iter() {
            let said = (mention.said.clone(), mention.drug.clone());
            let borne = (values.bear(mention) || values.has_days_of_fractions(mention, &all))
                && (!is_weekend_alone(mention, &all) || values.name_no_days(mention));
            if borne || reported.contains(&said) {
                continue;
            }
            reported.push(said);
            // the value that these words would be, or the first that rests on them
            let takes = |at: &&&str| Field::at(at).is_some_and(|field| field.takes(&mention.said));
            let Some(at) = places.iter().find(takes).or(places.first()) else {
                continue;
            };
            let words = quote.text[mention.start..mention.end].to_owned();
            out.push(
                *at,
                ProtocolFault::UnusedMention {
                    words: words.into(),
                    drug: mention.drug.clone().map(Into::into),
                    is_grave: values.is_grave(mention, &quote.text, &all),
                    quote: quote.clone(),
                },
            );
        }
    }
}

/// What the values of a protocol can bear.
struct Values<'p> {
    protocol: &'p Protocol,
    /// `None` where a dose is left open.
    doses: Option<NamedValues>,
    drugs: Vec<DrugPassage<'p>>,
    /// Of each course, where its number or its choices are known.
    per_week: Option<Vec<Vec<u32>>>,
}

impl<'p> Values<'p> {
    fn of(protocol: &'p Protocol) -> Self {
        let courses: Vec<_> = protocol.courses.iter().collect();
        let drugs: Vec<_> = protocol.drugs.iter().collect();
        let mut doses = NamedValues::of(protocol, &courses, &drugs);
        let phases = protocol.phases.iter();
        let all: Vec<_> = phases.flat_map(|phase| &phase.doses).collect();
        for dose in &all {
            doses.dose(dose);
        }
        let settled = all.iter().all(|dose| dose.fractionation.value().is_some());
        let per_week: Vec<Vec<u32>> = courses.iter().copied().map(possible_per_week).collect();
        let known = !per_week.is_empty() && per_week.iter().all(|possible| !possible.is_empty());
        Self {
            protocol,
            doses: Some(doses).filter(|_| settled && !all.is_empty()),
            drugs: drugs.into_iter().map(DrugPassage::new).collect(),
            per_week: Some(per_week).filter(|_| known),
        }
    }

    /// A cap of a drug that is held without it, and a total that the phases do not come to.
    fn is_grave(&self, mention: &Mention, text: &str, all: &[Mention]) -> bool {
        let drugs = self.drugs_of(mention);
        match &mention.said {
            // that of a day is none of an administration, and has no field of its own
            Said::Cap(_) if is_of_a_day(text, mention.end) => false,
            Said::Cap(_) => drugs.iter().any(|drug| drug.drug.cap.is_none()),
            Said::Dose(..) => {
                let boost = says_simultaneous(text);
                self.doses.is_some() && (boost || says_sum(text, mention, all))
            }
            Said::DosePerFraction(..) => self.doses.is_some() && says_simultaneous(text),
            // more or fewer weeks than the radiotherapy takes
            Said::Weeks(_) => mention.drug.is_some(),
            // of two regimens of one drug, one has the amount of the other
            Said::Intensity { .. } => {
                let held: Vec<_> = drugs.iter().map(|drug| amounts(drug.drug)).collect();
                mention.drug.is_some() && repeats(&held)
            }
            // or its days
            Said::Days(_) => {
                let held: Vec<_> = drugs.iter().map(|drug| drug.drug.days.value()).collect();
                mention.drug.is_some() && repeats(&held)
            }
            _ => false,
        }
    }

    /// `twice daily, 5 days a week`: 10 fractions.
    fn has_days_of_fractions(&self, mention: &Mention, all: &[Mention]) -> bool {
        let Said::FractionsPerWeek(days) = &mention.said else {
            return false;
        };
        all.iter().any(|other| match &other.said {
            Said::FractionsPerDay(times) => {
                let product = days.low.checked_mul(*times).map(Range::single);
                product.is_some_and(|product| self.has_per_week(&product))
            }
            _ => false,
        })
    }

    /// A drug that is given weekly with radiotherapy, as long as that lasts, is given for so many weeks.
    fn lasts(&self, drug: &DrugPassage<'_>, weeks: &Range) -> bool {
        let Some(DrugDays::Weekly { times: None, .. }) = drug.drug.days.value() else {
            return true;
        };
        let courses: Vec<_> = self.protocol.courses_with(drug.drug).collect();
        courses.is_empty()
            || courses.iter().any(|course| {
                let Some(whole) = &course.course else {
                    return true;
                };
                let mut possible = possible_per_week(course).into_iter().peekable();
                possible.peek().is_none()
                    || possible.any(|per_week| fits_weeks(whole.fractions(), per_week, *weeks))
            })
    }

    /// The drugs that a mention can be of.
    fn drugs_of(&self, mention: &Mention) -> Vec<&DrugPassage<'p>> {
        let named =
            |drug: &&DrugPassage<'_>| mention.drug.as_ref().is_none_or(|name| *name == drug.name);
        self.drugs.iter().filter(named).collect()
    }

    /// A value of the mention's kind bears it, or is left open, or the words prescribe nothing.
    fn bear(&self, mention: &Mention) -> bool {
        let drugs = self.drugs_of(mention);
        let of_drugs =
            |bears: &dyn Fn(&DrugPassage<'_>) -> bool| drugs.iter().any(|drug| bears(drug));
        match &mention.said {
            Said::Dose(dose, unit) | Said::DosePerFraction(dose, unit) => {
                self.has_dose(dose, *unit)
            }
            Said::Fractions(count) => self.doses.as_ref().is_none_or(|values| {
                values.counts.is_empty() || ends(count).all(|end| has(&values.counts, end))
            }),
            Said::FractionsPerWeek(count) => self.has_per_week(count),
            Said::FractionsPerDay(times) => self.has_per_day(*times),
            Said::Intensity { amount, unit, per } => {
                let Some(scale) = unit.milligrams_per_square_meter().map(Decimal::from) else {
                    return true;
                };
                ends(amount)
                    .filter_map(|end| end.checked_mul(scale))
                    .all(|end| {
                        of_drugs(&|drug| {
                            Amounts::of(drug.drug).is_none_or(|amounts| amounts.lead_to(end, *per))
                        })
                    })
            }
            Said::AdministrationsPerDay(times) => {
                // a passage of the radiotherapy may say so of the fractions
                (mention.drug.is_none() && self.has_per_day(*times))
                    || of_drugs(&|drug| drug.has_times(*times))
            }
            Said::Days(days) => mention.drug.is_none() || of_drugs(&|drug| drug.has_days(days)),
            Said::DaysPerWeek(count) => {
                mention.drug.is_none()
                    || of_drugs(&|drug| drug.has_days_per_week(count, &self.settled_per_week(drug)))
            }
            Said::Cycle(length, unit) => {
                mention.drug.is_none() || of_drugs(&|drug| drug.has_cycle(length, *unit))
            }
            Said::Weeks(weeks) if mention.drug.is_some() => {
                drugs.is_empty() || of_drugs(&|drug| self.lasts(drug, weeks))
            }
            Said::Weeks(weeks) => self.has_weeks(weeks),
            Said::Cycles(_) => {
                let endless = |drug: &DrugPassage<'_>| {
                    let days = drug.drug.days.value();
                    matches!(days, Some(DrugDays::Cycle { cycles: None, .. }))
                };
                mention.drug.is_none() || drugs.is_empty() || of_drugs(&|drug| !endless(drug))
            }
            // a cap without a unit of mass is one of the body surface area
            Said::Cap(text) => {
                let caps = numbers_of(mention);
                text.ends_with("m2")
                    || caps.is_empty()
                    || mention.drug.is_none()
                    || of_drugs(&|drug| drug.has_cap(&caps))
            }
            _ => true,
        }
    }

    /// The days of the drug are left open without a value among the choices.
    fn name_no_days(&self, mention: &Mention) -> bool {
        let drugs = self.drugs_of(mention);
        drugs.iter().all(|drug| drug.possible_days().is_empty())
    }

    fn has_dose(&self, dose: &Range, unit: DoseUnit) -> bool {
        let per_gray = match unit {
            DoseUnit::Gray => 1_000_000,
            DoseUnit::Centigray => 10_000,
            DoseUnit::Weighted => return true,
        };
        let Some(values) = &self.doses else {
            return true;
        };
        let micrograys = |end: Decimal| end.checked_mul(Decimal::from(per_gray))?.to_integer();
        ends(dose).all(|end| {
            micrograys(end)
                .is_none_or(|end| values.doses.iter().any(|known| i128::from(*known) == end))
        })
    }

    fn has_per_week(&self, count: &Range) -> bool {
        self.per_week.as_ref().is_none_or(|known| {
            let mut known = known.iter().flatten();
            known.any(|per_week| count.has(Decimal::from(*per_week)))
        })
    }

    /// The fractions a week of the courses of a drug, where they are settled.
    fn settled_per_week(&self, drug: &DrugPassage<'_>) -> Vec<u32> {
        let courses = self.protocol.courses_with(drug.drug);
        let per_week = courses.filter_map(|course| course.fractions_per_week.value());
        per_week.map(|count| u32::from(count.get())).collect()
    }

    /// So many fractions a day make the fractions of a week.
    fn has_per_day(&self, times: Decimal) -> bool {
        let Some(times) = times
            .to_integer()
            .and_then(|times| u32::try_from(times).ok())
        else {
            return true;
        };
        let fits = |per_week: &u32| times == 0 || (per_week % times == 0 && per_week / times <= 7);
        self.per_week
            .as_ref()
            .is_none_or(|known| known.iter().flatten().any(fits))
    }

    /// The weeks of a course, or those before a treatment.
    fn has_weeks(&self, weeks: &Range) -> bool {
        let Some(per_week) = &self.per_week else {
            return true;
        };
        let courses = self.protocol.courses.iter().zip(per_week);
        let mut whole = courses
            .filter_map(|(course, possible)| Some((course.course.as_ref()?.fractions(), possible)));
        let fits = |fractions: u32, possible: &[u32]| {
            possible
                .iter()
                .any(|per_week| fits_weeks(fractions, *per_week, *weeks))
        };
        let of_ranges = |values: &NamedValues| {
            values.counts.iter().any(|count| {
                let count = u32::try_from(*count).unwrap_or(u32::MAX);
                per_week.iter().any(|possible| fits(count, possible))
            })
        };
        whole.any(|(fractions, possible)| fits(fractions, possible))
            || self.doses.as_ref().is_none_or(of_ranges)
            || self.drugs.iter().any(|drug| drug.has_weeks(weeks))
    }
}

/// Two of them are the same.
fn repeats<T: PartialEq>(all: &[T]) -> bool {
    let mut each = all.iter().enumerate();
    each.any(|(i, one)| all[..i].contains(one))
}

/// `with a simultaneous integrated boost to 54 Gy`.
fn says_simultaneous(text: &str) -> bool {
    let words = tokens(text);
    let is = |list: &[&str]| words.iter().any(|word| list.contains(&word.text.as_str()));
    is(&["sib"]) || (is(BOOST) && is(&["simultaneous", "simultaneously", "integrated"]))
}

/// Weekends, and no other days of the drug: "on radiotherapy days and at weekends" is every day.
fn is_weekend_alone(mention: &Mention, all: &[Mention]) -> bool {
    let weekends = Said::Days(SaidDays::Weekends);
    let other = |other: &Mention| {
        other.drug == mention.drug
            && other.said != weekends
            && matches!(other.said, Said::Days(_) | Said::DaysPerWeek(_))
    };
    mention.said == weekends && mention.drug.is_some() && !all.iter().any(other)
}

/// Both ends of a range.
fn ends(range: &Range) -> impl Iterator<Item = Decimal> {
    [range.low, range.high].into_iter()
}

fn has(known: &[u64], number: Decimal) -> bool {
    known
        .iter()
        .any(|known| Decimal::new(i128::from(*known), 0) == Some(number))
}

impl DrugPassage<'_> {
    fn has_times(&self, said: Decimal) -> bool {
        if is_open(self.drug.administrations_per_day.as_ref()) {
            return true;
        }
        match self.drug.administrations_per_day() {
            Some(times) => Decimal::from(u32::from(times.get())) == said,
            // a day's amount can be held without the doses it is divided into
            None => self.drug.intensity_per_day.is_some(),
        }
    }

    /// The days of a drug, or those of each choice where they are left open; a choice in words alone has none.
    fn possible_days(&self) -> &[DrugDays] {
        match &self.drug.days {
            Statement::Stated { value, .. } | Statement::Derived { value, .. } => {
                core::slice::from_ref(value)
            }
            Statement::Unspecified { question, values }
                if values.len() == question.choices.len() =>
            {
                values.as_slice()
            }
            Statement::Unspecified { .. } => &[],
        }
    }

    fn has_days(&self, said: &SaidDays) -> bool {
        let possible = self.possible_days();
        let begins = |days: &DrugDays| match (days, said) {
            (DrugDays::Days(days) | DrugDays::Cycle { days, .. }, SaidDays::Numbers(list)) => {
                self.is_begun_on(days, list)
            }
            _ => false,
        };
        let can_be = |days: &DrugDays| are_days(days, said) || begins(days);
        possible.is_empty() || possible.iter().any(can_be)
    }

    fn has_days_per_week(&self, count: &Range, per_week: &[u32]) -> bool {
        let possible = self.possible_days();
        possible.is_empty()
            || possible
                .iter()
                .any(|days| are_days_per_week(days, count, per_week))
    }

    fn has_cycle(&self, length: &Range, unit: TimeUnit) -> bool {
        let week = match unit {
            TimeUnit::Days => 1,
            TimeUnit::Weeks => 7,
        };
        match self.drug.days.value() {
            Some(DrugDays::Cycle { every, .. }) => {
                let days = u32::from(every.get());
                ends(length).any(|end| end.checked_mul(week.into()) == Some(days.into()))
            }
            Some(DrugDays::RadiotherapyDays | DrugDays::Weekdays | DrugDays::CalendarDays) => false,
            _ => true,
        }
    }

    fn has_cap(&self, said: &[Number]) -> bool {
        match &self.drug.cap {
            None => false,
            Some(cap) => cap.value().is_none_or(|cap| {
                said.iter()
                    .any(|said| said.value == Decimal::from(cap.milligrams()))
            }),
        }
    }

    fn has_weeks(&self, weeks: &Range) -> bool {
        match self.drug.days.value() {
            Some(DrugDays::Weekly {
                per_week,
                times: Some(times),
            }) => {
                let per_week = u32::from(per_week.get());
                weeks.has(u32::from(times.get()).div_ceil(per_week).into())
            }
            Some(DrugDays::RadiotherapyDays | DrugDays::Weekdays | DrugDays::CalendarDays) => false,
            _ => true,
        }
    }
}

/// The words can mean these days.
fn are_days(days: &DrugDays, said: &SaidDays) -> bool {
    match days {
        DrugDays::Days(days) | DrugDays::Cycle { days, .. } => match said {
            SaidDays::Numbers(list) => {
                let given = |day: u32| days.iter().any(|given| u32::from(given) == day);
                list.iter()
                    .all(|(first, last)| given(*first) && given(*last))
            }
            said => *said == SaidDays::AlternateDays,
        },
        DrugDays::Weekly { .. } | DrugDays::Weeks(_) => true,
        // "on the radiotherapy days of fractions 16 to 20"
        DrugDays::Fractions(_) => *said == SaidDays::RadiotherapyDays,
        DrugDays::RadiotherapyDays | DrugDays::Weekdays => {
            matches!(said, SaidDays::RadiotherapyDays | SaidDays::Weekdays)
        }
        DrugDays::CalendarDays => matches!(
            said,
            SaidDays::CalendarDays | SaidDays::Weekends | SaidDays::RadiotherapyDays
        ),
    }
}

fn are_days_per_week(days: &DrugDays, count: &Range, per_week: &[u32]) -> bool {
    match days {
        DrugDays::Weekdays => count.has(5.into()),
        DrugDays::CalendarDays => count.has(7.into()),
        DrugDays::RadiotherapyDays => is_radiotherapy_week(count, per_week),
        DrugDays::Weekly { per_week, .. } => count.has(u32::from(per_week.get()).into()),
        _ => true,
    }
}
