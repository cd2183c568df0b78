//! An order to start from, for tests: everything that may be left out is left out.

use chemorad::capecitabine::{OrderRequest, Regimen, RoundingPolicy, Ties};
use chemorad::patient::BodySurfaceArea;

pub(crate) const LABEL_STOCK: &str = "500 mg, 150 mg (at most 2)";

pub(crate) fn request(intensity: &str, area: &str, stock: &str) -> OrderRequest {
    OrderRequest::new(
        Regimen::new(intensity.parse().unwrap(), 2).unwrap(),
        BodySurfaceArea::stated(area.parse().unwrap(), "test"),
        stock.parse().unwrap(),
        RoundingPolicy::Nearest { ties: Ties::Up },
    )
}
