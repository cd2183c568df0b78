//! What is the same for every patient of a cohort, made ready; and one row.

use alloc::sync::Arc;
use alloc::vec::Vec;

use jiff::civil::Date;

use crate::patient::{
    Age, BodySize, BodySurfaceArea, BodySurfaceAreaFormula, ClearanceWeight, CockcroftGault,
    CreatinineClearance, Height, SerumCreatinine, Weight, WeightBasis,
};
use crate::quantity::{OrderedDose, TabletStrength};
use crate::report::Outcome;
use crate::text::Text;

use super::super::codes;
use super::super::day_split::DaySplit;
use super::super::days::CapecitabineDays;
use super::super::deliverable::DeliverableAmounts;
use super::super::deviation_tolerance::deviation_percent;
use super::super::error::CapecitabineError;
use super::super::finding::{CapecitabineFinding, MANY_TABLETS};
use super::super::order_findings;
use super::super::plan_findings;
use super::super::policy::RoundingPolicy;
use super::super::request::OrderRequest;
use super::super::select::{self, Amounts, LARGEST_DOSE};
use super::super::stock::KEPT;
use super::super::wanted::Wanted;
use super::answers::{Answer, Answers};
use super::fault::RowFault;
use super::row::{OrderedRow, PatientRow};
use super::row_findings::RowFindings;

/// What is the same for every patient of a cohort, made ready once.
#[derive(Debug, Clone)]
pub struct CohortRules {
    every: OrderRequest,
    formula: BodySurfaceAreaFormula,
    weight_basis: Option<WeightBasis>,
    pub(super) amounts: Arc<DeliverableAmounts>,
    /// For every whole number of milligrams, how many amounts are below it.
    below: Arc<[u32]>,
    pub(super) strengths: Vec<TabletStrength>,
    answers: Answers,
    /// What there is to say of the regimen where there is a dose.
    cautions: RowFindings,
}

impl CohortRules {
    /// From an order that says what is the same for everybody; its body surface area, clearance and DPYD
    /// status are not used, because each row has its own. Without a weight basis no clearance is
    /// estimated, and a creatinine in a row is not looked at.
    ///
    /// # Errors
    /// What belongs to one patient: a decision, accepted findings, changes of weight or height, a supply;
    /// administrations that differ within a day; rules that do not fit the regimen; a topic that is waived and
    /// has a rule set.
    pub fn new(
        every: &OrderRequest,
        formula: BodySurfaceAreaFormula,
        weight_basis: Option<WeightBasis>,
    ) -> Result<Self, CapecitabineError> {
        let of_one = [
            (every.decision.is_some(), "a clinician's decision"),
            (!every.overrides.is_empty(), "an accepted finding"),
            (every.weight_change.is_some(), "an earlier weight"),
            (every.height_change.is_some(), "an earlier height"),
            (every.supply.is_some(), "a supply by dates"),
            (every.facts.phenotype.is_some(), "a phenotype test"),
            (every.facts.toxicity.is_some(), "a toxicity"),
            (every.split != DaySplit::Equal, "an unequal day"),
        ];
        if let Some((_, what)) = of_one.into_iter().find(|(given, _)| *given) {
            return Err(CapecitabineError::OfOnePatient { what });
        }
        every.check_waived()?;
        let mut cautions = RowFindings::NONE;
        for finding in every.regimen.cautions() {
            cautions.find(&finding);
        }
        let amounts = every.stock.amounts(LARGEST_DOSE);
        let below = below(amounts.as_slice());
        Ok(Self {
            answers: Answers::new(every)?,
            every: every.clone(),
            formula,
            weight_basis,
            below,
            amounts,
            strengths: every
                .stock
                .tablets()
                .map(|tablet| tablet.strength)
                .collect(),
            cautions,
        })
    }

    /// These rules for patients who take these other drugs; an empty list means that they take none.
    ///
    /// # Errors
    /// A name that holds several drugs, or none.
    pub fn with_other_drugs(&self, drugs: Vec<Text>) -> Result<Self, CapecitabineError> {
        let mut every = self.every.clone();
        every.facts.other_drugs = Some(drugs);
        every.facts.check()?;
        Ok(Self {
            answers: Answers::new(&every)?,
            every,
            ..self.clone()
        })
    }

    /// What is the same for everybody.
    #[must_use]
    pub const fn every(&self) -> &OrderRequest {
        &self.every
    }

    /// The formula of the body surface area.
    #[must_use]
    pub const fn formula(&self) -> BodySurfaceAreaFormula {
        self.formula
    }

    /// The weight of the creatinine clearance; none where none is estimated.
    #[must_use]
    pub const fn weight_basis(&self) -> Option<WeightBasis> {
        self.weight_basis
    }

    /// The strengths in stock, the largest first: the order of the tablets of a row.
    #[must_use]
    pub fn strengths(&self) -> &[TabletStrength] {
        &self.strengths
    }

    /// The order of one row, without what there is to say of it.
    ///
    /// ```
    /// # use chemorad::capecitabine::columns::{CohortRules, PatientRow};
    /// # use chemorad::capecitabine::*;
    /// # use chemorad::patient::{BodySurfaceArea, BodySurfaceAreaFormula, SurfaceArea};
    /// # let every = OrderRequest::new(
    /// #     Regimen::new("825 mg/m2".parse()?, 2)?,
    /// #     BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "not used"),
    /// #     "500 mg, 150 mg (at most 2)".parse()?,
    /// #     "nearest, ties up".parse()?,
    /// # );
    /// let rules = CohortRules::new(&every, BodySurfaceAreaFormula::Mosteller, None)?;
    /// let order = rules.numbers(&PatientRow::new(170.0, 70.0));
    /// assert_eq!((order.ordered_mg, order.tablets[0], order.tablets[1]), (1500.0, 3.0, 0.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn numbers(&self, row: &PatientRow) -> OrderedRow {
        self.row::<false>(row)
    }

    /// The order of one row, with the codes of everything that there is to say of it.
    #[must_use]
    pub fn order(&self, row: &PatientRow) -> OrderedRow {
        self.row::<true>(row)
    }

    /// What the dates of a patient's fractions add to the findings of [`Self::order`], as in one order: rules that are
    /// superseded on the day of the first, and an intensity above those of treatments with radiotherapy. Where
    /// nothing says on which days the drug is taken (`kind`), they are those of the fractions.
    ///
    /// ```
    /// # use chemorad::capecitabine::columns::CohortRules;
    /// # use chemorad::capecitabine::*;
    /// # use chemorad::patient::{BodySurfaceArea, BodySurfaceAreaFormula, SurfaceArea};
    /// # use jiff::civil::date;
    /// # let every = OrderRequest::new(
    /// #     Regimen::new("1250 mg/m2".parse()?, 2)?,
    /// #     BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "not used"),
    /// #     "500 mg, 150 mg (at most 2)".parse()?,
    /// #     "nearest, ties up".parse()?,
    /// # );
    /// // 1250 mg/m2 twice a day is for treatments without radiotherapy
    /// let rules = CohortRules::new(&every, BodySurfaceAreaFormula::Mosteller, None)?;
    /// let found = rules.on_dates(None, &[date(2026, 12, 7)]);
    /// let codes: Vec<&str> = found.codes().map(|(_, code)| code.name).collect();
    /// assert_eq!(codes, ["capecitabine.without_radiotherapy"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn on_dates(&self, kind: Option<&CapecitabineDays>, fractions: &[Date]) -> RowFindings {
        let kind = kind.unwrap_or(&CapecitabineDays::RadiotherapyDays);
        let mut findings = RowFindings::NONE;
        plan_findings::superseded(&self.every, fractions)
            .chain(plan_findings::without_radiotherapy(
                &self.every,
                kind,
                fractions,
            ))
            .for_each(|found| findings.observe(&found));
        findings
    }

    fn row<const FINDINGS: bool>(&self, row: &PatientRow) -> OrderedRow {
        let mut order = OrderedRow::EMPTY;
        order.fault = self.fill_row::<FINDINGS>(row, &mut order).err();
        order
    }

    fn fill_row<const FINDINGS: bool>(
        &self,
        row: &PatientRow,
        order: &mut OrderedRow,
    ) -> Result<(), RowFault> {
        let size = size(row)?;
        order.bmi = size.body_mass_index();
        order.bsa_m2 = self
            .formula
            .square_meters(size, row.sex)
            .map_err(|error| RowFault::of_patient(&error))?;
        let clearance = self.clearance(row, size)?;
        let value = clearance
            .as_ref()
            .map(CreatinineClearance::milliliters_per_minute);
        if let Some(value) = value {
            order.creatinine_clearance_ml_min = value;
        }
        // validated rules hold every clearance, and what none holds is not told
        let answer = self
            .answers
            .get(value, row.dpyd)
            .ok_or(RowFault::Creatinine)?;
        if answer.uneven {
            return Err(RowFault::Share);
        }
        if FINDINGS {
            let findings = &mut order.findings;
            *findings = answer.findings;
            size.unusual()
                .for_each(|unusual| findings.observe(&unusual));
            if let Some(unusual) = BodySurfaceArea::unusual_area(order.bsa_m2) {
                findings.observe(&unusual);
            }
            if let Some(clearance) = &clearance {
                clearance
                    .unusual()
                    .for_each(|unusual| findings.observe(&unusual));
                if self.answers.is_near_cut(clearance.milliliters_per_minute()) {
                    findings.add(Outcome::Warn, &codes::RENAL_CUT);
                }
            }
        }
        let Some(regimen) = answer.regimen else {
            return Ok(());
        };
        let wanted = Wanted::new(regimen, order.bsa_m2, self.every.caps)
            .map_err(|_| RowFault::CalculatedDose)?;
        order.calculated_mg = wanted.uncapped.milligrams();
        order.capped_mg = wanted.dose.milligrams();
        self.choose::<FINDINGS>(&wanted, answer, order)
    }

    fn choose<const FINDINGS: bool>(
        &self,
        wanted: &Wanted,
        answer: &Answer,
        order: &mut OrderedRow,
    ) -> Result<(), RowFault> {
        let policy = &self.every.policy;
        let table_dose = select::table_dose(policy, wanted)?;
        let amounts = Amounts {
            all: self.seen(wanted, table_dose),
            made: &self.amounts,
            largest: self.every.stock.largest(),
        };
        let choice = select::choose(wanted, amounts, policy, table_dose)?;
        let ordered = f64::from(choice.amount.milligrams());
        order.ordered_mg = ordered;
        order.deviation_percent = deviation_percent(ordered, wanted.uncapped.milligrams());
        let counts = self.amounts.counts(choice.amount);
        let mut tablets = 0;
        for (count, place) in counts.zip(&mut order.tablets) {
            *place = f64::from(count);
            tablets += count;
        }
        if FINDINGS {
            // the tolerance is on rounding, which begins after the caps
            let of_rounding = deviation_percent(ordered, wanted.dose.milligrams());
            let findings = &mut order.findings;
            *findings = findings.and(self.cautions);
            let of_amount = order_findings::of(
                wanted,
                (&self.every.stock, amounts),
                policy,
                self.every.tolerance,
                of_rounding,
                &choice,
            );
            for found in wanted.findings().chain(of_amount.into_iter().flatten()) {
                // a cap that acts needs a reason, and a row has none
                if found.is_cap() {
                    findings.add(Outcome::Fail, &codes::CAP);
                } else {
                    findings.observe(&found);
                }
            }
            let times = f64::from(wanted.regimen.administrations_per_day());
            let percent = deviation_percent(times * ordered, times * wanted.dose.milligrams());
            if percent > 0.0 && answer.deficiency {
                findings.observe(&CapecitabineFinding::RoundedUp {
                    percent,
                    decided: false,
                });
            }
            if tablets > MANY_TABLETS {
                findings.observe(&CapecitabineFinding::ManyTablets(tablets));
            }
        }
        Ok(())
    }

    /// The amounts that decide, and that one order sees too.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a dose is 0 to 50 000 mg"
    )]
    fn seen(&self, wanted: &Wanted, table_dose: Option<OrderedDose>) -> &[OrderedDose] {
        let all = self.amounts.as_slice();
        let largest = self.every.stock.largest();
        let count = |milligrams: u32| {
            let count = self.below.get(milligrams as usize).copied();
            count.map_or(all.len(), |count| count as usize)
        };
        match self.every.policy {
            // the amounts next to the dose, and those next to them: a cap that acts is the dose
            RoundingPolicy::Nearest { .. } | RoundingPolicy::Down | RoundingPolicy::Up => {
                let at = count(wanted.dose.milligrams() as u32);
                let (first, end) = (at.saturating_sub(3), at.saturating_add(4).min(all.len()));
                all.get(first..end).unwrap_or(all)
            }
            RoundingPolicy::Fewest { .. } | RoundingPolicy::Bands(_) => {
                let horizon = select::horizon(wanted, largest, &self.every.policy, table_dose);
                all.get(..count(horizon.max(KEPT).milligrams() + 1))
                    .unwrap_or(all)
            }
        }
    }

    fn clearance(
        &self,
        row: &PatientRow,
        size: BodySize,
    ) -> Result<Option<CreatinineClearance>, RowFault> {
        let age = match row.age_years {
            years if years.is_nan() => None,
            years => Some(Age::checked_float(years, "a").map_err(|_| RowFault::Age)?),
        };
        // whatever is estimated: the doses here are those of adults
        if age.is_some_and(|age| age < ADULT) {
            return Err(RowFault::Child);
        }
        let Some(basis) = self.weight_basis.filter(|_| !row.creatinine.is_nan()) else {
            return Ok(None);
        };
        let creatinine = SerumCreatinine::checked_float(row.creatinine, row.creatinine_unit)
            .map_err(|_| RowFault::Creatinine)?;
        let facts = CockcroftGault {
            age: age.ok_or(RowFault::AgeMissing)?,
            sex: row.sex.ok_or(RowFault::SexMissing)?,
            weight: ClearanceWeight::new(basis, size),
            creatinine,
        };
        CreatinineClearance::cockcroft_gault(facts)
            .map(Some)
            .map_err(|error| RowFault::of_patient(&error))
    }
}

/// The intended use leaves children out.
const ADULT: Age = Age::constant("18 a");

/// Micrometres in a centimetre, and micrograms in a kilogram: the unit is known before the rows are.
const CENTIMETER: u64 = 10_000;
const KILOGRAM: u64 = 1_000_000_000;

fn size(row: &PatientRow) -> Result<BodySize, RowFault> {
    if row.height_cm.is_nan() {
        return Err(RowFault::HeightMissing);
    }
    let height = Height::checked_units(row.height_cm, CENTIMETER).map_err(|_| RowFault::Height)?;
    if row.weight_kg.is_nan() {
        return Err(RowFault::WeightMissing);
    }
    let weight = Weight::checked_units(row.weight_kg, KILOGRAM).map_err(|_| RowFault::Weight)?;
    BodySize::new(height, weight).map_err(|_| RowFault::BodySize)
}

/// For every whole number of milligrams up to the largest amount, how many amounts are below it.
fn below(amounts: &[OrderedDose]) -> Arc<[u32]> {
    let mut counts = Vec::with_capacity(LARGEST_DOSE.milligrams() as usize + 1);
    let mut count = 0;
    let mut left = amounts.iter().peekable();
    for milligrams in 0..=LARGEST_DOSE.milligrams() {
        while left
            .peek()
            .is_some_and(|amount| amount.milligrams() < milligrams)
        {
            left.next();
            count += 1;
        }
        counts.push(count);
    }
    counts.into()
}
