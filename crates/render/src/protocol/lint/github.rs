//! Workflow commands of GitHub Actions: `::error file=…,line=…,col=…,title=…::message`.

use std::fmt::Write as _;

use chemorad::report::Outcome;
use chemorad_protocol::Linted;

use super::words::words;

/// One line for each finding.
#[must_use]
pub fn github(linted: &[Linted]) -> String {
    let mut out = String::new();
    for file in linted {
        for located in &file.findings {
            let command = match located.finding.outcome {
                Outcome::Fail => "error",
                Outcome::Warn | Outcome::CannotTell => "warning",
                Outcome::Pass | Outcome::NotApplicable => "notice",
            };
            let (start, end) = (located.place.start, located.place.end);
            let _ = writeln!(
                out,
                "::{command} file={},line={},col={},endColumn={},title={}::{}",
                property(&file.name),
                start.line,
                start.column,
                end.column,
                property(located.finding.code()),
                data(&words(&located.finding)),
            );
        }
    }
    out
}

/// What ends a command or an escape must be escaped; the runner turns it back.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// In a property also what ends the property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn nothing_in_a_text_can_end_the_command() {
        assert_eq!(data("50 %: a,b\r\nc"), "50 %25: a,b%0D%0Ac");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
