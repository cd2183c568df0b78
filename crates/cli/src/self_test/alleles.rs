//! Every pair of alleles of DPYD, with the activity score of the two.

use chemorad::patient::{DpydAllele, DpydGenotype};
use chemorad_render::self_test::Trial;

/// Activity scores in tenths, and how many of the 3,570 pairs of the 84 alleles have them.
const PAIRS: [(u32, usize); 5] = [(20, 1596), (15, 392), (10, 1204), (5, 147), (0, 231)];

/// Where the numbers of pairs come from: 56 alleles of value 1, 7 of 0.5 and 21 of 0.
const SOURCE: &str = "CPIC, DPYD allele functionality of 2025-11-05, 56 alleles of 1, 7 of 0.5, 21 of 0: n (n + 1)/2 pairs of one value, n m of two";

/// The alleles that every rule set for DPYD names, each with its value.
const NAMED: [(&str, f64); 4] = [
    ("c.1905+1G>A", 0.0),
    ("c.1679T>G", 0.0),
    ("c.2846A>T", 0.5),
    ("HapB3", 0.5),
];

/// The scores of all pairs, an allele with itself among them.
fn scores(alleles: &[DpydAllele]) -> Vec<f64> {
    let pairs = alleles
        .iter()
        .enumerate()
        .flat_map(|(at, one)| alleles.iter().skip(at).map(move |other| [*one, *other]));
    let genotypes = pairs.filter_map(|pair| DpydGenotype::new(&pair).ok());
    genotypes
        .map(|genotype| genotype.activity_score().value())
        .collect()
}

/// The score of every pair of alleles, and the values of the alleles that laboratories test for.
pub(super) fn trials() -> Vec<Trial> {
    let alleles: Vec<DpydAllele> = DpydAllele::all().collect();
    let scores = scores(&alleles);
    let mut trials: Vec<Trial> = PAIRS
        .iter()
        .map(|(tenths, wanted)| {
            let score = f64::from(*tenths) / 10.0;
            let of_it = scores
                .iter()
                .filter(|found| found.to_bits() == score.to_bits());
            let found = of_it.count();
            Trial {
                source: Some(SOURCE.into()),
                ..Trial::once(
                    format!("pairs of DPYD alleles with an activity score of {score:.1}"),
                    found == *wanted,
                    wanted.to_string(),
                    found.to_string(),
                )
            }
        })
        .collect();
    trials.extend(NAMED.iter().map(|(name, wanted)| {
        let allele = name.parse::<DpydAllele>().ok();
        let found = allele.map(DpydAllele::activity_value);
        Trial {
            source: Some("CPIC, DPYD allele functionality of 2025-11-05".into()),
            ..Trial::once(
                format!("activity value of {name}"),
                found.is_some_and(|found| found.to_bits() == wanted.to_bits()),
                format!("{wanted:.1}"),
                found.map_or_else(|| "no such allele".into(), |found| format!("{found:.1}")),
            )
        }
    }));
    trials
}
