//! What program this is, with the checksums of the data in it.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use chemorad::capecitabine::RuleSet;
use chemorad::patient::DpydAllele;
use chemorad::radiobiology::{REPAIR_HALF_TIMES, REPOPULATION_LOSSES, TISSUE_PARAMETERS};
use chemorad_crosscheck::{shipped_ids, shipped_text};
use chemorad_dosimetry::PUBLISHED_RESPONSES;
use chemorad_protocol::library;
use chemorad_render::version::{Build, Checksum, Executable};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::failure::Failure;
use crate::files::Files;

/// The commit or package that a release is built from: `.ci/release` gives it.
const ID: Option<&str> = option_env!("CHEMORAD_BUILD");

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

fn protocol(id: &str) -> Checksum {
    Checksum {
        id: id.into(),
        sha256: sha256(library::text(id).unwrap_or_default().as_bytes()),
    }
}

fn limits(id: &str) -> Checksum {
    Checksum {
        id: id.into(),
        sha256: sha256(shipped_text(id).unwrap_or_default().as_bytes()),
    }
}

/// A rule set is data of the program: its JSON has every row.
fn rule_set(set: &RuleSet) -> Result<Checksum, Failure> {
    let json = serde_json::to_vec(set)?;
    Ok(Checksum {
        id: set.heading().id.to_string(),
        sha256: sha256(&json),
    })
}

/// A record of parameters is data of the program too: its JSON has every number and its source.
fn record(id: &str, record: &impl Serialize) -> Result<Checksum, Failure> {
    let json = serde_json::to_vec(record)?;
    Ok(Checksum {
        id: id.into(),
        sha256: sha256(&json),
    })
}

/// Every allele of DPYD with its activity value, as the table was read.
fn alleles() -> Result<Checksum, Failure> {
    let rows = DpydAllele::all().map(|one| (one.name(), one.activity_value()));
    record("dpyd-alleles", &rows.collect::<Vec<_>>())
}

fn parameters() -> Result<Vec<Checksum>, Failure> {
    let ratios = TISSUE_PARAMETERS.iter().map(|one| record(one.id, one));
    let repair = REPAIR_HALF_TIMES.iter().map(|one| record(one.id, one));
    let losses = REPOPULATION_LOSSES.iter().map(|one| record(one.id, one));
    let responses = PUBLISHED_RESPONSES.iter().map(|one| record(one.id, one));
    ratios
        .chain(repair)
        .chain(losses)
        .chain(responses)
        .chain([alleles()])
        .collect()
}

/// This program.
pub(crate) fn build() -> Result<Build, Failure> {
    let protocols = library::ids().map(protocol).collect();
    let rule_sets = RuleSet::PUBLISHED.iter().copied().map(rule_set);
    let rule_sets = rule_sets.collect::<Result<_, Failure>>()?;
    let mut build = Build::new(ID, protocols, rule_sets);
    build.limits = shipped_ids().map(limits).collect();
    build.parameters = parameters()?;
    Ok(build)
}

/// The protocols and rule sets that a result rests on. Those of files are among its inputs too.
#[derive(Debug, Default)]
pub(crate) struct Used {
    /// The shipped protocols, by their ids.
    shipped: BTreeSet<String>,
    protocols: Vec<Checksum>,
    rule_sets: Vec<RuleSet>,
    /// The shipped tables of limits, by their names.
    limits: BTreeSet<String>,
}

impl Used {
    /// A shipped protocol.
    pub(crate) fn shipped_protocol(&mut self, id: &str) {
        if !self.shipped.contains(id) {
            self.shipped.insert(id.into());
        }
    }

    /// A protocol of a file with these bytes.
    pub(crate) fn protocol_file(&mut self, id: &str, bytes: &[u8]) {
        let used = Checksum {
            id: id.into(),
            sha256: sha256(bytes),
        };
        if !self.protocols.contains(&used) {
            self.protocols.push(used);
        }
    }

    /// A shipped table of limits.
    pub(crate) fn shipped_limits(&mut self, id: &str) {
        self.limits.insert(id.to_ascii_lowercase());
    }

    /// A rule set, shipped or of a file.
    pub(crate) fn rule_set(&mut self, set: &RuleSet) {
        if !self.rule_sets.contains(set) {
            self.rule_sets.push(set.clone());
        }
    }

    /// This program with what was used of its data.
    pub(crate) fn build(&self) -> Result<Build, Failure> {
        let shipped = self.shipped.iter().map(|id| protocol(id));
        let protocols = shipped.chain(self.protocols.iter().cloned()).collect();
        let rule_sets = self.rule_sets.iter().map(rule_set);
        let rule_sets = rule_sets.collect::<Result<_, Failure>>()?;
        let mut build = Build::new(ID, protocols, rule_sets);
        build.limits = self.limits.iter().map(|id| limits(id)).collect();
        Ok(build)
    }
}

/// The checksum of the program's own file, or why there is none.
pub(crate) fn executable(files: &dyn Files, path: Option<&Path>) -> Result<Executable, String> {
    let path = path.ok_or("the system does not tell where the program's own file is")?;
    // no path: folders may name a person
    hashed(files, path).map_err(|error| format!("the program's own file cannot be read: {error}"))
}

fn hashed(files: &dyn Files, path: &Path) -> io::Result<Executable> {
    let (mut file, _) = files.open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let count = file.read(&mut piece)?;
        let Some(read) = piece.get(..count).filter(|read| !read.is_empty()) else {
            break;
        };
        hash.update(read);
        bytes += count as u64;
    }
    Ok(Executable {
        bytes,
        sha256: format!("{:x}", hash.finalize()),
    })
}
