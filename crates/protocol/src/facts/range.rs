//! A range of a quantity.

use core::fmt;

use super::truth::Truth;
use super::value::FactQuantity;

/// A range of a quantity, open at an end that is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuantityRange {
    /// The lower end.
    pub lowest: Option<QuantityLimit>,
    /// The upper end.
    pub highest: Option<QuantityLimit>,
}

/// One end of a range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityLimit {
    /// The value.
    pub value: FactQuantity,
    /// Whether the value itself belongs to the range.
    pub included: bool,
}

impl QuantityRange {
    /// Everything above a value, the value itself not included.
    #[must_use]
    pub const fn above(value: FactQuantity) -> Self {
        Self {
            lowest: Some(QuantityLimit {
                value,
                included: false,
            }),
            highest: None,
        }
    }

    /// The values at its ends.
    pub(crate) fn ends(&self) -> impl Iterator<Item = &FactQuantity> {
        let ends = [&self.lowest, &self.highest].into_iter().flatten();
        ends.map(|end| &end.value)
    }

    /// Whether a quantity with the same unit lies in it; unknown when the unit differs.
    #[must_use]
    pub fn holds(&self, quantity: &FactQuantity) -> Truth {
        let ends = [&self.lowest, &self.highest];
        if ends
            .into_iter()
            .flatten()
            .any(|end| end.value.unit != quantity.unit)
        {
            return Truth::Unknown;
        }
        let number = quantity.number;
        let above = self.lowest.as_ref().is_none_or(|end| {
            number > end.value.number || (end.included && number == end.value.number)
        });
        let below = self.highest.as_ref().is_none_or(|end| {
            number < end.value.number || (end.included && number == end.value.number)
        });
        (above && below).into()
    }

    pub(super) fn is_empty(&self) -> bool {
        match (&self.lowest, &self.highest) {
            (None, None) => true,
            (Some(low), Some(high)) => {
                low.value.unit != high.value.unit
                    || low.value.number > high.value.number
                    || (low.value.number == high.value.number && !(low.included && high.included))
            }
            _ => false,
        }
    }
}

impl fmt::Display for QuantityRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(low) = &self.lowest {
            f.write_str(if low.included { "at least " } else { "above " })?;
            write!(f, "{}", low.value)?;
        }
        if self.lowest.is_some() && self.highest.is_some() {
            f.write_str(" and ")?;
        }
        if let Some(high) = &self.highest {
            f.write_str(if high.included { "at most " } else { "below " })?;
            write!(f, "{}", high.value)?;
        }
        Ok(())
    }
}
