//! Which column of a file holds what.

use crate::column::{Column, ColumnName};
use crate::error::{CohortError, listed};
use crate::near;

/// Which column of a file holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The names of the columns.
    pub(crate) header: Vec<String>,
    /// Place and meaning of those that are used.
    pub(crate) used: Vec<(usize, Column)>,
    /// The names of those that are not.
    unused: Vec<String>,
    has_unknown: bool,
    /// The names of those that seem to say more of an order, and are not used.
    beside_orders: Vec<String>,
}

impl Layout {
    /// From the header, and pairs of a known name with the column of the file that it is. A column that is
    /// mapped keeps no other meaning; an empty known name leaves a column out.
    ///
    /// # Errors
    /// A name twice, neither courses nor a height and a weight, a pair that does not fit, or a name that is nearly
    /// known.
    pub fn new(header: &[String], mapped: &[(String, String)]) -> Result<Self, CohortError> {
        let names = || listed(header.iter().map(String::as_str));
        for (i, name) in header.iter().enumerate() {
            if !name.is_empty() && header[..i].contains(name) {
                return Err(CohortError::ColumnTwice { name: name.clone() });
            }
        }
        let mut meanings: Vec<Option<Column>> = header
            .iter()
            .map(|name| ColumnName::find(name).map(|known| known.column))
            .collect();
        for (name, of) in mapped {
            let at = header.iter().position(|own| own == of);
            let at = at.ok_or_else(|| CohortError::MappedMissing {
                name: name.clone(),
                of: of.clone(),
                header: names(),
            })?;
            let found = ColumnName::find(name);
            if let Some(units) = found.and_then(|known| near::other_unit(of, known)) {
                return Err(CohortError::MappedUnit {
                    name: name.clone(),
                    of: of.clone(),
                    answer: near::in_unit(of, &units),
                });
            }
            let known = found.map(|known| known.column);
            if known.is_none() && !name.is_empty() {
                return Err(CohortError::MappedUnknown {
                    name: name.clone(),
                    of: of.clone(),
                    choices: listed(ColumnName::ALL.iter().map(|known| known.name)),
                });
            }
            if let Some(meaning) = meanings.get_mut(at) {
                *meaning = known;
            }
        }
        let beside_orders = settle_doses(header, &mut meanings, mapped);
        let used: Vec<(usize, Column)> = meanings
            .iter()
            .enumerate()
            .filter_map(|(at, meaning)| Some((at, (*meaning)?)))
            .collect();
        let left_out = |name: &str| mapped.iter().any(|(_, of)| of == name);
        let unknown: Vec<&str> = header
            .iter()
            .zip(&meanings)
            .filter(|(name, meaning)| meaning.is_none() && !left_out(name))
            .filter(|(name, _)| ColumnName::find(name).is_none())
            .map(|(name, _)| name.as_str())
            .collect();
        let has = |wanted: &dyn Fn(Column) -> bool| used.iter().any(|(_, column)| wanted(*column));
        let of_courses = |column: Column| column.is_course() || column.is_date();
        let of_orders = has(&Column::is_of_order) || !has(&of_courses);
        near::ask(&unknown, &used, of_orders)?;
        let needed = [("height", "height_cm"), ("weight", "weight_kg")];
        let missing: Vec<_> = needed
            .into_iter()
            .filter(|(needed, _)| of_orders && !has(&|column| column.quantity() == *needed))
            .collect();
        if let Some((_, example)) = missing.first() {
            let is_missing =
                |known: &&ColumnName| missing.iter().any(|(of, _)| known.column.quantity() == *of);
            let choices = ColumnName::ALL.iter().filter(is_missing);
            let quantities: Vec<&str> = missing.iter().map(|(quantity, _)| *quantity).collect();
            return Err(CohortError::ColumnMissing {
                quantity: quantities.join(" and the "),
                choices: listed(choices.map(|known| known.name)),
                example,
                header: names(),
            });
        }
        let unused = header
            .iter()
            .zip(&meanings)
            .filter(|(_, meaning)| meaning.is_none())
            .map(|(name, _)| name.clone());
        Ok(Self {
            has_unknown: unused.clone().any(|name| !left_out(&name)),
            unused: unused.collect(),
            beside_orders: beside_orders
                .into_iter()
                .filter(|name| !left_out(name))
                .collect(),
            used,
            header: header.to_vec(),
        })
    }

    /// Whether a column is neither used nor left out by name: it may hold what should have been compared.
    #[must_use]
    pub const fn has_unknown(&self) -> bool {
        self.has_unknown
    }

    /// Whether the rows have orders of tablets; otherwise they have courses alone.
    #[must_use]
    pub fn has_orders(&self) -> bool {
        self.has(Column::is_of_order)
    }

    /// Whether the rows say their arm.
    #[must_use]
    pub fn has_arms(&self) -> bool {
        self.has(|column| column == Column::Arm)
    }

    /// The same without the arm, which no protocol gives a meaning.
    pub(crate) fn without_arms(mut self) -> Self {
        let (arms, used) = self
            .used
            .into_iter()
            .partition::<Vec<_>, _>(|(_, column)| *column == Column::Arm);
        self.used = used;
        let names = arms.iter().filter_map(|(at, _)| self.header.get(*at));
        self.unused.extend(names.cloned());
        self
    }

    /// Whether the rows have a prescribed and a planned course.
    pub(crate) fn has_both_courses(&self) -> bool {
        let has = |wanted| self.has(|column| column == wanted);
        has(Column::Prescribed) && has(Column::Planned)
    }

    /// The name of the column at this place, from 1; empty for none.
    pub(crate) fn name_at(&self, place: u16) -> &str {
        let at = usize::from(place).checked_sub(1);
        at.and_then(|at| self.header.get(at))
            .map_or("", String::as_str)
    }

    /// Whether the rows have courses.
    #[must_use]
    pub fn has_courses(&self) -> bool {
        self.has(Column::is_course)
    }

    /// Whether a column of this kind is there.
    pub(crate) fn has(&self, wanted: impl Fn(Column) -> bool) -> bool {
        self.used.iter().any(|(_, column)| wanted(*column))
    }

    /// The place of the first column of this kind, from 1; 0 for none.
    pub(crate) fn place_of(&self, wanted: Column) -> u16 {
        let at = self.has_at(wanted);
        at.and_then(|at| u16::try_from(at + 1).ok()).unwrap_or(0)
    }

    /// The place of the first column of this kind, from 0.
    pub(crate) fn has_at(&self, wanted: Column) -> Option<usize> {
        let mut used = self.used.iter();
        let found = used.find(|(_, column)| *column == wanted);
        found.map(|(at, _)| *at)
    }

    /// Whether the ordered dose is that of SDTM, whose unit stands in another column.
    pub(crate) fn has_sdtm_dose(&self) -> bool {
        let at = self.has_at(Column::Ordered);
        let name = at.and_then(|at| self.header.get(at));
        name.is_some_and(|name| name == SDTM_DOSE)
    }

    /// What the column at this place, from 1, holds.
    pub(crate) fn column_at(&self, place: u16) -> Option<Column> {
        let at = usize::from(place).checked_sub(1)?;
        let mut used = self.used.iter();
        let found = used.find(|(own, _)| *own == at);
        found.map(|(_, column)| *column)
    }

    /// The columns that seem to say more of an order, and are not used.
    pub fn beside_orders(&self) -> impl Iterator<Item = &str> {
        self.beside_orders.iter().map(String::as_str)
    }

    /// The name of the first column of this kind.
    pub(crate) fn name_of(&self, wanted: impl Fn(Column) -> bool) -> String {
        let mut used = self.used.iter();
        let found = used.find(|(_, column)| wanted(*column));
        let name = found.and_then(|(at, _)| self.header.get(*at));
        name.cloned().unwrap_or_default()
    }

    /// The columns that are used, by their place from 0, and what each holds.
    pub fn used(&self) -> impl Iterator<Item = (usize, Column)> {
        self.used.iter().copied()
    }

    /// The columns of the file that are not used.
    #[must_use]
    pub fn unused(&self) -> &[String] {
        &self.unused
    }
}

/// The dose of SDTM, which is one of an administration where its unit and its frequency stand beside it.
const SDTM_DOSE: &str = "EXDOSE";

/// Takes the meaning of columns that are nothing alone: the dose of SDTM without unit and frequency or beside
/// another order, and what says more of a dose where no dose is read. Gives the names that may be missed.
fn settle_doses(
    header: &[String],
    meanings: &mut [Option<Column>],
    mapped: &[(String, String)],
) -> Vec<String> {
    let has = |meanings: &[Option<Column>], wanted| meanings.contains(&Some(wanted));
    let mut missed = Vec::new();
    let is_mapped = |name: &str| mapped.iter().any(|(_, of)| of == name);
    let mut sdtm = header.iter().position(|name| name == SDTM_DOSE);
    sdtm = sdtm.filter(|_| !is_mapped(SDTM_DOSE));
    if let Some(meaning) = sdtm.and_then(|at| meanings.get_mut(at)) {
        let known = meaning.take();
        let other = has(meanings, Column::Ordered) || has(meanings, Column::Order);
        let whole = has(meanings, Column::Frequency) && has(meanings, Column::DoseUnit);
        if !other && whole {
            if let Some(meaning) = sdtm.and_then(|at| meanings.get_mut(at)) {
                *meaning = known;
            }
        } else {
            missed.push(SDTM_DOSE.to_string());
        }
    }
    let has_dose = has(meanings, Column::Ordered);
    for (name, meaning) in header.iter().zip(meanings) {
        let beside = meaning.filter(|column| column.is_beside_dose());
        if beside.is_some() && !has_dose {
            *meaning = None;
        }
        let named = name.to_lowercase();
        let seems_often = meaning.is_none() && (named.contains("freq") || named.contains("frq"));
        if seems_often || (beside == Some(Column::Frequency) && !has_dose) {
            missed.push(name.clone());
        }
    }
    missed
}
