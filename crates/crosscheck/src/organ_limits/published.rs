//! Limits far from what is published for the same organ: slips of a power of ten or of a unit.

use core::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Code, Observation, Outcome, Subject, Values};
use chemorad_protocol::library;

use super::codes::PUBLISHED;
use super::goal::Goal;
use super::limit::OrganLimit;
use super::organ::is_same_organ;
use super::shipped::{shipped, shipped_ids};
use super::table::OrganLimits;

/// How many times a limit is above or below every published one before it is named. Tables of one organ differ by
/// up to four; this project's choice.
const FAR: f64 = 5.0;

/// The shipped protocols with limits.
const PROTOCOLS: [&str; 1] = ["RTOG-0529"];

/// What is published: the shipped tables and the limits of shipped protocols.
///
/// ```
/// use chemorad_crosscheck::{OrganLimits, PublishedLimits};
/// let published = PublishedLimits::read();
/// let mine = OrganLimits::from_csv("mine", "structure,metric,limit\nbladder,V65Gy,< 5 %\n")?;
/// assert_eq!(published.compared(&mine.limits[0]).map(|slip| slip.times), Some(Some(0.1)));
/// # Ok::<(), chemorad_crosscheck::OrganLimitsError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PublishedLimits(Vec<OrganLimits>);

/// A limit that is far from a published one.
#[derive(Debug, Clone, PartialEq)]
pub struct UnlikePublished {
    /// The limit.
    pub limit: OrganLimit,
    /// How many times its value is that of the published one; none where it has another unit or level.
    pub times: Option<f64>,
    /// The published limit that is the nearest.
    pub published: OrganLimit,
    /// The document that it stands in.
    pub source: String,
}

impl PublishedLimits {
    /// What is shipped.
    #[must_use]
    pub fn read() -> Self {
        let tables = shipped_ids().filter_map(|id| shipped(id).ok());
        let protocols = PROTOCOLS.into_iter().filter_map(library::file);
        let protocols = protocols
            .filter_map(|file| OrganLimits::of_protocol(&file.protocol, None, None).ok())
            .flatten();
        Self(tables.chain(protocols).collect())
    }

    /// Whether a published limit is for an organ of this name.
    pub(super) fn names(&self, organ: &str) -> bool {
        let mut limits = self.0.iter().flat_map(|table| &table.limits);
        limits.any(|limit| is_same_organ(&limit.structure, organ))
    }

    /// The limits of this organ on this side, each with its goal and its source.
    fn like<'a>(&'a self, limit: &'a OrganLimit) -> impl Iterator<Item = Published<'a>> {
        let all = self
            .0
            .iter()
            .flat_map(|table| table.limits.iter().map(move |other| (table, other)));
        all.filter_map(move |(table, other)| {
            let (goal, own) = (other.goal?, limit.goal?);
            let is_like = is_same_organ(&other.structure, &limit.structure)
                && other.alpha_beta == limit.alpha_beta
                && goal.comparison.is_upper() == own.comparison.is_upper();
            is_like.then_some(Published { table, other, goal })
        })
    }

    /// How a limit is unlike what is published for its organ; none where it is like it, or nothing is published.
    #[must_use]
    pub fn compared(&self, limit: &OrganLimit) -> Option<UnlikePublished> {
        let unlike = |times, like: &Published<'_>| UnlikePublished {
            limit: limit.clone(),
            times,
            published: like.other.clone(),
            source: like
                .other
                .source
                .as_ref()
                .unwrap_or(&like.table.source)
                .clone(),
        };
        let own = limit.goal?;
        let is_slip = |like: &Published<'_>| is_slip(limit, &own, like);
        // the same number in the same place is no slip, whatever else is published
        let same = |like: &Published<'_>| like.other.metric == limit.metric;
        if !self.like(limit).any(|like| same(&like)) {
            if let Some(like) = self.like(limit).find(is_slip) {
                return Some(unlike(None, &like));
            }
        }
        let goals = [Some(own), limit.variation];
        goals.into_iter().flatten().find_map(|goal| {
            let near: Vec<Published<'_>> = self.like(limit).filter(same).collect();
            let far = if near.is_empty() {
                self.beyond(limit, &goal)
            } else {
                let times = near
                    .into_iter()
                    .filter_map(|like| Some((times(&goal, &like.goal)?, like)));
                let distance = |times: f64| times.ln().abs();
                let nearest = times
                    .min_by(|(one, _), (other, _)| distance(*one).total_cmp(&distance(*other)));
                nearest.filter(|(times, _)| !(1.0 / FAR..=FAR).contains(times))
            };
            far.map(|(times, like)| unlike(Some(times), &like))
        })
    }

    /// A volume at a dose beyond those that are published for lower and for higher doses: a volume shrinks as the
    /// dose grows.
    fn beyond<'a>(&'a self, limit: &'a OrganLimit, goal: &Goal) -> Option<(f64, Published<'a>)> {
        let (level, false) = limit.metric.level()? else {
            return None;
        };
        let at = |is_there: fn(Decimal, Decimal) -> bool| {
            self.like(limit).filter_map(move |like| {
                let (other, falls) = like.other.metric.level()?;
                if falls || !is_there(other, level) {
                    return None;
                }
                Some((times(goal, &like.goal)?, like))
            })
        };
        let order = |(one, _): &(f64, _), (other, _): &(f64, _)| one.total_cmp(other);
        // above the largest volume of lower doses, or below the smallest of higher ones
        let above = at(|other, level| other < level).min_by(order);
        let below = at(|other, level| other > level).max_by(order);
        let above = above.filter(|(times, _)| *times > FAR);
        above.or_else(|| below.filter(|(times, _)| *times < 1.0 / FAR))
    }
}

/// A published limit.
struct Published<'a> {
    table: &'a OrganLimits,
    other: &'a OrganLimit,
    goal: Goal,
}

/// How many times one value is the other; none in another unit, and for zero, which is meant.
fn times(goal: &Goal, other: &Goal) -> Option<f64> {
    let of_value = goal.unit == other.unit && goal.value.is_positive();
    (of_value && other.value.is_positive()).then(|| goal.value.to_f64() / other.value.to_f64())
}

/// A number in another unit, or at a tenth or ten times the dose.
fn is_slip(limit: &OrganLimit, own: &Goal, like: &Published<'_>) -> bool {
    if like.goal.value != own.value {
        return false;
    }
    let (Some((level, false)), Some((other, false))) =
        (limit.metric.level(), like.other.metric.level())
    else {
        return false;
    };
    if like.goal.unit != own.unit {
        return level == other;
    }
    [-2, -1, 1, 2].into_iter().any(|power| {
        let factor = Decimal::new(1, power);
        factor.and_then(|factor| other.checked_mul(factor)) == Some(level)
    })
}

impl Observation for UnlikePublished {
    fn code(&self) -> &Code {
        &PUBLISHED
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        Subject::path(self.limit.structure.clone())
    }

    fn values(&self) -> Values {
        Values::expected(in_words(&self.published)).and_found(in_words(&self.limit))
    }
}

fn in_words(limit: &OrganLimit) -> String {
    let goal = limit.goal.map(|goal| goal.to_string());
    format!("{} {}", limit.metric, goal.unwrap_or_default())
}

impl fmt::Display for UnlikePublished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.times {
            None => f.write_str(
                "the limit has the number of a published one in another unit or at another dose",
            )?,
            Some(_) if self.limit.metric != self.published.metric => write!(
                f,
                "the limit is far {} what is published for another dose",
                if self.times > Some(1.0) {
                    "above"
                } else {
                    "below"
                }
            )?,
            Some(times) if times >= 1.0 => {
                write!(f, "the limit is {times:.1} times the published one")?;
            }
            Some(times) => write!(
                f,
                "the published limit is {:.1} times this one",
                1.0 / times
            )?,
        }
        write!(
            f,
            ": are its number and its units right? Published: {}; source: {}",
            self.published, self.source
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{OrganLimit, PublishedLimits};

    fn limit(text: &str) -> OrganLimit {
        let parts: Vec<&str> = text.split(',').collect();
        let [structure, metric, goal, rest @ ..] = parts.as_slice() else {
            unreachable!("{text}")
        };
        let limit = OrganLimit::new(structure, metric, Some(goal)).unwrap();
        match rest {
            [variation] => limit.with_variation(variation.parse().unwrap()).unwrap(),
            _ => limit,
        }
    }

    #[test]
    fn what_is_shipped_is_like_itself() {
        let published = PublishedLimits::read();
        let limits = || published.0.iter().flat_map(|table| &table.limits);
        assert!(limits().count() > 30);
        for limit in limits() {
            assert_eq!(published.compared(limit), None, "{limit}");
        }
    }

    #[test]
    fn slips_are_named_with_the_source() {
        let published = PublishedLimits::read();
        for (slip, source) in [
            // ten times, a hundred times, a fraction for percent
            ("bowel bag,V45Gy,< 1950 cc", "Kavanagh"),
            ("bowel bag,V45Gy,< 1.95 cc", "cjrmp"),
            ("Rectum,V50Gy,< 0.5 %", "QUANTEC"),
            ("Femurs,max,< 5.2 Gy", "PMC8744000"),
            ("lumbosacral bone marrow,mean,< 320 Gy", "27815805"),
            ("lumbosacral bone marrow,mean,< 32 cGy", "27815805"),
            // the level
            ("small intestine,V4.5Gy,<= 65 cc", "Trials"),
            ("small intestine,V450cGy[cc],<= 65 cc", "Trials"),
            // the unit of the volume
            ("small intestine,V45Gy,<= 65 %", "Trials"),
            ("rectum,V60Gy,< 35 cc", "QUANTEC"),
            // what is published lies at other doses
            ("bladder,V60Gy,< 0.5 %", "QUANTEC"),
            ("bowel tubes,V52Gy,< 500 cc", "cjrmp"),
            // the variation
            ("rectum,V75Gy,< 15 %,< 90 %", "QUANTEC"),
        ] {
            let found = published.compared(&limit(slip));
            let said = found.unwrap_or_else(|| unreachable!("{slip}")).to_string();
            assert!(said.contains(source), "{slip}: {said}");
        }
    }

    #[test]
    fn limits_of_clinics_are_not_accused() {
        let published = PublishedLimits::read();
        for right in [
            "rectum,V50Gy,< 45 %",
            "Rectum,V75Gy,< 5 %",
            "bladder,V40Gy,< 15 %",
            "bladder,V80Gy,<= 0 %",
            "bladder,V65Gy,< 50 %,< 55 %",
            "small intestine,V15Gy,< 275 cc",
            "bowel bag,V45Gy,< 300 cc",
            "femurs,max,< 5000 cGy",
            "femoral heads,V45Gy,< 25 %",
            // another organ, another question
            "parotid,mean,< 2.6 Gy",
            "bladder,mean,< 4 Gy",
            "bladder,D2cc,< 8 Gy",
            "rectum,CV50Gy[%],>= 5 %",
        ] {
            assert_eq!(published.compared(&limit(right)), None, "{right}");
        }
    }
}
