//! Lengths, volumes and shares that protocols state of an anatomy.

use super::exact::exact_quantity;
use super::spec::Spec;
use crate::number::unit;

exact_quantity! {
    /// A share in percent, exact to a millionth of a percent.
    ///
    /// Domain: 0 to 1000 %. A volume cannot be above 100 % of itself; a dose may be above 100 % of
    /// the prescribed one.
    ///
    /// ```
    /// use chemorad::quantity::Percent;
    /// let half: Percent = "50 %".parse()?;
    /// assert_eq!(half, Percent::constant("50%"));
    /// assert!(half < Percent::HUNDRED);
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    Percent,
    Spec {
        quantity: "percentage",
        units: unit::PERCENT,
        min: 0,
        max: 1_000_000_000,
        hint: "a share of a volume is at most 100 %",
    }
}

impl Percent {
    /// The whole.
    pub const HUNDRED: Self = Self(100_000_000);

    /// From a whole number of millionths of a percent.
    ///
    /// # Errors
    /// More than 1000 %.
    pub const fn from_millionths(millionths: u64) -> Result<Self, super::Fault> {
        Self::from_base(millionths)
    }

    /// The value in percent, correctly rounded to `f64`.
    #[must_use]
    pub const fn percent(self) -> f64 {
        Self::SPEC.value(self.0)
    }

    /// The exact value in millionths of a percent.
    #[must_use]
    pub const fn millionths(self) -> u64 {
        self.0
    }
}

exact_quantity! {
    /// A volume of tissue in cubic centimetres, exact to the cubic millimetre.
    ///
    /// Domain: 0 to 100 000 cc, the volume of a large person.
    ///
    /// ```
    /// use chemorad::quantity::TissueVolume;
    /// let bowel: TissueVolume = "195 cc".parse()?;
    /// assert_eq!("195 cm3".parse(), Ok(bowel));
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    TissueVolume,
    Spec {
        quantity: "volume of tissue",
        units: unit::TISSUE_VOLUME,
        min: 0,
        max: 100_000_000,
        hint: "a person has less than 100 000 cc",
    }
}

impl TissueVolume {
    /// The exact value in cubic millimetres.
    #[must_use]
    pub const fn cubic_millimetres(self) -> u64 {
        self.0
    }
}

exact_quantity! {
    /// How deep a pT1 tumour reaches into the submucosa, in millimetres, exact to the micrometre.
    ///
    /// Domain: more than 0 and at most 50 mm.
    ///
    /// ```
    /// use chemorad::quantity::SubmucosalDepth;
    /// const DEPTH: SubmucosalDepth = SubmucosalDepth::constant("1.2 mm");
    /// assert_eq!("1200 um".parse(), Ok(DEPTH));
    /// assert!("1.2".parse::<SubmucosalDepth>().is_err());
    /// ```
    SubmucosalDepth,
    Spec {
        quantity: "submucosal invasion depth",
        units: unit::DEPTH,
        min: 1,
        max: 50_000,
        hint: "a submucosal depth is a few millimetres at most",
    }
}

impl SubmucosalDepth {
    /// From a whole number of micrometres.
    ///
    /// # Errors
    /// Zero, or more than 50 mm.
    pub const fn from_micrometres(micrometres: u64) -> Result<Self, super::fault::Fault> {
        Self::from_base(micrometres)
    }

    /// The exact value in micrometres.
    #[must_use]
    pub const fn micrometres(self) -> u64 {
        self.0
    }
}

exact_quantity! {
    /// The distance from the anal verge to the lower edge of the tumour, exact to the micrometre.
    ///
    /// Domain: 0 to 40 cm; a tumour at the verge is at 0.
    ///
    /// ```
    /// use chemorad::quantity::DistanceFromAnalVerge;
    /// const LIMIT: DistanceFromAnalVerge = DistanceFromAnalVerge::constant("8 cm");
    /// assert_eq!("80 mm".parse(), Ok(LIMIT));
    /// assert!("0 cm".parse::<DistanceFromAnalVerge>()? < LIMIT);
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    DistanceFromAnalVerge,
    Spec {
        quantity: "distance from the anal verge",
        units: unit::DISTANCE,
        min: 0,
        max: 400_000,
        hint: "the rectum ends about 15 cm from the verge: check the unit",
    }
}

impl DistanceFromAnalVerge {
    /// The exact value in micrometres.
    #[must_use]
    pub const fn micrometres(self) -> u64 {
        self.0
    }
}
