//! A date of birth in a text, in any order of its parts.

/// The digits of a date with a short year.
const SHORTEST_RUN: usize = 6;
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date of birth, to be found in any order of its parts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct BirthDate {
    year: u32,
    month: u32,
    day: u32,
}

impl BirthDate {
    /// `19800517`, whatever stands between its digits; `None` for anything else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if digits.len() != 8 || text.chars().any(char::is_alphabetic) {
            return None;
        }
        let part = |from: usize, to: usize| digits.get(from..to)?.parse().ok();
        let date = Self {
            year: part(0, 4)?,
            month: part(4, 6)?,
            day: part(6, 8)?,
        };
        let real = (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
        real.then_some(date)
    }

    /// Its day and month, in either order.
    pub(super) fn day_and_month(self) -> [u32; 2] {
        either_order(self.day, self.month)
    }

    /// Every day and month that a text may hold beside a year, in either order: more than it does, never fewer.
    pub(super) fn days_and_months(tokens: &[&str]) -> Vec<[u32; 2]> {
        let numbers: Vec<Option<u32>> = tokens.iter().map(|token| number(token)).collect();
        let mut found = Vec::new();
        for three in numbers.windows(3) {
            if let [Some(first), Some(second), Some(third)] = *three {
                for (one, other) in [(first, second), (first, third), (second, third)] {
                    found.push(either_order(one, other));
                }
            }
        }
        let runs = tokens.iter().filter(|token| is_run(token));
        for run in runs {
            let two = |at: usize| run.get(at..at + 2)?.parse::<u32>().ok();
            for at in 0..run.len() {
                let Some(one) = two(at) else { continue };
                let others = [2, 4, 6].into_iter().filter_map(|far| two(at + far));
                found.extend(others.map(|other| either_order(one, other)));
            }
        }
        found
    }

    /// `19800517`.
    pub(super) fn is_date(self, digits: &str) -> bool {
        digits == format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }

    pub(super) fn is_in(self, tokens: &[&str]) -> bool {
        let numbers: Vec<Option<u32>> = tokens.iter().map(|token| number(token)).collect();
        let sorted = |mut three: [u32; 3]| {
            three.sort_unstable();
            three
        };
        let apart = numbers.windows(3).any(|three| {
            let [Some(first), Some(second), Some(third)] = *three else {
                return false;
            };
            let found = sorted([first, second, third]);
            [self.year, self.year % 100]
                .into_iter()
                .any(|year| found == sorted([year, self.month, self.day]))
        });
        let mut runs = tokens.iter().filter(|token| is_run(token));
        apart || runs.any(|token| self.is_run(token))
    }

    /// Whether a run of digits holds the date, or is it with a short year.
    fn is_run(self, token: &str) -> bool {
        let (month, day) = (format!("{:02}", self.month), format!("{:02}", self.day));
        let whole = |year: &str| {
            let (month, day) = (&*month, &*day);
            [
                [year, month, day],
                [year, day, month],
                [month, day, year],
                [day, month, year],
                [month, year, day],
                [day, year, month],
            ]
            .map(|parts| parts.concat())
        };
        let long = whole(&format!("{:04}", self.year));
        let short = whole(&format!("{:02}", self.year % 100));
        long.iter().any(|date| token.contains(&**date)) || short.iter().any(|date| token == date)
    }
}

fn either_order(one: u32, other: u32) -> [u32; 2] {
    [one.min(other), one.max(other)]
}

/// Digits that a date may stand in without anything between its parts.
fn is_run(token: &str) -> bool {
    token.len() >= SHORTEST_RUN && token.starts_with(|c: char| c.is_ascii_digit())
}

/// A number without its leading zeros, or that of a month by its name.
fn number(token: &str) -> Option<u32> {
    if token.starts_with(|c: char| c.is_ascii_digit()) {
        return token.parse().ok();
    }
    let is = |month: &str| month == token || (token.len() == 3 && month.starts_with(token));
    let month = MONTHS.iter().position(|month| is(month))?;
    u32::try_from(month + 1).ok()
}
