//! Pieces on all cores, and their records in the order of the file.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use chemorad_cohort::{Batch, Cohort, CohortError, Ids, Pieces, Tally};

use crate::progress::Progress;

/// How far the file is read, where a person watches.
pub(super) fn progress(watched: bool, size: u64) -> Progress {
    // what is read whole, or from a pipe, has no size
    let template = if size == 0 {
        "{spinner} {bytes}"
    } else {
        "{bar:30} {percent} %  {bytes} of {total_bytes}"
    };
    Progress::new(watched, size, template)
}

/// Something that is used in the order of the pieces.
struct InOrder<T> {
    turns: Mutex<Turns<T>>,
    changed: Condvar,
}

struct Turns<T> {
    next: usize,
    /// A thread has ended without taking its turn, which nobody waits for.
    stopped: bool,
    inner: T,
}

impl<T> InOrder<T> {
    const fn new(inner: T) -> Self {
        Self {
            turns: Mutex::new(Turns {
                next: 0,
                stopped: false,
                inner,
            }),
            changed: Condvar::new(),
        }
    }

    /// Uses it when the pieces before have; not at all where one of them never will.
    fn take<R>(&self, index: usize, work: impl FnOnce(&mut T) -> R) -> Option<R> {
        let held = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let mut held = self
            .changed
            .wait_while(held, |turns| turns.next != index && !turns.stopped)
            .unwrap_or_else(PoisonError::into_inner);
        if held.stopped {
            return None;
        }
        let result = work(&mut held.inner);
        held.next += 1;
        drop(held);
        self.changed.notify_all();
        Some(result)
    }

    fn stop(&self) {
        let mut held = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        held.stopped = true;
        drop(held);
        self.changed.notify_all();
    }

    fn into_inner(self) -> T {
        let held = self.turns.into_inner();
        held.unwrap_or_else(PoisonError::into_inner).inner
    }
}

/// Tells the others when a thread ends by a panic, so that none of them waits for its turn.
struct Ends<F: Fn()>(F);

impl<F: Fn()> Drop for Ends<F> {
    fn drop(&mut self) {
        if thread::panicking() {
            (self.0)();
        }
    }
}

/// Where records go, with what they add up to and the first error of writing.
struct Written<P> {
    put: P,
    tally: Tally,
    error: Option<CohortError>,
}

/// Reads every piece, makes its records by `records` and writes them by `put`, and adds them up. So many
/// pieces are in memory as there are cores.
pub(super) fn all<T>(
    cohort: &Cohort,
    (pieces, ids): (Pieces<'_>, Ids),
    records: impl Fn(&Batch) -> (T, Tally) + Sync,
    put: impl FnMut(T) -> Result<(), CohortError> + Send,
    progress: &Progress,
) -> Result<Tally, CohortError> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let input = Mutex::new((pieces, None));
    let ids = InOrder::new(ids);
    let written = InOrder::new(Written {
        put,
        tally: Tally::default(),
        error: None,
    });
    let next = || {
        let mut input = input.lock().unwrap_or_else(PoisonError::into_inner);
        if input.1.is_some() {
            return None;
        }
        match input.0.next() {
            Ok(piece) => piece,
            Err(error) => {
                input.1 = Some(error);
                None
            }
        }
    };
    let work = || {
        let _ends = Ends(|| {
            ids.stop();
            written.stop();
        });
        while let Some(piece) = next() {
            let (index, size) = (piece.index, piece.size());
            let mut batch = cohort.read(&piece);
            drop(piece);
            if ids.take(index, |ids| ids.mark(&mut batch)).is_none() {
                break;
            }
            let (part, tally) = records(&batch);
            let goes_on = written.take(index, |written| {
                written.tally.add(tally);
                if written.error.is_none() {
                    written.error = (written.put)(part).err();
                }
                written.error.is_none()
            });
            progress.add(size as u64);
            if goes_on != Some(true) {
                break;
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..cores {
            scope.spawn(work);
        }
        work();
    });
    progress.finish();
    let written = written.into_inner();
    if let Some(error) = written.error {
        return Err(error);
    }
    let (_, error) = input.into_inner().unwrap_or_else(PoisonError::into_inner);
    match error {
        Some(error) => Err(error),
        None => Ok(written.tally),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use chemorad_cohort::{CsvOptions, Layout};

    use super::*;

    /// Courses of more than one piece.
    fn file() -> String {
        let rows = (0..200_000).map(|row| format!("{row},45Gy/25+5.4Gy/3\n"));
        std::iter::once("id,planned\n".to_string())
            .chain(rows)
            .collect()
    }

    fn run(
        file: &str,
        records: impl Fn(&Batch) -> (usize, Tally) + Sync,
    ) -> Result<(Vec<usize>, Tally), CohortError> {
        let pieces = Pieces::csv(file.as_bytes(), CsvOptions::default())?;
        let layout = Layout::new(pieces.header(), &[])?;
        let cohort = Cohort::new(layout, None, None)?;
        let mut order = Vec::new();
        let put = |index| {
            order.push(index);
            Ok(())
        };
        let hidden = progress(false, 0);
        let tally = all(&cohort, (pieces, Ids::new()), records, put, &hidden)?;
        Ok((order, tally))
    }

    #[test]
    fn pieces_are_written_in_their_order() {
        let file = file();
        let (order, _) = run(&file, |batch| (batch.index(), Tally::default())).unwrap();
        assert!(order.len() > 1 && order.is_sorted(), "{order:?}");
    }

    #[test]
    fn a_panic_in_one_thread_ends_all_of_them() {
        let file = file();
        let panics = || {
            run(&file, |batch| {
                assert!(batch.index() != 1, "invented");
                (batch.index(), Tally::default())
            })
        };
        assert!(catch_unwind(AssertUnwindSafe(panics)).is_err());
    }
}
