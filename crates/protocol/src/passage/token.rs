//! The tokens of a passage: numbers, words and signs, with the spellings of print folded.

use chemorad::number::Decimal;
use core::fmt;
use winnow::stream::TokenSlice;

/// One number, word or sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// In lower case, with superscripts, dashes and comparison signs folded.
    pub(crate) text: String,
    /// Its value where it is a number.
    pub(crate) number: Option<Decimal>,
    /// Where it stands in the passage, in bytes.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// White space stands before it.
    pub(crate) spaced: bool,
    /// A word in capitals: `CAP`, `LV`.
    pub(crate) capital: bool,
}

/// A stream of tokens.
pub(crate) type Tokens<'t> = TokenSlice<'t, Token>;

impl PartialEq<&str> for Token {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Token {
    /// Begins with a letter.
    pub(crate) fn is_word(&self) -> bool {
        self.text.starts_with(char::is_alphabetic)
    }
}

/// Numerals.
pub(crate) const NUMBER_WORDS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// A character as a plain one: `²` is 2, `−` a hyphen, `×` an x.
fn folded(c: char) -> char {
    match c {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '’' => '\'',
        '⁻' | '−' | '–' | '—' | '‐' | '‑' | '‒' | '－' | '~' | '∼' | '～' => '-',
        '×' | '✕' | '∗' => 'x',
        '∕' | '⁄' => '/',
        '⩽' | '≦' => '≤',
        '⩾' | '≧' => '≥',
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{200a}' => ' ',
        '·' | '⋅' | '∙' | '•' => '·',
        'µ' => 'μ',
        other => other,
    }
}

/// The tokens of a passage, in order.
pub(crate) fn tokens(passage: &str) -> Vec<Token> {
    let characters: Vec<(usize, char)> = passage
        .char_indices()
        .map(|(at, c)| (at, folded(c)))
        .collect();
    let end_of = |i: usize| characters.get(i).map_or(passage.len(), |(at, _)| *at);
    let mut out = Vec::new();
    let mut i = 0;
    let mut spaced = true;
    while let Some(&(start, c)) = characters.get(i) {
        // a backslash is left over from another markup
        if c.is_whitespace() || c == '\\' {
            spaced = true;
            i += 1;
            continue;
        }
        let rest = &characters[i..];
        let (text, number, length) = if c.is_ascii_digit() {
            let (text, length) = digits(rest, out.last());
            let unread = is_ambiguous(&text, &rest[length..]);
            let number = if unread { None } else { text.parse().ok() };
            (text, number, length)
        } else if is_times(
            rest,
            !spaced && out.last().is_some_and(|last| last.number.is_some()),
        ) || is_times_alone(rest)
        {
            ("x".into(), None, 1)
        } else if c.is_alphabetic() {
            let (text, length) = word(rest);
            let number = NUMBER_WORDS
                .iter()
                .find_map(|(word, number)| (*word == text).then(|| Decimal::from(*number)));
            (text, number, length)
        } else {
            sign(rest)
        };
        out.push(Token {
            text,
            number,
            start,
            end: end_of(i + length),
            spaced,
            capital: c.is_uppercase() && rest[..length].iter().all(|(_, c)| !c.is_lowercase()),
        });
        spaced = false;
        i += length;
    }
    out
}

/// The sign between two numbers: `28x1.8 Gy`.
fn is_times(rest: &[(usize, char)], behind_number: bool) -> bool {
    let next = rest.get(1).is_some_and(|(_, c)| c.is_ascii_digit());
    behind_number && next && matches!(rest.first(), Some((_, 'x' | 'X')))
}

/// The sign before a number that stands alone: `x2/day`, `×2 daily`.
fn is_times_alone(rest: &[(usize, char)]) -> bool {
    let mut behind = rest.iter().skip(1).map(|(_, c)| *c);
    let digits = behind.by_ref().take_while(char::is_ascii_digit).count();
    let next = rest.get(1 + digits).map(|(_, c)| *c);
    matches!(rest.first(), Some((_, 'x' | 'X')))
        && (1..=2).contains(&digits)
        && !next.is_some_and(char::is_alphanumeric)
}

/// Behind these, a number ends before a space: `day 1 650 mg/m2` names day 1.
const COUNTING: &[&str] = &[
    "day", "days", "d", "week", "weeks", "cycle", "cycles", "arm", "level", "and", ",", "&", "-",
    "/", "x",
];

/// White space, then a unit of which amounts reach thousands.
fn has_small_unit(rest: &[(usize, char)]) -> bool {
    let mut letters = rest.iter().map(|(_, c)| *c).skip_while(|c| *c == ' ');
    let two = [letters.next(), letters.next()];
    two == [Some('m'), Some('g')] || two == [Some('c'), Some('G')]
}

/// `1.000 mg/m2` is a thousand in one country and one in another.
fn is_ambiguous(text: &str, behind: &[(usize, char)]) -> bool {
    let parts = text.split_once('.');
    parts.is_some_and(|(whole, rest)| whole != "0" && whole.len() <= 3 && rest.len() == 3)
        && has_small_unit(behind)
}

/// A decimal: `1,650`, `1 650` and `1'650` have thousands, `1,8` a decimal comma, `1·8` the point of some
/// journals, `1½` a half.
fn digits(rest: &[(usize, char)], before: Option<&Token>) -> (String, usize) {
    let counting = before.is_some_and(|word| COUNTING.contains(&word.text.as_str()));
    let following = |i: usize| {
        let tail = rest.get(i..).unwrap_or_default();
        tail.iter().take_while(|(_, c)| c.is_ascii_digit()).count()
    };
    let mut text = String::new();
    let (mut i, mut decimals) = (0, false);
    while let Some(&(_, c)) = rest.get(i) {
        let thousands = (1..=3).contains(&text.len()) && !decimals && following(i + 1) == 3;
        match c {
            '0'..='9' => text.push(c),
            // 1 000, 1 650 mg
            ' ' if thousands
                && (rest[i + 1..i + 4].iter().all(|(_, c)| *c == '0')
                    || (!counting && has_small_unit(&rest[i + 4..]))) => {}
            '\'' if thousands => {}
            '½' if !decimals => {
                text.push_str(".5");
                return (text, i + 1);
            }
            ',' if !decimals && text != "0" && following(i + 1) == 3 => {}
            '.' | ',' | '·' if !decimals && following(i + 1) > 0 => {
                decimals = true;
                text.push('.');
            }
            _ => break,
        }
        i += 1;
    }
    (text, i)
}

/// A word, which may end in digits (`m2`, `q21d`, `d14`); `b.i.d.` is one word.
fn word(rest: &[(usize, char)]) -> (String, usize) {
    let at = |i: usize| rest.get(i).map(|(_, c)| *c);
    let letter = |i: usize| at(i).is_some_and(char::is_alphabetic);
    // single letters with points: b.i.d., q.d., t.i.d., e.g.
    let mut pointed = 0;
    while letter(pointed) && at(pointed + 1) == Some('.') && (pointed == 0 || pointed % 2 == 0) {
        pointed += 2;
    }
    if pointed >= 4 || (pointed == 2 && letter(2) && !letter(3)) {
        let last = usize::from(letter(pointed) && !letter(pointed + 1));
        let length = pointed + last;
        let text = (0..length).filter_map(at).filter(|c| *c != '.');
        return (text.flat_map(char::to_lowercase).collect(), length);
    }
    let whole = rest.iter().take_while(|(_, c)| c.is_alphanumeric()).count();
    // "mg/m2iv" has lost its space
    let area = at(0) == Some('m') && at(1) == Some('2') && letter(2);
    // D0.1cc
    let level = matches!(at(0), Some('D' | 'V' | 'd' | 'v'))
        && (1..whole).all(|i| at(i).is_some_and(|c| c.is_ascii_digit()))
        && whole > 1
        && at(whole) == Some('.')
        && at(whole + 1).is_some_and(|c| c.is_ascii_digit());
    let tail = rest.get(whole + 1..).unwrap_or_default();
    let longer = whole + 1 + tail.iter().take_while(|(_, c)| c.is_alphanumeric()).count();
    let length = match (area, level) {
        (true, _) => 2,
        (_, true) => longer,
        _ => whole,
    };
    let text = rest[..length].iter().flat_map(|(_, c)| c.to_lowercase());
    (text.collect(), length)
}

/// Words are left out here.
pub(crate) const ELLIPSIS: &str = "…";

/// A sign; `<=` is one, and so is `+/-`.
fn sign(rest: &[(usize, char)]) -> (String, Option<Decimal>, usize) {
    let two: String = rest.iter().take(2).map(|(_, c)| *c).collect();
    let folded: Option<&str> = match two.as_str() {
        "<=" | "=<" => Some("≤"),
        ">=" | "=>" => Some("≥"),
        _ => None,
    };
    let points = rest.iter().take_while(|(_, c)| *c == '.').count();
    if points >= 3 || rest.first().is_some_and(|(_, c)| *c == '…') {
        return (ELLIPSIS.into(), None, points.max(1));
    }
    let square = rest.first().is_some_and(|(_, c)| *c == '㎡');
    let half = rest.first().is_some_and(|(_, c)| *c == '½');
    match folded {
        Some(sign) => (sign.into(), None, 2),
        None if square => ("m2".into(), None, 1),
        None if half => ("½".into(), Decimal::new(5, -1), 1),
        None => (rest[..1].iter().map(|(_, c)| *c).collect(), None, 1),
    }
}

/// Amounts of which it is not known whether they are thousands, read as thousands; with where they stand.
pub(crate) fn thousands(passage: &str) -> Vec<(Decimal, usize, usize)> {
    let unread = |token: &Token| {
        token.number.is_none() && token.text.starts_with(|c: char| c.is_ascii_digit())
    };
    let value = |token: Token| {
        Some((
            token.text.replace('.', "").parse().ok()?,
            token.start,
            token.end,
        ))
    };
    tokens(passage)
        .into_iter()
        .filter(unread)
        .filter_map(value)
        .collect()
}

/// The tokens without hyphens between words: `twice-daily` reads as `twice daily`, `twenty-five` as 25.
pub(crate) fn without_hyphens(tokens: &[Token]) -> Vec<Token> {
    let joins = |i: usize| {
        let word = |i: usize| tokens.get(i).is_some_and(|token: &Token| token.is_word());
        let tight = |i: usize| tokens.get(i).is_some_and(|token| !token.spaced);
        // "d1-d14" is a stretch of days
        let stretch = |i: usize| tokens[i].text.ends_with(|c: char| c.is_ascii_digit());
        tokens[i] == "-"
            && i > 0
            && word(i - 1)
            && word(i + 1)
            && tight(i)
            && tight(i + 1)
            && !(stretch(i - 1) && stretch(i + 1))
    };
    let keep: Vec<bool> = (0..tokens.len()).map(|i| !joins(i)).collect();
    let mut keep = keep.into_iter();
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let tight: Vec<bool> = tokens.iter().map(|token| !token.spaced).collect();
    for (i, token) in tokens.iter().enumerate() {
        if !keep.next().unwrap_or(true) {
            continue;
        }
        let joined = i > 0 && tight[i] && tokens[i - 1] == "-";
        if let (true, Some(units), Some(last)) = (joined, token.number, out.last_mut()) {
            let tens = last
                .number
                .filter(|_| last.is_word() && last.text.ends_with("ty"));
            if let Some(sum) = tens.and_then(|tens| tens.checked_add(units)) {
                last.number = Some(sum);
                last.end = token.end;
                continue;
            }
        }
        out.push(token.clone());
    }
    // "one hundred" is not one
    for i in 1..out.len() {
        if out[i] == "hundred" {
            out[i - 1].number = None;
        }
    }
    out
}
