//! Published protocols that come with this crate, each a file in `crates/protocol/library`.
//!
//! They hold what was read in the document they name, and nothing else: what a document does not
//! say, or what nobody read, is open in the file. The doses of the trial NCT06949098 are also constants
//! of the library, [`chemorad::trial`].
//!
//! ```
//! use chemorad_protocol::library;
//! let file = library::file("NCT06949098").ok_or("not shipped")?;
//! assert_eq!(&file.protocol, chemorad_protocol::find_builtin("NCT06949098")?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::sync::OnceLock;

use crate::file::ProtocolFile;
use crate::model::protocol::Protocol;
use chemorad_reader::Format;

macro_rules! files {
    ($($id:literal),+ $(,)?) => {
        &[$(($id, include_str!(concat!("../library/", $id, ".toml")))),+]
    };
}

const FILES: &[(&str, &str)] = files![
    "NCT06949098",
    "BUT-HADZIC-2018",
    "CAMS-POSTOPERATIVE",
    "CAO-ARO-AIO-04",
    "CAO-ARO-AIO-94",
    "FOWARC",
    "HOSPERS-2007",
    "KOREAN-ADJUVANT-2016",
    "NCT00427375",
    "NCT01273051",
    "NCT01515787",
    "NCT01558921",
    "NCT02371304",
    "NCT02505750",
    "NCT02945566",
    "NCT03034473",
    "NSABP-R-04",
    "OIGIT-01",
    "RTOG-0247",
    "RTOG-0529",
    "RTOG-0822",
    "TEY-2017",
];

/// The ids of the shipped protocols: the trial first, the others by name.
///
/// ```
/// assert_eq!(chemorad_protocol::library::ids().next(), Some("NCT06949098"));
/// ```
pub fn ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, _)| *id)
}

/// The text of the file of a shipped protocol, in TOML; `None` when there is none of this id.
///
/// ```
/// let text = chemorad_protocol::library::text("NCT06949098").unwrap();
/// assert!(text.contains("schema = \"chemorad.protocol/2\""));
/// assert_eq!(chemorad_protocol::library::text("no such trial"), None);
/// ```
#[must_use]
pub fn text(id: &str) -> Option<&'static str> {
    let of_id = |(shipped, _): &&(&str, &str)| shipped.eq_ignore_ascii_case(id);
    FILES.iter().find(of_id).map(|(_, text)| *text)
}

/// A shipped protocol, with the place of every value in its file; `None` when there is none of
/// this id.
///
/// ```
/// let file = chemorad_protocol::library::file("NCT06949098").unwrap();
/// assert!(file.protocol.course("adjuvant").is_some());
/// ```
#[must_use]
pub fn file(id: &str) -> Option<ProtocolFile> {
    let (id, text) = FILES
        .iter()
        .find(|(shipped, _)| shipped.eq_ignore_ascii_case(id))?;
    // a test reads every one
    ProtocolFile::parse(format!("{id}.toml"), text, Format::Toml).ok()
}

/// This is a shipped protocol as it is shipped, and not one that was changed and kept its id.
///
/// ```
/// use chemorad_protocol::library;
/// let mut trial = chemorad_protocol::builtin("NCT06949098").unwrap().clone();
/// assert!(library::is_shipped(&trial));
/// trial.title = "Another title".into();
/// assert!(!library::is_shipped(&trial));
/// ```
#[must_use]
pub fn is_shipped(protocol: &Protocol) -> bool {
    let builtin = builtin(&protocol.id);
    builtin.is_some_and(|builtin| core::ptr::eq(builtin, protocol))
        || file(&protocol.id).is_some_and(|file| file.protocol == *protocol)
}

/// The trial that is taken where no protocol is named.
const BUILTIN: &str = chemorad::trial::nct06949098::ID;

/// No built-in protocol has this id.
///
/// ```
/// assert_eq!(
///     chemorad_protocol::find_builtin("NCT00000000").unwrap_err().to_string(),
///     "no built-in protocol is called \"NCT00000000\"; there is: NCT06949098"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no built-in protocol is called {given:?}; there is: {}", builtin_ids().collect::<Vec<_>>().join(", "))]
pub struct UnknownProtocol {
    given: String,
}

/// The ids of the built-in protocols.
pub fn builtin_ids() -> impl Iterator<Item = &'static str> {
    core::iter::once(BUILTIN)
}

/// The built-in protocol of this id, read once; upper and lower case are the same.
///
/// ```
/// assert!(chemorad_protocol::builtin("nct06949098").is_some());
/// ```
#[must_use]
pub fn builtin(id: &str) -> Option<&'static Protocol> {
    static READ: OnceLock<Option<Protocol>> = OnceLock::new();
    if !BUILTIN.eq_ignore_ascii_case(id.trim()) {
        return None;
    }
    READ.get_or_init(|| file(BUILTIN).map(|file| file.protocol))
        .as_ref()
}

/// The built-in protocol of this id, or an error that lists the known ones.
///
/// # Errors
/// No built-in protocol has this id.
pub fn find_builtin(id: &str) -> Result<&'static Protocol, UnknownProtocol> {
    builtin(id).ok_or_else(|| UnknownProtocol {
        given: id.chars().take(60).collect(),
    })
}
