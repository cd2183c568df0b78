//! What a command answers to a tool: an object of JSON with the notice, and what made it.

use serde::Serialize;
use serde::ser::Error as _;

use crate::escape::visible_json;
use crate::version::Build;
use crate::{NOTICE, VERSION};

/// An object of JSON that is not closed yet: what made it is known last.
///
/// ```
/// use chemorad_render::Json;
///
/// #[derive(serde::Serialize)]
/// struct Data { bed: f64 }
///
/// let json = Json::new(&Data { bed: 59.472 })?.closed(None)?;
/// assert!(json.starts_with("{\n  \"bed\": 59.472,\n  \"notice\": "));
/// assert!(Json::new(&[1, 2]).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Json {
    /// Each field as it is printed, without the braces.
    fields: Vec<String>,
}

#[derive(Serialize)]
struct Closing<'a> {
    notice: &'static str,
    version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    build: Option<&'a Build>,
}

/// The fields of an object, as `serde_json` prints them.
fn fields(data: &impl Serialize) -> Result<String, serde_json::Error> {
    let json = serde_json::to_string_pretty(data)?;
    let inside = json
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'));
    let inside = inside.ok_or_else(|| serde_json::Error::custom("an answer is no JSON object"))?;
    Ok(inside.trim_matches('\n').to_string())
}

impl Json {
    /// Data that is a JSON object.
    ///
    /// # Errors
    /// Data that is no JSON object.
    pub fn new(data: &impl Serialize) -> Result<Self, serde_json::Error> {
        Ok(Self {
            fields: vec![fields(data)?],
        })
    }

    /// The same with the fields of another object after its own.
    ///
    /// # Errors
    /// Data that is no JSON object.
    pub fn with(mut self, data: &impl Serialize) -> Result<Self, serde_json::Error> {
        self.fields.push(fields(data)?);
        Ok(self)
    }

    /// The whole object, with the notice, the version and what made it where that is given.
    ///
    /// # Errors
    /// None that is known.
    pub fn closed(self, build: Option<&Build>) -> Result<String, serde_json::Error> {
        let closed = self.with(&Closing {
            notice: NOTICE,
            version: VERSION,
            build,
        })?;
        let mut fields = closed.fields;
        fields.retain(|field| !field.is_empty());
        Ok(visible_json(&format!("{{\n{}\n}}\n", fields.join(",\n"))))
    }
}
