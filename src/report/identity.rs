//! What names a person: withheld unless the reader asked to see it.

use alloc::format;
use alloc::string::{String, ToString};
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
/// assert_eq!(label.to_string(), "(withheld: it names the patient)");
/// assert_eq!(label.clone().shown().to_string(), "Doe boost");
/// assert_eq!(Identifying::<String>::from("boost").to_string(), "boost");
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifying<T> {
    value: T,
    names_a_person: bool,
    shown: bool,
    stand_in: Option<String>,
}

/// What stands where a value is withheld.
const WITHHELD: &str = "(withheld: it names the patient)";

impl<T> Identifying<T> {
    /// A value, and whether it names a person.
    pub const fn new(value: T, names_a_person: bool) -> Self {
        Self {
            value,
            names_a_person,
            shown: false,
            stand_in: None,
        }
    }

    /// Shows the value: the reader asked to see what names the patient.
    #[must_use]
    pub fn shown(mut self) -> Self {
        self.shown = true;
        self
    }

    /// Sets what to call it where it is withheld, so that several can be told apart.
    ///
    /// ```
    /// use chemorad::report::Identifying;
    /// let file = Identifying::new("DOE.dcm", true).called("file 3");
    /// assert_eq!(file.to_string(), "file 3");
    /// assert_eq!(file.reveal(), &"DOE.dcm");
    /// ```
    #[must_use]
    pub fn called(mut self, stand_in: impl Into<String>) -> Self {
        self.stand_in = Some(stand_in.into());
        self
    }

    /// A value made from this one, that names a person where this one does and is shown where it is.
    ///
    /// ```
    /// use chemorad::report::Identifying;
    /// let label = Identifying::new("Doe".to_string(), true);
    /// let second = label.derived(|name| format!("{name} 2"));
    /// assert_eq!(second.to_string(), "(withheld: it names the patient)");
    /// assert_eq!(second.reveal(), "Doe 2");
    /// ```
    #[must_use]
    pub fn derived<U>(&self, make: impl FnOnce(&T) -> U) -> Identifying<U> {
        Identifying {
            value: make(&self.value),
            names_a_person: self.names_a_person,
            shown: self.shown,
            stand_in: self.stand_in.clone(),
        }
    }

    /// Whether it names a person.
    pub const fn names_a_person(&self) -> bool {
        self.names_a_person
    }

    /// The value itself, to compare and never to print.
    pub const fn reveal(&self) -> &T {
        &self.value
    }

    /// What is said of the value where it may be shown, and of what stands for it elsewhere.
    fn withheld(&self) -> Option<&str> {
        if self.names_a_person && !self.shown {
            Some(self.stand_in.as_deref().unwrap_or(WITHHELD))
        } else {
            None
        }
    }
}

impl<T: fmt::Debug> Identifying<T> {
    /// In quotation marks, as a text within a sentence; what is withheld stands without them.
    ///
    /// ```
    /// use chemorad::report::Identifying;
    /// assert_eq!(Identifying::<String>::from("boost").quoted(), "\"boost\"");
    /// let label = Identifying::new("Doe boost", true);
    /// assert_eq!(label.quoted(), "(withheld: it names the patient)");
    /// ```
    pub fn quoted(&self) -> String {
        match self.withheld() {
            Some(stand_in) => stand_in.to_string(),
            None => format!("{:?}", self.value),
        }
    }
}

/// A value that names nobody.
impl<T> From<T> for Identifying<T> {
    fn from(value: T) -> Self {
        Self::new(value, false)
    }
}

/// A text that names nobody.
impl From<&str> for Identifying<String> {
    fn from(text: &str) -> Self {
        Self::new(text.to_string(), false)
    }
}

/// A text that names nobody.
impl From<&String> for Identifying<String> {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl<T: fmt::Display> fmt::Display for Identifying<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.withheld() {
            Some(stand_in) => f.pad(stand_in),
            None => self.value.fmt(f),
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
        match self.withheld() {
            Some(stand_in) => serializer.serialize_str(stand_in),
            None => self.value.serialize(serializer),
        }
    }
}
