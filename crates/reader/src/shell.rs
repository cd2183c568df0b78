//! Words of a command that can be pasted into a shell.

/// Longer words are not pasted.
const LONGEST: usize = 120;

/// A text as one word of a command line that a person may paste: as it stands where no shell gives a character of it a
/// meaning, in double quotes where it has blanks too, else in the single quotes of a POSIX shell, within which nothing is
/// executed. None where it cannot be shown as it is: with line breaks, other control characters or marks that are not
/// seen, or with more than 120 characters.
///
/// ```
/// use chemorad_reader::shell_word;
/// assert_eq!(shell_word("height_cm=Height").as_deref(), Some("height_cm=Height"));
/// assert_eq!(shell_word("height_cm=Height cm").as_deref(), Some("\"height_cm=Height cm\""));
/// assert_eq!(shell_word("id=$(date)").as_deref(), Some("'id=$(date)'"));
/// assert_eq!(shell_word("patient's id").as_deref(), Some(r"'patient'\''s id'"));
/// assert_eq!(shell_word("two\nlines"), None);
/// ```
#[must_use]
pub fn shell_word(text: &str) -> Option<String> {
    let is_shown = |one: char| matches!(one, '\'' | '"' | '\\') || one.escape_debug().count() == 1;
    if text.chars().count() > LONGEST || !text.chars().all(is_shown) {
        return None;
    }
    // blanks that are none of a keyboard look like others
    if text.chars().any(|one| one.is_whitespace() && one != ' ') {
        return None;
    }
    let is_plain = |one: char| {
        one.is_alphanumeric() || matches!(one, '_' | '-' | '.' | ',' | '/' | ':' | '=' | '+' | '@')
    };
    let begins = text.chars().next();
    Some(if begins.is_some() && text.chars().all(is_plain) {
        text.to_string()
    } else if begins.is_some() && text.chars().all(|one| is_plain(one) || one == ' ') {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_executed() {
        for text in [
            "`x`", "$(rm x)", "$HOME", "a;b", "a&b", "a|b", "a>b", "a<b", "a*", "a?", "[a]",
            "{a,b}", "~", "!x", "#x", "a\\b", "a\"b", "(a)", "%PATH%", "",
        ] {
            assert_eq!(shell_word(text), Some(format!("'{text}'")), "{text}");
        }
        for text in [
            "a\tb",
            "a\rb",
            "\u{1b}[31m",
            "a\u{202e}b",
            "a\u{a0}b",
            "a\u{200b}b",
            "\0",
        ] {
            assert_eq!(shell_word(text), None, "{text:?}");
        }
        assert_eq!(shell_word(&"x".repeat(121)), None);
        assert_eq!(shell_word("Größe").as_deref(), Some("Größe"));
    }

    /// What a POSIX shell makes of a word in single quotes.
    #[test]
    fn a_quote_within_is_one() {
        assert_eq!(shell_word("it's").as_deref(), Some(r"'it'\''s'"));
    }
}
