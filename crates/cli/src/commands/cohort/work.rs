//! Pieces on all cores, and their records in the order of the file.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use chemorad_cohort::{Batch, Cohort, CohortError, Ids, Pieces, Tally};

use crate::progress::Progress;

/// How far the file is read, where a person watches.
pub(super) fn progress(watched: bool, size: u64) -> Progress {
    Progress::new(
        watched,
        size,
        "{bar:30} {percent} %  {bytes} of {total_bytes}",
    )
}

/// Something that is used in the order of the pieces.
struct InOrder<T> {
    next: Mutex<(usize, T)>,
    changed: Condvar,
}

impl<T> InOrder<T> {
    const fn new(inner: T) -> Self {
        Self {
            next: Mutex::new((0, inner)),
            changed: Condvar::new(),
        }
    }

    /// Uses it when the pieces before have.
    fn take<R>(&self, index: usize, work: impl FnOnce(&mut T) -> R) -> R {
        // a thread that ended early has set its error and its turn
        let held = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let mut held = self
            .changed
            .wait_while(held, |(next, _)| *next != index)
            .unwrap_or_else(PoisonError::into_inner);
        let result = work(&mut held.1);
        held.0 += 1;
        drop(held);
        self.changed.notify_all();
        result
    }

    fn into_inner(self) -> T {
        let held = self.next.into_inner();
        held.unwrap_or_else(PoisonError::into_inner).1
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
        while let Some(piece) = next() {
            let (index, size) = (piece.index, piece.size());
            let mut batch = cohort.read(&piece);
            drop(piece);
            ids.take(index, |ids| ids.mark(&mut batch));
            let (part, tally) = records(&batch);
            let goes_on = written.take(index, |written| {
                written.tally.add(tally);
                if written.error.is_none() {
                    written.error = (written.put)(part).err();
                }
                written.error.is_none()
            });
            progress.add(size as u64);
            if !goes_on {
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
