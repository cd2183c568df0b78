//! A drug and what the quotes of its values say of it.

use crate::model::drug::DrugRegimen;
use crate::passage::drug_name::canonical;
use crate::passage::mention::Mention;
use crate::passage::mentions::mentions;
use crate::statement::{Quote, Statement};

/// What a quote says, with the quote.
pub(super) struct Read {
    pub(super) quote: Quote,
    pub(super) mentions: Vec<Mention>,
}

/// The quotes of a value, read; those of a question ask.
pub(super) fn read<T>(statement: &Statement<T>) -> Vec<Read> {
    if statement.value().is_none() {
        return Vec::new();
    }
    let quotes = statement.quotes().into_iter();
    quotes
        .map(|quote| Read {
            mentions: mentions(&quote.text),
            quote,
        })
        .collect()
}

/// A drug with the name that passages are searched for.
pub(super) struct DrugPassage<'p> {
    pub(super) drug: &'p DrugRegimen,
    pub(super) name: String,
}

impl<'p> DrugPassage<'p> {
    pub(super) fn new(drug: &'p DrugRegimen) -> Self {
        let name = drug.drug.value().unwrap_or(&drug.id);
        Self {
            drug,
            name: canonical(name),
        }
    }

    /// The mentions of this drug and those that name none; of a passage that names only other drugs, all, as
    /// it may call this one by another name.
    pub(super) fn own<'m>(&self, read: &'m Read) -> impl Iterator<Item = &'m Mention> {
        let named = read
            .mentions
            .iter()
            .any(|mention| mention.drug.as_deref() == Some(self.name.as_str()));
        let several = read
            .mentions
            .iter()
            .filter_map(|mention| mention.drug.as_deref())
            .any(|drug| drug != self.name);
        let name = self.name.clone();
        read.mentions
            .iter()
            .filter(move |mention| match &mention.drug {
                Some(drug) => *drug == name || !(named && several),
                None => true,
            })
    }
}
