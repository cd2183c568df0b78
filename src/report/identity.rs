//! What names a person: withheld unless the reader asked to see it.

use core::fmt;

/// A value that may name a person, such as a plan's label that holds the patient's name.
///
/// Whether it names one is settled once, where the value is read; whether it is shown is the
/// reader's choice. Text and serde of a withheld value say only that it is withheld, and debug
/// output never shows it.
///
/// ```
/// use chemorad::report::Identifying;
///
/// let label = Identifying::new("Doe boost", true);
/// assert_eq!(label.to_string(), "(withheld: names the patient)");
/// assert_eq!(label.clone().shown().to_string(), "Doe boost");
/// assert_eq!(Identifying::new("boost", false).to_string(), "boost");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifying<T> {
    value: T,
    names_a_person: bool,
    shown: bool,
}

/// What stands where a value is withheld.
const WITHHELD: &str = "(withheld: names the patient)";

impl<T> Identifying<T> {
    /// A value, and whether it names a person.
    pub const fn new(value: T, names_a_person: bool) -> Self {
        Self {
            value,
            names_a_person,
            shown: false,
        }
    }

    /// The same, shown: the reader asked to see what names the patient.
    #[must_use]
    pub fn shown(mut self) -> Self {
        self.shown = true;
        self
    }

    /// Whether it names a person.
    pub const fn names_a_person(&self) -> bool {
        self.names_a_person
    }

    /// The value itself, to compare and never to print.
    pub const fn reveal(&self) -> &T {
        &self.value
    }

    const fn is_withheld(&self) -> bool {
        self.names_a_person && !self.shown
    }
}

impl<T: fmt::Display> fmt::Display for Identifying<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_withheld() {
            f.pad(WITHHELD)
        } else {
            self.value.fmt(f)
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Identifying<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.names_a_person {
            f.write_str("Identifying(not shown)")
        } else {
            self.value.fmt(f)
        }
    }
}

impl<T: serde::Serialize> serde::Serialize for Identifying<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_withheld() {
            serializer.serialize_str(WITHHELD)
        } else {
            self.value.serialize(serializer)
        }
    }
}
