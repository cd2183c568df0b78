use alloc::vec::Vec;

use jiff::civil::Date;

use crate::patient::{BodySurfaceArea, Weight};
use crate::report::Derivation;
use crate::report::{Finding, Outcome};

use super::applied::DRUG_NOT_NAMED;
use super::rules::speaks_of;
use super::{
    Adjustment, CalculatedAdministration, CapecitabineDays, CapecitabineError, Caps, ClinicalFacts,
    DaySplit, DeviationTolerance, DoseDecision, OrderedDay, Override, Regimen, RoundingPolicy,
    RuleSelection, RuleTopic, Supply, TabletStock,
};

/// The weight now, and the weight that an earlier order was calculated on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct WeightChange {
    /// The weight of the earlier order.
    pub before: Weight,
    /// The weight now.
    pub now: Weight,
}

/// What supply needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplyRequest {
    /// On which days the drug is taken.
    pub kind: CapecitabineDays,
    /// The dates on which fractions are given or planned, each once, rising.
    pub fractions: Vec<Date>,
    /// Calendar days of a dispensing period; absent means the whole course at once.
    pub dispense_every: Option<u16>,
}

/// Everything an order is made from. Nothing in it has a default.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderRequest {
    /// Intensity and administrations a day, before any adjustment.
    pub regimen: Regimen,
    /// The patient's body surface area.
    pub body_surface_area: BodySurfaceArea,
    /// Caps, or [`Caps::NONE`].
    pub caps: Caps,
    /// The tablets.
    pub stock: TabletStock,
    /// How to round.
    pub policy: RoundingPolicy,
    /// How the day is divided.
    pub split: DaySplit,
    /// The deviation a site accepts.
    pub tolerance: Option<DeviationTolerance>,
    /// The rule sets, or [`RuleSelection::NONE`].
    pub rules: RuleSelection,
    /// The facts they are applied to.
    pub facts: ClinicalFacts,
    /// A clinician's decision where the rules cannot tell.
    pub decision: Option<DoseDecision>,
    /// The weight of an earlier order, to see whether it still holds.
    pub weight_change: Option<WeightChange>,
    /// Failed checks that a person accepts.
    pub overrides: Vec<Override>,
    /// What supply needs; absent means that none is worked out.
    pub supply: Option<SupplyRequest>,
}

/// An order from intensity to supply: adjust the intensity, multiply by the body surface area,
/// round once, divide the day, count tablets. This is the one entry that takes everything.
///
/// Where a rule stops the drug or the rules cannot tell, there is no dose and no supply, only the
/// reasons.
///
/// ```
/// use chemorad::capecitabine::*;
/// use chemorad::report::Outcome;
/// use chemorad::patient::{BodySurfaceArea, CreatinineClearance, SurfaceArea};
///
/// let request = OrderRequest {
///     regimen: Regimen::new("1250 mg/m2".parse()?, 2)?,
///     body_surface_area: BodySurfaceArea::stated(SurfaceArea::constant("1.6 m2"), "order form"),
///     caps: Caps::NONE,
///     stock: "500 mg, 150 mg (at most 2)".parse()?,
///     policy: RoundingPolicy::Nearest { ties: Ties::Up },
///     split: DaySplit::Equal,
///     tolerance: None,
///     rules: RuleSelection::NONE.with(&FDA_LABEL_BEFORE_2022)?,
///     facts: ClinicalFacts {
///         clearance: Some(CreatinineClearance::stated("30 mL/min".parse()?, "example")),
///         ..ClinicalFacts::default()
///     },
///     decision: None,
///     weight_change: None,
///     overrides: vec![],
///     supply: None,
/// };
/// let order = CapecitabineOrder::plan(request.clone())?;
/// // 30.0 exactly is in the band of 30 to 50 mL/min: 937.5 mg/m2 x 1.6 m2 = 1500 mg
/// assert_eq!(order.day().unwrap().dose_per_day().to_string(), "3000 mg");
/// assert_eq!(order.outcome(), Outcome::Warn);
///
/// let mut below = request;
/// below.facts.clearance = Some(CreatinineClearance::stated("29.93 mL/min".parse()?, "example"));
/// let order = CapecitabineOrder::plan(below)?;
/// assert_eq!(order.day(), None);
/// assert_eq!(order.outcome(), Outcome::Fail);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CapecitabineOrder {
    request: OrderRequest,
    adjustment: Adjustment,
    day: Option<OrderedDay>,
    supply: Option<Supply>,
    findings: Vec<Finding>,
}

impl CapecitabineOrder {
    /// Works out the order.
    ///
    /// # Errors
    /// Two overrides of one finding; inputs that do not fit together: see [`Adjustment::apply`],
    /// [`OrderedDay::choose`] and [`Supply::new`].
    pub fn plan(request: OrderRequest) -> Result<Self, CapecitabineError> {
        for (i, accepted) in request.overrides.iter().enumerate() {
            let before = request.overrides.iter().take(i);
            if before
                .into_iter()
                .any(|other| other.code() == accepted.code())
            {
                return Err(CapecitabineError::OverrideTwice {
                    code: accepted.code(),
                });
            }
        }
        let adjustment = Adjustment::apply(
            request.regimen,
            &request.rules,
            &request.facts,
            request.decision.clone(),
        )?;
        let mut findings = request.body_surface_area.warnings();
        findings.extend(adjustment.findings().iter().cloned());
        for topic in RuleTopic::ALL {
            let set = request.rules.get(topic);
            findings.extend(set.into_iter().flat_map(|set| set.cautions(topic)));
        }
        findings.extend(weight_finding(request.weight_change));
        let mut day = None;
        if let Some(regimen) = adjustment.adjusted() {
            if let (RoundingPolicy::Bands(table), true) =
                (&request.policy, regimen != request.regimen)
            {
                findings.push(Finding::written(
                    "capecitabine.table_and_reduction",
                    Outcome::CannotTell,
                    "rounding",
                    format!(
                        "needs a clinician: the table \"{}\" gives doses by body surface area and \
                         has none for a reduced intensity of {}",
                        table.label(),
                        regimen.intensity()
                    ),
                ));
            } else {
                let calculated = CalculatedAdministration::adjusted(
                    request.regimen,
                    regimen,
                    &request.body_surface_area,
                    request.caps,
                )?;
                let ordered = OrderedDay::choose(
                    &calculated,
                    &request.stock,
                    &request.policy,
                    request.tolerance,
                    request.split,
                )?;
                findings.extend(ordered.findings().iter().cloned());
                findings.extend(rounded_up(&adjustment, &ordered));
                day = Some(ordered);
            }
        }
        let interrupted = adjustment.interruption().is_some();
        let supply = match (&day, &request.supply) {
            (Some(day), Some(wanted)) => {
                findings.extend(interrupted.then(counts_every_date));
                let supply =
                    Supply::new(day, &wanted.kind, &wanted.fractions, wanted.dispense_every)?;
                findings.extend(supply.findings().iter().cloned());
                Some(supply)
            }
            // dates that cannot be used are an error even where there is no dose
            (None, Some(wanted)) => {
                wanted.kind.dates(&wanted.fractions)?;
                None
            }
            _ => None,
        };
        accept(&mut findings, &request.overrides);
        Ok(Self {
            request,
            adjustment,
            day,
            supply,
            findings,
        })
    }

    /// What the order was made from.
    #[must_use]
    pub const fn request(&self) -> &OrderRequest {
        &self.request
    }

    /// What the rules say.
    #[must_use]
    pub const fn adjustment(&self) -> &Adjustment {
        &self.adjustment
    }

    /// The day's order; none where a rule stops the drug or the dose cannot be told.
    #[must_use]
    pub const fn day(&self) -> Option<&OrderedDay> {
        self.day.as_ref()
    }

    /// The supply, where it was asked for and there is a dose.
    #[must_use]
    pub const fn supply(&self) -> Option<&Supply> {
        self.supply.as_ref()
    }

    /// Everything there is to report, with overrides applied.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The worst of the findings; pass when there are none.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        Outcome::worst(
            self.findings
                .iter()
                .map(|finding| finding.outcome)
                .chain([Outcome::Pass]),
        )
    }

    /// Every number on the way, in order: clearance, body surface area, adjusted intensity,
    /// calculated dose, ordered dose, the day, supply.
    #[must_use]
    pub fn derivations(&self) -> Vec<Derivation> {
        let mut all = Vec::new();
        if let Some(clearance) = &self.request.facts.clearance {
            all.push(clearance.derivation());
        }
        all.push(self.request.body_surface_area.derivation());
        all.extend(self.adjustment.derivation().cloned());
        if let Some(day) = &self.day {
            let single = day.per_administration();
            all.push(single.calculated().derivation().clone());
            all.extend(single.calculated().capping().cloned());
            if !day.is_unequal() {
                all.push(single.derivation().clone());
            }
            all.push(day.derivation().clone());
        }
        all.extend(self.supply.iter().map(|supply| supply.derivation().clone()));
        all
    }
}

/// A weight change of this much asks for a new order or a reason, percent.
const WEIGHT_CHANGE: f64 = 10.0;

#[allow(clippy::cast_precision_loss, reason = "micrograms stay below 2^53")]
fn weight_finding(change: Option<WeightChange>) -> Option<Finding> {
    let change = change?;
    let (before, now) = (
        change.before.micrograms() as f64,
        change.now.micrograms() as f64,
    );
    let percent = 100.0 * (now - before) / before;
    let large = percent.abs() >= WEIGHT_CHANGE || super::is_at(percent.abs(), WEIGHT_CHANGE);
    large.then(|| {
        Finding::written(
            "capecitabine.weight_change",
            Outcome::Fail,
            "weight",
            "the weight has changed by 10 % or more since the earlier order: measure again and \
             confirm the dose",
        )
        .with_expected(format!("{} +/- 10 %", change.before))
        .with_found(format!("{} ({percent:+.1} %)", change.now))
    })
}

fn counts_every_date() -> Finding {
    Finding::written(
        "capecitabine.supply_after_interruption",
        Outcome::Warn,
        "supply",
        "the drug is interrupted, and tablets are counted for every date given: give only the dates \
         after recovery, and take off what the patient still has",
    )
}

/// Rounding up is not used after a reduction for enzyme deficiency or organ dysfunction.
fn rounded_up(adjustment: &Adjustment, day: &OrderedDay) -> Option<Finding> {
    (adjustment.is_reduced_for_deficiency() && day.deviation_percent() > 0.0).then(|| {
        Finding::written(
            "capecitabine.rounded_up",
            Outcome::Warn,
            "ordered dose per day",
            "rounded up after a reduction for renal function or DPYD: the HOPA recommendation \
             (ascopost.com/News/58563) excepts these from rounding up",
        )
        .with_found(format!("{:+.2} %", day.deviation_percent()))
    })
}

/// A cap that acts needs a reason; a reason turns a failed check, or a drug that nothing clears,
/// into a warning that prints it.
fn accept(findings: &mut Vec<Finding>, overrides: &[Override]) {
    for finding in findings.iter_mut() {
        if !Override::CODES.iter().any(|code| finding.is(code)) {
            continue;
        }
        let accepted = overrides
            .iter()
            .find(|accepted| finding.is(accepted.code()));
        // one reason for several drugs would clear those it does not speak of
        if finding.is(DRUG_NOT_NAMED) {
            let holds = |accepted: &Override| speaks_of(accepted.reason().as_str(), &finding.at());
            if accepted.is_some_and(|accepted| !holds(accepted)) {
                finding.remark(
                    "the reason given does not name it, or names a drug that is never given with \
                     capecitabine, and does not hold for it",
                );
                continue;
            }
        }
        let note = if let Some(accepted) = accepted {
            finding.outcome = Outcome::Warn;
            format!("overridden: {}", accepted.reason())
        } else {
            match finding.outcome {
                Outcome::Warn if finding.is("capecitabine.cap") => {
                    finding.outcome = Outcome::Fail;
                }
                // a deviation that no tolerance forbids stays a warning
                Outcome::Warn => continue,
                _ => {}
            }
            format!("needs a written reason (override {})", finding.code())
        };
        finding.remark(note);
    }
    for accepted in overrides {
        if !findings.iter().any(|finding| finding.is(accepted.code())) {
            findings.push(Finding::written(
                "capecitabine.override_unused",
                Outcome::Warn,
                accepted.code(),
                format!(
                    "a reason is given and nothing needs it: {}",
                    accepted.reason()
                ),
            ));
        }
    }
}
