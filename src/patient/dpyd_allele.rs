//! Alleles of the DPYD gene with their activity values, and the genotype of two copies.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use super::activity_score::ActivityScore;
use super::error::{PatientError, quoted};

/// One row an allele: its name, its activity value, its function.
const TABLE: &str = include_str!("dpyd_alleles.csv");

/// Marks between the alleles of a genotype.
const BETWEEN: [char; 3] = [',', ';', '/'];

/// An allele of the DPYD gene with an activity value: one of the 84 of CPIC's table of allele
/// functionality of 5 November 2025, as `PharmCAT` ships it.
///
/// It is written by its name in the table, by the part before the parentheses, or by the part inside
/// them; upper and lower case are one.
///
/// ```
/// use chemorad::patient::DpydAllele;
/// let allele: DpydAllele = "c.1905+1G>A".parse()?;
/// assert_eq!(allele.name(), "c.1905+1G>A (*2A)");
/// assert_eq!(allele.activity_value(), 0.0);
/// assert_eq!("*2a".parse::<DpydAllele>()?, allele);
/// assert_eq!("HapB3".parse::<DpydAllele>()?.activity_value(), 0.5);
/// assert_eq!(DpydAllele::all().count(), 84);
/// assert!("c.1A>G".parse::<DpydAllele>().is_err()); // no value in the table, so no score
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DpydAllele {
    name: &'static str,
    halves: u8,
}

fn row(line: &'static str) -> Option<DpydAllele> {
    let mut parts = line.rsplitn(3, ',').skip(1);
    let halves = match parts.next()? {
        "0.0" => 0,
        "0.5" => 1,
        "1.0" => 2,
        _ => return None,
    };
    Some(DpydAllele {
        name: parts.next()?.trim_matches('"'),
        halves,
    })
}

impl DpydAllele {
    /// Every allele of the table, in its order.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.lines().filter_map(row)
    }

    /// Its name in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Its activity value: 0, 0.5 or 1.
    #[must_use]
    pub fn activity_value(self) -> f64 {
        f64::from(self.halves) / 2.0
    }

    pub(super) const fn halves(self) -> u8 {
        self.halves
    }

    /// The ways to write it: whole, without the parentheses, and what is inside them.
    fn spellings(self) -> impl Iterator<Item = &'static str> {
        let (before, inside) = match self.name.split_once(" (") {
            Some((before, inside)) => (Some(before), inside.strip_suffix(')')),
            None => (None, None),
        };
        // the variant that laboratories test for HapB3
        let tag = before.and_then(|before| before.split_once(", "));
        [Some(self.name), before, inside, tag.map(|(_, tag)| tag)]
            .into_iter()
            .flatten()
    }

    /// The allele with the longest spelling that a text begins with, and the text after it.
    fn leading(text: &str) -> Option<(Self, &str)> {
        let ends = |rest: &str| rest.is_empty() || rest.starts_with(BETWEEN);
        let found = Self::all().flat_map(|allele| {
            let spellings = allele.spellings();
            spellings.filter_map(move |spelling| {
                let start = text.get(..spelling.len())?;
                let rest = text.get(spelling.len()..)?.trim_start();
                (start.eq_ignore_ascii_case(spelling) && ends(rest)).then_some((allele, rest))
            })
        });
        found.min_by_key(|(_, rest)| rest.len())
    }
}

/// Its name in the table.
impl fmt::Display for DpydAllele {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

impl FromStr for DpydAllele {
    type Err = PatientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match Self::leading(text.trim()) {
            Some((allele, "")) => Ok(allele),
            _ => Err(PatientError::UnknownDpydAllele {
                given: quoted(text),
            }),
        }
    }
}

/// The alleles that were found on the two copies of the DPYD gene. Its activity score is the sum of
/// the two lowest activity values (CPIC, as `PharmCAT` counts it).
///
/// Both copies are named: a copy without a listed variant is `Reference`. Where more than two
/// alleles were found, that the two lowest lie on different copies is assumed.
///
/// ```
/// use chemorad::patient::DpydGenotype;
/// let one: DpydGenotype = "c.1905+1G>A, Reference".parse()?;
/// assert_eq!(one.activity_score().value(), 1.0);
/// let two: DpydGenotype = "HapB3, c.2846A>T".parse()?;
/// assert_eq!(two.activity_score().value(), 1.0);
/// assert!("c.1905+1G>A".parse::<DpydGenotype>().is_err()); // the other copy is not said
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DpydGenotype {
    lowest: DpydAllele,
    next: DpydAllele,
}

impl DpydGenotype {
    /// From the alleles that were found, at least two.
    ///
    /// # Errors
    /// Fewer than two.
    ///
    /// ```
    /// use chemorad::patient::{DpydAllele, DpydGenotype};
    /// let reference: DpydAllele = "Reference".parse()?;
    /// assert_eq!(DpydGenotype::new(&[reference, reference])?.activity_score().value(), 2.0);
    /// # Ok::<(), chemorad::patient::PatientError>(())
    /// ```
    pub fn new(found: &[DpydAllele]) -> Result<Self, PatientError> {
        let mut sorted = found.to_vec();
        sorted.sort_by_key(|allele| allele.halves());
        match sorted[..] {
            [lowest, next, ..] => Ok(Self { lowest, next }),
            _ => Err(PatientError::OneDpydAllele {
                given: found
                    .first()
                    .map_or_else(String::new, |one| one.name.into()),
            }),
        }
    }

    /// The two alleles that count, the lower activity value first.
    #[must_use]
    pub const fn alleles(self) -> [DpydAllele; 2] {
        [self.lowest, self.next]
    }

    /// The sum of their activity values.
    #[must_use]
    pub const fn activity_score(self) -> ActivityScore {
        ActivityScore::of_values(self.lowest.halves(), self.next.halves())
    }

    /// Whether both copies have decreased function, which a score of 1 alone does not say.
    #[must_use]
    pub const fn is_decreased_twice(self) -> bool {
        self.lowest.halves() == 1 && self.next.halves() == 1
    }
}

/// The two alleles that count.
impl fmt::Display for DpydGenotype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.lowest, self.next)
    }
}

/// Alleles between commas, semicolons or slashes.
impl FromStr for DpydGenotype {
    type Err = PatientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut found = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let Some((allele, after)) = DpydAllele::leading(rest) else {
                let name = rest.split(BETWEEN).next().unwrap_or(rest);
                return Err(PatientError::UnknownDpydAllele {
                    given: quoted(name.trim()),
                });
            };
            found.push(allele);
            rest = after.trim_start_matches(BETWEEN).trim_start();
        }
        Self::new(&found)
    }
}

/// As a list of the two.
impl serde::Serialize for DpydGenotype {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.alleles().map(DpydAllele::name))
    }
}

/// From a list of names, or from their text.
impl<'de> serde::Deserialize<'de> for DpydGenotype {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrList;

        impl<'de> serde::de::Visitor<'de> for TextOrList {
            type Value = DpydGenotype;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the alleles found, such as [\"c.1905+1G>A\", \"Reference\"]")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<DpydGenotype, E> {
                text.parse().map_err(E::custom)
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<DpydGenotype, A::Error> {
                let mut found = Vec::new();
                while let Some(name) = list.next_element::<String>()? {
                    found.push(name.parse().map_err(serde::de::Error::custom)?);
                }
                DpydGenotype::new(&found).map_err(serde::de::Error::custom)
            }
        }

        deserializer.deserialize_any(TextOrList)
    }
}
