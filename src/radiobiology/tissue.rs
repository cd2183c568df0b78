//! Published α/β values: records of an endpoint, never the default of an organ.

use super::interval::AlphaBetaInterval;
use crate::quantity::AlphaBeta;

/// Whether an endpoint belongs to the tumour or to a normal tissue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Endpoint {
    /// Control of a tumour.
    TumourControl,
    /// A late effect in a normal tissue.
    LateEffect,
}

/// An interval as published, in hundredths of a gray: its lower end may lie below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct ReportedInterval {
    /// The lower end in centigray.
    pub low_centigray: i32,
    /// The upper end in centigray.
    pub high_centigray: i32,
}

/// A published α/β with its endpoint, interval and source.
///
/// ```
/// use chemorad::quantity::AlphaBeta;
/// use chemorad::radiobiology::TissueParameter;
///
/// let tumour = TissueParameter::find("rectal-adenocarcinoma-locoregional-control").unwrap();
/// assert_eq!(tumour.alpha_beta, AlphaBeta::constant("5.06 Gy"));
/// // the interval crosses zero: a default of 10 would be a convention, not a measurement
/// assert!(tumour.interval.low_centigray < 0);
/// assert!(tumour.alpha_beta_interval().unwrap().low().is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct TissueParameter {
    /// A stable name to ask for it by.
    pub id: &'static str,
    /// Tissue and endpoint in words.
    pub name: &'static str,
    /// The kind of endpoint.
    pub endpoint: Endpoint,
    /// The published value.
    pub alpha_beta: AlphaBeta,
    /// Its 95 % confidence interval.
    pub interval: ReportedInterval,
    /// Author, year, journal as far as the record gives them.
    pub source: &'static str,
    /// True when the figures were read in another work that quotes the source.
    pub second_hand: bool,
    /// What to keep in mind when using it.
    pub note: Option<&'static str>,
}

impl TissueParameter {
    /// The record with this id.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        TISSUE_PARAMETERS.iter().find(|record| record.id == id)
    }

    /// The published interval as a range to calculate over; a lower end at or below zero becomes
    /// a range that reaches zero.
    #[must_use]
    pub fn alpha_beta_interval(&self) -> Option<AlphaBetaInterval> {
        let interval = self.interval;
        let end = |centigray: i32| {
            let micrograys = u64::try_from(centigray).ok()?.checked_mul(10_000)?;
            AlphaBeta::from_micrograys(micrograys).ok()
        };
        let high = end(interval.high_centigray)?;
        match end(interval.low_centigray) {
            Some(low) => AlphaBetaInterval::new(low, high).ok(),
            None => Some(AlphaBetaInterval::from_zero(high)),
        }
    }
}

const fn interval(low_centigray: i32, high_centigray: i32) -> ReportedInterval {
    ReportedInterval {
        low_centigray,
        high_centigray,
    }
}

const fn late(
    id: &'static str,
    name: &'static str,
    alpha_beta: &'static str,
    interval: ReportedInterval,
    source: &'static str,
) -> TissueParameter {
    TissueParameter {
        id,
        name,
        endpoint: Endpoint::LateEffect,
        alpha_beta: AlphaBeta::constant(alpha_beta),
        interval,
        source,
        second_hand: true,
        note: None,
    }
}

const BRAND_2021: &str = "Brand 2021 (CHHiP), as quoted in HFC-HypoFracCalc";
const BRAND_2023: &str = "Brand 2023 (CHHiP), as quoted in HFC-HypoFracCalc";
const STUSCHKE: &str = "Stuschke & Thames 1999, as quoted in HFC-HypoFracCalc";

/// The published α/β records, each for its own endpoint. None is a default.
pub const TISSUE_PARAMETERS: &[TissueParameter] = &[
    TissueParameter {
        id: "rectal-adenocarcinoma-locoregional-control",
        name: "rectal adenocarcinoma, locoregional control",
        endpoint: Endpoint::TumourControl,
        alpha_beta: AlphaBeta::constant("5.06 Gy"),
        interval: interval(-10, 1030),
        source: "Suwinski 2007, Int J Radiat Oncol Biol Phys 69:793-9 (abstract)",
        second_hand: false,
        note: Some(
            "the interval crosses zero; with overall time in the fit the same paper gives 11.1 Gy",
        ),
    },
    late(
        "late-rectum-bleeding-g1",
        "late rectum, bleeding grade 1 or higher",
        "1.6 Gy",
        interval(90, 250),
        BRAND_2021,
    ),
    late(
        "late-rectum-bleeding-g2",
        "late rectum, bleeding grade 2 or higher",
        "1.7 Gy",
        interval(70, 300),
        BRAND_2021,
    ),
    late(
        "late-rectum-proctitis-g1",
        "late rectum, proctitis grade 1 or higher",
        "2.7 Gy",
        interval(150, 540),
        BRAND_2021,
    ),
    late(
        "late-rectum-proctitis-g2",
        "late rectum, proctitis grade 2 or higher",
        "2.7 Gy",
        interval(130, 1510),
        BRAND_2021,
    ),
    late(
        "late-rectum-stool-frequency-g1",
        "late rectum, stool frequency grade 1 or higher",
        "2.3 Gy",
        interval(90, 530),
        BRAND_2021,
    ),
    late(
        "anal-sphincter-control-g1",
        "anal sphincter control grade 1 or higher",
        "3.1 Gy",
        interval(140, 910),
        BRAND_2021,
    ),
    TissueParameter {
        note: Some("the interval is too wide to be of use; kept to show why intervals are stored"),
        ..late(
            "late-rectum-pain-g1",
            "late rectum, pain grade 1 or higher",
            "3.6 Gy",
            interval(0, 83_960),
            BRAND_2021,
        )
    },
    late(
        "bowel-stricture-perforation",
        "bowel, stricture or perforation",
        "3.9 Gy",
        interval(250, 530),
        "Deore 1993 via Basic Clinical Radiobiology 2025, as quoted in HFC-HypoFracCalc",
    ),
    late(
        "late-bowel-various",
        "bowel, various late effects",
        "4.3 Gy",
        interval(220, 960),
        "Dische 1999, as quoted in HFC-HypoFracCalc",
    ),
    late(
        "late-genitourinary-haematuria-g1",
        "late genitourinary, haematuria grade 1 or higher",
        "0.9 Gy",
        interval(10, 220),
        BRAND_2023,
    ),
    late(
        "late-genitourinary-dysuria-g1",
        "late genitourinary, dysuria grade 1 or higher",
        "2 Gy",
        interval(120, 320),
        BRAND_2023,
    ),
    late(
        "head-and-neck-late-effects",
        "head and neck, late effects",
        "4 Gy",
        interval(330, 500),
        STUSCHKE,
    ),
    TissueParameter {
        endpoint: Endpoint::TumourControl,
        ..late(
            "head-and-neck-tumour-control",
            "head and neck, tumour control",
            "10.5 Gy",
            interval(650, 2900),
            STUSCHKE,
        )
    },
    TissueParameter {
        endpoint: Endpoint::TumourControl,
        ..late(
            "prostate-tumour-control",
            "prostate, tumour control",
            "1.6 Gy",
            interval(130, 200),
            "Vogelius & Bentzen 2020, as quoted in HFC-HypoFracCalc",
        )
    },
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn ids_are_unique_and_values_inside_their_intervals() {
        for (i, record) in TISSUE_PARAMETERS.iter().enumerate() {
            assert!(
                TISSUE_PARAMETERS[..i].iter().all(|r| r.id != record.id),
                "{}",
                record.id
            );
            let published = record.interval;
            let range = record.alpha_beta_interval().unwrap();
            assert!(record.alpha_beta <= range.high());
            assert_eq!(range.low().is_none(), published.low_centigray <= 0);
            assert!(range.low().is_none_or(|low| low <= record.alpha_beta));
        }
    }
}
