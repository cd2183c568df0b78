//! Findings whose words were made by the caller: what is left of them goes room by room.

use alloc::string::String;
use core::fmt;

use super::{Code, Finding, Observation, Outcome, Subject, Values};

#[derive(Debug)]
struct Written {
    code: Code,
    outcome: Outcome,
    at: Subject,
    message: String,
    values: Values,
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Observation for Written {
    fn code(&self) -> &Code {
        &self.code
    }

    fn outcome(&self) -> Outcome {
        self.outcome
    }

    fn subject(&self) -> Subject {
        self.at.clone()
    }

    fn values(&self) -> Values {
        self.values.clone()
    }
}

impl Finding {
    /// A finding without expected and found values.
    pub fn written(
        code: &'static str,
        outcome: Outcome,
        at: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self::from(Written {
            code: Code::new(code, "", "", ""),
            outcome,
            at: Subject::path(at),
            message: message.into(),
            values: Values::default(),
        })
    }

    /// The same with every text through a function.
    #[must_use]
    pub fn rewritten(&self, rewrite: impl Fn(&str) -> String) -> Self {
        let rewrite = |text: Option<String>| text.map(|text| rewrite(&text));
        let values = self.values();
        let written = Written {
            code: *self.entry(),
            outcome: self.outcome,
            at: Subject::path(rewrite(Some(self.at())).unwrap_or_default()),
            message: rewrite(Some(self.message())).unwrap_or_default(),
            values: Values {
                expected: rewrite(values.expected),
                found: rewrite(values.found),
                difference: rewrite(values.difference),
                tolerance: rewrite(values.tolerance),
                arithmetic: rewrite(values.arithmetic),
            },
        };
        Self::from(written)
    }

    fn with(mut self, set: impl FnOnce(&mut Values)) -> Self {
        if let Some(written) = self.observation_mut::<Written>() {
            set(&mut written.values);
        }
        self
    }

    /// The same with what should be there.
    #[must_use]
    pub fn with_expected(self, expected: impl Into<String>) -> Self {
        self.with(|values| values.expected = Some(expected.into()))
    }

    /// The same with what is there.
    #[must_use]
    pub fn with_found(self, found: impl Into<String>) -> Self {
        self.with(|values| values.found = Some(found.into()))
    }

    /// The same with what is there less what should be there.
    #[must_use]
    pub fn with_difference(self, difference: impl Into<String>) -> Self {
        self.with(|values| values.difference = Some(difference.into()))
    }

    /// The same with how far apart the two may be.
    #[must_use]
    pub fn with_tolerance(self, tolerance: impl Into<String>) -> Self {
        self.with(|values| values.tolerance = Some(tolerance.into()))
    }

    /// The same with the arithmetic.
    #[must_use]
    pub fn with_arithmetic(self, arithmetic: impl Into<String>) -> Self {
        self.with(|values| values.arithmetic = Some(arithmetic.into()))
    }
}
