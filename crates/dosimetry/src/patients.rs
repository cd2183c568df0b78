//! Many patients: which of them a text names, without asking each.

use std::collections::{HashMap, HashSet};

use super::birth_date::BirthDate;
use super::patient::{Patient, PatientIdentity, SHORTEST, forms, tokens};

/// The letters by which what names a patient is looked up.
const LONGEST_KEY: usize = 8;

/// What names any of many patients, made ready once.
///
/// A text is compared with those patients alone of whom it holds a beginning, so that ten thousand files of as
/// many patients are not a hundred million comparisons; the answer is that of [`PatientIdentity`].
///
/// ```
/// use chemorad_dosimetry::{Patient, PatientIdentities};
/// let of = |name: &str| Patient {
///     name: Some(name.into()),
///     ..Patient::default()
/// };
/// let patients = PatientIdentities::of(&[of("SYNTHETIC^ONE"), of("OTHER^TWO")]);
/// assert!(patients.named_in("boost synthetic.dcm").is_some());
/// assert!(patients.named_in("boost 50.4.dcm").is_none());
/// ```
#[derive(Default)]
pub struct PatientIdentities {
    all: Vec<PatientIdentity>,
    by_beginning: HashMap<Box<str>, Vec<usize>>,
    by_birth: HashMap<[u32; 2], Vec<usize>>,
}

impl PatientIdentities {
    /// What names these patients, with nothing of them to be shown.
    ///
    /// See [`PatientIdentities`] for an example.
    #[must_use]
    pub fn of(patients: &[Patient]) -> Self {
        patients.iter().map(Patient::identity).collect()
    }

    /// The first of them whom a text names.
    ///
    /// See [`PatientIdentities`] for an example.
    #[must_use]
    pub fn named_in(&self, text: &str) -> Option<&PatientIdentity> {
        let mut candidates: Vec<usize> = Vec::new();
        let (written, plain) = forms(text);
        for form in [Some(written), plain].into_iter().flatten() {
            let joined: String = form.chars().filter(|c| c.is_alphanumeric()).collect();
            for text in [&form, &joined] {
                let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
                let ends = starts.iter().skip(1).copied().chain([text.len()]);
                let ends: Vec<usize> = ends.collect();
                for (at, start) in starts.iter().enumerate() {
                    let ends = ends.iter().skip(at + SHORTEST - 1);
                    for end in ends.take(LONGEST_KEY + 1 - SHORTEST) {
                        let key = text.get(*start..*end).unwrap_or_default();
                        candidates.extend(self.by_beginning.get(key).into_iter().flatten());
                    }
                }
            }
            for key in BirthDate::days_and_months(&tokens(&form)) {
                candidates.extend(self.by_birth.get(&key).into_iter().flatten());
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut candidates = candidates.into_iter().filter_map(|at| self.all.get(at));
        candidates.find(|patient| patient.is_named_in(text))
    }
}

impl FromIterator<PatientIdentity> for PatientIdentities {
    fn from_iter<T: IntoIterator<Item = PatientIdentity>>(patients: T) -> Self {
        let mut new = Self::default();
        for (at, patient) in patients.into_iter().enumerate() {
            let beginning = |part: &str| part.chars().take(LONGEST_KEY).collect::<String>();
            let keys: HashSet<String> = patient.parts().map(beginning).collect();
            for key in keys {
                new.by_beginning.entry(key.into()).or_default().push(at);
            }
            if let Some(birth) = patient.birth {
                let key = birth.day_and_month();
                new.by_birth.entry(key).or_default().push(at);
            }
            new.all.push(patient);
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use super::PatientIdentities;
    use crate::patient::Patient;
    use proptest::prelude::*;

    fn patients() -> Vec<Patient> {
        let of = |name: &str, id: &str, birth: &str| Patient {
            name: Some(name.into()),
            id: Some(id.into()),
            birth_date: Some(birth.into()),
            ..Patient::default()
        };
        vec![
            of("SYNTHETIC^ONE", "00-123-456", "19800517"),
            of("M\u{fc}ller^Invented", "QA/77", "19511203"),
            of("Ng^Al", "1000001", "19991231"),
            of("Ng^Bo", "1000002", "20000101"),
            Patient::default(),
        ]
    }

    proptest! {
        #[test]
        fn the_answer_is_that_of_each_patient(
            text in "(syn|thetic|one|one synthetic|mueller|M\u{fc}ller|qa|77|QA/77|100000[12]|0|123|456|80|5|17|may|1951|12|03|991231|ng|al|[-_. /]|[a-z0-9]){1,9}"
        ) {
            let patients = patients();
            let each = patients.iter().map(Patient::identity);
            let first = each.into_iter().find(|one| one.is_named_in(&text));
            let all = PatientIdentities::of(&patients);
            prop_assert_eq!(all.named_in(&text), first.as_ref());
        }
    }
}
