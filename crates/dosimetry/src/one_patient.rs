//! Whether several files are about one person.

use std::fmt;

use chemorad::report::{Finding, Identifying};
use unicode_normalization::UnicodeNormalization as _;

use super::folded::folded;
use super::patient::Patient;

/// A file that goes with a plan and is held against it for whom it is about, such as a structure set.
///
/// ```
/// use chemorad_dosimetry::{Patient, PatientFile};
/// let file = PatientFile {
///     source: "structures.dcm".into(),
///     uid: None,
///     patient: Patient::default(),
///     regions: Vec::new(),
///     no_targets: Vec::new(),
///     notes: Vec::new(),
/// };
/// assert_eq!(file.source.to_string(), "structures.dcm");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientFile {
    /// What to call it.
    pub source: Identifying<String>,
    /// The identifier by which plans refer to it.
    pub uid: Option<String>,
    /// Whom it is about.
    pub patient: Patient,
    /// The regions of a structure set, by their numbers.
    pub regions: Vec<(i32, Option<Identifying<String>>)>,
    /// The numbers of the regions that are declared to be what no target is: an organ, what is to be avoided, the
    /// outline of the patient, a support.
    pub no_targets: Vec<i32>,
    /// What the reading of it has to say.
    pub notes: Vec<Finding>,
}

/// An attribute by which a patient is told from another.
///
/// ```
/// use chemorad_dosimetry::PatientAttribute;
/// assert_eq!(PatientAttribute::BirthDate.to_string(), "birth date");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PatientAttribute {
    /// The identifier.
    Id,
    /// Who issued the identifier.
    Issuer,
    /// The name.
    Name,
    /// The date of birth.
    BirthDate,
    /// The sex.
    Sex,
}

impl PatientAttribute {
    const ALL: [Self; 5] = [
        Self::Id,
        Self::Issuer,
        Self::Name,
        Self::BirthDate,
        Self::Sex,
    ];

    /// The ways in which the attribute of a patient is stated, as it is compared; `None` where the file does
    /// not state it so. Case, composed letters, accents and what is written for them, empty parts of a name and
    /// the punctuation of a date are no difference.
    fn of(self, patient: &Patient) -> Vec<Option<String>> {
        let trimmed = |text: &Option<String>| text.as_deref().map(|text| composed(text.trim()));
        let all = match self {
            Self::Id => vec![trimmed(&patient.id)],
            Self::Issuer => vec![trimmed(&patient.issuer), trimmed(&patient.issuer_entity)],
            Self::Name => {
                let name = patient.name.as_deref().unwrap_or_default();
                let mut alphabets = name.split('=').map(comparable_name);
                vec![alphabets.next(), alphabets.next(), alphabets.next()]
            }
            Self::BirthDate => vec![patient.birth_date.as_deref().map(comparable_date)],
            Self::Sex => vec![trimmed(&patient.sex).map(|sex| sex.to_uppercase())],
        };
        let stated = |text: Option<String>| text.filter(|text| !text.is_empty());
        all.into_iter().map(stated).collect()
    }

    /// The places of the patients, those with one value together. A way of writing that differs is enough:
    /// a name in its first alphabet, or else in another.
    fn alike(self, patients: &[&Patient]) -> Vec<Vec<usize>> {
        let all: Vec<Vec<Option<String>>> =
            patients.iter().map(|patient| self.of(patient)).collect();
        let ways = all.iter().map(Vec::len).max().unwrap_or(0);
        let by_way = |way: usize| alike(all.iter().map(|of| of.get(way).cloned().flatten()));
        let mut compared = (0..ways).map(by_way);
        let differing = compared.find(|alike| alike.len() > 1);
        differing.unwrap_or_default()
    }
}

impl fmt::Display for PatientAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Id => "Patient ID",
            Self::Issuer => "issuer of the Patient ID",
            Self::Name => "name",
            Self::BirthDate => "birth date",
            Self::Sex => "sex",
        })
    }
}

/// With accents and letters as one character, however they are encoded.
fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// The name in one alphabet, part by part.
fn comparable_name(name: &str) -> String {
    let parts: Vec<String> = name
        .split('^')
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .map(|part| folded(&part))
        .collect();
    parts.join("^").trim_end_matches('^').to_string()
}

fn comparable_date(date: &str) -> String {
    let digits: String = date.chars().filter(char::is_ascii_digit).collect();
    if digits.len() == 8 && !date.chars().any(char::is_alphabetic) {
        digits
    } else {
        date.trim().to_string()
    }
}

/// An attribute in which files differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientDifference {
    /// The attribute.
    pub attribute: PatientAttribute,
    /// The files by their places, those with one value together, in the order of the files.
    pub alike: Vec<Vec<usize>>,
}

/// What the patients of several files have in common: compared, and never shown.
///
/// Files whose Patient ID differs are about different people. Where the ID is one, an attribute that
/// differs is a correction or a slip, and two or more leave open whether it is one person. What a file
/// does not state is no difference.
///
/// ```
/// use chemorad_dosimetry::{Patient, PatientAttribute, PatientComparison};
///
/// let patient = |name: &str, sex: &str| Patient {
///     id: Some("123".into()),
///     name: Some(name.into()),
///     sex: Some(sex.into()),
///     ..Patient::default()
/// };
/// let compared = PatientComparison::new(&[&patient("SYNTHETIC^ONE", "F"), &patient("Synthetic^Two", "F")]);
/// let differing: Vec<_> = compared.differences.iter().map(|d| d.attribute).collect();
/// assert_eq!(differing, [PatientAttribute::Name]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatientComparison {
    /// The files that state no Patient ID, by their places.
    pub without_id: Vec<usize>,
    /// How many files there are.
    pub files: usize,
    /// The attributes in which they differ.
    pub differences: Vec<PatientDifference>,
}

impl PatientComparison {
    /// Compares the patients of these files.
    #[must_use]
    pub fn new(patients: &[&Patient]) -> Self {
        let without_id = |(_, patient): &(usize, &&Patient)| {
            let stated = PatientAttribute::Id.of(patient);
            stated.iter().all(Option::is_none)
        };
        let places = patients.iter().enumerate();
        Self {
            without_id: places.filter(without_id).map(|(place, _)| place).collect(),
            files: patients.len(),
            differences: PatientAttribute::ALL
                .into_iter()
                .filter_map(|attribute| {
                    let alike = attribute.alike(patients);
                    (alike.len() > 1).then_some(PatientDifference { attribute, alike })
                })
                .collect(),
        }
    }

    /// The files by their Patient IDs, where these differ.
    #[must_use]
    pub fn ids(&self) -> &[Vec<usize>] {
        let mut differing = self.differences.iter();
        differing
            .find(|difference| difference.attribute == PatientAttribute::Id)
            .map_or(&[], |difference| &difference.alike)
    }

    /// Whether the Patient IDs differ.
    #[must_use]
    pub fn other_id(&self) -> bool {
        !self.ids().is_empty()
    }
}

/// The places of what is stated, those with one value together.
pub(super) fn alike<T: PartialEq>(values: impl Iterator<Item = Option<T>>) -> Vec<Vec<usize>> {
    let mut known: Vec<(T, Vec<usize>)> = Vec::new();
    for (place, value) in values.enumerate() {
        let Some(value) = value else {
            continue;
        };
        match known.iter_mut().find(|(known, _)| *known == value) {
            Some((_, places)) => places.push(place),
            None => known.push((value, vec![place])),
        }
    }
    known.into_iter().map(|(_, places)| places).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patient(id: &str, name: &str, birth_date: &str, sex: &str) -> Patient {
        let some = |text: &str| Some(text.to_string()).filter(|text| !text.is_empty());
        Patient {
            id: some(id),
            name: some(name),
            birth_date: some(birth_date),
            sex: some(sex),
            ..Patient::default()
        }
    }

    fn differing(one: &Patient, other: &Patient) -> Vec<PatientAttribute> {
        let compared = PatientComparison::new(&[one, other]);
        compared.differences.iter().map(|d| d.attribute).collect()
    }

    #[test]
    fn ways_of_writing_are_no_difference() {
        let one = patient("607", "SYNTHETIC^ONE", "19800517", "F");
        // one letter, and the same as two characters
        let composed = patient("607", "SYNTH\u{c9}TIC^\u{dc}NE", "", "");
        let decomposed = patient("607", "Synthe\u{301}tic^u\u{308}ne", "", "");
        assert_eq!(differing(&composed, &decomposed), []);
        for other in [
            patient("607 ", "Synthetic^One^^^", "1980.05.17", "f"),
            patient("607", " synthetic ^one=合成^一", "1980-05-17", ""),
            patient("607", "", "", ""),
            patient("", "SYNTHETIC^ONE", "", ""),
        ] {
            assert_eq!(differing(&one, &other), []);
        }
        // as programs write it that know no accents, and another name
        let accented = patient("607", "SYNTH\u{dc}TIC^\u{d6}NE", "", "");
        for name in ["SYNTHUETIC^OENE", "Synthutic^One"] {
            assert_eq!(differing(&accented, &patient("607", name, "", "")), []);
        }
        for name in ["SYNTHOETIC^OENE", "SYNTHAUTIC^OENE"] {
            let other = patient("607", name, "", "");
            assert_eq!(differing(&accented, &other), [PatientAttribute::Name]);
        }
    }

    #[test]
    fn what_differs_is_named_with_its_files() {
        use PatientAttribute::{BirthDate, Id, Issuer, Name, Sex};
        let one = patient("607", "SYNTHETIC^ONE", "19800517", "F");
        let other = patient("706", "SYNTHETIC^TWO", "19800518", "M");
        assert_eq!(differing(&one, &other), [Id, Name, BirthDate, Sex]);
        let issued = |by: &str| Patient {
            issuer: Some(by.into()),
            ..one.clone()
        };
        assert_eq!(differing(&issued("A"), &issued("B")), [Issuer]);
        assert_eq!(differing(&issued("A"), &one), []);
        // in another alphabet, with the first alike, missing in one, or missing in both
        let in_two = |second: &str| patient("607", &format!("SYNTHETIC^ONE={second}"), "", "");
        assert_eq!(differing(&in_two("合成^一"), &in_two("合成^二")), [Name]);
        assert_eq!(differing(&in_two("合成^一"), &in_two("合成^一")), []);
        assert_eq!(differing(&in_two("合成^一"), &one), []);
        let second_alone = |second: &str| patient("607", &format!("={second}"), "", "");
        assert_eq!(
            differing(&second_alone("合成^一"), &second_alone("合成^二")),
            [Name]
        );
        assert_eq!(differing(&second_alone("合成^一"), &one), []);
        let by_entity = |entity: &str| Patient {
            issuer_entity: Some(entity.into()),
            ..issued("A")
        };
        assert_eq!(
            differing(&by_entity("2.25.1"), &by_entity("2.25.2")),
            [Issuer]
        );
        assert_eq!(differing(&by_entity("2.25.1"), &issued("A")), []);
        let nameless = patient("607", "", "", "");
        let compared = PatientComparison::new(&[&one, &nameless, &other, &one]);
        assert!(compared.other_id());
        assert_eq!(compared.differences[0].alike, [vec![0, 1, 3], vec![2]]);
        assert_eq!(compared.differences[1].alike, [vec![0, 3], vec![2]]);
        // an anonymised date is compared as it is written
        let born = |date: &str| patient("607", "", date, "");
        assert_eq!(
            differing(&born("1980ANON0517"), &born("19800517")),
            [BirthDate]
        );
        assert_eq!(differing(&born("1980-5-17"), &born("1980517")), [BirthDate]);
        assert_eq!(differing(&born("1980-05-17"), &born("1980/05/17")), []);
        // a slip of a digit is another ID, with or without zeros in front
        assert_eq!(differing(&one, &patient("0607", "", "", "")), [Id]);
    }
}
