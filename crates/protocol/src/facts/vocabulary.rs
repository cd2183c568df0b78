//! The facts of pathology that every protocol can ask for without declaring them, and the name of a
//! fact.

use core::cmp::Ordering;
use core::fmt;

use chemorad::number::Decimal;
use chemorad::text::{List, Text};

use super::fact::{DeclaredFact, FactKind};
use super::pathology::{
    Differentiation, LymphovascularInvasion, Margin, MetastasisStage, NodalStage,
    PathologicalTumourStage, SubmucosalDepth, SubmucosalLevel,
};
use super::value::FactValue;

/// A fact of pathology: a declared fact whose declaration is built in.
pub(crate) struct BuiltInFact {
    fact: Fact,
    question: &'static str,
    kind: BuiltInKind,
    parse: fn(&str) -> Result<FactValue, String>,
    /// The letter of a T, N or M stage: its digit must stand in what is quoted for it.
    pub(crate) stage: Option<char>,
}

enum BuiltInKind {
    /// The codes of a type.
    Codes(fn() -> Vec<&'static str>),
    /// A length in millimetres, to the micrometre, of which a protocol names the limit it is above.
    Millimetres,
}

macro_rules! coded {
    ($fact:ident, $kind:ty, $question:literal, $stage:expr) => {
        BuiltInFact {
            fact: Fact::$fact,
            question: $question,
            kind: BuiltInKind::Codes(|| <$kind>::ALL.iter().map(|one| one.code()).collect()),
            parse: |text| {
                let value = text.parse::<$kind>();
                value
                    .map(FactValue::from)
                    .map_err(|error| error.to_string())
            },
            stage: $stage,
        }
    };
}

const VOCABULARY: &[BuiltInFact] = &[
    coded!(
        TUMOUR_STAGE,
        PathologicalTumourStage,
        "What is pT?",
        Some('T')
    ),
    coded!(NODAL_STAGE, NodalStage, "What is N?", Some('N')),
    coded!(METASTASIS, MetastasisStage, "What is M?", Some('M')),
    coded!(
        DIFFERENTIATION,
        Differentiation,
        "How is the tumour differentiated?",
        None
    ),
    coded!(
        LYMPHOVASCULAR_INVASION,
        LymphovascularInvasion,
        "Are lymphatic or blood vessels invaded?",
        None
    ),
    coded!(
        MARGIN,
        Margin,
        "Is the resection margin free of tumour?",
        None
    ),
    coded!(
        SUBMUCOSAL_LEVEL,
        SubmucosalLevel,
        "Which third of the submucosa is reached?",
        None
    ),
    BuiltInFact {
        fact: Fact::SUBMUCOSAL_DEPTH,
        question: "How deep is the submucosa invaded?",
        kind: BuiltInKind::Millimetres,
        parse: |text| {
            let depth = text.parse::<SubmucosalDepth>();
            depth
                .map(FactValue::from)
                .map_err(|error| error.to_string())
        },
        stage: None,
    },
];

impl BuiltInFact {
    /// A value of this fact, in any of its spellings.
    pub(crate) fn parse(&self, text: &str) -> Result<FactValue, String> {
        (self.parse)(text)
    }

    /// The smallest step of a quantity; `None` of a choice.
    pub(crate) const fn step(&self) -> Option<Decimal> {
        match self.kind {
            BuiltInKind::Codes(_) => None,
            BuiltInKind::Millimetres => Decimal::new(1, -3),
        }
    }

    fn declaration(&self) -> DeclaredFact {
        DeclaredFact {
            id: self.fact.0.clone(),
            question: Text::constant(self.question),
            kind: match self.kind {
                BuiltInKind::Codes(codes) => {
                    let codes: Vec<Text> = codes().into_iter().map(Text::constant).collect();
                    FactKind::Choices(List::from(codes))
                }
                BuiltInKind::Millimetres => FactKind::Quantity {
                    unit: Text::constant("mm"),
                    min: None,
                    max: None,
                },
            },
        }
    }
}

/// A fact by its name: one of pathology, or one that the protocol declares.
///
/// ```
/// use chemorad_protocol::Fact;
/// assert_eq!(Fact::named("margin"), Fact::MARGIN);
/// assert!(Fact::MARGIN.is_of_pathology());
/// assert_eq!(Fact::named("response").name(), "response");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Fact(Text);

macro_rules! names {
    ($($constant:ident = $name:literal,)+) => {
        impl Fact {
            $(
                #[doc = concat!("`", $name, "`")]
                pub const $constant: Self = Self(Text::constant($name));
            )+

            /// Every fact of pathology, in the order of the fields of
            /// [`Pathology`](crate::Pathology).
            pub const ALL: &'static [Self] = &[$(Self::$constant,)+];
        }
    };
}

names! {
    TUMOUR_STAGE = "tumour_stage",
    NODAL_STAGE = "nodal_stage",
    METASTASIS = "metastasis",
    DIFFERENTIATION = "differentiation",
    LYMPHOVASCULAR_INVASION = "lymphovascular_invasion",
    MARGIN = "margin",
    SUBMUCOSAL_LEVEL = "submucosal_level",
    SUBMUCOSAL_DEPTH = "submucosal_depth",
}

impl Fact {
    /// The fact of this name.
    pub fn named(name: impl Into<Text>) -> Self {
        Self(name.into())
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &str {
        self.0.as_str()
    }

    /// Whether it is one of pathology; the protocol declares it otherwise.
    #[must_use]
    pub fn is_of_pathology(&self) -> bool {
        self.built_in().is_some()
    }

    pub(crate) fn built_in(&self) -> Option<&'static BuiltInFact> {
        VOCABULARY.iter().find(|known| known.fact == *self)
    }

    /// The declaration of a fact of pathology.
    ///
    /// ```
    /// use chemorad_protocol::Fact;
    /// let margin = Fact::MARGIN.declaration().unwrap();
    /// assert_eq!(margin.accepted(), "one of: negative, positive");
    /// ```
    #[must_use]
    pub fn declaration(&self) -> Option<DeclaredFact> {
        self.built_in().map(BuiltInFact::declaration)
    }
}

/// Facts of pathology in their order, then declared ones by name.
impl Ord for Fact {
    fn cmp(&self, other: &Self) -> Ordering {
        let rank = |fact: &Self| Self::ALL.iter().position(|known| known == fact);
        let rank = |fact: &Self| rank(fact).unwrap_or(Self::ALL.len());
        rank(self)
            .cmp(&rank(other))
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Fact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
