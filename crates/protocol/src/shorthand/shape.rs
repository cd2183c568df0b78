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
    /// The same, and the passage that the table itself rests on.
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
        ("infusion", PLAIN),
        ("days", PLAIN),
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
