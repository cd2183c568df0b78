//! A validator of FHIR R4 for the tests of `chemorad-exchange`: an existing reader, used strictly.
//!
//! It is a package of its own because `fhirbolt` turns on features of `serde_json` that would
//! reach every other test of a common build.

use fhirbolt::model::r4::Resource;
use serde_json::Value;

/// Whether a value is a FHIR R4 resource.
///
/// Valid when fhirbolt reads it strictly, which refuses unknown fields, wrong types, missing
/// required fields and a second choice of a choice type, and writes the same again: it reads one
/// value where a list is due, and the other way round.
///
/// # Errors
/// What is wrong.
///
/// ```
/// use chemorad_exchange_validation::validate;
/// use serde_json::json;
/// assert!(validate(&json!({"resourceType": "Patient", "active": true})).is_ok());
/// assert!(validate(&json!({"resourceType": "Patient", "alive": true})).is_err());
/// ```
pub fn validate(value: &Value) -> Result<(), String> {
    let resource: Resource =
        fhirbolt::json::from_str(&value.to_string(), None).map_err(|error| error.to_string())?;
    let text = fhirbolt::json::to_string(&resource, None).map_err(|error| error.to_string())?;
    let again: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    if again == *value {
        Ok(())
    } else {
        Err("read and written again it differs".into())
    }
}
