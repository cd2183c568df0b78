//! The objects of a study that every part of it uses: codes, quantities, extension attributes, each with
//! its own id.

use chemorad::quantity::AbsorbedDose;
use chemorad_protocol::Statement;
use serde_json::{Value, json};

use crate::fhir::visible;

/// What the addresses of this export's extension attributes begin with.
///
/// ```
/// assert!(chemorad_exchange::EXTENSIONS.starts_with("urn:"));
/// ```
pub const EXTENSIONS: &str = "urn:chemorad:protocol:1:";

/// The release of CDISC controlled terminology whose codes are used.
const TERMINOLOGY: &str = "2024-09-27";

/// Every object of a study has its own id.
pub(crate) struct Ids(pub(crate) u32);

impl Ids {
    pub(crate) fn next(&mut self, class: &str) -> String {
        self.0 += 1;
        format!("{class}_{}", self.0 + 100)
    }

    pub(crate) fn coded(&mut self, code: &str, decode: &str) -> Value {
        json!({
            "id": self.next("Code"),
            "code": code,
            "codeSystem": "http://www.cdisc.org",
            "codeSystemVersion": TERMINOLOGY,
            "decode": decode,
            "instanceType": "Code",
        })
    }

    pub(crate) fn alias(&mut self, code: &str, decode: &str) -> Value {
        json!({
            "id": self.next("AliasCode"),
            "standardCode": self.coded(code, decode),
            "instanceType": "AliasCode",
        })
    }

    pub(crate) fn quantity(&mut self, value: f64, code: &str, decode: &str) -> Value {
        json!({
            "id": self.next("Quantity"),
            "value": crate::fhir::decimal(value),
            "unit": self.alias(code, decode),
            "instanceType": "Quantity",
        })
    }

    pub(crate) fn text(&mut self, name: &str, value: &str) -> Value {
        json!({
            "id": self.next("ExtensionAttribute"),
            "url": format!("{EXTENSIONS}{name}"),
            "valueString": visible(value),
            "instanceType": "ExtensionAttribute",
        })
    }

    pub(crate) fn group(&mut self, name: &str, parts: &[Value]) -> Value {
        json!({
            "id": self.next("ExtensionAttribute"),
            "url": format!("{EXTENSIONS}{name}"),
            "extensionAttributes": parts,
            "instanceType": "ExtensionAttribute",
        })
    }

    pub(crate) fn dose(&mut self, name: &str, dose: AbsorbedDose) -> Value {
        let quantity = self.quantity(dose.gray(), "C18063", "Gray");
        json!({
            "id": self.next("ExtensionAttribute"),
            "url": format!("{EXTENSIONS}{name}"),
            "valueQuantity": quantity,
            "instanceType": "ExtensionAttribute",
        })
    }

    pub(crate) fn integer(&mut self, name: &str, value: u32) -> Value {
        json!({
            "id": self.next("ExtensionAttribute"),
            "url": format!("{EXTENSIONS}{name}"),
            "valueInteger": value,
            "instanceType": "ExtensionAttribute",
        })
    }

    /// A value with how it is known, its words or its question.
    pub(crate) fn statement<T>(
        &mut self,
        name: &str,
        statement: &Statement<T>,
        text: impl Fn(&T) -> String,
    ) -> Value {
        let mut parts = vec![self.text("status", &statement.status().to_string())];
        if let Some(value) = statement.value() {
            parts.push(self.text("value", &text(value)));
        }
        if let Some(question) = statement.question() {
            parts.push(self.text("question", &question.to_string()));
        } else {
            let reason = statement.reason();
            parts.extend(reason.map(|reason| self.text("reason", reason)));
            for quote in statement.quotes() {
                parts.push(self.text("quote", &quote.to_string()));
            }
        }
        self.group(name, &parts)
    }

    pub(crate) fn intervention(
        &mut self,
        name: &str,
        label: &str,
        kind: (&str, &str),
        administration: Option<&Value>,
        extensions: &[Value],
    ) -> Value {
        json!({
            "id": self.next("StudyIntervention"),
            "name": visible(name),
            "label": visible(label),
            "role": self.coded("C41161", "Protocol Agent"),
            "type": self.coded(kind.0, kind.1),
            "administrations": administration.into_iter().collect::<Vec<_>>(),
            "extensionAttributes": extensions,
            "instanceType": "StudyIntervention",
        })
    }
}
