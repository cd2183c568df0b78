//! A row with its order, its remarks and its outcome.

use chemorad::capecitabine::columns::{OrderedRow, RowFault, RowFindings};
use chemorad::capecitabine::deviation_percent;
use chemorad::report::{Code, Outcome};

use crate::remark::Remarks;

/// All that decides the codes of a row: few are different in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Signature {
    pub(crate) findings: RowFindings,
    pub(crate) fault: Option<RowFault>,
    pub(crate) remarks: Remarks,
}

impl Signature {
    /// Each code with its outcome, the refusal first.
    pub(crate) fn codes(&self) -> Vec<(Outcome, &'static Code)> {
        let fault = self.fault.map(|fault| (Outcome::CannotTell, fault.code()));
        let remarks = self
            .remarks
            .iter()
            .map(|remark| (remark.outcome(), remark.code()));
        let findings = self.findings.codes();
        fault.into_iter().chain(remarks).chain(findings).collect()
    }

    /// The worst of them; pass where there are none.
    pub(crate) fn outcome(&self) -> Outcome {
        let codes = self.codes().into_iter().map(|(outcome, _)| outcome);
        Outcome::worst(codes.chain([Outcome::Pass]))
    }
}

/// A row with its order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Judged {
    pub(crate) order: OrderedRow,
    /// 100 (entered - calculated) / calculated, of one administration or of a day, whichever is larger; NaN where
    /// no order was entered.
    pub(crate) entered_deviation_percent: f64,
    /// The drug of an ordered day, where the order is given in words.
    pub(crate) entered_per_day_mg: f64,
    /// 100 (dispensed - due) / due; NaN where nothing was dispensed or what is due is not known.
    pub(crate) supply_deviation_percent: f64,
    /// The largest of the deviations of the order in the row and of what was dispensed.
    pub(crate) largest_deviation_percent: f64,
    pub(crate) remarks: Remarks,
    /// The place of the column of the first cell that is not read, from 1.
    pub(crate) column: u16,
}

impl Judged {
    /// Takes a deviation of the order in the row, of one administration or of a day.
    pub(crate) fn deviates(&mut self, percent: f64) {
        self.entered_deviation_percent = larger(self.entered_deviation_percent, percent);
        self.largest_deviation_percent = larger(self.largest_deviation_percent, percent);
    }

    /// Takes what was dispensed, and what the order comes to.
    pub(crate) fn supplies(&mut self, dispensed_mg: f64, expected_mg: f64) {
        let percent = deviation_percent(dispensed_mg, expected_mg);
        self.supply_deviation_percent = larger(self.supply_deviation_percent, percent);
        self.largest_deviation_percent = larger(self.largest_deviation_percent, percent);
    }

    pub(crate) const fn signature(&self) -> Signature {
        Signature {
            findings: self.order.findings,
            fault: self.order.fault,
            remarks: self.remarks,
        }
    }
}

/// The one that is further from 0; what is not a number is none.
fn larger(known: f64, percent: f64) -> f64 {
    if known.is_nan() || percent.abs() > known.abs() {
        percent
    } else {
        known
    }
}
