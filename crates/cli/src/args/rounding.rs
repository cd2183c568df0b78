//! The rule of rounding as a flag.

use chemorad::radiobiology::Rounding;
use clap::ValueEnum;

/// How a number becomes one that can be given.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Rule {
    Nearest,
    Down,
    Up,
}

impl From<Rule> for Rounding {
    fn from(rule: Rule) -> Self {
        match rule {
            Rule::Nearest => Self::Nearest,
            Rule::Down => Self::Down,
            Rule::Up => Self::Up,
        }
    }
}
