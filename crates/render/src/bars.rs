//! How many values lie in each of equal steps, as SVG: one bar a step.

use std::fmt::Write as _;

/// A step by its label, and how many values it has.
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) count: u64,
}

const ROW: usize = 22;
const LABELS: usize = 110;
const BARS: u64 = 600;
const WIDTH: usize = 820;

/// The picture: black on white, with the number of each step beside its bar.
pub(crate) fn picture(bars: &[Bar]) -> String {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let height = ROW * bars.len() + 8;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"sans-serif\" font-size=\"13\">"
    );
    for (at, Bar { label, count }) in bars.iter().enumerate() {
        let top = ROW * at + 4;
        // a step that is not empty has a bar
        let length = (count * BARS).div_ceil(most);
        let _ = write!(
            svg,
            "<text x=\"{LABELS}\" y=\"{}\" text-anchor=\"end\">{label}</text>\
             <rect x=\"{}\" y=\"{top}\" width=\"{length}\" height=\"{}\" fill=\"#444\"/>\
             <text x=\"{}\" y=\"{}\">{count}</text>",
            top + 15,
            LABELS + 8,
            ROW - 4,
            u64::try_from(LABELS).unwrap_or(0) + 14 + length,
            top + 15,
        );
    }
    svg + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_the_largest_count() {
        let bar = |label: &str, count| Bar {
            label: label.into(),
            count,
        };
        let svg = picture(&[bar("1 to 2", 1), bar("2 to 3", 0), bar("3 to 4", 600_000)]);
        assert!(svg.contains("width=\"600\" height=\"18\""), "{svg}");
        assert!(
            svg.contains("width=\"1\" height=\"18\"") && svg.contains("width=\"0\""),
            "{svg}"
        );
        assert!(svg.contains(">600000</text>"));
    }
}
