//! Identifiers that repeat, and the number of each row.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};

use crate::batch::Batch;

/// The identifiers seen so far, by a 64-bit hash with the first row that has it: 16 bytes a row. Batches are marked in their order.
#[derive(Debug, Clone)]
pub struct Ids {
    seen: Option<HashMap<u64, u64, BuildHasherDefault<Same>>>,
    rows: u64,
}

/// The hash of a hash is itself.
#[derive(Debug, Clone, Default)]
struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8) | u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

impl Default for Ids {
    fn default() -> Self {
        Self::new()
    }
}

impl Ids {
    /// None seen yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            seen: Some(HashMap::default()),
            rows: 0,
        }
    }

    /// Rows are numbered, and identifiers may repeat.
    #[must_use]
    pub const fn unchecked() -> Self {
        Self {
            seen: None,
            rows: 0,
        }
    }

    /// Numbers the rows of a batch and marks identifiers of earlier rows.
    pub fn mark(&mut self, batch: &mut Batch) {
        batch.first = self.rows + 1;
        self.rows += batch.rows().len() as u64;
        if let Some(seen) = &mut self.seen {
            batch.mark(|hash, row| match seen.entry(hash) {
                Entry::Occupied(first) => Some(*first.get()),
                Entry::Vacant(free) => {
                    free.insert(row);
                    None
                }
            });
        }
    }
}
