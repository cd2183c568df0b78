//! Every reason why something is refused, at once.

use alloc::vec::Vec;
use core::fmt;

/// Every reason why something is refused: at least one, so that a person puts all of them right in
/// one go.
///
/// ```
/// use chemorad::gap::{GapCase, GapError, GapProblem};
/// use jiff::civil::date;
///
/// let mut case = GapCase::new(Vec::new(), date(2027, 1, 4), date(2027, 1, 19));
/// case.title = Some("two\nlines".into());
/// let faults = GapProblem::new(&case).unwrap_err();
/// assert!(faults.iter().any(|fault| *fault == GapError::Title));
/// assert!(faults.iter().any(|fault| *fault == GapError::NoPrescription));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults<E>(Vec<E>);

impl<E> Faults<E> {
    /// Each reason, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &E> {
        self.0.iter()
    }

    /// The only reason, where there is no other.
    #[must_use]
    pub fn only(&self) -> Option<&E> {
        match self.0.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// One line each.
impl<E: fmt::Display> fmt::Display for Faults<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, fault) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl<E: fmt::Debug + fmt::Display> core::error::Error for Faults<E> {}

impl<E> From<E> for Faults<E> {
    fn from(fault: E) -> Self {
        Self(alloc::vec![fault])
    }
}

/// The reasons found so far, while the rest is looked at.
///
/// ```
/// use chemorad::quantity::{AbsorbedDose, QuantityError};
/// use chemorad::report::FaultList;
///
/// let mut found = FaultList::<QuantityError>::default();
/// let total = found.keep("45".parse::<AbsorbedDose>());
/// let boost = found.keep("5,4 Gy".parse::<AbsorbedDose>());
/// let faults = found.complete(total.zip(boost)).unwrap_err();
/// assert_eq!(faults.iter().count(), 2);
/// ```
#[derive(Debug, Clone)]
pub struct FaultList<E>(Vec<E>);

impl<E> Default for FaultList<E> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<E: PartialEq> FaultList<E> {
    /// Notes a reason, each once.
    pub fn add(&mut self, fault: impl Into<E>) {
        let fault = fault.into();
        if !self.0.contains(&fault) {
            self.0.push(fault);
        }
    }

    /// The value; the reason why there is none is noted.
    pub fn keep<T>(&mut self, tried: Result<T, impl Into<E>>) -> Option<T> {
        tried.map_err(|fault| self.add(fault)).ok()
    }

    /// Notes every reason of others.
    pub fn extend(&mut self, others: Self) {
        others.0.into_iter().for_each(|fault| self.add(fault));
    }

    /// What was found so far.
    #[must_use]
    pub fn as_slice(&self) -> &[E] {
        &self.0
    }

    /// The value, where nothing was found; it is absent only where a reason was noted.
    ///
    /// # Errors
    /// Everything that was found.
    pub fn complete<T>(self, value: Option<T>) -> Result<T, Faults<E>> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(Faults(self.0)),
        }
    }
}

impl<E> IntoIterator for FaultList<E> {
    type Item = E;
    type IntoIter = alloc::vec::IntoIter<E>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
