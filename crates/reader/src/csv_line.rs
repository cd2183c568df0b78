//! How a file of CSV is divided: the mark between its cells, and the line on which a record begins.

/// The mark between the cells of a header: a comma, or a semicolon or tab that stands in it more often.
///
/// ```
/// use chemorad_reader::delimiter_of;
/// assert_eq!(delimiter_of("organ;metric;limit (Gy, cc)"), b';');
/// assert_eq!(delimiter_of("organ,metric"), b',');
/// ```
#[must_use]
pub fn delimiter_of(header: &str) -> u8 {
    let count = |mark: u8| header.matches(char::from(mark)).count();
    let marks = [b';', b'\t'];
    let other = marks.into_iter().find(|mark| count(*mark) > count(b','));
    other.unwrap_or(b',')
}

/// The line of a record whose position is `line` and `byte`: a reader of CSV tells where it went on reading,
/// which is before the empty lines and comments that it passes over, and before the second half of a Windows
/// line end.
///
/// ```
/// use chemorad_reader::line_of_record;
/// let text = "a,b\r\n1,2\r\n\r\n# a comment\r\n3,4\r\n";
/// // the reader stands at the line feed of the second line
/// assert_eq!(line_of_record(text, 2, 9, Some(b'#')), 5);
/// ```
#[must_use]
pub fn line_of_record(text: &str, line: u64, byte: u64, comment: Option<u8>) -> u64 {
    let start = usize::try_from(byte).unwrap_or(usize::MAX);
    let mut rest = text.as_bytes().get(start..).unwrap_or_default();
    let mut line = line;
    loop {
        let passed = match rest.first() {
            Some(b'\r') => 1,
            Some(b'\n') => {
                line += 1;
                1
            }
            Some(first) if Some(*first) == comment => {
                rest.iter().take_while(|byte| **byte != b'\n').count()
            }
            _ => return line,
        };
        rest = rest.get(passed..).unwrap_or_default();
    }
}
