//! Even-odd filling of closed polygons of a plane.
//!
//! The plane is cut into strips between the heights of corners and crossings. Within a strip edges have one
//! order, and every second space between them is inside. Nothing is classified: it does not matter how
//! boundaries touch, share edges, nest or cross. An order that rounding turns around costs an area of that
//! rounding, never more.

use super::polygon::{Point, edges};

/// How far two edges must change their places to count as crossing: the rounding of places.
const ROUNDING: f64 = 1e-10;

/// The work that contours may cost: steps for one edge in one strip.
#[derive(Debug)]
pub(crate) struct Budget(u64);

impl Budget {
    /// Enough for contours of a million points that pass a height a hundred times.
    pub(crate) const fn new() -> Self {
        Self::of(400_000_000)
    }

    pub(crate) const fn of(steps: u64) -> Self {
        Self(steps)
    }

    fn spend(&mut self, steps: u64) -> Result<(), TooIntricate> {
        self.0 = self.0.checked_sub(steps).ok_or(TooIntricate)?;
        Ok(())
    }
}

/// The work is more than what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooIntricate;

/// An edge that is not level.
struct Edge {
    low: Point,
    high: Point,
    polygon: usize,
    rises: bool,
}

impl Edge {
    fn new(polygon: usize, (from, to): (Point, Point)) -> Option<Self> {
        let rises = to[1] > from[1];
        let (low, high) = if rises { (from, to) } else { (to, from) };
        (high[1] > low[1]).then_some(Self {
            low,
            high,
            polygon,
            rises,
        })
    }

    /// Its place at a height; exactly its own corners at its ends.
    fn at(&self, height: f64) -> f64 {
        if height <= self.low[1] {
            return self.low[0];
        }
        if height >= self.high[1] {
            return self.high[0];
        }
        let share = (height - self.low[1]) / (self.high[1] - self.low[1]);
        self.low[0] + (self.high[0] - self.low[0]) * share
    }
}

/// Where an edge passes a strip.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pass {
    edge: usize,
    pub(crate) polygon: usize,
    /// Whether its polygon goes up along it.
    pub(crate) rises: bool,
    /// Its place at the lower end of the strip.
    pub(crate) from: f64,
    /// Its place at the upper end.
    pub(crate) to: f64,
}

/// A strip, with the edges that pass it from left to right.
pub(crate) struct Strip<'s> {
    pub(crate) bottom: f64,
    pub(crate) top: f64,
    pub(crate) passes: &'s [Pass],
}

impl Strip<'_> {
    /// The areas between each pass and the next.
    pub(crate) fn spaces(&self) -> impl Iterator<Item = f64> + '_ {
        let height = self.top - self.bottom;
        self.passes.windows(2).map(move |pair| {
            let width = (pair[1].from - pair[0].from) + (pair[1].to - pair[0].to);
            (width / 2.0 * height).max(0.0)
        })
    }
}

fn sort(passes: &mut [Pass]) {
    passes.sort_by(|one, other| (one.from + one.to).total_cmp(&(other.from + other.to)));
}

/// Calls `take` for each strip from below; it says how many more steps it made.
pub(crate) fn sweep(
    polygons: &[Vec<Point>],
    budget: &mut Budget,
    mut take: impl FnMut(&Strip<'_>) -> u64,
) -> Result<(), TooIntricate> {
    let of_polygon = |(at, points)| edges(points).filter_map(move |edge| Edge::new(at, edge));
    let each = polygons.iter().map(Vec::as_slice).enumerate();
    let mut all: Vec<Edge> = each.flat_map(of_polygon).collect();
    all.sort_by(|one, other| one.low[1].total_cmp(&other.low[1]));
    let ends = all.iter().flat_map(|edge| [edge.low[1], edge.high[1]]);
    let mut heights: Vec<f64> = ends.collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup();
    let mut entering = all.iter().enumerate().peekable();
    let mut passes: Vec<Pass> = Vec::new();
    let mut part: Vec<Pass> = Vec::new();
    for ends in heights.windows(2) {
        let (bottom, top) = (ends[0], ends[1]);
        passes.retain(|pass| all[pass.edge].high[1] > bottom);
        while let Some((edge, found)) = entering.next_if(|(_, edge)| edge.low[1] <= bottom) {
            passes.push(Pass {
                edge,
                polygon: found.polygon,
                rises: found.rises,
                from: 0.0,
                to: 0.0,
            });
        }
        if passes.is_empty() {
            continue;
        }
        for pass in &mut passes {
            (pass.from, pass.to) = (all[pass.edge].at(bottom), all[pass.edge].at(top));
        }
        sort(&mut passes);
        let crossings = crossings(&passes, budget)?;
        if crossings.is_empty() {
            let strip = Strip {
                bottom,
                top,
                passes: &passes,
            };
            let steps = take(&strip);
            budget.spend(passes.len() as u64 + steps)?;
            continue;
        }
        let shares: Vec<f64> = [0.0].into_iter().chain(crossings).chain([1.0]).collect();
        for share in shares.windows(2) {
            let at = |share: f64| match share {
                0.0 => bottom,
                1.0 => top,
                _ => bottom + (top - bottom) * share,
            };
            let (bottom, top) = (at(share[0]), at(share[1]));
            part.clone_from(&passes);
            for pass in &mut part {
                let edge = &all[pass.edge];
                (pass.from, pass.to) = (edge.at(bottom), edge.at(top));
            }
            sort(&mut part);
            let strip = Strip {
                bottom,
                top,
                passes: &part,
            };
            let steps = take(&strip);
            budget.spend(passes.len() as u64 + steps)?;
        }
    }
    Ok(())
}

/// At which shares of a strip its edges cross, in order.
fn crossings(passes: &[Pass], budget: &mut Budget) -> Result<Vec<f64>, TooIntricate> {
    let mut found = Vec::new();
    let goes_back = |place: fn(&Pass) -> f64| {
        let mut most = f64::NEG_INFINITY;
        passes.iter().any(|pass| {
            most = most.max(place(pass));
            place(pass) < most - ROUNDING
        })
    };
    if !goes_back(|pass| pass.from) && !goes_back(|pass| pass.to) {
        return Ok(found);
    }
    budget.spend((passes.len() * passes.len()) as u64)?;
    for (at, one) in passes.iter().enumerate() {
        for other in &passes[at + 1..] {
            let (before, after) = (one.from - other.from, one.to - other.to);
            if before.abs().min(after.abs()) > ROUNDING && (before > 0.0) != (after > 0.0) {
                found.push(before / (before - after));
            }
        }
    }
    found.retain(|share| *share > 0.0 && *share < 1.0);
    found.sort_by(f64::total_cmp);
    found.dedup();
    Ok(found)
}

/// The boundary of what even-odd filling fills: pieces of edges that are not level, turned so that their
/// signed areas add up.
pub(crate) fn boundary(
    polygons: &[Vec<Point>],
    budget: &mut Budget,
) -> Result<Vec<(Point, Point)>, TooIntricate> {
    #[derive(Clone, Copy)]
    struct Piece {
        low: Point,
        high: Point,
        is_left: bool,
    }
    impl Piece {
        // what is inside lies to the left of a piece: down on the left side, up on the right
        fn turned(self) -> (Point, Point) {
            if self.is_left {
                (self.high, self.low)
            } else {
                (self.low, self.high)
            }
        }
    }
    let mut pieces = Vec::new();
    let mut open: Vec<Option<Piece>> = Vec::new();
    sweep(polygons, budget, |strip| {
        for (rank, pass) in strip.passes.iter().enumerate() {
            let is_left = rank % 2 == 0;
            if open.len() <= pass.edge {
                open.resize(pass.edge + 1, None);
            }
            let high = [pass.to, strip.top];
            match &mut open[pass.edge] {
                Some(piece) if piece.is_left == is_left => piece.high = high,
                slot => {
                    let piece = Piece {
                        low: [pass.from, strip.bottom],
                        high,
                        is_left,
                    };
                    pieces.extend(slot.replace(piece).map(Piece::turned));
                }
            }
        }
        0
    })?;
    pieces.extend(open.into_iter().flatten().map(Piece::turned));
    Ok(pieces)
}

/// The area within a boundary.
pub(crate) fn area(boundary: &[(Point, Point)]) -> f64 {
    // from the first place, so that far places lose no digits
    let start = boundary.first().map_or(0.0, |(from, _)| from[0]);
    let parts = boundary
        .iter()
        .map(|(from, to)| (f64::midpoint(from[0], to[0]) - start) * (to[1] - from[1]));
    parts.sum::<f64>().max(0.0)
}
