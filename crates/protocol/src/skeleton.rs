//! A file to begin with.

const SKELETON: &str = include_str!("../skeleton.toml");

/// A file of `chemorad.protocol/2` to begin with: every table with what is asked, why, and the choices, and
/// `FILL IN` where the document has to be read. Lint says of each what belongs there.
///
/// ```
/// use chemorad_protocol::{Format, Linted, ProtocolFile, skeleton};
/// let text = skeleton("SYNTHETIC-7").ok_or("no id")?;
/// let linted = Linted::of(ProtocolFile::parse("new.toml", &text, Format::Toml));
/// assert!(linted.findings.iter().all(|l| l.finding.is("protocol.fill_in")));
/// assert_eq!(skeleton("two words"), None);
/// # Ok::<(), &str>(())
/// ```
///
/// `None` where the id is not made of letters, digits, `-`, `_` and `.`, at most 60 of them.
#[must_use]
pub fn skeleton(id: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let sound = !id.is_empty() && id.len() <= 60 && id.chars().all(plain);
    sound.then(|| SKELETON.replace("{id}", id))
}
