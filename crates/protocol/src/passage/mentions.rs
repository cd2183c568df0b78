//! Phrases put together to mentions: what an amount is per, and what is said of which drug.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::{alt, opt};

use super::days;
use super::dose;
use super::drug::{self, Amount, Run};
use super::mention::{InfusionTime, Mention, Per, Range, Said, SaidDays};
use super::phrase::{Parsed, one_of, per_day, radiotherapy};
use super::token::{Token, Tokens, tokens, without_hyphens};

/// A phrase before it is known what it belongs to.
#[derive(Debug, Clone, PartialEq)]
enum Phrase {
    Drug(String),
    /// One amount, or the levels of one list.
    Amounts(Vec<Amount>),
    TimesPerDay(Decimal),
    Divided(Decimal),
    TimesPerWeek(Decimal),
    /// `daily`, once or in parts.
    Daily,
    /// `daily dose of`, before an amount.
    DailyDoseOf,
    /// `total dose of`, before an amount.
    TotalDoseOf,
    Bolus,
    Cap(String),
    Run(Run),
    Days(SaidDays),
    DaysPerWeek(Range),
    Radiation(Vec<Said>),
    /// The word radiotherapy, which what follows may be said of.
    Radiotherapy,
    Other(Said),
    /// A full stop or a semicolon.
    Break,
}

/// A phrase with where it stands, in bytes and in tokens.
#[derive(Debug, Clone)]
struct Placed {
    phrase: Phrase,
    start: usize,
    end: usize,
    first: usize,
    last: usize,
}

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

fn phrases(all: &[Token]) -> Vec<Placed> {
    let mut input = Tokens::new(all);
    let mut out = Vec::new();
    while let Some(next) = input.first() {
        let start = next.start;
        let first = all.len() - input.len();
        let before = input.clone();
        match phrase(&mut input) {
            Ok(phrase) if input.len() < before.len() => {
                let last = all.len() - input.len() - 1;
                out.push(Placed {
                    phrase,
                    start,
                    end: all[last].end,
                    first,
                    last,
                });
            }
            _ => {
                input = before;
                let _ = winnow::token::any::<_, winnow::error::EmptyError>.parse_next(&mut input);
            }
        }
    }
    out
}

fn phrase(input: &mut Tokens<'_>) -> Parsed<Phrase> {
    alt((
        alt((
            alt((drug::drug.map(Phrase::Drug), drug::cap.map(Phrase::Cap))),
            drug::amounts.map(Phrase::Amounts),
            dose::weekly_with_dose.map(Phrase::Radiation),
            dose::limit.map(Phrase::Other),
            dose::dose.map(Phrase::Radiation),
            days::age.map(Phrase::Other),
            days::size.map(Phrase::Other),
            dose_of,
        )),
        alt((
            drug::divided.map(Phrase::Divided),
            drug::times_per_day.map(Phrase::TimesPerDay),
            days::days_per_week.map(Phrase::DaysPerWeek),
            dose::fractions.map(|said| Phrase::Radiation(vec![said])),
            drug::run.map(Phrase::Run),
            days::cycle.map(Phrase::Other),
            days::cycles.map(Phrase::Other),
            days::days.map(Phrase::Days),
            days::week_numbers.map(Phrase::Other),
        )),
        alt((
            drug::times_per_week.map(Phrase::TimesPerWeek),
            days::duration.map(Phrase::Other),
            alt(("daily".void(), per_day)).value(Phrase::Daily),
            one_of(&["bolus"]).value(Phrase::Bolus),
            radiotherapy.value(Phrase::Radiotherapy),
            stop,
        )),
    ))
    .parse_next(input)
}

/// `daily dose of`, `total dose of`.
fn dose_of(input: &mut Tokens<'_>) -> Parsed<Phrase> {
    let of = || opt(one_of(&["of", ":", "was", "is"]));
    alt((
        (opt("total"), "daily", one_of(&["dose", "doses"]), of()).value(Phrase::DailyDoseOf),
        (
            one_of(&["total", "cumulative"]),
            one_of(&["dose", "doses"]),
            of(),
        )
            .value(Phrase::TotalDoseOf),
    ))
    .parse_next(input)
}

fn stop(input: &mut Tokens<'_>) -> Parsed<Phrase> {
    let token = one_of(&[".", ";"]).parse_next(input)?;
    let ends = token.text == ";" || input.first().is_none_or(|next| next.spaced);
    if ends {
        Ok(Phrase::Break)
    } else {
        Err(winnow::error::EmptyError)
    }
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
    "the",
    "iv",
    "intravenous",
];

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

/// The drug of every amount, by the phrase that names it: the one since the amount before, else the one
/// right behind, else the last one named.
fn drugs(phrases: &[Placed], tokens: &[Token]) -> Vec<Option<usize>> {
    let is_drug = |i: &usize| matches!(phrases[*i].phrase, Phrase::Drug(_));
    let ends = |i: &usize| matches!(phrases[*i].phrase, Phrase::Amounts(_) | Phrase::Break);
    let mut taken = vec![false; phrases.len()];
    let mut last_named = None;
    let mut out = respectively(phrases, tokens);
    if out.iter().any(Option::is_some) {
        return out;
    }
    for at in 0..phrases.len() {
        if is_drug(&at) {
            last_named = Some(at);
        }
        if !matches!(phrases[at].phrase, Phrase::Amounts(_)) {
            continue;
        }
        let mut since = (0..at).rev().take_while(|i| !ends(i));
        let near = |i: &usize| phrases[*i].first - phrases[at].last <= 5;
        // "whereas 80 mg/m2 cisplatin": the name that touches, unless the one before does too
        let touches = at + 1 < phrases.len()
            && is_drug(&(at + 1))
            && tokens[phrases[at].last + 1..phrases[at + 1].first]
                .iter()
                .all(|word| *word == "of");
        let before = since.find(|i| is_drug(i) && !taken[*i]);
        let before = before.filter(|i| !touches || phrases[at].first - phrases[*i].last <= 3);
        let found = before
            .or_else(|| {
                let ahead = (at + 1..phrases.len()).take_while(|i| !ends(i));
                ahead.take_while(|i| near(i)).find(|i| is_drug(i))
            })
            .or(last_named);
        if let Some(found) = found {
            taken[found] = true;
        }
        out[at] = found;
    }
    out
}

/// `A and B at 40 and 150 mg/m2 respectively`: as many drugs as amounts, in their order.
fn respectively(phrases: &[Placed], tokens: &[Token]) -> Vec<Option<usize>> {
    let mut out = vec![None; phrases.len()];
    if !tokens.iter().any(|token| *token == "respectively") {
        return out;
    }
    let places = |wanted: fn(&Phrase) -> bool| -> Vec<usize> {
        let fits = |(i, placed): (usize, &Placed)| wanted(&placed.phrase).then_some(i);
        phrases.iter().enumerate().filter_map(fits).collect()
    };
    let names = places(|phrase| matches!(phrase, Phrase::Drug(_)));
    let amounts = places(|phrase| matches!(phrase, Phrase::Amounts(_)));
    let apart = names.last() < amounts.first();
    if apart && names.len() == amounts.len() {
        for (name, amount) in names.iter().zip(amounts) {
            out[amount] = Some(*name);
        }
    }
    out
}

/// The phrases of a passage with its tokens, and the drug of every amount.
struct Clause<'p> {
    tokens: &'p [Token],
    phrases: &'p [Placed],
    drugs: Vec<Option<usize>>,
}

impl Clause<'_> {
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
                Phrase::Drug(name) => subject = Subject::Drugs(vec![name.clone()]),
                Phrase::Amounts(amounts) => {
                    let name = self.name_of(i);
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
                        if let Some(times) = amount.times {
                            push(Said::AdministrationsPerDay(times), name.as_ref());
                        }
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
                Phrase::TimesPerDay(times) | Phrase::Divided(times) => {
                    push(Said::AdministrationsPerDay(*times), of.last());
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
                Phrase::Run(Run::Time(time)) => push(Said::Infusion(*time), of.last()),
                Phrase::Run(Run::Days(days)) => {
                    push(Said::DurationDays(Range::single(*days)), of.last());
                }
                Phrase::Days(days) => of.each(|drug| push(Said::Days(days.clone()), drug)),
                Phrase::DaysPerWeek(count) if of == Subject::Radiotherapy => {
                    push(Said::FractionsPerWeek(*count), None);
                }
                Phrase::DaysPerWeek(count) => push(Said::DaysPerWeek(*count), of.last()),
                Phrase::Cap(amount) => push(Said::Cap(amount.clone()), of.last()),
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

    fn name(&self, at: usize) -> Option<String> {
        match &self.phrases[at].phrase {
            Phrase::Drug(name) => Some(name.clone()),
            _ => None,
        }
    }

    fn name_of(&self, amount: usize) -> Option<String> {
        self.drugs[amount].and_then(|drug| self.name(drug))
    }

    /// The words between two phrases.
    fn between(&self, one: usize, other: usize) -> &[Token] {
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
    fn shared_with(&self, amount: usize) -> Option<usize> {
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
        (matches!(next.phrase, Phrase::TimesPerDay(_)) && near <= 1)
            || (matches!(next.phrase, Phrase::DaysPerWeek(_)) && near <= 1 && self.is_small(at))
            || self.follows_fraction_dose(at)
            || self.precedes_fraction_dose(at, LONGEST_LIST)
    }

    /// At most 3 Gy: behind a total, before the days of a week, that is a fraction.
    fn is_small(&self, at: usize) -> bool {
        use super::mention::DoseUnit;
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

    /// What is said behind an amount and before the next amount, dose, drug or end of the sentence.
    fn behind(&self, amount: usize) -> impl Iterator<Item = &Phrase> {
        let of = self.drugs[amount];
        (amount + 1..self.phrases.len())
            .take_while(move |i| match &self.phrases[*i].phrase {
                Phrase::Drug(_) => Some(*i) == of,
                Phrase::Amounts(_) | Phrase::Radiation(_) | Phrase::Break => false,
                // "200 mg/m2 and weekly gemcitabine"
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

    /// What an amount is per.
    fn per(&self, at: usize, amount: &Amount) -> Per {
        if let Some(per) = amount.per {
            let next = self.phrases.get(at + 1).map(|next| &next.phrase);
            let both = per == Per::Day && matches!(next, Some(Phrase::TimesPerDay(_)));
            return if both { Per::Unstated } else { per };
        }
        if let Some(before) = at
            .checked_sub(1)
            .filter(|before| self.between(*before, at).len() <= 1)
        {
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
        if !all().any(long) && all().any(|phrase| is_single(phrase)) {
            return Per::Administration;
        }
        if ahead.iter().any(|phrase| matches!(phrase, Phrase::Daily)) {
            return Per::Day;
        }
        Per::Unstated
    }
}

/// Over a day or longer, an amount is a total.
fn total(phrase: &Phrase) -> Option<Per> {
    let day = Decimal::from(24);
    match phrase {
        Phrase::Run(Run::Days(days)) => Some(Per::Days(*days)),
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
