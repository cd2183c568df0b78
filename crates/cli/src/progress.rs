//! How far long work is, drawn on a terminal. Where there is no terminal, as in a page, nothing is drawn.

#[cfg(not(target_arch = "wasm32"))]
use indicatif::{ProgressBar, ProgressStyle};

/// A bar that a person watches, or nothing.
pub(crate) struct Progress {
    #[cfg(not(target_arch = "wasm32"))]
    bar: ProgressBar,
}

#[cfg(not(target_arch = "wasm32"))]
impl Progress {
    /// A bar up to `total`, drawn by a template of `indicatif` where somebody watches.
    pub(crate) fn new(watched: bool, total: u64, template: &str) -> Self {
        if !watched {
            return Self {
                bar: ProgressBar::hidden(),
            };
        }
        let bar = ProgressBar::new(total);
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// So much more is done.
    pub(crate) fn add(&self, done: u64) {
        self.bar.inc(done);
    }

    /// All is done, and the bar goes.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(target_arch = "wasm32")]
#[allow(clippy::unused_self, reason = "as with a terminal")]
impl Progress {
    pub(crate) const fn new(_watched: bool, _total: u64, _template: &str) -> Self {
        Self {}
    }

    pub(crate) const fn add(&self, _done: u64) {}

    pub(crate) const fn finish(&self) {}
}
