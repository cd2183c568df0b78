//! Whom a file is about, and which texts name that person.

use std::fmt;

use chemorad::report::Identifying;

use super::birth_date::BirthDate;
use super::folded::folded;

/// Who a file is about. Apart from everything else, so that it is shown only when asked for.
///
/// It has no serde shape and its debug form shows nothing, so that it cannot slip into a report.
///
/// ```
/// use chemorad_dosimetry::Patient;
/// let mut patient = Patient::default();
/// patient.name = Some("SYNTHETIC^ONE".into());
/// assert_eq!(format!("{patient:?}"), "Patient(not shown)");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Patient {
    /// The name, as the file writes it: its parts between `^`, spaces or commas.
    pub name: Option<String>,
    /// The identifier.
    pub id: Option<String>,
    /// Who issued the identifier.
    pub issuer: Option<String>,
    /// The issuer as an identifier that is one everywhere.
    pub issuer_entity: Option<String>,
    /// Other names.
    pub other_names: Vec<String>,
    /// Other identifiers.
    pub other_ids: Vec<String>,
    /// The date of birth, as written: anonymised files hold anything here.
    pub birth_date: Option<String>,
    /// The sex, as written.
    pub sex: Option<String>,
}

impl fmt::Debug for Patient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Patient(not shown)")
    }
}

impl Patient {
    /// What the texts of the file are compared with.
    ///
    /// See [`PatientIdentity`] for an example.
    #[must_use]
    pub fn identity(&self) -> PatientIdentity {
        PatientIdentity::new(self)
    }
}

/// The letters that a text must share with a name or identifier.
pub(super) const SHORTEST: usize = 3;
/// The letters from which on they may stand in several words of the text.
const LONG: usize = 5;
/// The digits from which on a longer number may hold them.
const LONG_NUMBER: usize = 7;
/// What phantoms and anonymised patients are called, and files and targets as well.
const NOBODY: &[&str] = &[
    "anonymous",
    "breast",
    "dose",
    "pelvis",
    "phantom",
    "plan",
    "prostate",
    "rectum",
    "rtdose",
    "rtplan",
];
/// What names a patient, made ready once, so that every text of a file is compared with it.
///
/// A text names the patient when it holds a part of a name, or an identifier, of three letters at least,
/// in any case, whatever punctuation, spaces and leading zeros either is written with; or the date of
/// birth with day, month and year in any order. An accent makes no difference, nor does what is written for
/// one (`ue` for `ü`). A few words that files and targets are called by, such as
/// `plan` and `pelvis`, count as nobody's name.
///
/// ```
/// use chemorad_dosimetry::Patient;
/// let patient = Patient {
///     name: Some("SYNTHETIC^ONE".into()),
///     id: Some("00-123-456".into()),
///     birth_date: Some("19800517".into()),
///     ..Patient::default()
/// };
/// let identity = patient.identity();
/// for text in ["PTV Synthetic", "plan 123456", "boost 17.5.1980", "5/17/80"] {
///     assert!(identity.is_named_in(text), "{text}");
/// }
/// assert!(!identity.is_named_in("PTV 50.4"));
/// assert_eq!(
///     identity.text("Synthetic boost".into()).to_string(),
///     "(withheld: it names the patient)"
/// );
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PatientIdentity {
    /// Parts of names and identifiers as written, in small letters.
    written: Vec<String>,
    /// The same without punctuation and leading zeros, where that is different.
    within_word: Vec<String>,
    /// Whole names and longer identifiers, which may stand in several words.
    across_words: Vec<String>,
    /// The digits of identifiers, of which UIDs are made.
    digits: Vec<String>,
    pub(super) birth: Option<BirthDate>,
    shown: bool,
}

impl fmt::Debug for PatientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PatientIdentity(not shown)")
    }
}

impl PatientIdentity {
    fn new(patient: &Patient) -> Self {
        let mut identity = Self {
            written: Vec::new(),
            within_word: Vec::new(),
            across_words: Vec::new(),
            digits: Vec::new(),
            birth: patient.birth_date.as_deref().and_then(BirthDate::read),
            shown: false,
        };
        for id in patient.id.iter().chain(&patient.other_ids) {
            identity.add(id);
            let digits: String = id.chars().filter(char::is_ascii_digit).collect();
            let digits = digits.trim_start_matches('0');
            if digits.len() > SHORTEST {
                identity.digits.push(digits.into());
            }
            if digits.len() >= LONG_NUMBER {
                identity.within_word.push(digits.into());
            }
            identity.add_across(&plain(id));
        }
        for name in patient.name.iter().chain(&patient.other_names) {
            identity.add(name);
            // one of several alphabets
            for name in name.split('=') {
                let parts: Vec<String> = name
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|part| !part.is_empty())
                    .map(str::to_lowercase)
                    .collect();
                for part in parts.iter().filter(|part| is_name(part)) {
                    identity.within_word.push(part.clone());
                }
                if let [family, given, ..] = parts.as_slice() {
                    for whole in [format!("{family}{given}"), format!("{given}{family}")] {
                        if is_name(&whole) {
                            identity.across_words.push(whole);
                        }
                    }
                }
            }
        }
        for list in [
            &mut identity.written,
            &mut identity.within_word,
            &mut identity.across_words,
        ] {
            let plain: Vec<String> = list.iter().map(|part| folded(part)).collect();
            list.extend(plain.into_iter().filter(|part| is_name(part)));
        }
        for list in [
            &mut identity.written,
            &mut identity.within_word,
            &mut identity.across_words,
        ] {
            list.sort_unstable();
            list.dedup();
        }
        identity
    }

    /// A name or identifier, in the parts that stand apart.
    fn add(&mut self, text: &str) {
        for part in text.split(['^', '=', ' ', ',']).map(str::to_lowercase) {
            if !is_name(&part) {
                continue;
            }
            let short = plain(&part);
            if short != part && is_name(&short) {
                self.add_across(&short);
                self.within_word.push(short);
            }
            self.written.push(part);
        }
    }

    fn add_across(&mut self, text: &str) {
        if text.chars().count() >= LONG && is_name(text) {
            self.across_words.push(text.into());
        }
    }

    /// The same, with what names the patient shown, as the reader asked for.
    ///
    /// ```
    /// use chemorad_dosimetry::Patient;
    /// let patient = Patient {
    ///     id: Some("607".into()),
    ///     ..Patient::default()
    /// };
    /// let label = patient.identity().showing(true).text("607".into());
    /// assert_eq!(label.to_string(), "607");
    /// ```
    #[must_use]
    pub fn showing(self, shown: bool) -> Self {
        Self { shown, ..self }
    }

    /// Whether a text names the patient.
    ///
    /// See [`PatientIdentity`] for an example.
    #[must_use]
    pub fn is_named_in(&self, text: &str) -> bool {
        let (text, plain) = forms(text);
        self.is_in(&text) || plain.is_some_and(|plain| self.is_in(&plain))
    }

    /// What a text that names the patient holds, as it is written or without what stands between letters
    /// and digits; the date of birth apart.
    pub(super) fn parts(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.written, &self.within_word, &self.across_words];
        lists.into_iter().flatten().map(String::as_str)
    }

    /// Whether a text in small letters names the patient, as it is written.
    fn is_in(&self, text: &str) -> bool {
        if self.written.iter().any(|part| text.contains(&**part)) {
            return true;
        }
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        if words.any(|word| self.within_word.iter().any(|part| word.contains(&**part))) {
            return true;
        }
        let tokens = tokens(text);
        self.is_across(&tokens) || self.birth.is_some_and(|birth| birth.is_in(&tokens))
    }

    /// Whether whole words of the text, joined, are one of the longer parts.
    fn is_across(&self, tokens: &[&str]) -> bool {
        (0..tokens.len()).any(|start| {
            self.across_words.iter().any(|part| {
                let mut rest = part.as_str();
                for (at, token) in tokens.iter().skip(start).enumerate() {
                    let token = if at == 0 {
                        token.trim_start_matches('0')
                    } else {
                        token
                    };
                    match rest.strip_prefix(token) {
                        Some("") => return true,
                        Some(left) => rest = left,
                        None => return false,
                    }
                }
                false
            })
        })
    }

    /// A UID of the file: withheld where a part of it is an identifier of the patient or the date of birth,
    /// or holds a long one.
    ///
    /// ```
    /// use chemorad_dosimetry::Patient;
    /// let patient = Patient {
    ///     id: Some("QA-0012345".into()),
    ///     ..Patient::default()
    /// };
    /// let identity = patient.identity();
    /// assert!(identity.uid("1.2.826.12345.7".into()).names_a_person());
    /// assert!(!identity.uid("1.2.826.91234567.7".into()).names_a_person());
    /// ```
    #[must_use]
    pub fn uid(&self, uid: String) -> Identifying<String> {
        let of_patient = |part: &str| {
            let part = part.trim_start_matches('0');
            let mut ids = self.digits.iter();
            ids.any(|id| part == id || id.len() >= LONG_NUMBER && part.contains(&**id))
                || self.birth.is_some_and(|birth| birth.is_date(part))
        };
        let names_a_person = uid.split('.').any(of_patient);
        let uid = Identifying::new(uid, names_a_person);
        if self.shown { uid.shown() } else { uid }
    }

    /// A text of the file: withheld where it names the patient, unless that is to be shown.
    ///
    /// See [`PatientIdentity`] for an example.
    #[must_use]
    pub fn text(&self, text: String) -> Identifying<String> {
        let names_a_person = self.is_named_in(&text);
        let text = Identifying::new(text, names_a_person);
        if self.shown { text.shown() } else { text }
    }
}

/// A text in small letters, and without accents where that may differ.
pub(super) fn forms(text: &str) -> (String, Option<String>) {
    let text = text.to_lowercase();
    // what has neither accents nor what is written for them is the same
    let may_differ = !text.is_ascii() || ["ae", "oe", "ue", "aa"].iter().any(|e| text.contains(e));
    let plain = may_differ.then(|| folded(&text));
    (text, plain)
}

fn is_name(part: &str) -> bool {
    part.chars().count() >= SHORTEST && !NOBODY.contains(&part)
}

/// Letters and digits alone, in small letters and without leading zeros, where enough is left.
fn plain(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let short = kept.trim_start_matches('0');
    if short.chars().count() >= SHORTEST {
        short.into()
    } else {
        kept
    }
}

/// The numbers and the words of a text.
pub(super) fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let numeric = first.is_ascii_digit();
            let end = rest
                .find(|c: char| c.is_ascii_digit() != numeric)
                .unwrap_or(rest.len());
            let (token, left) = rest.split_at(end);
            tokens.push(token);
            rest = left;
        }
    }
    tokens
}

#[cfg(test)]
#[path = "patient_tests.rs"]
mod tests;
