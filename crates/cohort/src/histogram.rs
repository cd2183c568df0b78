//! How many values lie in each of equal steps.

/// How many values lie in each of equal steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Where the first step begins.
    pub from: f64,
    /// How wide a step is.
    pub step: f64,
    /// The values of each step; one on its lower edge is in it.
    pub counts: Vec<u64>,
    /// The values below.
    pub below: u64,
    /// The values above.
    pub above: u64,
}

impl Histogram {
    pub(crate) fn new(from: f64, step: f64, steps: usize) -> Self {
        Self {
            from,
            step,
            counts: vec![0; steps],
            below: 0,
            above: 0,
        }
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a negative place is below, and one that is too large above"
    )]
    pub(crate) fn add(&mut self, value: f64) {
        if value.is_nan() {
            return;
        }
        let place = ((value - self.from) / self.step).floor();
        if place < 0.0 {
            self.below += 1;
        } else {
            match self.counts.get_mut(place as usize) {
                Some(count) => *count += 1,
                None => self.above += 1,
            }
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (own, other) in self.counts.iter_mut().zip(&other.counts) {
            *own += other;
        }
        self.below += other.below;
        self.above += other.above;
    }
}
