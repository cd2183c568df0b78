//! Arms, the options they offer, and the steps of an option.

use super::start::StartWindow;
use crate::facts::condition::Condition;
use crate::statement::{Question, Quote, Statement};
use chemorad::text::{List, Text};

/// A surgical procedure.
///
/// In a file `"re_excision"`, `"total_mesorectal_excision"`, or another in words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Procedure {
    /// A second local excision.
    ReExcision,
    /// Total mesorectal excision.
    TotalMesorectalExcision,
    /// Another, in words.
    Other(Text),
}

impl Procedure {
    /// The word it is written with in a file.
    #[must_use]
    pub const fn code(&self) -> &str {
        match self {
            Self::ReExcision => "re_excision",
            Self::TotalMesorectalExcision => "total_mesorectal_excision",
            Self::Other(words) => words.as_str(),
        }
    }
}

impl core::fmt::Display for Procedure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(match self {
            Self::ReExcision => "re-excision",
            Self::TotalMesorectalExcision => "total mesorectal excision",
            Self::Other(words) => words,
        })
    }
}

/// One step of an option. Each may have its own start window, counted from an event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "a constant cannot hold a box")]
pub enum Action {
    /// Active surveillance: no treatment now.
    ActiveSurveillance,
    /// A course of radiotherapy, with or without drugs.
    Radiotherapy {
        /// The course, by its id.
        course: Statement<Text>,
        /// The drugs given with it, by their ids; an empty list is radiotherapy alone.
        concurrent_drugs: Statement<List<Text>>,
        /// When it begins.
        start: Option<StartWindow>,
    },
    /// Drugs without radiotherapy.
    Drugs {
        /// The drugs, by their ids.
        drugs: Statement<List<Text>>,
        /// When they begin.
        start: Option<StartWindow>,
    },
    /// An operation.
    Surgery {
        /// Which.
        procedure: Procedure,
        /// When.
        start: Option<StartWindow>,
    },
}

impl Action {
    /// When the step begins, where it has its own window.
    #[must_use]
    pub const fn start(&self) -> Option<&StartWindow> {
        match self {
            Self::ActiveSurveillance => None,
            Self::Radiotherapy { start, .. }
            | Self::Drugs { start, .. }
            | Self::Surgery { start, .. } => start.as_ref(),
        }
    }

    /// The drugs it may give: those stated or derived, and those of every answer where the text
    /// leaves them open.
    #[must_use]
    pub const fn drugs(&self) -> Option<&Statement<List<Text>>> {
        match self {
            Self::Radiotherapy {
                concurrent_drugs, ..
            } => Some(concurrent_drugs),
            Self::Drugs { drugs, .. } => Some(drugs),
            _ => None,
        }
    }

    /// What the text leaves open about it.
    #[must_use]
    pub fn questions(&self) -> Vec<&Question> {
        let course = match self {
            Self::Radiotherapy { course, .. } => course.question(),
            _ => None,
        };
        let drugs = self.drugs().and_then(Statement::question);
        let start = self.start().map(StartWindow::questions).unwrap_or_default();
        course.into_iter().chain(drugs).chain(start).collect()
    }
}

/// One of the treatments an arm offers: its steps in order.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TreatmentOption {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// What it is, for a reader.
    pub title: Text,
    /// The words that offer it.
    pub quote: Quote,
    /// The steps, in order.
    pub actions: List<Action>,
}

/// Who gets what: a condition and the treatments offered to those who meet it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Arm {
    /// Its name, unique in the protocol.
    pub id: Text,
    /// What it is, for a reader.
    pub title: Text,
    /// Who belongs to it.
    pub when: Statement<Condition>,
    /// What is offered; more than one is a choice for patient and physician.
    pub options: List<TreatmentOption>,
}

mod shape {

    use serde::de::Error as _;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Action, Procedure, StartWindow, Statement};
    use chemorad::text::{List, Text};

    impl Serialize for Procedure {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.code())
        }
    }

    impl<'de> Deserialize<'de> for Procedure {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = String::deserialize(deserializer)?;
            Ok(match text.as_str() {
                "re_excision" => Self::ReExcision,
                "total_mesorectal_excision" => Self::TotalMesorectalExcision,
                "" => return Err(D::Error::custom("a procedure needs its name")),
                _ => Self::Other(Text::from(text)),
            })
        }
    }

    #[derive(Clone, Copy, Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        ActiveSurveillance,
        Radiotherapy,
        Drugs,
        Surgery,
    }

    #[derive(Serialize, Deserialize)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(deny_unknown_fields)]
    struct Shape {
        action: Kind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        course: Option<Statement<Text>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        concurrent_drugs: Option<Statement<List<Text>>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        drugs: Option<Statement<List<Text>>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        procedure: Option<Procedure>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<StartWindow>,
    }

    impl Shape {
        const fn of(action: Kind) -> Self {
            Self {
                action,
                course: None,
                concurrent_drugs: None,
                drugs: None,
                procedure: None,
                start: None,
            }
        }
    }

    impl Serialize for Action {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self.clone() {
                Self::ActiveSurveillance => Shape::of(Kind::ActiveSurveillance),
                Self::Radiotherapy {
                    course,
                    concurrent_drugs,
                    start,
                } => Shape {
                    course: Some(course),
                    concurrent_drugs: Some(concurrent_drugs),
                    start,
                    ..Shape::of(Kind::Radiotherapy)
                },
                Self::Drugs { drugs, start } => Shape {
                    drugs: Some(drugs),
                    start,
                    ..Shape::of(Kind::Drugs)
                },
                Self::Surgery { procedure, start } => Shape {
                    procedure: Some(procedure),
                    start,
                    ..Shape::of(Kind::Surgery)
                },
            }
            .serialize(serializer)
        }
    }

    impl<'de> Deserialize<'de> for Action {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let shape = Shape::deserialize(deserializer)?;
            let missing = D::Error::missing_field;
            let belongs: &[&str] = match shape.action {
                Kind::ActiveSurveillance => &[],
                Kind::Radiotherapy => &["course", "concurrent_drugs", "start"],
                Kind::Drugs => &["drugs", "start"],
                Kind::Surgery => &["procedure", "start"],
            };
            for (name, there) in [
                ("course", shape.course.is_some()),
                ("concurrent_drugs", shape.concurrent_drugs.is_some()),
                ("drugs", shape.drugs.is_some()),
                ("procedure", shape.procedure.is_some()),
                ("start", shape.start.is_some()),
            ] {
                if there && !belongs.contains(&name) {
                    let message = format!("the field `{name}` has no place in this action");
                    return Err(D::Error::custom(message));
                }
            }
            Ok(match shape.action {
                Kind::ActiveSurveillance => Self::ActiveSurveillance,
                Kind::Radiotherapy => Self::Radiotherapy {
                    course: shape.course.ok_or_else(|| missing("course"))?,
                    concurrent_drugs: shape
                        .concurrent_drugs
                        .ok_or_else(|| missing("concurrent_drugs"))?,
                    start: shape.start,
                },
                Kind::Drugs => Self::Drugs {
                    drugs: shape.drugs.ok_or_else(|| missing("drugs"))?,
                    start: shape.start,
                },
                Kind::Surgery => Self::Surgery {
                    procedure: shape.procedure.ok_or_else(|| missing("procedure"))?,
                    start: shape.start,
                },
            })
        }
    }

    #[cfg(feature = "schema")]
    chemorad::schema::schema_of!(Action, "Action", |generator| {
        <Shape as schemars::JsonSchema>::json_schema(generator)
    });

    #[cfg(feature = "schema")]
    chemorad::schema::schema_of!(Procedure, "Procedure", |_generator| {
        chemorad::schema::text(
            "re_excision, total_mesorectal_excision, or another in words",
            "[a-z]",
        )
    });
}
