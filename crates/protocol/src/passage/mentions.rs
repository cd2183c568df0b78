//! Phrases put together to mentions: what is said of which drug, and of the radiotherapy.

use chemorad::number::Decimal;

use super::amount::Amount;
use super::amount_drugs::drugs;
use super::dose::LEAST_TOTAL;
use super::drug_times::Run;
use super::mention::{DoseUnit, Mention, Per, Range, Said};
use super::phrases::{Phrase, Placed, phrases};
use super::token::{Token, tokens, without_hyphens};

/// Everything a passage says, in the order of its words.
pub(crate) fn mentions(passage: &str) -> Vec<Mention> {
    let tokens = without_hyphens(&tokens(passage));
    let phrases = phrases(&tokens);
    let mut out = Clause {
        tokens: &tokens,
        phrases: &phrases,
        drugs: drugs(&phrases, &tokens),
    }
    .mentions();
    out.sort_by_key(|mention| (mention.start, mention.end));
    out
}

/// Between amounts that share their days.
const JOIN: &[&str] = &[
    ")",
    "(",
    "and",
    "plus",
    "+",
    ",",
    "with",
    "of",
    "at",
    "the",
    "iv",
    "intravenous",
];

/// Between the drugs of a list.
const IN_LIST: &[&str] = &["and", "plus", "+", ",", "/", "&"];

/// Between times and the dose they are said of.
const BEFORE_DOSE: &[&str] = &["treatment", "treatments", "fractions", "of", "at", "doses"];

/// Before words that are said of the drug behind them.
const VERBS: &[&str] = &["received", "receive", "plus", "and", "with", "versus", "or"];

/// Between times and the drug they are said of.
const BEFORE_NAME: &[&str] = &[
    "oral",
    "iv",
    "intravenous",
    "dose",
    "doses",
    "of",
    "concurrent",
    "concomitant",
    "single",
    "infusional",
    "administration",
    "adjuvant",
    "course",
];

/// Longer lists of drugs that share their days are none.
const LONGEST_LIST: usize = 8;

/// What words are said of.
#[derive(Debug, Clone, PartialEq)]
enum Subject {
    Nothing,
    Drugs(Vec<String>),
    Radiotherapy,
}

/// The phrases of a passage with its tokens, and the drug of every amount.
pub(super) struct Clause<'p> {
    pub(super) tokens: &'p [Token],
    pub(super) phrases: &'p [Placed],
    pub(super) drugs: Vec<Option<usize>>,
}

impl Clause<'_> {
    #[allow(clippy::too_many_lines, reason = "one arm for each phrase")]
    fn mentions(&self) -> Vec<Mention> {
        let mut out = Vec::new();
        let mut subject = Subject::Nothing;
        for (i, placed) in self.phrases.iter().enumerate() {
            let of = self.said_of(i, &subject);
            let mut push = |said: Said, drug: Option<&String>| {
                out.push(Mention {
                    said,
                    drug: drug.cloned(),
                    start: placed.start,
                    end: placed.end,
                });
            };
            match &placed.phrase {
                Phrase::Drug(_) => subject = Subject::Drugs(self.listed(i)),
                Phrase::Amounts(amounts) => {
                    let name = self.name_of(i);
                    for also in self.both(i) {
                        for amount in amounts {
                            let (unit, per) = (amount.unit, self.per(i, amount));
                            let amount = amount.range;
                            push(Said::Intensity { amount, unit, per }, Some(&also));
                        }
                    }
                    for amount in amounts {
                        let name = amount.drug.clone().or_else(|| name.clone());
                        push(
                            Said::Intensity {
                                amount: amount.range,
                                unit: amount.unit,
                                per: self.per(i, amount),
                            },
                            name.as_ref(),
                        );
                        let times = amount.times.or_else(|| self.doses_a_day(i));
                        if let Some(times) = times {
                            push(Said::AdministrationsPerDay(times), name.as_ref());
                        }
                    }
                    if self.in_the_morning_and_evening(i) {
                        push(Said::AdministrationsPerDay(2.into()), name.as_ref());
                    }
                    subject = self.subject_of(i);
                }
                Phrase::Radiation(several) => {
                    let each = several.len() == 1 && self.is_per_fraction(i);
                    for said in several {
                        push(
                            match said.clone() {
                                Said::Dose(dose, unit) if each => Said::DosePerFraction(dose, unit),
                                other => other,
                            },
                            None,
                        );
                    }
                    subject = Subject::Radiotherapy;
                }
                Phrase::Radiotherapy => {
                    // "capecitabine with radiotherapy, twice daily" goes on about capecitabine
                    if !matches!(subject, Subject::Drugs(_)) {
                        subject = Subject::Radiotherapy;
                    }
                }
                Phrase::TimesPerDay(_) | Phrase::TimesPerWeek(_) | Phrase::Days(_)
                    if self.repeats(i) => {}
                Phrase::TimesPerDay(times) if of == Subject::Radiotherapy => {
                    push(Said::FractionsPerDay(*times), None);
                }
                Phrase::TimesPerDay(times) => {
                    of.each(|drug| push(Said::AdministrationsPerDay(*times), drug));
                }
                Phrase::Divided(times) => {
                    let of = self.of_all(i).unwrap_or(of);
                    of.each(|drug| push(Said::AdministrationsPerDay(*times), drug));
                }
                Phrase::TimesPerWeek(times) if of == Subject::Radiotherapy => {
                    // a lone "weekly" may be said of a drug that is named later
                    if *times != Decimal::from(1) || self.follows_radiation(i) {
                        push(Said::FractionsPerWeek(Range::single(*times)), None);
                    }
                }
                // "twice daily on weekdays every week" is not once a week
                Phrase::TimesPerWeek(_) if self.is_daily(i) => {}
                Phrase::TimesPerWeek(times) => {
                    of.each(|drug| push(Said::AdministrationsPerWeek(*times), drug));
                }
                Phrase::Run(Run::Time(time) | Run::For(time)) => {
                    push(Said::Infusion(*time), of.last());
                }
                Phrase::Run(Run::Days(days)) => {
                    push(Said::DurationDays(Range::single(*days)), of.last());
                }
                Phrase::Run(Run::Week) => {
                    push(Said::Weeks(Range::single(Decimal::from(1))), of.last());
                }
                Phrase::Days(days) => {
                    let of = self.of_all(i).unwrap_or(of);
                    of.each(|drug| push(Said::Days(days.clone()), drug));
                }
                Phrase::DaysPerWeek(count) if of == Subject::Radiotherapy => {
                    push(Said::FractionsPerWeek(*count), None);
                }
                Phrase::DaysPerWeek(count) => {
                    let of = self.of_all(i).unwrap_or(of);
                    of.each(|drug| push(Said::DaysPerWeek(*count), drug));
                }
                // "A on day 1 and B on day 1, every 3 weeks" is said of both
                Phrase::Other(said @ Said::Cycle(..)) if self.is_of_the_sentence(i) => {
                    push(said.clone(), None);
                }
                Phrase::Cap(amount) => push(Said::Cap(amount.clone()), of.last()),
                // "A AUC 2 and B 50 mg/m2 weekly for 5 weeks"
                Phrase::Other(said @ Said::Weeks(_)) => {
                    of.each(|drug| push(said.clone(), drug));
                }
                Phrase::Other(said) => push(said.clone(), of.last()),
                Phrase::Break
                | Phrase::Daily
                | Phrase::DailyDoseOf
                | Phrase::TotalDoseOf
                | Phrase::Bolus => {}
            }
        }
        out
    }

    /// The drugs of "A 300 mg/m2 per day and B 30 mg per day, 5 days a week": days behind a comma are said of all
    /// whose amounts stand before, where no other days are said of one. So are the parts of a day's amounts.
    fn of_all(&self, at: usize) -> Option<Subject> {
        let is_divided = matches!(self.phrases[at].phrase, Phrase::Divided(_));
        let before = self.phrases[at].first.checked_sub(1)?;
        if !is_divided && self.tokens[before].text != "," {
            return None;
        }
        let is_break = |i: &usize| matches!(self.phrases[*i].phrase, Phrase::Break);
        let first = (0..at).rev().find(is_break).map_or(0, |stop| stop + 1);
        let last = (at..self.phrases.len()).find(is_break);
        let mut behind = at..last.unwrap_or(self.phrases.len());
        if behind.any(|i| matches!(self.phrases[i].phrase, Phrase::Amounts(_))) {
            return None;
        }
        let mut drugs: Vec<String> = Vec::new();
        for i in first..at {
            match &self.phrases[i].phrase {
                Phrase::Amounts(amounts) => {
                    let daily = |amount: &Amount| amount.per == Some(Per::Day);
                    if is_divided && !amounts.iter().all(daily) {
                        return None;
                    }
                    let name = self.name_of(i)?;
                    if !drugs.contains(&name) {
                        drugs.push(name);
                    }
                }
                Phrase::Drug(_) | Phrase::Radiotherapy | Phrase::Daily => {}
                Phrase::Divided(_) if !is_divided => {}
                _ => return None,
            }
        }
        (drugs.len() > 1).then_some(Subject::Drugs(drugs))
    }

    /// The one cycle of a sentence that gives amounts of several drugs.
    fn is_of_the_sentence(&self, at: usize) -> bool {
        let is_break = |i: &usize| matches!(self.phrases[*i].phrase, Phrase::Break);
        let first = (0..at).rev().find(is_break).map_or(0, |stop| stop + 1);
        let last = (at..self.phrases.len()).find(is_break);
        let sentence = first..last.unwrap_or(self.phrases.len());
        let mut cycles = 0;
        let mut drugs: Vec<String> = Vec::new();
        for i in sentence {
            match &self.phrases[i].phrase {
                Phrase::Other(Said::Cycle(..)) => cycles += 1,
                // a cycle before an amount may be that of its drug alone
                Phrase::Amounts(_) if i > at => return false,
                Phrase::Amounts(_) => {
                    drugs.extend(self.name_of(i).filter(|name| !drugs.contains(name)));
                }
                _ => {}
            }
        }
        cycles == 1 && drugs.len() > 1
    }

    fn name(&self, at: usize) -> Option<String> {
        match &self.phrases[at].phrase {
            Phrase::Drug(name) => Some(name.clone()),
            _ => None,
        }
    }

    /// The drugs of a list that ends here: `fluorouracil and leucovorin on days 1 to 5`.
    fn listed(&self, last: usize) -> Vec<String> {
        let joined = |at: &usize| {
            let before = at.checked_sub(1)?;
            let words = self.between(before, *at);
            let is_list = !words.is_empty()
                && words
                    .iter()
                    .all(|word| IN_LIST.contains(&word.text.as_str()));
            (is_list && self.name(before).is_some()).then_some(before)
        };
        let mut out: Vec<String> = Vec::new();
        for at in core::iter::successors(Some(last), joined).take(LONGEST_LIST) {
            out.extend(self.name(at).filter(|name| !out.contains(name)));
        }
        out.reverse();
        out
    }

    pub(super) fn name_of(&self, amount: usize) -> Option<String> {
        self.drugs[amount].and_then(|drug| self.name(drug))
    }

    /// The other drugs of `cisplatin and docetaxel, both at a dose of 75 mg/m2`.
    fn both(&self, amount: usize) -> Vec<String> {
        let before = self.drugs[amount].filter(|drug| *drug < amount);
        let each = |drug: &usize| {
            let words = self.between(*drug, amount);
            words
                .iter()
                .any(|word| ["both", "each"].contains(&word.text.as_str()))
        };
        let Some(last) = before.filter(each) else {
            return Vec::new();
        };
        let mut names = self.listed(last);
        names.pop();
        names
    }

    /// The words between two phrases.
    pub(super) fn between(&self, one: usize, other: usize) -> &[Token] {
        let from = self.phrases[one].last + 1;
        let to = self.phrases[other].first.max(from);
        &self.tokens[from..to]
    }

    /// The drug of an amount, and those before it that share its days: "A 50 mg/m2 and B AUC 2 on day 1".
    fn subject_of(&self, amount: usize) -> Subject {
        let mut names: Vec<String> = Vec::new();
        for earlier in amount.saturating_sub(2 * LONGEST_LIST)..amount {
            if self.shared_with(earlier) == Some(amount) {
                names.extend(self.name_of(earlier));
            }
        }
        names.extend(self.name_of(amount));
        if names.is_empty() {
            Subject::Nothing
        } else {
            Subject::Drugs(names)
        }
    }

    /// The next amount, where it has its days in common with this one.
    fn joined_to(&self, amount: usize) -> Option<usize> {
        if !matches!(self.phrases[amount].phrase, Phrase::Amounts(_))
            || self.behind(amount).next().is_some()
        {
            return None;
        }
        let next = (amount + 1..self.phrases.len())
            .find(|i| !matches!(self.phrases[*i].phrase, Phrase::Drug(_)))?;
        let joined = matches!(self.phrases[next].phrase, Phrase::Amounts(_))
            && next - amount == 2
            && [
                self.between(amount, amount + 1),
                self.between(amount + 1, next),
            ]
            .concat()
            .iter()
            .all(|token| JOIN.contains(&token.text.as_str()));
        joined.then_some(next)
    }

    /// The last of amounts that have their days in common, where this one has none of its own.
    pub(super) fn shared_with(&self, amount: usize) -> Option<usize> {
        let next = |at: &usize| self.joined_to(*at);
        std::iter::successors(self.joined_to(amount), next)
            .take(LONGEST_LIST)
            .last()
    }

    /// What a phrase is said of: a drug or radiotherapy right behind it, else what was spoken of last.
    fn said_of(&self, at: usize, subject: &Subject) -> Subject {
        let ahead = matches!(
            self.phrases[at].phrase,
            Phrase::TimesPerDay(_)
                | Phrase::TimesPerWeek(_)
                | Phrase::Other(Said::Cycle(..))
                | Phrase::Run(_)
        );
        let opens = self.phrases[at]
            .first
            .checked_sub(1)
            .is_some_and(|before| VERBS.contains(&self.tokens[before].text.as_str()));
        let next = at + 1;
        if ahead && next < self.phrases.len() {
            let between = self.between(at, next);
            let near = between.len() <= 4
                && between
                    .iter()
                    .all(|token| BEFORE_NAME.contains(&token.text.as_str()));
            match &self.phrases[next].phrase {
                Phrase::Drug(name) if near || (opens && between.len() <= 3) => {
                    return Subject::Drugs(vec![name.clone()]);
                }
                Phrase::Radiation(_)
                    if between
                        .iter()
                        .all(|token| BEFORE_DOSE.contains(&token.text.as_str())) =>
                {
                    return Subject::Radiotherapy;
                }
                Phrase::Radiotherapy if between.is_empty() => return Subject::Radiotherapy,
                _ => {}
            }
        }
        subject.clone()
    }

    /// `twice daily (bid)` and `weekdays (Monday to Friday)` say one thing.
    fn repeats(&self, at: usize) -> bool {
        at > 0
            && self.phrases[at].phrase == self.phrases[at - 1].phrase
            && self
                .between(at - 1, at)
                .iter()
                .all(|token| ["(", ","].contains(&token.text.as_str()))
    }

    /// Times a day are said since the amount before.
    fn is_daily(&self, at: usize) -> bool {
        self.phrases[..at]
            .iter()
            .rev()
            .take(2 * LONGEST_LIST)
            .take_while(|placed| {
                !matches!(
                    placed.phrase,
                    Phrase::Amounts(_) | Phrase::Drug(_) | Phrase::Break
                )
            })
            .any(|placed| matches!(placed.phrase, Phrase::TimesPerDay(_)))
    }

    fn follows_radiation(&self, at: usize) -> bool {
        at > 0
            && matches!(
                self.phrases[at - 1].phrase,
                Phrase::Radiation(_) | Phrase::Radiotherapy
            )
            && self.between(at - 1, at).len() <= 3
    }

    /// `1.2 Gy twice daily`, `267 cGy and 265 cGy` behind fractions.
    fn is_per_fraction(&self, at: usize) -> bool {
        let Some(next) = self.phrases.get(at + 1) else {
            return self.follows_fraction_dose(at);
        };
        let near = self.between(at, at + 1).len();
        (matches!(next.phrase, Phrase::TimesPerDay(_)) && near <= 1 && !self.is_large(at))
            || (matches!(next.phrase, Phrase::DaysPerWeek(_)) && near <= 1 && self.is_small(at))
            || self.follows_fraction_dose(at)
            || self.precedes_fraction_dose(at, LONGEST_LIST)
    }

    /// So many gray are given once or twice a day as the sum of their fractions.
    fn is_large(&self, at: usize) -> bool {
        let Phrase::Radiation(several) = &self.phrases[at].phrase else {
            return false;
        };
        several.iter().all(|said| match said {
            Said::Dose(dose, DoseUnit::Gray) => dose.low >= LEAST_TOTAL.into(),
            _ => false,
        })
    }

    /// At most 3 Gy: behind a total, before the days of a week, that is a fraction.
    fn is_small(&self, at: usize) -> bool {
        let Phrase::Radiation(several) = &self.phrases[at].phrase else {
            return false;
        };
        several.iter().all(|said| match said {
            Said::Dose(dose, DoseUnit::Gray) => dose.high <= Decimal::from(3),
            Said::Dose(dose, DoseUnit::Centigray) => dose.high <= Decimal::from(300),
            _ => false,
        })
    }

    /// `2.17 Gy, 2.25 Gy and 2.4 Gy per fraction`.
    fn precedes_fraction_dose(&self, at: usize, list: usize) -> bool {
        let next = at + 1;
        if list == 0 || next >= self.phrases.len() {
            return false;
        }
        let joined = self.between(at, next);
        let is_list = joined.len() == 1 && [",", "and", "or"].contains(&joined[0].text.as_str());
        match (&self.phrases[at].phrase, &self.phrases[next].phrase) {
            (Phrase::Radiation(first), Phrase::Radiation(second)) if is_list => {
                match (first.last(), second.first()) {
                    (Some(Said::Dose(first, unit)), Some(Said::DosePerFraction(second, other))) => {
                        let twice = second.low.checked_add(second.low);
                        unit == other && twice.is_some_and(|twice| first.low < twice)
                    }
                    (Some(Said::Dose(..)), Some(Said::Dose(..))) => {
                        self.is_small(at) && self.precedes_fraction_dose(next, list - 1)
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn follows_fraction_dose(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        let joined = self.between(before, at);
        let and = joined.len() == 1 && ["and", "or", "/"].contains(&joined[0].text.as_str());
        match (&self.phrases[before].phrase, &self.phrases[at].phrase) {
            (Phrase::Radiation(first), Phrase::Radiation(second)) if and => {
                match (first.last(), second.first()) {
                    (Some(Said::DosePerFraction(first, unit)), Some(Said::Dose(second, other))) => {
                        let twice = first.low.checked_add(first.low);
                        unit == other && twice.is_some_and(|twice| second.low < twice)
                    }
                    _ => false,
                }
            }
            _ => false,
        }
    }
}

impl Subject {
    fn last(&self) -> Option<&String> {
        match self {
            Self::Drugs(names) => names.last(),
            _ => None,
        }
    }

    fn each(&self, mut push: impl FnMut(Option<&String>)) {
        match self {
            Self::Drugs(names) => names.iter().for_each(|name| push(Some(name))),
            _ => push(None),
        }
    }
}
