//! What a text says for each DPYD activity score.

use crate::patient::{ActivityScore, PlasmaUracil};
use crate::text::{List, Text};

use super::dose_rule::{DoseFraction, DoseRule};
use super::fault::RuleFault;

/// What a text says for one DPYD activity score.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DpydRow {
    /// The score.
    pub score: ActivityScore,
    /// What the text says.
    pub rule: DoseRule,
    /// The strength of the recommendation, where the text gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strength: Option<Text>,
    /// The words of the text, or why this row is here.
    pub words: Text,
}

/// The DPYD rules of a text: one row for each of the five scores, so that every score is answered,
/// with [`NotCovered`](DoseRule::NotCovered) where the text says nothing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DpydRules {
    /// The rows, by rising score.
    pub rows: List<DpydRow>,
    /// What the text says where both copies have decreased function (0.5 and 0.5), if it does not go by
    /// the score alone: a score of 1 is then read only with the alleles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decreased_twice: Option<DpydRow>,
    /// What the text says of plasma uracil, by rising concentration; none where it says nothing.
    #[serde(default, skip_serializing_if = "List::is_empty")]
    pub uracil: List<UracilRow>,
    /// What the text says of patients who were not tested.
    pub not_tested: Text,
}

/// What a text says from one concentration of uracil in plasma on, up to the next row.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UracilRow {
    /// The concentration, which is in the row; only the first row is without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<PlasmaUracil>,
    /// What the text says.
    pub rule: DoseRule,
    /// The words of the text, or why this row is here.
    pub words: Text,
}

impl DpydRules {
    /// The row of a score.
    #[must_use]
    pub fn row(&self, score: ActivityScore) -> Option<&DpydRow> {
        self.rows.iter().find(|row| row.score == score)
    }

    /// The row of a concentration of uracil, with its number counted from 1.
    ///
    /// ```
    /// use chemorad::capecitabine::{DoseRule, EMA_DPYD_2020};
    /// let rules = EMA_DPYD_2020.dpyd.as_ref().unwrap();
    /// let (number, row) = rules.uracil_row("20 ng/mL".parse()?).unwrap();
    /// assert_eq!((number, row.rule), (1, DoseRule::Individualize));
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    #[must_use]
    pub fn uracil_row(&self, uracil: PlasmaUracil) -> Option<(usize, &UracilRow)> {
        let numbered = (1..).zip(&self.uracil);
        numbered
            .take_while(|(_, row)| row.at_least.is_none_or(|least| least <= uracil))
            .last()
    }

    /// The most of the original dose that the rows from a score on leave: where the row of the
    /// score gives no number, a clinician's choice above it goes against the text.
    pub(in crate::capecitabine) fn at_most(&self, score: ActivityScore) -> DoseFraction {
        self.rows
            .iter()
            .filter(|row| row.score >= score)
            .filter_map(|row| row.rule.shares())
            .map(|(_, most)| most)
            .min()
            .unwrap_or(DoseFraction::WHOLE)
    }

    pub(super) const fn fault(&self) -> Option<RuleFault> {
        let rows = self.rows.as_slice();
        if self.not_tested.is_blank() {
            return Some(RuleFault::Empty("dpyd.not_tested"));
        }
        if rows.len() != ActivityScore::ALL.len() {
            return Some(RuleFault::Scores);
        }
        let mut i = 0;
        while i < rows.len() {
            if rows[i].score.halves() != ActivityScore::ALL[i].halves() {
                return Some(RuleFault::Scores);
            }
            if let Some(fault) = rows[i].rule.fault(i + 1) {
                return Some(fault);
            }
            let mut j = 0;
            while j < i {
                if rows[j].rule.exceeds(rows[i].rule) {
                    return Some(RuleFault::UpsideDown("dpyd", j + 1, i + 1));
                }
                j += 1;
            }
            if rows[i].words.is_blank() {
                return Some(RuleFault::Empty("dpyd.rows.words"));
            }
            i += 1;
        }
        if let Some(fault) = uracil_fault(self.uracil.as_slice()) {
            return Some(fault);
        }
        if let Some(twice) = &self.decreased_twice {
            if twice.score.halves() != rows[2].score.halves() {
                return Some(RuleFault::DecreasedTwice);
            }
            if let Some(fault) = twice.rule.fault(3) {
                return Some(fault);
            }
            if twice.words.is_blank() {
                return Some(RuleFault::Empty("dpyd.decreased_twice.words"));
            }
        }
        if !matches!(rows[0].rule, DoseRule::DoNotGive) {
            return Some(RuleFault::DoseWithoutActivity);
        }
        if !matches!(rows[4].rule, DoseRule::FullDose | DoseRule::NotCovered) {
            return Some(RuleFault::ReducedWithoutDeficiency);
        }
        None
    }
}

/// Concentrations that do not rise, and more of the dose at a higher one.
const fn uracil_fault(rows: &[UracilRow]) -> Option<RuleFault> {
    let mut i = 0;
    while i < rows.len() {
        let row = i + 1;
        match (i, rows[i].at_least) {
            (0, None) => {}
            (0, Some(_)) | (_, None) => return Some(RuleFault::Uracil(row)),
            (_, Some(least)) => {
                if let Some(before) = rows[i - 1].at_least {
                    if before.base() >= least.base() {
                        return Some(RuleFault::Uracil(row));
                    }
                }
                if rows[i].rule.exceeds(rows[i - 1].rule) {
                    return Some(RuleFault::UpsideDown("dpyd.uracil", row, i));
                }
            }
        }
        if let Some(fault) = rows[i].rule.fault(row) {
            return Some(fault);
        }
        if rows[i].words.is_blank() {
            return Some(RuleFault::Empty("dpyd.uracil.words"));
        }
        i += 1;
    }
    None
}

/// A constant row.
pub(super) const fn row(
    halves: u8,
    rule: DoseRule,
    strength: Option<&'static str>,
    words: &'static str,
) -> DpydRow {
    DpydRow {
        score: match ActivityScore::from_halves(halves) {
            Some(score) => score,
            None => panic!("a score is 0 to 2"),
        },
        rule,
        strength: match strength {
            Some(strength) => Some(Text::constant(strength)),
            None => None,
        },
        words: Text::constant(words),
    }
}
