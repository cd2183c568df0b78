//! The values of a result that a site file decided, or that were given by hand instead.

use chemorad_case::{DecidedBy, Provenance, SiteKey, SiteOrigin, SiteUse};
use serde::Serialize;

use crate::document::Document;

/// A site file with the values that a result took from it.
#[derive(Debug, Clone, Serialize)]
pub struct SiteUsed {
    /// The file, who decided and when.
    #[serde(flatten)]
    pub origin: SiteOrigin,
    /// Each value that the result needed and the file has.
    pub values: Vec<Provenance>,
}

impl SiteUsed {
    /// Of the values that were needed.
    #[must_use]
    pub fn new(origin: SiteOrigin, used: &[SiteUse]) -> Self {
        let values = used.iter().map(|one| one.provenance(&origin)).collect();
        Self { origin, values }
    }

    /// Adds them to a page.
    pub fn add_to(&self, page: &mut Document) {
        let SiteOrigin {
            file,
            decided_by,
            decided_on,
            ..
        } = &self.origin;
        page.section("Site file");
        page.line(&format!("{file}, decided by {decided_by} on {decided_on}"));
        if self.values.is_empty() {
            page.line("Nothing of it was needed.");
            return;
        }
        let (by_hand, taken): (Vec<_>, Vec<_>) = self
            .values
            .iter()
            .partition(|value| value.by == DecidedBy::Hand);
        let rows = |values: &[&Provenance]| -> Vec<(String, String)> {
            values.iter().map(|value| row(value)).collect()
        };
        let pairs = |page: &mut Document, rows: &[(String, String)]| {
            let rows: Vec<(&str, String)> = rows
                .iter()
                .map(|(what, value)| (what.as_str(), value.clone()))
                .collect();
            page.pairs(&rows);
        };
        if !by_hand.is_empty() {
            pairs(page, &rows(&by_hand));
        }
        page.in_full(|page| pairs(page, &rows(&taken)));
        // a cap or a rule that nobody typed changes the amount: no answer is without it
        let taken: Vec<String> = rows(&taken)
            .into_iter()
            .map(|(what, value)| format!("{what} {value}"))
            .collect();
        if !taken.is_empty() {
            page.in_brief(|page| page.item("taken from it: ", &taken.join("; ")));
        }
    }
}

/// A value; one that was given by hand says so.
fn row(value: &Provenance) -> (String, String) {
    let shown = match (&value.by, &value.basis) {
        (DecidedBy::Hand, Some(basis)) => format!("{} ({}, {basis})", value.value, value.by),
        _ => value.value.clone(),
    };
    (value.what.clone(), shown)
}

/// A site file that was read, with what it leaves open.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// The file, who decided and when.
    #[serde(flatten)]
    pub origin: SiteOrigin,
    /// The keys that are not decided, each with its question.
    pub undecided: Vec<Undecided>,
    /// What can be meant, and is more likely a slip.
    pub doubtful: Vec<String>,
}

/// A question that a site file leaves open.
#[derive(Debug, Clone, Serialize)]
pub struct Undecided {
    /// The key.
    pub key: &'static str,
    /// The question.
    pub question: &'static str,
}

impl Checked {
    /// Of a file and the keys it does not have.
    #[must_use]
    pub fn new(origin: SiteOrigin, undecided: Vec<&SiteKey>, doubtful: Vec<String>) -> Self {
        let undecided = undecided.into_iter().map(|key| Undecided {
            key: key.name,
            question: key.question,
        });
        Self {
            origin,
            undecided: undecided.collect(),
            doubtful,
        }
    }

    /// For a person.
    #[must_use]
    pub fn page(&self) -> Document {
        let SiteOrigin {
            file,
            decided_by,
            decided_on,
            title,
        } = &self.origin;
        let mut page = Document::new(title.as_deref().unwrap_or("A site file"));
        let judged = if self.doubtful.is_empty() {
            "nothing is wrong with it"
        } else {
            "it can be read, and some of it is doubtful"
        };
        page.line(&format!(
            "{file}, decided by {decided_by} on {decided_on}: {judged}"
        ));
        if !self.doubtful.is_empty() {
            page.section("Doubtful: is this meant?");
            for doubt in &self.doubtful {
                page.item("- ", doubt);
            }
        }
        if !self.undecided.is_empty() {
            page.section("Not decided: asked where it is needed");
            let rows: Vec<(&str, String)> = self
                .undecided
                .iter()
                .map(|one| (one.key, one.question.to_string()))
                .collect();
            page.pairs(&rows);
        }
        page
    }
}
