//! The tissue parameter α/β.

use super::exact::{exact_quantity, gray_accessors};
use super::spec::Spec;
use crate::number::unit;

exact_quantity! {
    /// The tissue parameter α/β in gray, exact to the microgray.
    ///
    /// Domain: more than 0 and at most 1000 Gy. It belongs to an endpoint, not to an organ: see
    /// [`TissueParameter`](crate::radiobiology::TissueParameter) for published values.
    ///
    /// ```
    /// use chemorad::quantity::AlphaBeta;
    /// const TUMOUR: AlphaBeta = AlphaBeta::constant("10 Gy");
    /// assert_eq!(TUMOUR.gray(), 10.0);
    /// assert!("0 Gy".parse::<AlphaBeta>().is_err());
    /// assert!("-3 Gy".parse::<AlphaBeta>().is_err());
    /// ```
    AlphaBeta,
    Spec {
        quantity: "alpha/beta ratio",
        units: unit::ABSORBED_DOSE,
        min: 1,
        max: 1_000_000_000,
        hint: "published ratios lie between about 1 and 20 Gy",
    }
}

gray_accessors!(AlphaBeta);
