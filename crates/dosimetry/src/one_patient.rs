//! Whether several files are about one person.

use std::fmt;

use chemorad::report::{Finding, Identifying};

use super::patient::Patient;

/// A file that goes with a plan and is held against it for whom it is about, such as a structure set.
///
/// ```
/// use chemorad_dosimetry::{Patient, PatientFile};
/// let file = PatientFile {
///     source: "structures.dcm".into(),
///     uid: None,
///     patient: Patient::default(),
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

    /// The attribute of a patient as it is compared; `None` where the file does not state it. Case,
    /// empty parts of a name and the punctuation of a date are no difference.
    fn of(self, patient: &Patient) -> Option<String> {
        let text = match self {
            Self::Id => patient.id.as_deref()?.trim().to_string(),
            Self::Issuer => patient.issuer.as_deref()?.trim().to_string(),
            Self::Name => comparable_name(patient.name.as_deref()?),
            Self::BirthDate => comparable_date(patient.birth_date.as_deref()?),
            Self::Sex => patient.sex.as_deref()?.trim().to_uppercase(),
        };
        (!text.is_empty()).then_some(text)
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

/// The name in its first alphabet, part by part.
fn comparable_name(name: &str) -> String {
    let mut alphabets = name.split('=').filter(|name| !name.trim().is_empty());
    let first = alphabets.next().unwrap_or_default();
    let parts: Vec<String> = first
        .split('^')
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .map(|part| part.to_uppercase())
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
        let without_id =
            |(_, patient): &(usize, &&Patient)| PatientAttribute::Id.of(patient).is_none();
        let places = patients.iter().enumerate();
        Self {
            without_id: places.filter(without_id).map(|(place, _)| place).collect(),
            files: patients.len(),
            differences: PatientAttribute::ALL
                .into_iter()
                .filter_map(|attribute| {
                    let values = patients.iter().map(|patient| attribute.of(patient));
                    let alike = alike(values);
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
        for other in [
            patient("607 ", "Synthetic^One^^^", "1980.05.17", "f"),
            patient("607", " synthetic ^one=合成^一", "1980-05-17", ""),
            patient("607", "", "", ""),
            patient("", "SYNTHETIC^ONE", "", ""),
        ] {
            assert_eq!(differing(&one, &other), []);
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
        let nameless = patient("607", "", "", "");
        let compared = PatientComparison::new(&[&one, &nameless, &other, &one]);
        assert!(compared.other_id());
        assert_eq!(compared.differences[0].alike, [vec![0, 1, 3], vec![2]]);
        assert_eq!(compared.differences[1].alike, [vec![0, 3], vec![2]]);
        // a slip of a digit is another ID, with or without zeros in front
        assert_eq!(differing(&one, &patient("0607", "", "", "")), [Id]);
    }
}
