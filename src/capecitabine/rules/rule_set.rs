//! What one label or guideline says, pinned to its version and date, and valid.

use alloc::string::String;
use core::fmt;
use core::ops::Deref;

use jiff::civil::Date;

use crate::report::{FaultList, Faults};
use crate::text::Text;

use super::super::bands::BandTable;
use super::super::error::CapecitabineError;

use super::dpyd::DpydRules;
use super::fault::RuleFault;
use super::interactions::InteractionRules;
use super::renal::RenalRules;
use super::schema::SCHEMA;
use super::toxicity::ToxicityLadder;

/// How the text of a rule set was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceVerification {
    /// In the text itself.
    Read,
    /// As quoted by someone else; open the text before relying on it.
    SecondHand,
    /// Decided by a site or a protocol.
    SiteDecision,
}

impl fmt::Display for SourceVerification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Read => "read",
            Self::SecondHand => "second-hand",
            Self::SiteDecision => "site decision",
        })
    }
}

/// A sentence of a text without arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedSentence {
    /// The words.
    pub quote: Text,
    /// What they leave open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Text>,
}

/// The rule set that has replaced another one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    /// Its id.
    pub rule_set: Text,
    /// Since when: `2018`, `2018-11` or `2018-11-20`.
    pub date: Text,
}

/// The parts of a rule set before validation, the shape of a rule-set file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSetData {
    /// `chemorad.capecitabine-rules/1`.
    pub schema: Text,
    /// A short name.
    pub id: Text,
    /// What it is, for a reader.
    pub title: Text,
    /// The version of the text.
    pub version: Text,
    /// The date of the text, as far as it is known.
    pub date: Text,
    /// How the text was read.
    pub standing: SourceVerification,
    /// Where it is published.
    pub source: Text,
    /// What has replaced the text, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<Succession>,
    /// Renal bands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renal: Option<RenalRules>,
    /// DPYD rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpyd: Option<DpydRules>,
    /// Toxicity ladder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub toxicity: Option<ToxicityLadder>,
    /// Interactions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interactions: Option<InteractionRules>,
    /// A table of doses by body surface area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_table: Option<BandTable>,
    /// What the text says of rounding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rounding: Option<PublishedSentence>,
}

impl RuleSetData {
    /// What is wrong with each part, its first fault.
    const fn part_faults(&self) -> [Option<RuleFault>; 15] {
        const fn when(wrong: bool, fault: RuleFault) -> Option<RuleFault> {
            if wrong { Some(fault) } else { None }
        }
        const fn written(text: &Text, field: &'static str) -> Option<RuleFault> {
            when(text.is_blank(), RuleFault::Empty(field))
        }
        let no_rules = self.renal.is_none()
            && self.dpyd.is_none()
            && self.toxicity.is_none()
            && self.interactions.is_none()
            && self.dose_table.is_none()
            && self.rounding.is_none();
        let blank_date = self.date.is_blank();
        [
            when(!self.schema.is(SCHEMA), RuleFault::Schema),
            written(&self.id, "id"),
            written(&self.title, "title"),
            written(&self.version, "version"),
            written(&self.date, "date"),
            written(&self.source, "source"),
            when(!blank_date && !is_date(self.date.as_str()), RuleFault::Date),
            when(no_rules, RuleFault::NoRules),
            match &self.superseded_by {
                Some(next) => written(&next.rule_set, "superseded_by.rule_set"),
                None => None,
            },
            match &self.superseded_by {
                Some(next) => when(
                    first_day(next.date.as_str()).is_none(),
                    RuleFault::SupersededDate,
                ),
                None => None,
            },
            match &self.renal {
                Some(rules) => rules.fault(),
                None => None,
            },
            match &self.dpyd {
                Some(rules) => rules.fault(),
                None => None,
            },
            match &self.toxicity {
                Some(ladder) => ladder.fault(),
                None => None,
            },
            match &self.rounding {
                Some(sentence) => written(&sentence.quote, "rounding.quote"),
                None => None,
            },
            match &self.interactions {
                Some(rules) => rules.fault(),
                None => None,
            },
        ]
    }

    const fn is_valid(&self) -> bool {
        let faults = self.part_faults();
        let mut i = 0;
        while i < faults.len() {
            if faults[i].is_some() {
                return false;
            }
            i += 1;
        }
        true
    }
}

/// `2026`, `2026-02`, `2026-02-05`, or one of these after `before `.
const fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let before = b"before ";
    let mut start = 0;
    while start < before.len() && start < bytes.len() && bytes[start] == before[start] {
        start += 1;
    }
    if start != before.len() {
        start = 0;
    }
    day_from(bytes, start).is_some()
}

/// The first day of `2026`, `2026-02` or `2026-02-05`: year, month, day.
const fn first_day(text: &str) -> Option<(u32, u32, u32)> {
    day_from(text.as_bytes(), 0)
}

const fn day_from(bytes: &[u8], start: usize) -> Option<(u32, u32, u32)> {
    let length = bytes.len() - start;
    if length != 4 && length != 7 && length != 10 {
        return None;
    }
    let mut number = 0;
    let (mut year, mut month, mut day) = (0, 1, 1);
    let mut i = 0;
    while i < length {
        let byte = bytes[start + i];
        if i == 4 || i == 7 {
            if byte != b'-' {
                return None;
            }
            number = 0;
        } else if byte.is_ascii_digit() {
            number = number * 10 + (byte - b'0') as u32;
        } else {
            return None;
        }
        match i {
            3 => year = number,
            6 => month = number,
            9 => day = number,
            _ => {}
        }
        i += 1;
    }
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if year >= 1900 && day >= 1 && day <= days {
        Some((year, month, day))
    } else {
        None
    }
}

/// Whether a day is this one or a later one.
fn is_reached((year, month, day): (u32, u32, u32), on: Date) -> bool {
    let number = |part: i8| u32::from(part.unsigned_abs());
    let of_on = (
        u32::from(on.year().unsigned_abs()),
        number(on.month()),
        number(on.day()),
    );
    on.year() > 0 && of_on >= (year, month, day)
}

impl RuleSetData {
    /// What has replaced the text, where it has on a day; without a day, where it has at all.
    ///
    /// ```
    /// use chemorad::capecitabine::{CPIC_DPYD_2017, CPIC_DPYD_2018};
    /// assert!(CPIC_DPYD_2017.successor(None).is_some());
    /// assert!(CPIC_DPYD_2017.successor(Some(jiff::civil::date(2018, 3, 1))).is_none());
    /// assert!(CPIC_DPYD_2018.successor(None).is_none());
    /// ```
    #[must_use]
    pub fn successor(&self, on: Option<Date>) -> Option<&Succession> {
        let next = self.superseded_by.as_ref()?;
        let since = first_day(&next.date)?;
        on.is_none_or(|on| is_reached(since, on)).then_some(next)
    }

    /// Whether the text is of a later day than this one.
    ///
    /// ```
    /// use chemorad::capecitabine::CPIC_DPYD_2018;
    /// use jiff::civil::date;
    /// assert!(CPIC_DPYD_2018.is_later_than(date(2018, 10, 31)));
    /// assert!(!CPIC_DPYD_2018.is_later_than(date(2018, 11, 1)));
    /// ```
    #[must_use]
    pub fn is_later_than(&self, day: Date) -> bool {
        first_day(&self.date).is_some_and(|since| !is_reached(since, day))
    }
}

/// What one label or guideline says, pinned to its version and date, and valid: renal bands hold
/// every clearance exactly once, DPYD rows every score, ladders never rise.
///
/// No rule set is a default. A file in the same schema is read with `serde`.
///
/// ```
/// use chemorad::capecitabine::{DoseRule, RuleSet};
/// use chemorad::patient::CreatinineClearance;
///
/// let label = RuleSet::published("fda-label-before-2022").unwrap();
/// let renal = label.renal.as_ref().unwrap();
/// let at = |text: &str| CreatinineClearance::stated(text.parse().unwrap(), "example");
///
/// assert_eq!(renal.band(&at("29.9 mL/min")).unwrap().rule, DoseRule::DoNotGive);
/// assert_eq!(renal.band(&at("30 mL/min")).unwrap().rule.to_string(), "75 % of the original dose");
/// // the text speaks of 30 to 50 and of 51 to 80
/// assert_eq!(renal.band(&at("50.4 mL/min")).unwrap().rule, DoseRule::NotCovered);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "RuleSetData", into = "RuleSetData")]
pub struct RuleSet(RuleSetData);

impl RuleSet {
    /// Validates the parts.
    ///
    /// # Errors
    /// [`CapecitabineError::Rules`] with the first [`RuleFault`] of every part that has one.
    pub fn new(data: RuleSetData) -> Result<Self, Faults<CapecitabineError>> {
        let mut found = FaultList::default();
        for fault in data.part_faults().into_iter().flatten() {
            let id = data.id.clone();
            found.add(CapecitabineError::Rules { id, fault });
        }
        found.complete(Some(Self(data)))
    }

    /// A constant rule set: a wrong one does not compile when used in `const`.
    ///
    /// # Panics
    /// Where [`new`](Self::new) has an error.
    #[must_use]
    #[track_caller]
    pub const fn constant(data: RuleSetData) -> Self {
        assert!(data.is_valid(), "the rule set is not valid");
        Self(data)
    }

    /// Its name, version, date, standing and source, without the rules.
    ///
    /// ```
    /// use chemorad::capecitabine::{RuleSet, SourceVerification};
    /// let label = RuleSet::named("fda-label-2026")?.heading();
    /// assert_eq!((label.date, label.standing), ("2026-02-05", SourceVerification::SecondHand));
    /// # Ok::<(), chemorad::capecitabine::CapecitabineError>(())
    /// ```
    #[must_use]
    pub const fn heading(&self) -> RuleSetHeading<'_> {
        let data = &self.0;
        RuleSetHeading {
            id: data.id.as_str(),
            title: data.title.as_str(),
            version: data.version.as_str(),
            date: data.date.as_str(),
            standing: data.standing,
            source: data.source.as_str(),
        }
    }

    /// `FDA label ..., version, date` in one line, with a mark when it is second-hand.
    #[must_use]
    pub fn citation(&self) -> String {
        let mark = match self.standing {
            SourceVerification::Read => "",
            SourceVerification::SecondHand => "; quoted second-hand",
            SourceVerification::SiteDecision => "; a site decision",
        };
        format!(
            "{} ({}, {}{mark}): {}",
            self.title, self.version, self.date, self.source
        )
    }
}

/// What pins a rule set: which text, of when, how it was read and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct RuleSetHeading<'a> {
    /// The short name.
    pub id: &'a str,
    /// What it is, for a reader.
    pub title: &'a str,
    /// The version of the text.
    pub version: &'a str,
    /// The date of the text.
    pub date: &'a str,
    /// How the text was read.
    pub standing: SourceVerification,
    /// Where it is published.
    pub source: &'a str,
}

/// The parts are read through the rule set.
impl Deref for RuleSet {
    type Target = RuleSetData;

    fn deref(&self) -> &RuleSetData {
        &self.0
    }
}

impl TryFrom<RuleSetData> for RuleSet {
    type Error = Faults<CapecitabineError>;

    fn try_from(data: RuleSetData) -> Result<Self, Self::Error> {
        Self::new(data)
    }
}

impl From<RuleSet> for RuleSetData {
    fn from(set: RuleSet) -> Self {
        set.0
    }
}
