//! Which column of a file holds what.

use crate::column::{Column, ColumnName};
use crate::error::{CohortError, listed};

/// Which column of a file holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The names of the columns.
    pub(crate) header: Vec<String>,
    /// Place and meaning of those that are used.
    pub(crate) used: Vec<(usize, Column)>,
    /// The names of those that are not.
    unused: Vec<String>,
}

impl Layout {
    /// From the header, and pairs of a known name with the column of the file that it is. A column that is
    /// mapped keeps no other meaning; an empty known name leaves a column out.
    ///
    /// # Errors
    /// A name twice, neither courses nor a height and a weight, or a pair that does not fit.
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
            let known = ColumnName::find(name).map(|known| known.column);
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
        let used: Vec<(usize, Column)> = meanings
            .iter()
            .enumerate()
            .filter_map(|(at, meaning)| Some((at, (*meaning)?)))
            .collect();
        let has = |wanted: &dyn Fn(Column) -> bool| used.iter().any(|(_, column)| wanted(*column));
        let of_courses = |column: Column| column.is_course() || column.is_date();
        let of_orders = has(&Column::is_of_order) || !has(&of_courses);
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
            unused: unused.collect(),
            used,
            header: header.to_vec(),
        })
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
        let mut used = self.used.iter();
        let found = used.find(|(_, column)| *column == wanted);
        found
            .and_then(|(at, _)| u16::try_from(at + 1).ok())
            .unwrap_or(0)
    }

    /// The name of the first column of this kind.
    pub(crate) fn name_of(&self, wanted: impl Fn(Column) -> bool) -> String {
        let mut used = self.used.iter();
        let found = used.find(|(_, column)| wanted(*column));
        let name = found.and_then(|(at, _)| self.header.get(*at));
        name.cloned().unwrap_or_default()
    }

    /// The columns of the file that are not used.
    #[must_use]
    pub fn unused(&self) -> &[String] {
        &self.unused
    }
}
