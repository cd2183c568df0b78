//! A date of birth in a text, in any order of its parts.

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
#[derive(Clone, Copy, PartialEq, Eq)]
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

    pub(super) fn is_in(self, tokens: &[&str]) -> bool {
        let apart = tokens.windows(3).any(|three| {
            let mut found: Vec<u32> = three.iter().filter_map(|token| number(token)).collect();
            found.sort_unstable();
            [self.year, self.year % 100].iter().any(|year| {
                let mut wanted = [*year, self.month, self.day];
                wanted.sort_unstable();
                found == wanted
            })
        });
        apart || tokens.iter().any(|token| self.is_run(token))
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

/// A number without its leading zeros, or that of a month by its name.
fn number(token: &str) -> Option<u32> {
    if token.starts_with(|c: char| c.is_ascii_digit()) {
        return token.parse().ok();
    }
    let is = |month: &str| month == token || (token.len() == 3 && month.starts_with(token));
    let month = MONTHS.iter().position(|month| is(month))?;
    u32::try_from(month + 1).ok()
}
