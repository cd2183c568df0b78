//! Published parameters of dose-response models: each for its own endpoint and patients, none a default.

use serde::Serialize;

use super::estimate::Estimate;
use super::lyman_kutcher_burman::LymanKutcherBurman;
use super::parameter::ResponseParameter;

/// Parameters of one endpoint as they were published, with their intervals.
///
/// ```
/// use chemorad_dosimetry::{PublishedResponse, ResponseModel as _};
/// let set = PublishedResponse::find("rectum-late-grade-2-quantec").unwrap();
/// let parameters = set.model().parameters();
/// assert_eq!(parameters[2].to_string(), "76.9 Gy (73.7 to 80.1 Gy)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PublishedResponse {
    /// A stable name to ask for it by.
    pub id: &'static str,
    /// The organ and its contour.
    pub organ: &'static str,
    /// What happens to the patient.
    pub endpoint: &'static str,
    /// The patients whose data gave the parameters.
    pub patients: &'static str,
    /// The dose that the parameters belong to.
    pub dose: &'static str,
    /// Where the figures were read.
    pub source: &'static str,
    n: Known,
    m: Known,
    td50: Known,
}

/// A value with the ends of its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
struct Known {
    value: f64,
    low: f64,
    high: f64,
}

const fn known(value: f64, low: f64, high: f64) -> Known {
    Known { value, low, high }
}

impl Known {
    const fn as_parameter(self, parameter: ResponseParameter) -> Estimate {
        Estimate::published(parameter, self.value, (self.low, self.high))
    }
}

impl PublishedResponse {
    /// The set with this name.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        PUBLISHED_RESPONSES.iter().find(|set| set.id == id)
    }

    /// The model with its parameters.
    #[must_use]
    pub const fn model(&self) -> LymanKutcherBurman {
        LymanKutcherBurman {
            n: self.n.as_parameter(ResponseParameter::VolumeExponent),
            m: self.m.as_parameter(ResponseParameter::Spread),
            td50: self.td50.as_parameter(ResponseParameter::ToxicDose),
        }
    }
}

/// The published sets. They have no place for tumour control: no set that was found was fitted to doses in a
/// tumour, or its bed, as a model of histograms needs them.
pub const PUBLISHED_RESPONSES: &[PublishedResponse] = &[
    PublishedResponse {
        id: "rectum-late-grade-2-quantec",
        organ: "rectum",
        endpoint: "late rectal toxicity of grade 2 or more, or rectal bleeding",
        patients: "three-dimensional conformal radiotherapy of prostate cancer",
        dose: "absorbed dose, not corrected for the dose per fraction",
        source: "Michalski 2010 (QUANTEC), doi:10.1016/j.ijrobp.2009.03.078 (abstract)",
        n: known(0.09, 0.04, 0.14),
        m: known(0.13, 0.10, 0.17),
        td50: known(76.9, 73.7, 80.1),
    },
    PublishedResponse {
        id: "rectum-late-bleeding-grade-2-rt01",
        organ: "rectum",
        endpoint: "late rectal bleeding of grade 2",
        patients: "prostate cancer, 388 patients of the trial MRC RT01",
        dose: "as in the source; whether it was corrected for the dose per fraction was not read",
        source: "Gulliford 2012, PubMed 22119373 (abstract)",
        n: known(0.13, 0.10, 0.17),
        m: known(0.15, 0.13, 0.17),
        td50: known(68.5, 66.8, 70.8),
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Estimate, PUBLISHED_RESPONSES};
    use crate::response::lyman_kutcher_burman::LymanKutcherBurman;
    use crate::response::probability::ResponseModel as _;

    #[test]
    fn every_set_is_one_that_a_person_could_give() {
        let mut names = BTreeSet::new();
        for set in PUBLISHED_RESPONSES {
            assert!(names.insert(set.id), "{}", set.id);
            let model = set.model();
            let texts: Vec<String> = model.parameters().iter().map(Estimate::to_string).collect();
            let [n, m, td50] = texts.as_slice() else {
                panic!("{texts:?}");
            };
            assert_eq!(
                LymanKutcherBurman::read(n, m, td50),
                Ok(model),
                "{}",
                set.id
            );
            for text in [set.organ, set.endpoint, set.patients, set.dose, set.source] {
                assert!(!text.is_empty(), "{}", set.id);
            }
        }
    }
}
