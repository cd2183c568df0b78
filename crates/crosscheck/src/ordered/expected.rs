//! What is expected of an order in numbers, and how an entered order is compared with it.

use chemorad::capecitabine::{
    CapecitabineOrder, Caps, DeviationTolerance, DispensedTablets, DispensingPeriod, EnteredOrder,
    TabletStock, deviation_percent,
};
use chemorad::quantity::OrderedDose;

use super::dispensed::{Dispensed, ExpectedTablets, not_made};
use super::finding::OrderFinding;

/// What is expected of an order, so that orders of one patient and of many are compared in one way.
///
/// ```
/// use chemorad::report::{Finding, Outcome};
/// use chemorad_crosscheck::ExpectedOrder;
///
/// let stock = "500 mg, 150 mg".parse()?;
/// let expected = ExpectedOrder::new(vec!["1500 mg".parse()?; 2], (1501.5, 3003.0), None, &stock);
/// let found = expected.compare(&"1650mg bid".parse()?, None, None);
/// let outcomes = found.into_iter().map(|found| Finding::from(found).outcome);
/// assert_eq!(Outcome::worst(outcomes), Outcome::Fail);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct ExpectedOrder<'a> {
    doses: Vec<OrderedDose>,
    calculated: f64,
    calculated_per_day: f64,
    tolerance: Option<DeviationTolerance>,
    caps: Caps,
    stock: &'a TabletStock,
    supply: Option<ExpectedTablets>,
}

impl<'a> ExpectedOrder<'a> {
    /// The dose of each administration of a day, the calculated drug of one administration and of a day in
    /// milligrams, how far an order may be from it, and the tablets there are.
    #[must_use]
    pub const fn new(
        doses: Vec<OrderedDose>,
        (calculated, calculated_per_day): (f64, f64),
        tolerance: Option<DeviationTolerance>,
        stock: &'a TabletStock,
    ) -> Self {
        Self {
            doses,
            calculated,
            calculated_per_day,
            tolerance,
            caps: Caps {
                body_surface_area: None,
                dose_per_administration: None,
            },
            stock,
            supply: None,
        }
    }

    /// Adds caps, which no tolerance lifts.
    #[must_use]
    pub fn with_caps(self, caps: Caps) -> Self {
        Self { caps, ..self }
    }

    /// Adds the tablets for all days.
    #[must_use]
    pub fn with_supply(self, supply: ExpectedTablets) -> Self {
        Self {
            supply: Some(supply),
            ..self
        }
    }

    /// Of a planned order; none where no dose may be given.
    pub(super) fn of(order: &'a CapecitabineOrder) -> Option<Self> {
        let day = order.day()?;
        let doses = day.administrations().iter().map(|one| one.dose);
        let request = order.request();
        let calculated = day.per_administration().calculated().dose().milligrams();
        let calculated = (calculated, day.calculated_per_day());
        let expected = Self::new(
            doses.collect(),
            calculated,
            request.tolerance,
            &request.stock,
        );
        let supply = order.supply().map(|supply| ExpectedTablets {
            days: count(supply.dates().len()),
            tablets: supply.tablets().to_vec(),
            other_days: supply
                .alternatives()
                .iter()
                .map(|other| (other.kind.clone(), other.days))
                .collect(),
            periods: supply.periods().to_vec(),
        });
        Some(Self {
            supply,
            ..expected.with_caps(request.caps)
        })
    }

    /// Whether the order has the doses that are expected.
    pub(super) fn is(&self, ordered: &EnteredOrder) -> bool {
        self.doses == ordered.administrations()
    }

    fn milligrams_per_day(&self) -> u32 {
        let doses = self.doses.iter().map(|dose| dose.milligrams());
        doses.fold(0, u32::saturating_add)
    }

    /// Compares an order, and the tablets dispensed for it: for all days of intake, or for one period.
    #[must_use]
    pub fn compare(
        &self,
        ordered: &EnteredOrder,
        dispensed: Option<&DispensedTablets>,
        period: Option<&DispensingPeriod>,
    ) -> Vec<OrderFinding> {
        let mut found = Vec::new();
        self.compare_doses(&mut found, ordered);
        let of_stock = not_made(ordered, self.stock.tablets());
        let is_made = of_stock.is_none();
        found.extend(of_stock.map(|dose| OrderFinding::NotInStock {
            dose,
            stock: self.stock.to_string(),
        }));
        if let Some(tablets) = dispensed {
            let dispensed = Dispensed {
                stock: self.stock,
                supply: self.supply.as_ref(),
                ordered,
                tablets,
                period,
            };
            if is_made {
                dispensed.tablets(&mut found);
            }
            dispensed.supply(&mut found);
        }
        found
    }

    fn compare_doses(&self, found: &mut Vec<OrderFinding>, ordered: &EnteredOrder) {
        let given = ordered.administrations();
        let within = |milligrams: u32, calculated: f64| {
            let percent = deviation_percent(f64::from(milligrams), calculated);
            self.tolerance.is_some_and(|most| most.accepts(percent))
        };
        let same_number = self.doses.len() == given.len();
        let cap = self.caps.dose_per_administration;
        let is_near = |dose: &OrderedDose| {
            cap.is_none_or(|cap| *dose <= cap) && within(dose.milligrams(), self.calculated)
        };
        let mut pairs = given.iter().zip(&self.doses);
        let each_within =
            same_number && pairs.all(|(dose, expected)| dose == expected || is_near(dose));
        let per_day = ordered.milligrams_per_day();
        found.push(OrderFinding::Frequency {
            expected: count(self.doses.len()),
            found: count(given.len()),
        });
        found.push(OrderFinding::Dose {
            expected: self.doses.clone(),
            found: given.to_vec(),
            calculated: self.calculated,
            tolerance: self.tolerance,
            within_tolerance: each_within,
        });
        found.push(OrderFinding::Day {
            expected: self.milligrams_per_day(),
            found: per_day,
            calculated: self.calculated_per_day,
            tolerance: self.tolerance,
            within_tolerance: same_number && within(per_day, self.calculated_per_day),
        });
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
