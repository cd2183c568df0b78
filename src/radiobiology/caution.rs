//! When a dose per fraction or an interval is outside the range the model is supported in.

use alloc::vec::Vec;

use super::finding::{RadiobiologyFinding, USUAL_TOTAL};
use crate::quantity::AlphaBeta;
use crate::radiotherapy::{DailyPattern, Fractionation, MINIMUM_INTERVAL, RECOMMENDED_INTERVAL};
use crate::report::{Finding, Subject};

/// Says when a dose per fraction lies outside the range the linear-quadratic model is supported
/// in: reasonably well validated up to about 10 Gy, reasonable up to about 18 Gy (Brenner 2008,
/// PMC2750078); below 1 Gy the open calculator HFC-HypoFracCalc asks for caution too.
///
/// ```
/// use chemorad::radiobiology::cautions;
/// assert!(cautions("pelvis", "45Gy/25".parse()?).is_empty());
/// let high = cautions("boost", "36Gy/3".parse()?);
/// assert_eq!(high[0].code(), "model.above_10_gy");
/// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
/// ```
#[must_use]
pub fn cautions(schedule: &str, fractionation: Fractionation) -> Vec<Finding> {
    let n = u64::from(fractionation.fractions().get());
    let total = fractionation.total().micrograys();
    let subject = Subject::schedule(schedule);
    let finding = if total > 18_000_000 * n {
        RadiobiologyFinding::FractionAbove18Gy {
            subject,
            fractionation,
        }
    } else if total > 10_000_000 * n {
        RadiobiologyFinding::FractionAbove10Gy {
            subject,
            fractionation,
        }
    } else if total < 1_000_000 * n {
        RadiobiologyFinding::FractionBelow1Gy {
            subject,
            fractionation,
        }
    } else {
        return Vec::new();
    };
    vec![finding.into()]
}

/// Says where fractionations of one course all have the same number of fractions: one after the other,
/// or the doses of two volumes given at once.
///
/// ```
/// use chemorad::radiobiology::same_number_caution;
/// let asked = |text: &str| {
///     let read = text.split(' ').map(|one| one.parse().unwrap());
///     same_number_caution(&read.collect::<Vec<_>>())
/// };
/// assert_eq!(asked("45Gy/25 50Gy/25").unwrap().code(), "model.same_number_of_fractions");
/// assert!(asked("45Gy/25 5.4Gy/3").is_none() && asked("45Gy/25").is_none());
/// ```
#[must_use]
pub fn same_number_caution(fractionations: &[Fractionation]) -> Option<Finding> {
    let same = |pair: &[Fractionation]| matches!(pair, [a, b] if a.fractions() == b.fractions());
    let all = fractionations.len() > 1 && fractionations.windows(2).all(same);
    all.then(|| {
        RadiobiologyFinding::SameNumberOfFractions {
            fractionations: fractionations.to_vec(),
        }
        .into()
    })
}

/// Says where the fractionations of one course, called `schedule`, add up to more than [`USUAL_TOTAL`].
///
/// ```
/// use chemorad::radiobiology::total_caution;
/// let asked = |text: &str| total_caution("course", &[text.parse().unwrap()]);
/// assert_eq!(asked("180Gy/25").unwrap().code(), "model.total_unusual");
/// assert!(asked("81.6Gy/68").is_none() && asked("100Gy/50").is_none());
/// ```
#[must_use]
pub fn total_caution(schedule: &str, fractionations: &[Fractionation]) -> Option<Finding> {
    let total = fractionations
        .iter()
        .map(|one| one.total().gray())
        .sum::<f64>();
    (total > USUAL_TOTAL).then(|| {
        RadiobiologyFinding::UnusualTotal {
            subject: Subject::schedule(schedule),
            gray: total,
        }
        .into()
    })
}

/// The α/β ratios, in gray, between which those of tissues and tumours in print lie.
pub const USUAL_ALPHA_BETA: (f64, f64) = (0.5, 30.0);

/// Says when an α/β ratio, in gray, lies outside [`USUAL_ALPHA_BETA`]: 300 Gy is more often a slip
/// than a tissue. `subject` is what it is given for.
///
/// ```
/// use chemorad::radiobiology::alpha_beta_caution;
/// use chemorad::report::Subject;
/// let caution = |text: &str| -> Result<_, Box<dyn std::error::Error>> {
///     Ok(alpha_beta_caution(Subject::input("alpha/beta"), text.parse()?))
/// };
/// assert_eq!(caution("300 Gy")?.unwrap().code(), "model.alpha_beta_unusual");
/// assert!(caution("0.49 Gy")?.is_some());
/// assert!(caution("0.5 Gy")?.is_none() && caution("30 Gy")?.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn alpha_beta_caution(subject: Subject, alpha_beta: AlphaBeta) -> Option<Finding> {
    let (low, high) = USUAL_ALPHA_BETA;
    let usual = (low..=high).contains(&alpha_beta.gray());
    (!usual).then(|| {
        RadiobiologyFinding::UnusualAlphaBeta {
            subject,
            alpha_beta,
        }
        .into()
    })
}

/// Says where a phase without dates ends within a day, so that the next is taken to begin on a new one.
///
/// ```
/// use chemorad::radiobiology::new_day_caution;
/// let phases = ["45Gy/25".parse()?, "7.5Gy/5".parse()?];
/// assert_eq!(new_day_caution(&phases, 2).unwrap().code(), "model.phases_on_new_days");
/// assert!(new_day_caution(&phases, 1).is_none());
/// // nothing follows the last phase
/// assert!(new_day_caution(&phases[..1], 2).is_none());
/// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
/// ```
#[must_use]
pub fn new_day_caution(phases: &[Fractionation], fractions_per_day: u32) -> Option<Finding> {
    let (_, before_the_last) = phases.split_last()?;
    let breaks_a_day = |phase: &Fractionation| {
        let rest = phase.fractions().get().checked_rem(fractions_per_day);
        rest.is_some_and(|rest| rest > 0)
    };
    let broken = before_the_last.iter().any(breaks_a_day);
    broken.then(|| RadiobiologyFinding::PhasesOnNewDays.into())
}

/// Says when the fractions of a day are closer together than [`MINIMUM_INTERVAL`], or than
/// [`RECOMMENDED_INTERVAL`].
///
/// ```
/// use chemorad::radiobiology::interval_caution;
/// use chemorad::radiotherapy::DailyPattern;
/// let twice = DailyPattern::equal(2, "4 h".parse()?)?;
/// assert_eq!(interval_caution("course", twice).unwrap().code(), "model.interval_below_6_h");
/// let twice = DailyPattern::equal(2, "6 h".parse()?)?;
/// assert_eq!(interval_caution("course", twice).unwrap().code(), "model.interval_below_8_h");
/// let twice = DailyPattern::equal(2, "8 h".parse()?)?;
/// assert!(interval_caution("course", twice).is_none());
/// assert!(interval_caution("course", DailyPattern::ONCE).is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn interval_caution(schedule: &str, pattern: DailyPattern) -> Option<Finding> {
    let interval = pattern.shortest_interval()?;
    let subject = Subject::schedule(schedule);
    if interval < MINIMUM_INTERVAL {
        Some(RadiobiologyFinding::IntervalBelowMinimum { subject, interval }.into())
    } else if interval < RECOMMENDED_INTERVAL {
        Some(RadiobiologyFinding::IntervalBelowRecommended { subject, interval }.into())
    } else {
        None
    }
}
