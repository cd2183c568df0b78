//! The facts that rules are applied to.

use alloc::vec::Vec;

use crate::patient::{CreatinineClearance, DpydPhenotype, DpydStatus};
use crate::text::Text;

use super::error::CapecitabineError;
use super::rules::drug_names::is_one_drug;
use super::rules::toxicity::Toxicity;

/// The facts that rules are applied to. An absent fact is "not stated", never "normal" or "none".
///
/// ```
/// use chemorad::capecitabine::ClinicalFacts;
/// use chemorad::patient::DpydStatus;
/// let facts = ClinicalFacts { dpyd: Some(DpydStatus::NotTested), ..ClinicalFacts::default() };
/// assert_eq!(facts.other_drugs, None); // not asked; `Some(vec![])` is none
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClinicalFacts {
    /// Creatinine clearance.
    pub clearance: Option<CreatinineClearance>,
    /// DPYD status.
    pub dpyd: Option<DpydStatus>,
    /// The result of a phenotype test of the enzyme.
    pub phenotype: Option<DpydPhenotype>,
    /// The toxicity that the dose is to be changed for, if there is one.
    pub toxicity: Option<Toxicity>,
    /// The other drugs taken; an empty list means that there are none.
    pub other_drugs: Option<Vec<Text>>,
    /// The drugs that the protocol itself gives with capecitabine. What a list says of them is
    /// reported; that it does not name one is no finding, because the protocol combines them.
    pub protocol_drugs: Vec<Text>,
}

impl ClinicalFacts {
    /// Nothing is stated.
    pub const NONE: Self = Self {
        clearance: None,
        dpyd: None,
        phenotype: None,
        toxicity: None,
        other_drugs: None,
        protocol_drugs: Vec::new(),
    };

    /// Every other drug has a name.
    ///
    /// # Errors
    /// A name that holds several drugs, or none.
    pub fn check(&self) -> Result<(), CapecitabineError> {
        match self
            .other_drugs
            .iter()
            .flatten()
            .find(|drug| !is_one_drug(drug))
        {
            Some(drug) => Err(CapecitabineError::OtherDrug {
                given: drug.chars().take(60).collect(),
            }),
            None => Ok(()),
        }
    }
}
