//! From which day the numbered days of a drug are counted, and the dates that follow.

use core::num::NonZeroU16;
use std::string::{String, ToString};
use std::vec::Vec;

use jiff::civil::Date;

use super::case::Case;
use super::error::{Found, SheetError};
use super::provenance::Provenance;
use super::resolve::resolve;
use chemorad::capecitabine::{CapecitabineDays, DayCycles};
use chemorad_protocol::{DayNumbers, DayOne, DrugDays, DrugRegimen};

/// The longest list of days that tablets are counted for.
const LONGEST: i32 = 366;

/// The days on which tablets are taken, counted from the first fraction; none where something is
/// missing or wrong, which is noted.
pub(super) fn intake(
    case: &Case,
    drug: &DrugRegimen,
    days: &DrugDays,
    fractions: &[Date],
    found: &mut Found,
) -> Option<(CapecitabineDays, Option<Provenance>)> {
    let &first = fractions.iter().min()?;
    if let DrugDays::Fractions(numbers) = days {
        return Some((found.keep(of_fractions(numbers, fractions))?, None));
    }
    let before = match days {
        DrugDays::Days(_) | DrugDays::Cycle { .. } | DrugDays::Weekly { .. } => {
            Some(days_before(case, drug, days, first, found)?)
        }
        _ => None,
    };
    let counted = days_of_intake(days, before.as_ref().map_or(0, |(before, _)| *before));
    Some((found.keep(counted)?, before.map(|(_, settled)| settled)))
}

/// The days on which tablets are taken, where day 1 lies so many days before the first fraction.
pub(super) fn days_of_intake(days: &DrugDays, before: i32) -> Result<CapecitabineDays, SheetError> {
    let repeated = match days {
        DrugDays::RadiotherapyDays => return Ok(CapecitabineDays::RadiotherapyDays),
        DrugDays::Weekdays => return Ok(CapecitabineDays::Weekdays),
        DrugDays::CalendarDays => return Ok(CapecitabineDays::CalendarDays),
        // listed days are one cycle that ends with the last of them
        DrugDays::Days(numbers) => Repeated {
            days: numbers.iter().collect(),
            every: numbers.last(),
            cycles: Some(1),
        },
        DrugDays::Cycle {
            days,
            every,
            cycles,
        } => Repeated {
            days: days.iter().collect(),
            every: every.get(),
            cycles: cycles.map(NonZeroU16::get),
        },
        DrugDays::Weekly { per_week, times } if per_week.get() == 1 => Repeated {
            days: vec![1],
            every: 7,
            cycles: times.map(NonZeroU16::get),
        },
        DrugDays::Fractions(_) => {
            return Err(SheetError::Unsupported(format!(
                "tablets cannot be counted for a drug given {days} without the dates of the fractions"
            )));
        }
        // the protocol names the week and not the day
        DrugDays::Weekly { .. } | DrugDays::Weeks(_) => {
            return Err(SheetError::Unsupported(format!(
                "tablets cannot be counted for a drug given {days}: the protocol does not say on which day of the week"
            )));
        }
    };
    repeated
        .counted_from_first_fraction(days, before)
        .map(CapecitabineDays::Cycles)
}

/// The days of fractions by number, as days counted from the first fraction. Several fractions of one day are one
/// day of the drug.
pub(super) fn of_fractions(
    numbers: &DayNumbers,
    fractions: &[Date],
) -> Result<CapecitabineDays, SheetError> {
    let mut dates = fractions.to_vec();
    dates.sort_unstable();
    let (Some(first), last) = (dates.first(), numbers.last()) else {
        return Err(SheetError::Unsupported(
            "the days of fractions need their dates".to_string(),
        ));
    };
    if usize::from(last) > dates.len() {
        return Err(SheetError::Unsupported(format!(
            "the drug is given with fractions {numbers}, and the course has {} fractions",
            dates.len()
        )));
    }
    let day = |number: u16| {
        let date = dates.get(usize::from(number).checked_sub(1)?)?;
        let after = date.since(*first).ok()?.get_days();
        u16::try_from(after).ok()?.checked_add(1)
    };
    let mut days: Vec<u16> = numbers.iter().filter_map(day).collect();
    days.dedup();
    let every = days.last().copied().unwrap_or(1);
    Ok(CapecitabineDays::Cycles(DayCycles::new(
        days,
        every,
        Some(1),
    )?))
}

/// Days of a cycle that is repeated.
struct Repeated {
    days: Vec<u16>,
    every: u16,
    cycles: Option<u16>,
}

impl Repeated {
    /// The same counted from the first fraction, which is given so many days after day 1.
    fn counted_from_first_fraction(
        self,
        days: &DrugDays,
        before: i32,
    ) -> Result<DayCycles, SheetError> {
        let unsupported = |why: &str| {
            SheetError::Unsupported(format!(
                "{days} {why}: such days cannot be dated from the first fraction, which is given on day {} of the count",
                before + 1
            ))
        };
        if before == 0 {
            return Ok(DayCycles::new(self.days, self.every, self.cycles)?);
        }
        let Some(cycles) = self.cycles else {
            return Err(unsupported("go on without a number of cycles"));
        };
        let all = (0..i32::from(cycles)).flat_map(|cycle| {
            let begin = cycle * i32::from(self.every) - before;
            self.days.iter().map(move |day| begin + i32::from(*day))
        });
        let all: Vec<i32> = all.take(1000).collect();
        if all.iter().any(|day| *day < 1) {
            return Err(unsupported("begin before the first fraction"));
        }
        let last = all.iter().copied().max().unwrap_or(1);
        if last > LONGEST {
            return Err(unsupported("go on for more than a year"));
        }
        let counted = all.iter().filter_map(|day| u16::try_from(*day).ok());
        let last = u16::try_from(last).unwrap_or(u16::MAX);
        Ok(DayCycles::new(counted, last, Some(1))?)
    }
}

/// How many days day 1 lies before the first fraction, and who says so.
fn days_before(
    case: &Case,
    drug: &DrugRegimen,
    days: &DrugDays,
    first: Date,
    found: &mut Found,
) -> Option<(i32, Provenance)> {
    let name = &drug.id;
    let site = &case.site;
    let why = format!(
        "{name} is given on {days}, and the protocol does not say from which day these are counted."
    );
    let number = (drug.first_fraction.is_some() || site.first_fraction.is_some()).then(|| {
        resolve(
            case,
            "site.first_fraction",
            &why,
            "22",
            drug.first_fraction.as_ref(),
            site.first_fraction,
        )
    });
    let begins = (drug.day_one.is_some() || site.day_one.is_some()).then(|| {
        resolve(
            case,
            "site.day_one",
            &why,
            "first_fraction",
            drug.day_one.as_ref(),
            site.day_one.clone(),
        )
    });
    let (number, begins) = (
        found.keep(number.transpose())?,
        found.keep(begins.transpose())?,
    );
    let dated = case.calendar.as_ref().and_then(|calendar| calendar.day_one);
    let date = match (&begins, dated) {
        (Some(DayOne::FirstFraction), Some(date)) if date != first => {
            found.add(SheetError::Contradiction(format!(
                "calendar.day_one: day 1 is the day of the first fraction, {first}, and the case says {date}: leave it out"
            )));
            return None;
        }
        (Some(DayOne::FirstFraction), _) => Some(first),
        (_, date) => date,
    };
    let by_date = date.map(|date| first.since(date).map_or(0, |span| span.get_days()));
    let by_number = number.map(|number| i32::from(number.get()) - 1);
    let before = match (by_number, by_date) {
        (Some(by_number), Some(by_date)) if by_number != by_date => {
            found.add(SheetError::Contradiction(format!(
                "site.first_fraction: the first fraction is on day {} of the count by this number, and on day {} by the date of day 1: make them agree",
                by_number + 1,
                by_date + 1
            )));
            return None;
        }
        (Some(before), _) | (None, Some(before)) => before,
        (None, None) => {
            found.add(match &begins {
                Some(begins) => SheetError::missing(
                    "calendar.day_one",
                    &format!(
                        "{name} is given on {days}, counted from {}: the date of that day is needed, or its distance to the first fraction (site.first_fraction, the number of the day on which that is given).",
                        begins.in_words()
                    ),
                    &["day_one = \"2026-12-07\""],
                ),
                None => SheetError::missing(
                    "site.day_one",
                    &format!(
                        "{why} No date is given for them until it is settled here, or by site.first_fraction, the number of the day on which the first fraction is given."
                    ),
                    &DayOne::NAMES,
                ),
            });
            return None;
        }
    };
    let stated = drug
        .day_one
        .as_ref()
        .filter(|given| given.value().is_some());
    let settled = match (stated, &drug.first_fraction) {
        (Some(given), _) => Provenance::of("day 1 of the drug", given),
        (None, Some(given)) if given.value().is_some() => {
            Provenance::of("day of the first fraction in the count", given)
        }
        _ => Provenance::by_site("day 1 of the drug", counted(begins.as_ref(), before, first)),
    };
    Some((before, settled))
}

/// What day 1 is, with the number of the first fraction.
fn counted(begins: Option<&DayOne>, before: i32, first: Date) -> String {
    match begins {
        Some(DayOne::FirstFraction) => DayOne::FirstFraction.in_words().to_string(),
        Some(begins) => format!(
            "{}; the first fraction, {first}, is on day {}",
            begins.in_words(),
            before + 1
        ),
        None => format!("the first fraction, {first}, is on day {}", before + 1),
    }
}
