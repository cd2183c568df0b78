//! Where the values of a protocol file stand: what cites a passage.

/// A part of a file, as far as it cites passages.
#[derive(Debug)]
pub(crate) enum Shape {
    /// A table, by its fields.
    Table {
        /// What its own `from` is.
        from: From,
        fields: &'static [(&'static str, Shape)],
    },
    List(&'static Shape),
    /// A value with its status.
    Value(Content),
    /// A question outside a value.
    Question,
    /// A condition outside a value.
    Condition,
}

/// What `from` is in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// The passage of the values in it that cite none themselves.
    Default,
    /// Such a table, and the passage that it rests on itself.
    Own,
    /// A value like others.
    Field,
}

/// What a value holds, as far as it can be written in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    Plain,
    /// A condition, or a test of a fact.
    Condition,
}

impl Shape {
    /// The shape of a field.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Self> {
        match self {
            Self::Table { fields, .. } => fields
                .iter()
                .find(|(field, _)| *field == name)
                .map(|(_, shape)| shape),
            _ => None,
        }
    }
}

const PLAIN: Shape = Shape::Value(Content::Plain);
const CONDITION: Shape = Shape::Value(Content::Condition);

const DOSE: Shape = Shape::Table {
    from: From::Default,
    fields: &[("fractionation", PLAIN), ("dose_per_fraction", PLAIN)],
};

const START: Shape = Shape::Table {
    from: From::Field,
    fields: &[("from", PLAIN), ("weeks", PLAIN), ("days", PLAIN)],
};

const DRUG: Shape = Shape::Table {
    from: From::Default,
    fields: &[
        ("drug", PLAIN),
        ("route", PLAIN),
        ("intensity", PLAIN),
        ("administrations_per_day", PLAIN),
        ("intensity_per_day", PLAIN),
        ("dose", PLAIN),
        ("cap", PLAIN),
        ("infusion", PLAIN),
        ("days", PLAIN),
        ("day_one", PLAIN),
        ("first_fraction", PLAIN),
        (
            "adjustments",
            Shape::List(&Shape::Table {
                from: From::Default,
                fields: &[("rule_set", PLAIN)],
            }),
        ),
        ("site_policy", Shape::List(&Shape::Question)),
    ],
};

const OPTION: Shape = Shape::Table {
    from: From::Own,
    fields: &[(
        "actions",
        Shape::List(&Shape::Table {
            from: From::Default,
            fields: &[
                ("course", PLAIN),
                ("concurrent_drugs", PLAIN),
                ("drugs", PLAIN),
                ("start", START),
            ],
        }),
    )],
};

/// A whole file.
pub(crate) const PROTOCOL: Shape = Shape::Table {
    from: From::Field,
    fields: &[
        (
            "volumes",
            Shape::List(&Shape::Table {
                from: From::Default,
                fields: &[("called", PLAIN), ("inside", PLAIN)],
            }),
        ),
        (
            "phases",
            Shape::List(&Shape::Table {
                from: From::Default,
                fields: &[("modality", PLAIN), ("doses", Shape::List(&DOSE))],
            }),
        ),
        (
            "courses",
            Shape::List(&Shape::Table {
                from: From::Own,
                fields: &[
                    ("order", PLAIN),
                    ("fractions_per_week", PLAIN),
                    ("totals", Shape::List(&DOSE)),
                ],
            }),
        ),
        ("drugs", Shape::List(&DRUG)),
        ("start", START),
        (
            "eligibility",
            Shape::List(&Shape::Table {
                from: From::Default,
                fields: &[("tests", Shape::List(&PLAIN))],
            }),
        ),
        (
            "risk_features",
            Shape::List(&Shape::Table {
                from: From::Default,
                fields: &[("test", CONDITION)],
            }),
        ),
        (
            "arms",
            Shape::List(&Shape::Table {
                from: From::Default,
                fields: &[("when", CONDITION), ("options", Shape::List(&OPTION))],
            }),
        ),
        (
            "ambiguities",
            Shape::List(&Shape::Table {
                from: From::Default,
                fields: &[("question", Shape::Question), ("when", Shape::Condition)],
            }),
        ),
        (
            "limits",
            Shape::List(&Shape::Table {
                from: From::Default,
                fields: &[
                    ("variation_share", PLAIN),
                    (
                        "rows",
                        Shape::List(&Shape::Table {
                            from: From::Default,
                            fields: &[("limit", PLAIN), ("variation", PLAIN)],
                        }),
                    ),
                ],
            }),
        ),
        (
            "amendments",
            Shape::List(&Shape::Table {
                from: From::Own,
                fields: &[],
            }),
        ),
    ],
};

/// The fields by which a table is a value with its status, and no value itself.
pub(crate) const STATED_BY: &[&str] = &[
    "value", "reason", "question", "values", "from", "status", "quote", "locator", "quotes", "why",
    "choices",
];

/// The fields of words in their place, which a file that lists its passages has not.
pub(crate) const WORDS_IN_PLACE: &[&str] = &["quote", "locator", "quotes"];

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use super::{Content, From, PROTOCOL, Shape};
    use serde_json::Value;

    /// What a part of the file is, by the schema of its type.
    fn check(schema: &Value, part: &Value, shape: Option<&Shape>, at: &str, seen: &mut usize) {
        if let Some(choices) = part["anyOf"].as_array() {
            let [one, null] = choices.as_slice() else {
                return;
            };
            if null["type"] == "null" {
                check(schema, one, shape, at, seen);
            }
            return;
        }
        if let Some(items) = part.get("items") {
            let inner = match shape {
                Some(Shape::List(inner)) => Some(*inner),
                Some(other) => panic!("{at} is a list, and here {other:?}"),
                None => None,
            };
            check(schema, items, inner, &format!("{at}[]"), seen);
            return;
        }
        let name = part["$ref"]
            .as_str()
            .and_then(|to| to.strip_prefix("#/$defs/"));
        let content = name.and_then(|name| name.strip_prefix("StatementOf"));
        *seen += usize::from(content.is_some());
        match (name, content) {
            (_, Some("Condition" | "FactTest")) => {
                assert!(
                    matches!(shape, Some(Shape::Value(Content::Condition))),
                    "{at}"
                );
            }
            (_, Some(_)) => assert!(
                matches!(shape, Some(Shape::Value(Content::Plain))),
                "{at} cites a passage, and here {shape:?}"
            ),
            (Some("Question"), _) => assert!(matches!(shape, Some(Shape::Question)), "{at}"),
            (Some("Condition"), _) => assert!(matches!(shape, Some(Shape::Condition)), "{at}"),
            (Some("Quote"), _) => panic!("{at} is a passage of a table that owns none"),
            (Some(name), None) => table(schema, &schema["$defs"][name], shape, at, seen),
            (None, None) => {}
        }
    }

    fn table(schema: &Value, part: &Value, shape: Option<&Shape>, at: &str, seen: &mut usize) {
        let Some(fields) = part["properties"].as_object() else {
            return;
        };
        let owns = matches!(
            shape,
            Some(Shape::Table {
                from: From::Own,
                ..
            })
        );
        for (field, part) in fields {
            if field == "quote" && owns {
                continue;
            }
            let inner = shape.and_then(|shape| shape.field(field));
            check(schema, part, inner, &format!("{at}.{field}"), seen);
        }
    }

    #[test]
    fn every_value_of_a_protocol_can_cite_its_passage() {
        let schema = include_str!("../../schema/chemorad.protocol-1.schema.json");
        let schema: Value = serde_json::from_str(schema).unwrap();
        let mut seen = 0;
        table(&schema, &schema, Some(&PROTOCOL), "", &mut seen);
        assert!(seen > 30, "{seen}");
    }
}
