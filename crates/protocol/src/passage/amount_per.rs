//! What an amount of a drug is per, by the words around it.

use chemorad::number::Decimal;

use super::amount::Amount;
use super::drug_times::Run;
use super::mention::{InfusionTime, Per, Said, SaidDays};
use super::mentions::Clause;
use super::phrases::Phrase;

/// The two times of a day at which a drug is taken twice.
const MORNING: &[&str] = &["morning", "am"];
const EVENING: &[&str] = &["evening", "night", "pm"];

impl Clause<'_> {
    /// What is said behind an amount and before the next amount, dose, drug or end of the sentence.
    pub(super) fn behind(&self, amount: usize) -> impl Iterator<Item = &Phrase> {
        let of = self.drugs[amount];
        (amount + 1..self.phrases.len())
            .take_while(move |i| match &self.phrases[*i].phrase {
                Phrase::Drug(_) => Some(*i) == of,
                Phrase::Amounts(_) | Phrase::Radiation(_) | Phrase::Break => false,
                // "200 mg/m2 and weekly gemcitabine"
                Phrase::Daily if self.is_daily_in_brackets(*i + 1) => false,
                Phrase::TimesPerWeek(_) | Phrase::TimesPerDay(_) | Phrase::Daily => {
                    let next = self.phrases.get(*i + 1).map(|next| &next.phrase);
                    !(matches!(next, Some(Phrase::Drug(_))) && self.between(*i, *i + 1).is_empty())
                }
                _ => true,
            })
            .map(|i| &self.phrases[i].phrase)
            .filter(|phrase| {
                !matches!(
                    phrase,
                    Phrase::Drug(_) | Phrase::Cap(_) | Phrase::Radiotherapy
                )
            })
    }

    /// What is said before an amount, back to the amount, dose or end of a sentence before; at most one
    /// drug lies between.
    fn ahead(&self, amount: usize) -> Vec<&Phrase> {
        let mut names = 0;
        self.phrases[..amount]
            .iter()
            .rev()
            .map(|placed| &placed.phrase)
            .take_while(move |phrase| {
                names += usize::from(matches!(phrase, Phrase::Drug(_)));
                names < 2
                    && !matches!(
                        phrase,
                        Phrase::Amounts(_) | Phrase::Radiation(_) | Phrase::Break
                    )
            })
            .collect()
    }

    /// What is said before an amount and not of another drug: back to the name of its drug, and what touches
    /// it. Nothing where the name follows.
    fn ahead_of_its_own(&self, amount: usize) -> Vec<&Phrase> {
        let Some(drug) = self.drugs[amount] else {
            return self.ahead(amount);
        };
        if drug > amount {
            return Vec::new();
        }
        let touches = |before: &usize| {
            let words = self.between(*before, drug);
            words.len() <= 3
                && words
                    .iter()
                    .all(|word| ["of", "iv", "intravenous", "with"].contains(&word.text.as_str()))
        };
        let before = drug.checked_sub(1).filter(touches);
        let first = before.unwrap_or(drug);
        self.phrases[first..amount]
            .iter()
            .map(|placed| &placed.phrase)
            .collect()
    }

    /// `two doses of 825 mg/m2`, `two doses of capecitabine 825 mg/m2`: how many doses of this amount.
    fn doses_of(&self, amount: usize) -> Option<Decimal> {
        let named = amount
            .checked_sub(1)
            .filter(|before| matches!(self.phrases[*before].phrase, Phrase::Drug(_)))
            .filter(|before| self.between(*before, amount).len() <= 1);
        let first = self.phrases[named.unwrap_or(amount)].first;
        let before = self.tokens.get(first.checked_sub(3)?..first)?;
        let doses = ["doses", "administrations", "intakes"];
        let is = doses.contains(&before[1].text.as_str()) && before[2] == "of";
        before[0]
            .number
            .filter(|number| is && *number != Decimal::from(1))
    }

    /// `two doses of 825 mg/m2 daily`: 2.
    pub(super) fn doses_a_day(&self, amount: usize) -> Option<Decimal> {
        let doses = self.doses_of(amount)?;
        let daily = self
            .behind(amount)
            .any(|phrase| matches!(phrase, Phrase::Daily));
        daily.then_some(doses)
    }

    /// One of these words stands right behind an amount.
    fn is_before(&self, amount: usize, wanted: &[&str]) -> bool {
        const MOST: usize = 4;
        let from = self.phrases[amount].last + 1;
        let behind = self.tokens.iter().skip(from).take(MOST);
        let mut near = behind.take_while(|word| word.number.is_none());
        near.any(|word| wanted.contains(&word.text.as_str()))
    }

    /// `825 mg/m2 in the morning and 825 mg/m2 in the evening`: one amount, twice a day.
    pub(super) fn in_the_morning_and_evening(&self, amount: usize) -> bool {
        let amounts = |at: usize| match &self.phrases.get(at)?.phrase {
            Phrase::Amounts(amounts) => match amounts.as_slice() {
                [one] => Some((one.range, one.unit)),
                _ => None,
            },
            _ => None,
        };
        let is_name = |at: usize| {
            let placed = self.phrases.get(at);
            placed.is_some_and(|placed| matches!(placed.phrase, Phrase::Drug(_)))
        };
        let next = amount + 1 + usize::from(is_name(amount + 1));
        let same = amounts(amount).is_some() && amounts(amount) == amounts(next);
        same && self.is_before(amount, MORNING) && self.is_before(next, EVENING)
    }

    /// `in 2 divided doses (825 mg/m2 each)`, and not `each day`.
    fn is_each(&self, amount: usize) -> bool {
        const TIMES: &[&str] = &[
            "day", "week", "morning", "evening", "cycle", "course", "d", "wk",
        ];
        let behind = self.phrases[amount].last + 1;
        let is = |at: usize, list: &[&str]| {
            let word = self.tokens.get(at);
            word.is_some_and(|word| list.contains(&word.text.as_str()))
        };
        is(behind, &["each"]) && !is(behind + 1, TIMES)
    }

    /// `825 mg/m2 (daily 1650 mg/m2)`: the day's amount of the one before.
    fn is_daily_in_brackets(&self, amount: usize) -> bool {
        let is = |wanted: fn(&Phrase) -> bool, at: usize| {
            self.phrases
                .get(at)
                .is_some_and(|placed| wanted(&placed.phrase))
        };
        let Some(daily) = amount.checked_sub(1) else {
            return false;
        };
        let both = is(|phrase| matches!(phrase, Phrase::Daily), daily)
            && is(|phrase| matches!(phrase, Phrase::Amounts(_)), amount);
        let opens = |first: usize| {
            let before = first.checked_sub(1).and_then(|at| self.tokens.get(at));
            before.is_some_and(|word| *word == "(")
        };
        both && self.between(daily, amount).is_empty() && opens(self.phrases[daily].first)
    }

    /// What an amount is per.
    pub(super) fn per(&self, at: usize, amount: &Amount) -> Per {
        if self.is_daily_in_brackets(at) {
            return Per::Day;
        }
        if let Some(per) = amount.per {
            let next = self.phrases.get(at + 1).map(|next| &next.phrase);
            let both = per == Per::Day && matches!(next, Some(Phrase::TimesPerDay(_)));
            return if both { Per::Unstated } else { per };
        }
        let one = self.is_before(at, MORNING) || self.is_before(at, EVENING);
        if one || self.is_each(at) || self.doses_of(at).is_some() {
            return Per::Administration;
        }
        // "a daily dose of capecitabine of 1650 mg/m2"
        let near = |one: usize, other: usize| self.between(one, other).len() <= 1;
        let before = at.checked_sub(1).filter(|before| near(*before, at));
        let before = before.and_then(|before| match self.phrases[before].phrase {
            Phrase::Drug(_) => before.checked_sub(1).filter(|first| near(*first, before)),
            _ => Some(before),
        });
        if let Some(before) = before {
            match self.phrases[before].phrase {
                Phrase::DailyDoseOf => return Per::Day,
                Phrase::TotalDoseOf => return Per::Course,
                _ => {}
            }
        }
        let last = self.shared_with(at).unwrap_or(at);
        let behind: Vec<&Phrase> = self.behind(last).collect();
        let ahead = self.ahead(at);
        if behind
            .iter()
            .any(|phrase| matches!(phrase, Phrase::Divided(_)))
        {
            return Per::Day;
        }
        // "825 mg/m2 daily, twice a day" can mean both
        let is = |wanted: fn(&Phrase) -> bool| behind.iter().any(|phrase| wanted(phrase));
        if is(|phrase| matches!(phrase, Phrase::Daily))
            && is(|phrase| matches!(phrase, Phrase::TimesPerDay(_)))
        {
            return Per::Unstated;
        }
        let said = behind.iter().find_map(|phrase| match phrase {
            Phrase::TimesPerDay(_) | Phrase::Bolus => Some(Per::Administration),
            Phrase::Daily => Some(Per::Day),
            _ => None,
        });
        // twice-daily capecitabine 825 mg/m2
        let said = said.or_else(|| {
            let times = ahead
                .iter()
                .any(|phrase| matches!(phrase, Phrase::TimesPerDay(_)));
            times.then_some(Per::Administration)
        });
        if let Some(per) = said.or_else(|| behind.iter().find_map(|phrase| total(phrase))) {
            return per;
        }
        let long = |phrase: &&Phrase| match phrase {
            Phrase::Run(Run::Time(InfusionTime::Continuous)) => true,
            Phrase::Run(_) => total(phrase).is_some(),
            Phrase::Other(Said::DurationDays(days)) => days.high > Decimal::from(1),
            Phrase::Days(SaidDays::Numbers(spans)) => spans
                .iter()
                .any(|(first, last)| last.saturating_sub(*first) >= 7),
            _ => false,
        };
        let all = || behind.iter().chain(&ahead);
        let near = self.ahead_of_its_own(at);
        if !behind.iter().chain(&near).any(long) && all().any(|phrase| is_single(phrase)) {
            return Per::Administration;
        }
        if ahead.iter().any(|phrase| matches!(phrase, Phrase::Daily)) {
            return Per::Day;
        }
        // "1000 mg/m2 for 4 days by continuous infusion" as "for 96 hours"
        let infused =
            all().any(|phrase| matches!(phrase, Phrase::Run(Run::Time(InfusionTime::Continuous))));
        let days = behind.iter().find_map(|phrase| match phrase {
            Phrase::Other(Said::DurationDays(days)) if days.low == days.high => Some(days.low),
            _ => None,
        });
        match days.and_then(|days| days.checked_mul(Decimal::from(24))) {
            Some(hours) if infused && hours != Decimal::from(24) => Per::DayOrHours(hours),
            _ => Per::Unstated,
        }
    }
}

/// Over a day or longer, an amount is a total.
fn total(phrase: &Phrase) -> Option<Per> {
    let day = Decimal::from(24);
    match phrase {
        Phrase::Run(Run::Days(days)) => Some(Per::Days(*days)),
        Phrase::Run(Run::Week) => Some(Per::Days(Decimal::from(7))),
        Phrase::Run(Run::For(InfusionTime::Hours(hours))) if hours.low == hours.high => {
            Some(Per::DayOrHours(hours.low))
        }
        Phrase::Run(Run::Time(InfusionTime::Hours(hours))) if hours.low == hours.high => {
            match hours.low.checked_sub(day) {
                Some(rest) if rest.is_zero() => Some(Per::Day),
                Some(rest) if rest.is_positive() => Some(Per::Hours(hours.low)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Words behind which an amount is that of one administration.
const fn is_single(phrase: &Phrase) -> bool {
    matches!(
        phrase,
        Phrase::TimesPerWeek(_)
            | Phrase::Days(SaidDays::Numbers(_))
            | Phrase::Other(Said::Cycle(..) | Said::WeekNumbers(_))
            | Phrase::Run(Run::Time(InfusionTime::Hours(_) | InfusionTime::Minutes(_)))
    )
}
