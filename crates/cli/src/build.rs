//! What program this is, with the checksums of the data in it.

use chemorad::capecitabine::RuleSet;
use chemorad_protocol::library;
use chemorad_render::version::{Build, Checksum};
use sha2::{Digest as _, Sha256};

use crate::failure::Failure;

/// The commit or package that a release is built from: `.ci/release` gives it.
const ID: Option<&str> = option_env!("CHEMORAD_BUILD");

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// This program.
pub(crate) fn build() -> Result<Build, Failure> {
    let protocols = library::ids().map(|id| Checksum {
        id: id.into(),
        sha256: sha256(library::text(id).unwrap_or_default().as_bytes()),
    });
    let rule_sets = RuleSet::PUBLISHED.iter().map(|set| {
        // a rule set is data of the program: its JSON has every row
        let json = serde_json::to_vec(set)?;
        Ok(Checksum {
            id: set.heading().id.to_string(),
            sha256: sha256(&json),
        })
    });
    let rule_sets = rule_sets.collect::<Result<_, Failure>>()?;
    Ok(Build::new(ID, protocols.collect(), rule_sets))
}
