//! The plain linear-quadratic model.

use alloc::string::String;
use alloc::vec::Vec;

use super::exact::{DoseSeries, weighted};
use crate::quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
use crate::radiotherapy::Fractionation;
use crate::report::{Derivation, decimal};

/// The fraction size of EQD2.
pub const TWO_GRAY: AbsorbedDose = AbsorbedDose::constant("2 Gy");

const BED_SOURCE: &str = "Barendsen 1982, Int J Radiat Oncol Biol Phys 8:1981-97; Fowler 1989, Br J Radiol 62:679-94 (second-hand, as RadOnc and rad-tools cite them)";
const EQD_SOURCE: &str = "EQDx = BED/(1 + x/(a/b)); Fowler 2010, Br J Radiol 83:554-68 (second-hand, as rad-tools cites it)";

/// The plain linear-quadratic model at one α/β.
///
/// For n fractions of d, D = n d:
///
/// * `BED = n d (1 + d/(α/β))`, Gy (Barendsen 1982, IJROBP 8:1981-97; Fowler 1989, BJR 62:679-94);
/// * `EQDx = D (d + α/β)/(x + α/β)`, Gy, the total dose in fractions of x with the same BED.
///
/// Results are correctly rounded: exact rational arithmetic with one rounding to `f64`, in `const`
/// as well. Domain: any fractionation; [`cautions`](super::cautions) names the range in which the
/// model is supported.
///
/// ```
/// use chemorad::quantity::AlphaBeta;
/// use chemorad::radiobiology::LinearQuadratic;
/// use chemorad::radiotherapy::Fractionation;
///
/// let tumour = LinearQuadratic::new(AlphaBeta::constant("10 Gy"));
/// let pelvis: Fractionation = "45Gy/25".parse()?;
/// assert_eq!(tumour.bed(pelvis).gray(), 53.1); // 25*1.8*(1 + 1.8/10) in f64 is 53.099999999999994
/// assert_eq!(tumour.eqd2(pelvis).to_string(), "44.25 Gy EQD2Gy(a/b = 10)");
/// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinearQuadratic {
    alpha_beta: AlphaBeta,
}

impl LinearQuadratic {
    /// The model at an α/β. There is no default: see
    /// [`TissueParameter`](super::TissueParameter) for published values.
    #[must_use]
    pub const fn new(alpha_beta: AlphaBeta) -> Self {
        Self { alpha_beta }
    }

    /// Its α/β.
    #[must_use]
    pub const fn alpha_beta(self) -> AlphaBeta {
        self.alpha_beta
    }

    /// BED of one fractionation.
    #[must_use]
    #[inline]
    pub const fn bed(self, fractionation: Fractionation) -> Bed {
        let alpha_beta = self.alpha_beta.micrograys();
        Bed::calculated(
            weighted(fractionation, alpha_beta, alpha_beta),
            self.alpha_beta,
        )
    }

    /// BED of everything a volume gets.
    #[must_use]
    #[inline]
    pub const fn bed_of(self, series: &DoseSeries) -> Bed {
        let alpha_beta = self.alpha_beta.micrograys();
        Bed::calculated(series.weighted(alpha_beta, alpha_beta), self.alpha_beta)
    }

    /// EQD of one fractionation in fractions of `reference`.
    #[must_use]
    #[inline]
    pub const fn eqd(self, fractionation: Fractionation, reference: AbsorbedDose) -> Eqd {
        let alpha_beta = self.alpha_beta.micrograys();
        Eqd::calculated(
            weighted(
                fractionation,
                alpha_beta,
                alpha_beta + reference.micrograys(),
            ),
            self.alpha_beta,
            reference,
        )
    }

    /// EQD of everything a volume gets, in fractions of `reference`.
    #[must_use]
    #[inline]
    pub const fn eqd_of(self, series: &DoseSeries, reference: AbsorbedDose) -> Eqd {
        let alpha_beta = self.alpha_beta.micrograys();
        Eqd::calculated(
            series.weighted(alpha_beta, alpha_beta + reference.micrograys()),
            self.alpha_beta,
            reference,
        )
    }

    /// EQD2 of one fractionation.
    #[must_use]
    #[inline]
    pub const fn eqd2(self, fractionation: Fractionation) -> Eqd {
        self.eqd(fractionation, TWO_GRAY)
    }

    /// EQD2 of everything a volume gets.
    #[must_use]
    #[inline]
    pub const fn eqd2_of(self, series: &DoseSeries) -> Eqd {
        self.eqd_of(series, TWO_GRAY)
    }

    /// The working of [`bed`](Self::bed), step by step, for a check by hand.
    ///
    /// ```
    /// # use chemorad::{quantity::AlphaBeta, radiobiology::LinearQuadratic};
    /// let tumour = LinearQuadratic::new(AlphaBeta::constant("10 Gy"));
    /// let derivation = tumour.derive_bed("pelvis", "45Gy/25".parse()?);
    /// assert_eq!(derivation.substitution, "25 x 1.8 Gy x (1 + 1.8/10)");
    /// assert_eq!(derivation.result, "53.1 Gy");
    /// # Ok::<(), chemorad::radiotherapy::FractionationTextError>(())
    /// ```
    #[must_use]
    pub fn derive_bed(self, of: &str, fractionation: Fractionation) -> Derivation {
        let n = fractionation.fractions();
        let alpha_beta = self.alpha_beta.number();
        let (d, remark) = fraction_size(fractionation);
        let relative = 1.0 + fractionation.gray_per_fraction() / self.alpha_beta.gray();
        let bed = self.bed(fractionation);
        let derivation = Derivation::new(
            format!("{} of {of}", bed.label()),
            "n d (1 + d/(a/b))",
            format!("{n} x {d} Gy x (1 + {d}/{alpha_beta})"),
            gray(bed.gray()),
            BED_SOURCE,
        );
        remarked(derivation, remark)
            .with(format!("n d = {}", fractionation.total()))
            .with(format!("1 + d/(a/b) = {}", decimal(relative)))
    }

    /// The working of [`eqd`](Self::eqd), step by step, for a check by hand.
    #[must_use]
    pub fn derive_eqd(
        self,
        of: &str,
        fractionation: Fractionation,
        reference: AbsorbedDose,
    ) -> Derivation {
        let alpha_beta = self.alpha_beta.number();
        let (d, remark) = fraction_size(fractionation);
        let x = decimal(reference.gray());
        let eqd = self.eqd(fractionation, reference);
        let derivation = Derivation::new(
            format!("{} of {of}", eqd.label()),
            "D (d + a/b)/(x + a/b)",
            format!(
                "{} x ({d} + {alpha_beta})/({x} + {alpha_beta})",
                fractionation.total()
            ),
            gray(eqd.gray()),
            EQD_SOURCE,
        );
        remarked(derivation, remark)
            .with(format!(
                "d + a/b = {} Gy",
                decimal(fractionation.gray_per_fraction() + self.alpha_beta.gray())
            ))
            .with(format!(
                "x + a/b = {} Gy",
                decimal(reference.gray() + self.alpha_beta.gray())
            ))
    }

    /// BED and EQD of several fractionations at one volume as sums, to be redone by hand; empty
    /// when they are not one [`DoseSeries`].
    #[must_use]
    pub fn derive_sums(
        self,
        of: &str,
        fractionations: &[Fractionation],
        reference: AbsorbedDose,
    ) -> Vec<Derivation> {
        let Some(series) = DoseSeries::from_fractionations(fractionations) else {
            return Vec::new();
        };
        let sum = |value: &dyn Fn(Fractionation) -> f64| {
            let terms: Vec<String> = fractionations.iter().map(|&f| decimal(value(f))).collect();
            terms.join(" + ")
        };
        let (bed, eqd) = (self.bed_of(&series), self.eqd_of(&series, reference));
        vec![
            Derivation::new(
                format!("{} of {of}", bed.label()),
                "sum over the phases at one a/b",
                sum(&|f| self.bed(f).gray()),
                gray(bed.gray()),
                BED_SOURCE,
            ),
            Derivation::new(
                format!("{} of {of}", eqd.label()),
                "sum over the phases at one a/b and x",
                sum(&|f| self.eqd(f, reference).gray()),
                gray(eqd.gray()),
                EQD_SOURCE,
            ),
        ]
    }
}

/// d as text, and how it came about when it is not a short decimal.
fn fraction_size(fractionation: Fractionation) -> (String, Option<String>) {
    let d = decimal(fractionation.gray_per_fraction());
    let remark = fractionation.dose_per_fraction().is_none().then(|| {
        format!(
            "d = {}/{} = {d} Gy (rounded here, not in the result)",
            fractionation.total(),
            fractionation.fractions()
        )
    });
    (d, remark)
}

fn remarked(derivation: Derivation, remark: Option<String>) -> Derivation {
    match remark {
        Some(remark) => derivation.with(remark),
        None => derivation,
    }
}

pub(super) fn gray(value: f64) -> String {
    let mut text = decimal(value);
    text.push_str(" Gy");
    text
}

// The trial's prescriptions at the usual tumour alpha/beta, checked when the crate is compiled.
const _: () = {
    const fn fractionation(total: &'static str, n: u32) -> Fractionation {
        Fractionation::constant(
            AbsorbedDose::constant(total),
            n,
            AbsorbedDose::constant("1.8 Gy"),
        )
    }
    const fn is(left: f64, right: f64) -> bool {
        left.to_bits() == right.to_bits()
    }
    const TUMOUR: LinearQuadratic = LinearQuadratic::new(AlphaBeta::constant("10 Gy"));
    const PELVIS: Fractionation = fractionation("45 Gy", 25);
    const STANDARD: &[Fractionation] = &[PELVIS, fractionation("5.4 Gy", 3)];
    const ESCALATED: &[Fractionation] = &[PELVIS, fractionation("14.4 Gy", 8)];

    assert!(is(TUMOUR.bed(PELVIS).gray(), 53.1) && is(TUMOUR.eqd2(PELVIS).gray(), 44.25));
    let (Some(standard), Some(escalated)) = (
        DoseSeries::from_fractionations(STANDARD),
        DoseSeries::from_fractionations(ESCALATED),
    ) else {
        panic!("the sums exist")
    };
    assert!(is(TUMOUR.bed_of(&standard).gray(), 59.472));
    assert!(is(TUMOUR.eqd2_of(&standard).gray(), 49.56));
    assert!(is(TUMOUR.bed_of(&escalated).gray(), 70.092));
    assert!(is(TUMOUR.eqd2_of(&escalated).gray(), 58.41));
    // lumped into one fractionation they are the same: every phase is 1.8 Gy per fraction
    assert!(is(TUMOUR.bed(fractionation("50.4 Gy", 28)).gray(), 59.472));
    assert!(is(TUMOUR.eqd2(fractionation("59.4 Gy", 33)).gray(), 58.41));
};

impl core::fmt::Display for LinearQuadratic {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(&format!("linear-quadratic, a/b = {}", self.alpha_beta))
    }
}
