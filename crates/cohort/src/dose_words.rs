//! What stands beside an ordered amount in columns of its own: how often a day, its unit, its drug.

use chemorad::capecitabine::EnteredOrder;

use crate::batch::InputRow;
use crate::cell::Unreadable;

/// What stands beside an ordered amount.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct DoseWords {
    /// Milligrams in one of the unit.
    unit: Option<u32>,
    is_capecitabine: bool,
}

impl DoseWords {
    /// How often a day, in the words of an order; false where another column says it.
    pub(crate) fn often(row: &mut InputRow, cell: &[u8]) -> Result<bool, Unreadable> {
        let is_free = row.times == 0;
        let text = std::str::from_utf8(cell).map_err(|_| Unreadable)?;
        // the words of an order, and not the administrations of a day
        if text.contains('+') {
            return Err(Unreadable);
        }
        let order: EnteredOrder = format!("1mg {text}").parse().map_err(|_| Unreadable)?;
        row.times = u8::try_from(order.administrations().len()).map_err(|_| Unreadable)?;
        Ok(is_free)
    }

    /// The unit of the dose; false where another column says it.
    pub(crate) fn unit(&mut self, cell: &[u8]) -> Result<bool, Unreadable> {
        let is_free = self.unit.is_none();
        self.unit = Some(match cell {
            b"mg" | b"MG" => 1,
            b"g" | b"G" => 1000,
            _ => return Err(Unreadable),
        });
        Ok(is_free)
    }

    /// The drug of the dose; false where another column says it.
    pub(crate) fn drug(&mut self, cell: &[u8]) -> Result<bool, Unreadable> {
        let is_free = !self.is_capecitabine;
        if !cell.eq_ignore_ascii_case(b"capecitabine") {
            return Err(Unreadable);
        }
        self.is_capecitabine = true;
        Ok(is_free)
    }

    /// Brings the amount of SDTM into milligrams, where the file has these columns; the place of one that is empty or
    /// says otherwise.
    pub(crate) fn settle(
        &self,
        row: &mut InputRow,
        unit: Option<usize>,
        drug: Option<usize>,
        is_sdtm: bool,
    ) -> Option<usize> {
        match (unit, self.unit) {
            (Some(_), Some(milligrams)) if is_sdtm => {
                row.entered_mg *= f64::from(milligrams);
            }
            (Some(_), Some(1)) | (None, _) => {}
            (Some(place), _) => return Some(place),
        }
        drug.filter(|_| !self.is_capecitabine)
    }
}
