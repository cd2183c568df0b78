//! The rules of patients who take other drugs: few lists are different in a file.

use std::collections::HashMap;
use std::rc::Rc;

use chemorad::capecitabine::columns::CohortRules;
use chemorad::text::Text;

/// Rules with the other drugs of a row, by its arm and the words of its cell.
#[derive(Debug, Default)]
pub(crate) struct KnownDrugs {
    known: HashMap<(Option<u16>, String), Option<Rc<CohortRules>>>,
}

/// More lists are not kept.
const KEPT: usize = 256;

impl KnownDrugs {
    /// The same rules for a patient who takes these drugs; none where the words name none.
    pub(crate) fn rules(
        &mut self,
        rules: &CohortRules,
        arm: Option<u16>,
        words: &str,
    ) -> Option<Rc<CohortRules>> {
        let key = (arm, words.to_string());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let drugs: Vec<Text> = if words.eq_ignore_ascii_case("none") {
            Vec::new()
        } else {
            let names = words.split(';').map(str::trim);
            names.map(|name| Text::from(name.to_string())).collect()
        };
        let with = rules.with_other_drugs(drugs).ok().map(Rc::new);
        if self.known.len() < KEPT {
            self.known.insert(key, with.clone());
        }
        with
    }
}
