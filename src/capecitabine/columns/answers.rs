//! What the rules say of every band of renal function and every DPYD status, found once by the calls
//! that serve one order.

use alloc::vec::Vec;

use crate::patient::{self, ActivityScore, ClearanceRate, CreatinineClearance, DpydStatus};
use crate::text::Text;

use super::super::adjustment::Adjustment;
use super::super::band_bound::BandScale;
use super::super::codes::RENAL_CUT;
use super::super::error::CapecitabineError;
use super::super::finding::CapecitabineFinding;
use super::super::plan_findings;
use super::super::policy::RoundingPolicy;
use super::super::regimen::Regimen;
use super::super::request::OrderRequest;
use super::super::rule_topic::RuleTopic;
use super::super::rules::renal::{NEAR_CUT, RenalRules};
use super::row_findings::RowFindings;

/// What the rules make of one band and one status.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) findings: RowFindings,
    /// The regimen after the rules; none where they stop, cannot tell, or leave it to a clinician.
    pub(super) regimen: Option<Regimen>,
    /// The share that is left of the intensity cannot be written.
    pub(super) uneven: bool,
    /// Whether the dose is reduced for renal function or DPYD.
    pub(super) deficiency: bool,
}

/// Whether both copies of the gene have decreased function, or the alleles are not known, matters to some
/// texts, so that a status is more than its score.
const STATUSES: usize = 14;

const fn place(status: Option<DpydStatus>) -> usize {
    match status {
        None => 0,
        Some(DpydStatus::NotTested) => 1,
        Some(DpydStatus::Indeterminate) => 2,
        Some(DpydStatus::Score(score)) => 3 + score.halves() as usize,
        Some(DpydStatus::Alleles(found)) if found.is_decreased_twice() => 13,
        Some(DpydStatus::Alleles(found)) => 8 + found.activity_score().halves() as usize,
    }
}

/// Alleles for each place of alleles, in their order.
const ALLELES: [&str; 6] = [
    "c.1905+1G>A, c.1905+1G>A",
    "c.1905+1G>A, HapB3",
    "c.1905+1G>A, Reference",
    "HapB3, Reference",
    "Reference, Reference",
    "HapB3, HapB3",
];

/// One status for each place.
fn statuses() -> Vec<Option<DpydStatus>> {
    let mut all = vec![
        None,
        Some(DpydStatus::NotTested),
        Some(DpydStatus::Indeterminate),
    ];
    all.extend(ActivityScore::ALL.map(|score| Some(DpydStatus::Score(score))));
    let alleles = ALLELES.iter().filter_map(|text| text.parse().ok());
    all.extend(alleles.map(|found| Some(DpydStatus::Alleles(found))));
    all
}

/// Every answer.
#[derive(Debug, Clone)]
pub(super) struct Answers {
    /// Without a clearance, then band by band; each with every status.
    all: Vec<Option<Answer>>,
    renal: Option<RenalRules>,
    cuts: Vec<f64>,
}

impl Answers {
    pub(super) fn new(request: &OrderRequest) -> Result<Self, CapecitabineError> {
        let set = request.rules.get(RuleTopic::Renal);
        let renal = set.and_then(|set| set.renal.clone());
        let statuses = statuses();
        let mut answers = Vec::new();
        for status in &statuses {
            answers.push(Some(answer(request, None, *status)?));
        }
        let clearances = match &renal {
            Some(rules) => inside(rules),
            None => vec![Some(stated(ClearanceRate::constant("80 mL/min")))],
        };
        for clearance in clearances {
            for status in &statuses {
                let of_band = clearance.clone();
                answers.push(match of_band {
                    Some(clearance) => Some(answer(request, Some(clearance), *status)?),
                    None => None,
                });
            }
        }
        let cuts = renal.iter().flat_map(RenalRules::cuts);
        Ok(Self {
            cuts: cuts.map(ClearanceRate::milliliters_per_minute).collect(),
            all: answers,
            renal,
        })
    }

    /// The answer for a clearance in mL/min and a status.
    pub(super) fn get(
        &self,
        clearance: Option<f64>,
        status: Option<DpydStatus>,
    ) -> Option<&Answer> {
        let row = match (clearance, &self.renal) {
            (None, _) => 0,
            (Some(_), None) => 1,
            (Some(value), Some(rules)) => rules.row_of(value)?.0,
        };
        self.all.get(row * STATUSES + place(status))?.as_ref()
    }

    /// Whether a clearance is so close to a cut that it is reported.
    pub(super) fn is_near_cut(&self, clearance: f64) -> bool {
        self.cuts
            .iter()
            .any(|cut| (clearance - cut).abs() <= NEAR_CUT)
    }
}

fn stated(rate: ClearanceRate) -> CreatinineClearance {
    CreatinineClearance::stated(rate, "one of its band")
}

/// One clearance in each band, in their order; none in a band too narrow for one that can be written.
fn inside(rules: &RenalRules) -> Vec<Option<CreatinineClearance>> {
    let mut bounds: Vec<u64> = rules.cuts().map(ClearanceRate::base).collect();
    let most = bounds
        .last()
        .copied()
        .unwrap_or(0)
        .saturating_add(1_000_000);
    bounds.push(most);
    // every cut, and one clearance between each two
    let mut tried = Vec::new();
    let mut before = 0;
    for bound in bounds {
        tried.push(before + (bound - before) / 2);
        tried.push(bound);
        before = bound;
    }
    let rates = tried
        .iter()
        .filter_map(|base| ClearanceRate::from_base(*base).ok());
    let rates: Vec<ClearanceRate> = rates.collect();
    let bands = rules.bands.iter().map(|band| {
        let mut rates = rates.iter().copied();
        rates.find(|rate| band.contains(rate.milliliters_per_minute()))
    });
    bands.map(|rate| rate.map(stated)).collect()
}

fn answer(
    request: &OrderRequest,
    clearance: Option<CreatinineClearance>,
    dpyd: Option<DpydStatus>,
) -> Result<Answer, CapecitabineError> {
    let mut facts = request.facts.clone();
    (facts.clearance, facts.dpyd) = (clearance, dpyd);
    let adjustment = match Adjustment::apply(request.regimen, &request.rules, &facts, None) {
        Ok(adjustment) => adjustment,
        Err(CapecitabineError::UnevenShare { .. }) => {
            return Ok(Answer {
                findings: RowFindings::NONE,
                regimen: None,
                uneven: true,
                deficiency: false,
            });
        }
        Err(error) => return Err(error),
    };
    let mut findings = RowFindings::NONE;
    for finding in &request.notes {
        findings.find(finding);
    }
    for finding in adjustment.findings() {
        // these go by the number, not by the band
        let of_number =
            finding.is(RENAL_CUT.name) || patient::CODES.iter().any(|code| finding.is(code.name));
        if !of_number {
            findings.find(finding);
        }
    }
    for topic in RuleTopic::ALL {
        let set = request.rules.get(topic);
        for finding in set.into_iter().flat_map(|set| set.cautions(topic)) {
            findings.find(&finding);
        }
    }
    for finding in plan_findings::of_request(request, &adjustment) {
        findings.find(&finding);
    }
    let mut regimen = adjustment.adjusted();
    if let (Some(table), Some(after)) = (by_area(&request.policy), regimen) {
        if after != request.regimen {
            findings.observe(&CapecitabineFinding::TableAndReduction {
                table,
                intensity: after.intensity(),
            });
            regimen = None;
        }
    }
    Ok(Answer {
        findings,
        regimen,
        uneven: false,
        deficiency: adjustment.is_reduced_for_deficiency(),
    })
}

/// The name of the table that gives doses by body surface area.
fn by_area(policy: &RoundingPolicy) -> Option<Text> {
    match policy {
        RoundingPolicy::Bands(table) if table.scale() == BandScale::BodySurfaceArea => {
            Some(table.label_text().clone())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_status_for_each_place() {
        let places: Vec<usize> = statuses().into_iter().map(place).collect();
        assert_eq!(places, (0..STATUSES).collect::<Vec<_>>());
    }
}
