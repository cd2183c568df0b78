//! The dose of the whole of a plan, where it is known.

use super::planned::{PlannedGroup, PlannedPrescription};
use super::target::PlannedTarget;
use chemorad::number::Decimal;

/// A stated dose this near to what all fraction groups give is that of them all: doses at a point differ a little
/// from it.
const AT_A_POINT: f64 = 0.05;

impl PlannedPrescription {
    /// The doses that it states for targets, gray, rising, each once.
    ///
    /// ```
    /// use chemorad_dosimetry::PlannedPrescription;
    /// let typed = PlannedPrescription::typed("typed", &["x=45Gy/25".parse()?])?;
    /// // a typed line is no statement about a target
    /// assert_eq!(typed.stated_doses(), []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn stated_doses(&self) -> Vec<Decimal> {
        let of_links = |target: &PlannedTarget| {
            let links = target.links.iter().map(|link| link.dose);
            links.reduce(|sum, dose| sum?.checked_add(dose?)).flatten()
        };
        let targets = self.targets.iter().filter(|target| target.prescribes());
        let stated = targets.filter_map(|target| target.dose.or_else(|| of_links(target)));
        let mut stated: Vec<Decimal> = stated.collect();
        stated.sort_unstable();
        stated.dedup();
        stated
    }

    /// The largest dose of a target or, where the fraction groups together give more than any target has, theirs,
    /// gray; `None` where that is not known.
    ///
    /// ```
    /// use chemorad_dosimetry::PlannedPrescription;
    /// let phases = ["pelvis=45Gy/25".parse()?, "boost=5.4Gy/3".parse()?];
    /// let typed = PlannedPrescription::typed("typed", &phases)?;
    /// assert_eq!(typed.whole_dose().map(|dose| dose.to_string()).as_deref(), Some("50.4"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn whole_dose(&self) -> Option<Decimal> {
        let groups = self.groups.iter().map(total);
        let together = groups.reduce(|sum, dose| sum?.checked_add(dose?)).flatten();
        let stated = self.stated_doses();
        let largest = stated.last().copied();
        if self.groups.len() < 2 {
            return largest.or(together);
        }
        let together = together?;
        // a target may have the dose of one group alone
        let near = |dose: &&Decimal| (dose.to_f64() / together.to_f64() - 1.0).abs() <= AT_A_POINT;
        let of_all = stated.iter().find(near).copied();
        Some(of_all.unwrap_or_else(|| largest.map_or(together, |dose| dose.max(together))))
    }

    /// What is prescribed in the fraction group at this place, gray; `None` where that is not known. It is the largest
    /// dose that is stated for a target or, where that is less, that of the beams: a target may state the dose of all
    /// phases.
    ///
    /// ```
    /// use chemorad_dosimetry::PlannedPrescription;
    /// let phases = ["pelvis=45Gy/25".parse()?, "boost=5.4Gy/3".parse()?];
    /// let typed = PlannedPrescription::typed("typed", &phases)?;
    /// assert_eq!(typed.dose_of_group(1).map(|dose| dose.to_string()).as_deref(), Some("5.4"));
    /// assert_eq!(typed.dose_of_group(2), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn dose_of_group(&self, place: usize) -> Option<Decimal> {
        let of_beams = total(self.groups.get(place)?);
        let stated = if self.groups.len() == 1 {
            self.stated_doses().last().copied()
        } else {
            let prescribing = self.targets.iter().filter(|target| target.prescribes());
            let links = prescribing.flat_map(|target| &target.links);
            let own = links.filter(|link| link.group == place);
            own.filter_map(|link| link.dose).max()
        };
        match (stated, of_beams) {
            (Some(stated), Some(of_beams)) => Some(stated.min(of_beams)),
            (one, other) => one.or(other),
        }
    }
}

/// What the beams of a group give in all its fractions.
fn total(group: &PlannedGroup) -> Option<Decimal> {
    let count = group.fractions?;
    let totals = group.doses.iter().filter_map(|dose| {
        dose.total
            .or_else(|| dose.per_fraction?.checked_mul(count.into()))
    });
    totals.max()
}
