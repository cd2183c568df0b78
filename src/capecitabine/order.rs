use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::quantity::{CalculatedDose, DailyDose, OrderedDose};
use crate::report::Derivation;
use crate::report::Finding;

use super::{
    CalculatedAdministration, CapecitabineError, DeliverableAmounts, DeviationTolerance,
    RoundingPolicy, TabletCount, TabletStock, explain, is_at,
    select::{at_least, no_tablet, pick, table_dose, under_cap},
};

/// One amount that could be ordered.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Candidate {
    amount: OrderedDose,
    tablets: Vec<TabletCount>,
    tablet_count: u32,
    deviation_percent: f64,
}

impl Candidate {
    fn new(amount: OrderedDose, tablets: Vec<TabletCount>, calculated: CalculatedDose) -> Self {
        let (given, wanted) = (f64::from(amount.milligrams()), calculated.milligrams());
        Self {
            amount,
            tablet_count: tablets.iter().map(|tablet| tablet.count).sum(),
            tablets,
            deviation_percent: if is_at(wanted, given) {
                0.0
            } else {
                100.0 * (given - wanted) / wanted
            },
        }
    }

    /// The amount.
    #[must_use]
    pub const fn amount(&self) -> OrderedDose {
        self.amount
    }

    /// Its tablets, the largest strength first: the fewest, and among equally few the ones with
    /// more of the largest strength.
    #[must_use]
    pub fn tablets(&self) -> &[TabletCount] {
        &self.tablets
    }

    /// How many tablets in all.
    #[must_use]
    pub const fn tablet_count(&self) -> u32 {
        self.tablet_count
    }

    /// 100 (ordered - calculated) / calculated: negative when less is ordered. The calculated dose
    /// is the one after caps.
    #[must_use]
    pub const fn deviation_percent(&self) -> f64 {
        self.deviation_percent
    }

    /// The tablets as text, for example `2 x 500 mg + 1 x 150 mg`.
    #[must_use]
    pub fn tablets_text(&self) -> String {
        let parts: Vec<_> = self.tablets.iter().map(ToString::to_string).collect();
        parts.join(" + ")
    }
}

/// The dose of one administration as ordered: whole tablets, chosen by a named policy.
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
///
/// // 1250 mg/m2 at 1.26 m2 is 1575 mg, halfway between 1500 and 1650 mg
/// let area = BodySurfaceArea::stated(SurfaceArea::constant("1.26 m2"), "order form");
/// let regimen = Regimen::new("1250 mg/m2".parse()?, 2)?;
/// let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE)?;
/// let stock: TabletStock = "500 mg, 150 mg (at most 2)".parse()?;
///
/// let up = RoundingPolicy::Nearest { ties: Ties::Up };
/// let ordered = OrderedAdministration::choose(&calculated, &stock, &up, None)?;
/// assert!(ordered.is_tie());
/// assert_eq!(ordered.dose().to_string(), "1650 mg");
/// assert_eq!(ordered.dose_per_day().to_string(), "3300 mg");
/// assert_eq!(
///     ordered.explanation(),
///     "1650 mg (3 x 500 mg + 1 x 150 mg): the calculated dose of 1575.00 mg is halfway between \
///      1500 mg and 1650 mg, and ties go up; 4.76 % above the calculated dose"
/// );
///
/// let down = RoundingPolicy::Nearest { ties: Ties::Down };
/// let ordered = OrderedAdministration::choose(&calculated, &stock, &down, None)?;
/// assert_eq!(ordered.dose().to_string(), "1500 mg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct OrderedAdministration {
    calculated: CalculatedAdministration,
    chosen: Candidate,
    dose_per_day: DailyDose,
    candidates: Vec<Candidate>,
    stock: TabletStock,
    policy: RoundingPolicy,
    tolerance: Option<DeviationTolerance>,
    tie: bool,
    explanation: String,
    findings: Vec<Finding>,
    derivation: Derivation,
}

/// What was chosen and why, before it is put into words.
pub(super) struct Choice<'a> {
    pub(super) calculated: &'a CalculatedAdministration,
    pub(super) stock: &'a TabletStock,
    pub(super) policy: &'a RoundingPolicy,
    pub(super) tolerance: Option<DeviationTolerance>,
    pub(super) chosen: &'a Candidate,
    /// The two amounts of a tie; the lower is absent when it is no tablet at all.
    pub(super) tie: Option<(Option<OrderedDose>, OrderedDose)>,
    /// What the policy alone would have chosen, where a cap forbids it.
    pub(super) forbidden: Option<OrderedDose>,
    /// Whether limits on tablets leave nothing as large as the calculated dose.
    pub(super) limited: bool,
    /// The deliverable amounts next to the chosen one.
    pub(super) previous: Option<OrderedDose>,
    pub(super) next: Option<OrderedDose>,
}

impl OrderedAdministration {
    /// Chooses what to order.
    ///
    /// `tolerance` changes no dose: a larger deviation is reported as a failed check.
    ///
    /// # Errors
    /// A policy that leads to no tablet at all; `Up` where limits leave nothing large enough;
    /// limits that keep the dose more than one largest tablet below the calculated one (a choice
    /// of this project: such limits are a mistake, not a rounding); `Up` or a table that asks for
    /// more than the cap on the dose; a table for another number of administrations, without a
    /// band for this area, or with a dose the stock does not make.
    pub fn choose(
        calculated: &CalculatedAdministration,
        stock: &TabletStock,
        policy: &RoundingPolicy,
        tolerance: Option<DeviationTolerance>,
    ) -> Result<Self, CapecitabineError> {
        let wanted = calculated.dose();
        let table_dose = match policy {
            RoundingPolicy::Bands(table) => Some(table_dose(table, calculated)?),
            _ => None,
        };
        // one largest tablet above is where candidates end; one more shows the next step
        let largest_tablet = f64::from(stock.largest().milligrams());
        let horizon = wanted.milligrams() + 2.0 * largest_tablet;
        let amounts = DeliverableAmounts::up_to(stock, at_least(horizon, table_dose));
        let all: Vec<OrderedDose> = amounts.iter().collect();

        let pick = pick(&all, wanted, stock, policy, table_dose)?;
        let (amount, forbidden) = under_cap(&pick, &all, calculated, stock, policy)?;
        let candidate = |amount| {
            amounts
                .tablets(amount)
                .map(|tablets| Candidate::new(amount, tablets, wanted))
        };
        let chosen = candidate(amount).ok_or_else(|| no_tablet(wanted, policy, stock))?;
        let last = (wanted.milligrams() + largest_tablet).max(f64::from(amount.milligrams()))
            * (1.0 + super::AT);
        let candidates = all
            .iter()
            .filter(|amount| {
                f64::from(amount.milligrams()) <= last
                    && calculated
                        .caps()
                        .dose_per_administration
                        .is_none_or(|cap| **amount <= cap)
            })
            .filter_map(|amount| candidate(*amount))
            .collect();
        // under a cap that acts, no tie rule decides
        let tie = pick.tie.filter(|_| forbidden.is_none());
        let choice = Choice {
            calculated,
            stock,
            policy,
            tolerance,
            chosen: &chosen,
            tie,
            forbidden,
            limited: pick.limited,
            previous: all.iter().rev().find(|other| **other < amount).copied(),
            next: all.iter().find(|other| **other > amount).copied(),
        };
        let times = calculated.regimen().administrations_per_day();
        let dose_per_day = amount.per_day(times).ok_or(CapecitabineError::Regimen {
            intensity: calculated.regimen().intensity(),
            administrations_per_day: times,
        })?;
        Ok(Self {
            explanation: explain::explanation(&choice),
            findings: explain::findings(&choice),
            derivation: explain::derivation(&choice),
            tie: tie.is_some(),
            calculated: calculated.clone(),
            chosen,
            dose_per_day,
            candidates,
            stock: stock.clone(),
            policy: policy.clone(),
            tolerance,
        })
    }

    /// The dose before rounding.
    #[must_use]
    pub const fn calculated(&self) -> &CalculatedAdministration {
        &self.calculated
    }

    /// What is ordered for one administration.
    #[must_use]
    pub const fn dose(&self) -> OrderedDose {
        self.chosen.amount
    }

    /// What is ordered for one day.
    #[must_use]
    pub const fn dose_per_day(&self) -> DailyDose {
        self.dose_per_day
    }

    /// 100 (ordered - calculated) / calculated, from the calculated dose before any cap.
    #[must_use]
    pub fn deviation_from_uncapped_percent(&self) -> f64 {
        let calculated = self.calculated.uncapped().milligrams();
        100.0 * (f64::from(self.dose().milligrams()) - calculated) / calculated
    }

    /// The chosen amount with its tablets and deviation.
    #[must_use]
    pub const fn chosen(&self) -> &Candidate {
        &self.chosen
    }

    /// Every deliverable amount up to one largest tablet above the calculated dose (or up to the
    /// chosen amount of a table, if that is more) and not above the cap on the dose, smallest
    /// first.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// The stock.
    #[must_use]
    pub const fn stock(&self) -> &TabletStock {
        &self.stock
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &RoundingPolicy {
        &self.policy
    }

    /// The tolerance, if one was given.
    #[must_use]
    pub const fn tolerance(&self) -> Option<DeviationTolerance> {
        self.tolerance
    }

    /// Whether the calculated dose is halfway between two deliverable amounts, so that the tie
    /// rule decided.
    #[must_use]
    pub const fn is_tie(&self) -> bool {
        self.tie
    }

    /// Why this amount, in one sentence.
    #[must_use]
    pub fn explanation(&self) -> &str {
        &self.explanation
    }

    /// Everything there is to report, the findings of the calculated dose first:
    /// `capecitabine.cap`, `capecitabine.tie`, `capecitabine.near_step` (the body surface area is
    /// within 0.01 m² of a value where the dose changes), `capecitabine.tablet_limit`,
    /// `capecitabine.deviation`.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How the ordered dose was reached from the calculated one.
    #[must_use]
    pub const fn derivation(&self) -> &Derivation {
        &self.derivation
    }
}
