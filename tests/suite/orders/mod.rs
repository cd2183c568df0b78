//! An order to start from, for tests: everything that may be left out is left out.

use chemorad::capecitabine::{
    Caps, ClinicalFacts, DaySplit, OrderRequest, Regimen, RoundingPolicy, RuleSelection, Ties,
};
use chemorad::patient::BodySurfaceArea;

pub(crate) const LABEL_STOCK: &str = "500 mg, 150 mg (at most 2)";

pub(crate) fn request(intensity: &str, area: &str, stock: &str) -> OrderRequest {
    OrderRequest {
        regimen: Regimen::new(intensity.parse().unwrap(), 2).unwrap(),
        body_surface_area: BodySurfaceArea::stated(area.parse().unwrap(), "test"),
        caps: Caps::NONE,
        stock: stock.parse().unwrap(),
        policy: RoundingPolicy::Nearest { ties: Ties::Up },
        split: DaySplit::Equal,
        tolerance: None,
        rules: RuleSelection::NONE,
        facts: ClinicalFacts::default(),
        decision: None,
        weight_change: None,
        overrides: vec![],
        supply: None,
    }
}
