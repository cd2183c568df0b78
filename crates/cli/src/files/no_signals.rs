//! Where a system has no signals, nothing is held back.

use std::io;

/// Nothing.
pub(super) struct Held;

impl Held {
    pub(super) const fn hold() -> Self {
        Self
    }

    #[allow(
        clippy::unused_self,
        clippy::unnecessary_wraps,
        reason = "as with signals"
    )]
    pub(super) const fn go_on(&self) -> io::Result<()> {
        Ok(())
    }

    pub(super) const fn release(self) {}
}
