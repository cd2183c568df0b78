//! The dose at the corners of a box, and between which values it lies.

/// The dose at the corners of a box: the first half at its beginning along z, the column first.
pub(super) type Corners = [f64; 8];

#[inline]
pub(super) fn extremes(corners: &Corners) -> [f64; 2] {
    let [a, b, c, d, e, f, g, h] = *corners;
    let less = |one: f64, other: f64| if one < other { one } else { other };
    let more = |one: f64, other: f64| if one > other { one } else { other };
    [
        less(less(less(a, b), less(c, d)), less(less(e, f), less(g, h))),
        more(more(more(a, b), more(c, d)), more(more(e, f), more(g, h))),
    ]
}
