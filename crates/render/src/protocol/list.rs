//! The protocols of the library.

use chemorad_protocol::library;
use serde::Serialize;

use crate::document::Document;

/// A protocol of the library.
#[derive(Debug, Clone, Serialize)]
pub struct Listed {
    /// What it is called by.
    pub id: String,
    /// What it is.
    pub title: String,
}

/// Every protocol of the library.
#[derive(Debug, Clone, Serialize)]
pub struct List {
    /// In alphabetical order.
    pub protocols: Vec<Listed>,
}

impl List {
    /// The protocols that are shipped.
    #[must_use]
    pub fn shipped() -> Self {
        let files = library::ids().filter_map(library::file);
        Self {
            protocols: files
                .map(|file| Listed {
                    id: file.protocol.id.to_string(),
                    title: file.protocol.title.to_string(),
                })
                .collect(),
        }
    }
}

/// Their ids and titles.
#[must_use]
pub fn list(shipped: &List) -> Document {
    let mut page = Document::new("Protocols");
    let rows: Vec<Vec<String>> = shipped
        .protocols
        .iter()
        .map(|listed| vec![listed.id.clone(), listed.title.clone()])
        .collect();
    page.text_table(&["id", "title"], &rows);
    page
}
