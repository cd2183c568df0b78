//! The signals that end a process, held back while a file is half written.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
use signal_hook::{flag, low_level};

const ENDING: [i32; 4] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM];

/// SIGHUP, SIGINT, SIGQUIT and SIGTERM wait until [`release`](Self::release), so that what is half written can
/// be removed first.
pub(super) struct Held {
    came: Arc<AtomicUsize>,
    released: Arc<AtomicBool>,
}

impl Held {
    /// Holds the signals back, but for those that the process was started to ignore (`nohup`).
    pub(super) fn hold() -> Self {
        let held = Self {
            came: Arc::default(),
            released: Arc::default(),
        };
        let ignored = ignored();
        for signal in ENDING {
            let number = usize::try_from(signal).unwrap_or_default();
            if ignored >> number.saturating_sub(1) & 1 == 0 {
                // where it cannot be held, it ends the process at once, as it does without this
                let after = flag::register_conditional_default(signal, held.released.clone());
                if after.is_ok() {
                    let _ = flag::register_usize(signal, held.came.clone(), number);
                }
            }
        }
        // a file beyond the limit of the process: with a handler the writing fails, and says why
        if ignored >> (SIGXFSZ - 1) & 1 == 0 {
            let after = flag::register_conditional_default(SIGXFSZ, held.released.clone());
            if after.is_ok() {
                let _ = flag::register(SIGXFSZ, Arc::default());
            }
        }
        held
    }

    fn signal(&self) -> Option<i32> {
        let number = self.came.load(Ordering::SeqCst);
        i32::try_from(number).ok().filter(|&number| number != 0)
    }

    /// # Errors
    /// One of the signals came.
    pub(super) fn go_on(&self) -> io::Result<()> {
        match self.signal() {
            None => Ok(()),
            Some(_) => Err(io::Error::from(io::ErrorKind::Interrupted)),
        }
    }

    /// The signals have their usual effect again, and one that came has it now.
    pub(super) fn release(self) {
        self.released.store(true, Ordering::SeqCst);
        if let Some(signal) = self.signal() {
            let _ = low_level::emulate_default_handler(signal);
        }
    }
}

/// The signals that are ignored, one bit each from signal 1 on, where the system says so.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or(0)
}
