//! A text without what typesetting changes: white space, hyphens at line ends, superscripts, quotation
//! marks, dashes, ligatures.

/// A folded text, and where each of its bytes comes from.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) text: String,
    /// For each byte of the folded text, the byte of the original.
    places: Vec<usize>,
}

impl Folded {
    pub(super) fn new(original: &str) -> Self {
        let mut out = Self {
            text: String::new(),
            places: Vec::new(),
        };
        let mut gap = false;
        for (at, c) in original.char_indices() {
            if is_blank(c) {
                gap = true;
                continue;
            }
            let rest = &original[at + c.len_utf8()..];
            // 825 mg/m^2, and marks that Markdown puts before a sign
            let marks = (c == '^' && rest.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
                || (c == '\\' && rest.starts_with(|c: char| c.is_ascii_punctuation()));
            if marks {
                continue;
            }
            let folded = fold(c);
            let joins = folded == "-"
                && !gap
                && out.text.ends_with(char::is_alphabetic)
                && rest
                    .trim_start_matches(is_blank)
                    .starts_with(char::is_alphabetic);
            if joins {
                // dose-escalated, and a word that the end of a line divides
                continue;
            }
            // arm 1 825 mg is not 1825 mg
            if gap && c.is_ascii_digit() && out.text.ends_with(|c: char| c.is_ascii_digit()) {
                out.push(" ", at);
            }
            gap = false;
            match folded {
                "" => out.push(c.encode_utf8(&mut [0; 4]), at),
                folded => out.push(folded, at),
            }
        }
        out
    }

    fn push(&mut self, text: &str, at: usize) {
        self.text.push_str(text);
        self.places.extend(text.bytes().map(|_| at));
    }

    /// The byte of the original that a byte of the folded text comes from.
    pub(super) fn place(&self, at: usize) -> Option<usize> {
        self.places.get(at).copied()
    }
}

pub(super) fn is_blank(c: char) -> bool {
    // the soft hyphen and what has no width
    c.is_whitespace()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
        )
}

/// What a character is written as otherwise; nothing where it stays.
const fn fold(c: char) -> &'static str {
    match c {
        '⁰' | '₀' => "0",
        '¹' | '₁' => "1",
        '²' | '₂' => "2",
        '³' | '₃' => "3",
        '⁴' | '₄' => "4",
        '⁵' | '₅' => "5",
        '⁶' | '₆' => "6",
        '⁷' | '₇' => "7",
        '⁸' | '₈' => "8",
        '⁹' | '₉' => "9",
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
        '\'' | '‘' | '’' | '‚' | '‛' | '′' | '`' => "'",
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⁻' => "-",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'μ' => "µ",
        _ => "",
    }
}
