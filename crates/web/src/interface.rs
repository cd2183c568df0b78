//! The C interface of the module: `take`, then `ask`, then `give` and `size` for each piece.
//!
//! The caller takes a place for the request and one for each file, writes into them, and asks. The answer is
//! pieces in the same order: JSON, then files. They stay until the next question.

use std::cell::RefCell;

use crate::request::answered;

thread_local! {
    static TAKEN: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
    static GIVEN: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// A place for so many bytes, the request first and then each file; null where there is no memory for it.
#[allow(unsafe_code, reason = "the name that the page calls")]
#[unsafe(no_mangle)]
extern "C" fn chemorad_take(size: usize) -> *mut u8 {
    let mut place: Vec<u8> = Vec::new();
    if place.try_reserve_exact(size).is_err() {
        TAKEN.take();
        return std::ptr::null_mut();
    }
    place.resize(size, 0);
    let start = place.as_mut_ptr();
    TAKEN.with_borrow_mut(|taken| taken.push(place));
    start
}

/// Answers what was taken; the number of pieces of the answer.
#[allow(unsafe_code, reason = "the name that the page calls")]
#[unsafe(no_mangle)]
extern "C" fn chemorad_ask() -> usize {
    GIVEN.take();
    let mut taken = TAKEN.take().into_iter();
    let request = taken.next().unwrap_or_default();
    let pieces = answered(&request, taken.collect());
    let count = pieces.len();
    GIVEN.set(pieces);
    count
}

/// Where a piece of the answer begins; null where there is none.
#[allow(unsafe_code, reason = "the name that the page calls")]
#[unsafe(no_mangle)]
extern "C" fn chemorad_give(piece: usize) -> *const u8 {
    GIVEN.with_borrow(|given| given.get(piece).map_or(std::ptr::null(), Vec::as_ptr))
}

/// The bytes of a piece of the answer.
#[allow(unsafe_code, reason = "the name that the page calls")]
#[unsafe(no_mangle)]
extern "C" fn chemorad_size(piece: usize) -> usize {
    GIVEN.with_borrow(|given| given.get(piece).map_or(0, Vec::len))
}
