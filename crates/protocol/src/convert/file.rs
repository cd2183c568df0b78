//! Converts a file, and reads what comes out to see that it says the same.

use std::collections::BTreeSet;

use super::ids::Ids;
use super::piece::{Field, Form, Piece};
use super::questions::Questions;
use super::{comments, condition, short, write};
use crate::file::ProtocolFile;
use crate::model::protocol::Schema;
use crate::shorthand::shape::PROTOCOL;
use chemorad_reader::Format;

/// Why a file is not converted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// It has the newer schema.
    #[error("{0} is a file of chemorad.protocol/2 already")]
    Already(String),
    /// What came out does not say the same; nothing is given.
    #[error("{0} cannot be converted without changing what it says; its {1}")]
    Differs(String, String),
}

impl ProtocolFile {
    /// This protocol as a file of `chemorad.protocol/2`, in TOML or JSON as it is: its passages listed
    /// once and cited, with the comments of a TOML file. What comes out was read again and is the same
    /// protocol.
    ///
    /// # Errors
    /// The file has the newer schema already, or the protocol would not be the same.
    ///
    /// ```
    /// use chemorad_protocol::{Format, ProtocolFile, find_builtin};
    /// let trial = find_builtin("NCT06949098")?;
    /// let text = serde_json::to_string(trial)?;
    /// let file = ProtocolFile::parse("trial.json", &text, Format::Json)?;
    /// let converted = ProtocolFile::parse("new.json", &file.converted()?, Format::Json)?;
    /// assert_eq!(&converted.protocol, trial);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn converted(&self) -> Result<String, ConvertError> {
        let name = || self.name().to_string();
        if self.schema() == Schema::V2 {
            return Err(ConvertError::Already(name()));
        }
        let tree = self.document().root();
        let mut root = Piece::read(tree, self.text());
        if self.format() == Format::Toml {
            comments::attach(&mut root, tree, self.text());
        }
        let facts = self.protocol.facts.iter();
        let declared: BTreeSet<String> = facts.map(|fact| fact.id.to_string()).collect();
        let mut ids = Ids::default();
        short::cite(&mut root, &PROTOCOL, &mut ids);
        condition::shorten(&mut root, &PROTOCOL, &declared);
        Questions::of(&mut root).name(&mut root);
        short::share(&mut root, &PROTOCOL);
        short::flatten(&mut root, &PROTOCOL);
        head(&mut root, ids, self.format());
        let text = match self.format() {
            Format::Toml => write::toml(&mut root),
            Format::Json => write::json(&root),
        };
        match Self::parse(self.name(), &text, self.format()) {
            Ok(read) if read.protocol == self.protocol => Ok(text),
            Ok(read) => {
                let changes = crate::compare(&self.protocol, &read.protocol);
                let first = changes.first().map_or("courses", |change| &change.at);
                Err(ConvertError::Differs(
                    name(),
                    format!("{first} would change"),
                ))
            }
            Err(faults) => Err(ConvertError::Differs(
                name(),
                format!("new form could not be read: {}", faults.first()),
            )),
        }
    }
}

/// The new schema, and the passages behind what names the protocol: in TOML under their sections.
fn head(root: &mut Piece, ids: Ids, format: Format) {
    let Some(fields) = root.fields() else {
        return;
    };
    for field in fields.iter_mut().filter(|field| field.key == "schema") {
        field.piece.form = Form::Text(Schema::V2.to_string());
    }
    let list = ids.into_list();
    if list.is_empty() {
        return;
    }
    let named = |field: &Field| matches!(&*field.key, "schema" | "id" | "title" | "source");
    let at = fields.iter().position(|field| !named(field));
    let form = match format {
        Format::Toml => sections(list),
        Format::Json => Form::List(list),
    };
    let passages = Field {
        key: "passages".to_string(),
        piece: Piece::of(form),
    };
    fields.insert(at.unwrap_or(fields.len()), passages);
}

fn sections(list: Vec<Piece>) -> Form {
    let mut sections: Vec<Field> = Vec::new();
    for passage in list {
        let word = |key: &str| {
            passage
                .get(key)
                .and_then(Piece::as_text)
                .unwrap_or_default()
        };
        let (id, text, locator) = (word("id"), word("text"), word("locator"));
        let passage = Field {
            key: id.to_string(),
            piece: Piece::text(text),
        };
        let known = sections.iter_mut().find(|section| section.key == locator);
        match known.and_then(|section| section.piece.fields()) {
            Some(passages) => passages.push(passage),
            None => sections.push(Field {
                key: locator.to_string(),
                piece: Piece::of(Form::Table(vec![passage])),
            }),
        }
    }
    Form::Table(sections)
}
