//! Findings of one kind about several beams and fractions, said once.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Finding, Subject, Values, Written};
use chemorad::written;
use chemorad_dosimetry::beams_in_words;

use super::finding::RecordFinding;
use super::lists::listed;

/// What findings have in common that are said once.
#[derive(PartialEq)]
enum Kind<'f> {
    /// By its termination status, whether any meterset is stated, and whether a dose is.
    BrokenOff(Option<&'f str>, bool, bool),
    Proportion,
    WholeDose,
    Resumed,
    Repeated,
    /// More was given than specified.
    Meterset(bool),
    BeamsMissing(&'f [i32], bool),
    Split,
    Planned(u32, u32),
    Order,
}

impl RecordFinding {
    fn kind(&self) -> Option<Kind<'_>> {
        Some(match self {
            Self::BrokenOff {
                status,
                delivered,
                dose,
                ..
            } => Kind::BrokenOff(status.as_deref(), delivered.is_some(), dose.is_some()),
            Self::Proportion { .. } => Kind::Proportion,
            Self::WholeDose { .. } => Kind::WholeDose,
            Self::Resumed { .. } => Kind::Resumed,
            Self::Repeated { .. } => Kind::Repeated,
            Self::Meterset {
                specified,
                delivered,
                ..
            } => Kind::Meterset(delivered > specified),
            Self::BeamsMissing { beams, dose, .. } => Kind::BeamsMissing(beams, dose.is_some()),
            Self::Split { .. } => Kind::Split,
            Self::Planned { planned, found, .. } => Kind::Planned(*planned, *found),
            Self::Order { .. } => Kind::Order,
            _ => return None,
        })
    }

    /// The fraction it is about, and the beam where it is about one.
    fn place(&self) -> Option<(u32, Option<i32>)> {
        match self {
            Self::BrokenOff { fraction, beam, .. }
            | Self::Proportion { fraction, beam, .. }
            | Self::Resumed { fraction, beam }
            | Self::Repeated { fraction, beam, .. }
            | Self::Meterset { fraction, beam, .. } => Some((*fraction, Some(*beam))),
            Self::BeamsMissing { fraction, .. }
            | Self::Split { fraction, .. }
            | Self::Planned { fraction, .. }
            | Self::WholeDose { fraction, .. } => Some((*fraction, None)),
            Self::Order { later, .. } => Some((later.0, None)),
            _ => None,
        }
    }

    /// What should be there and what is there, as numbers.
    fn numbers(&self) -> Option<(Decimal, Decimal)> {
        match self {
            Self::BrokenOff {
                specified,
                delivered,
                ..
            } => specified.zip(*delivered),
            Self::Meterset {
                specified,
                delivered,
                ..
            } => Some((*specified, *delivered)),
            Self::WholeDose {
                recorded, whole, ..
            } => Some((*whole, *recorded)),
            _ => None,
        }
    }
}

/// Those of one kind as one, in the order of the first of each.
pub(super) fn alike(all: Vec<RecordFinding>) -> Vec<RecordFinding> {
    let mut groups: Vec<Vec<RecordFinding>> = Vec::new();
    for finding in all {
        let known = groups.iter_mut().find(|group| {
            let kind = group.first().and_then(RecordFinding::kind);
            kind.is_some() && kind == finding.kind()
        });
        match known {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    let one = |mut group: Vec<RecordFinding>| match group.len() {
        1 => group.pop(),
        _ => Some(RecordFinding::Several { findings: group }),
    };
    groups.into_iter().filter_map(one).collect()
}

/// What each record says of itself, the same of several as one, in the order of the first of each.
pub(super) fn alike_of_records(all: Vec<(Subject, RecordFinding)>) -> Vec<Finding> {
    let mut groups: Vec<(RecordFinding, Vec<Subject>)> = Vec::new();
    for (record, finding) in all {
        match groups.iter_mut().find(|(known, _)| *known == finding) {
            Some((_, records)) if records.last() == Some(&record) => {}
            Some((_, records)) => records.push(record),
            None => groups.push((finding, vec![record])),
        }
    }
    let one = |(finding, mut records): (RecordFinding, Vec<Subject>)| match records.len() {
        1 => Some(Finding::from(finding).about(records.pop()?)),
        _ => Some(Finding::from(RecordFinding::OfRecords {
            finding: Box::new(finding),
            records,
        })),
    };
    groups.into_iter().filter_map(one).collect()
}

/// `fractions 1 to 24, beams 1, 2; fraction 25, beam 1`.
pub(super) fn places(of: &[(u32, Option<i32>)]) -> String {
    let mut beams: BTreeMap<u32, BTreeSet<i32>> = BTreeMap::new();
    for (fraction, beam) in of {
        beams.entry(*fraction).or_default().extend(beam);
    }
    let mut groups: Vec<(BTreeSet<i32>, Vec<u32>)> = Vec::new();
    for (fraction, beams) in beams {
        match groups.iter_mut().find(|(known, _)| *known == beams) {
            Some((_, fractions)) => fractions.push(fraction),
            None => groups.push((beams, vec![fraction])),
        }
    }
    let groups = groups.into_iter().map(|(beams, fractions)| {
        let fractions = listed("fraction", &fractions);
        let beams: Vec<i32> = beams.into_iter().collect();
        match beams.as_slice() {
            [] => fractions,
            beams => format!("{fractions}, {}", beams_in_words(beams)),
        }
    });
    groups.collect::<Vec<_>>().join("; ")
}

impl RecordFinding {
    /// Where they are, all of them.
    pub(super) fn places_of(findings: &[RecordFinding]) -> String {
        let all: Vec<_> = findings.iter().filter_map(RecordFinding::place).collect();
        places(&all)
    }

    /// What they state, from the least to the most.
    pub(super) fn values_of(findings: &[RecordFinding]) -> Values {
        let numbers: Option<Vec<(Decimal, Decimal)>> =
            findings.iter().map(RecordFinding::numbers).collect();
        let (Some(numbers), Some(first)) = (numbers, findings.first()) else {
            return Values::default();
        };
        let Some((expected, found)) =
            range(numbers.iter().map(|one| one.0)).zip(range(numbers.iter().map(|one| one.1)))
        else {
            return Values::default();
        };
        match first {
            RecordFinding::WholeDose { .. } => {
                Values::expected(written!("less than {} Gy", expected))
                    .and_found(written!("{} Gy", found))
            }
            _ => Values::expected(written!("meterset {}", expected)).and_found(found),
        }
    }
}

/// `100`, or `80 to 120`.
fn range(numbers: impl Iterator<Item = Decimal> + Clone) -> Option<Written> {
    let (least, most) = (numbers.clone().min()?, numbers.max()?);
    Some(if least == most {
        Written::new(least)
    } else {
        written!("{} to {}", least, most)
    })
}

/// How far the delivered metersets are from the specified ones: `by +4.9 % to +5.1 %`.
pub(super) fn off_by(findings: &[RecordFinding]) -> Option<String> {
    let percent = |finding: &RecordFinding| {
        let (specified, delivered) = finding.numbers()?;
        let percent = (delivered.to_f64() / specified.to_f64() - 1.0) * 100.0;
        percent.is_finite().then_some(percent)
    };
    let all: Vec<f64> = findings.iter().map(percent).collect::<Option<_>>()?;
    let least = all.iter().copied().reduce(f64::min)?;
    let most = all.iter().copied().reduce(f64::max)?;
    let (least, most) = (format!("{least:+.1} %"), format!("{most:+.1} %"));
    Some(if least == most {
        least
    } else {
        format!("{least} to {most}")
    })
}

/// The sentence for what several records say.
pub(super) fn of_records(
    f: &mut fmt::Formatter<'_>,
    finding: &RecordFinding,
    count: usize,
) -> fmt::Result {
    match finding {
        RecordFinding::SameObject => write!(
            f,
            "{count} objects were given before (SOP Instance UID); each is counted once"
        ),
        RecordFinding::NoDate => write!(
            f,
            "{count} records have no Treatment Date, so they are not counted"
        ),
        RecordFinding::NoBeams => write!(f, "{count} records name no beam that treats"),
        // the same words fit each of them
        other => write!(f, "{other} (in {count} records)"),
    }
}

/// The sentence for several of one kind.
pub(super) fn several(f: &mut fmt::Formatter<'_>, findings: &[RecordFinding]) -> fmt::Result {
    let Some(first) = findings.first() else {
        return Ok(());
    };
    let taken = |f: &mut fmt::Formatter<'_>, dose: bool| {
        f.write_str(if dose {
            "; the recorded doses are used as the doses of the fractions"
        } else {
            "; the records state no dose for the fractions, so what was given is not known"
        })
    };
    match first {
        RecordFinding::BrokenOff {
            status: None,
            delivered: None,
            dose,
            ..
        } => {
            f.write_str(
                "the records say neither how the beams ended (Treatment Termination Status) nor their metersets, so they do not count as whole",
            )?;
            taken(f, dose.is_some())
        }
        RecordFinding::BrokenOff { status, dose, .. } => {
            let status = status.as_deref().unwrap_or("not stated");
            write!(
                f,
                "the beams were not given to their end (termination status {status})"
            )?;
            taken(f, dose.is_some())
        }
        RecordFinding::Proportion { .. } => f.write_str(
            "the recorded doses do not fit the parts of their metersets that were given: what was given is not known",
        ),
        RecordFinding::WholeDose { .. } => f.write_str(
            "the fractions are not whole, and their recorded doses are those of whole ones: what was given is not known",
        ),
        RecordFinding::Resumed { .. } => f.write_str(
            "the beams were broken off and then given to their end; the fractions count as whole",
        ),
        RecordFinding::Repeated { .. } => f.write_str(
            "the beams were given whole more than once in a fraction: repeated doses or wrong fraction numbers",
        ),
        RecordFinding::Meterset { .. } => {
            f.write_str(
                "the delivered metersets are not the specified ones, although the beams ended as they should",
            )?;
            match off_by(findings) {
                Some(percent) => write!(f, " ({percent})"),
                None => Ok(()),
            }
        }
        RecordFinding::BeamsMissing { beams, dose, .. } => {
            write!(
                f,
                "{} that other fractions have: not given",
                beams_in_words(beams)
            )?;
            taken(f, dose.is_some())
        }
        RecordFinding::Split { .. } => f.write_str(
            "the beams of a fraction were given on several days; each counts as one fraction on its first day",
        ),
        RecordFinding::Planned { .. } => f.write_str(
            "records of one fraction state different numbers of fractions",
        ),
        RecordFinding::Order { .. } => f.write_str(
            "they were given after fractions with a higher number: dates or numbers are wrong",
        ),
        // nothing else is said together
        other => write!(f, "{other}"),
    }
}
