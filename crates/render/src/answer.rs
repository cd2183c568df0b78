//! What a command answers: a document for a person, data for a tool.

use serde::Serialize;

use crate::document::Document;
use crate::escape::visible_json;
use crate::{NOTICE, VERSION};

/// A document, and the same as JSON with the notice.
///
/// ```
/// use chemorad_render::{Answer, Document};
///
/// #[derive(serde::Serialize)]
/// struct Data { bed: f64 }
///
/// let answer = Answer::new(Document::new("BED"), &Data { bed: 59.472 })?;
/// assert!(answer.json.starts_with("{\n  \"bed\": 59.472,\n  \"notice\": "));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// For a person.
    pub document: Document,
    /// For a tool.
    pub json: String,
}

#[derive(Serialize)]
struct WithNotice<'a, T> {
    #[serde(flatten)]
    body: &'a T,
    notice: &'static str,
    version: &'static str,
}

impl Answer {
    /// A document, and data that is a JSON object.
    ///
    /// # Errors
    /// Data that is no JSON object.
    pub fn new(document: Document, data: &impl Serialize) -> Result<Self, serde_json::Error> {
        let json = serde_json::to_string_pretty(&WithNotice {
            body: data,
            notice: NOTICE,
            version: VERSION,
        })?;
        Ok(Self {
            document,
            json: visible_json(&json) + "\n",
        })
    }
}
