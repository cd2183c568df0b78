//! Passages read once: the rules of lint ask for the same words of the same passages, value by value.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::number::{self, Number};
use crate::passage::mention::Mention;
use crate::passage::token::Token;
use crate::passage::{mentions as grammar, token};

/// What a text says; each part is read when it is first asked for.
#[derive(Default)]
struct Reading {
    tokens: OnceCell<Rc<[Token]>>,
    mentions: OnceCell<Rc<[Mention]>>,
    numbers: OnceCell<Rc<[Number]>>,
}

/// The texts of the protocol that is linted.
type Readings = HashMap<Box<str>, Rc<Reading>>;

thread_local! {
    /// `None` while no protocol is linted: nothing is kept from one protocol to the next.
    static READINGS: RefCell<Option<Readings>> = const { RefCell::new(None) };
}

/// As long as this lives, a text is read once.
pub(super) struct ReadOnce {
    /// One begun earlier ends later.
    is_outer: bool,
}

impl ReadOnce {
    pub(super) fn begin() -> Self {
        let is_outer = READINGS.with_borrow_mut(|readings| {
            let is_outer = readings.is_none();
            readings.get_or_insert_default();
            is_outer
        });
        Self { is_outer }
    }
}

impl Drop for ReadOnce {
    fn drop(&mut self) {
        if self.is_outer {
            READINGS.with_borrow_mut(Option::take);
        }
    }
}

fn reading(text: &str) -> Rc<Reading> {
    READINGS.with_borrow_mut(|readings| {
        let Some(readings) = readings else {
            return Rc::default();
        };
        if let Some(known) = readings.get(text) {
            return Rc::clone(known);
        }
        let new = Rc::<Reading>::default();
        readings.insert(text.into(), Rc::clone(&new));
        new
    })
}

/// Everything a passage says, in the order of its words.
pub(super) fn mentions(text: &str) -> Rc<[Mention]> {
    let reading = reading(text);
    let read = || grammar::mentions(text).into();
    Rc::clone(reading.mentions.get_or_init(read))
}

/// The words and signs of a passage.
pub(super) fn tokens(text: &str) -> Rc<[Token]> {
    let reading = reading(text);
    let read = || token::tokens(text).into();
    Rc::clone(reading.tokens.get_or_init(read))
}

/// Every number of a passage, in order.
pub(super) fn numbers(text: &str) -> Rc<[Number]> {
    let reading = reading(text);
    let read = || number::numbers(text).into();
    Rc::clone(reading.numbers.get_or_init(read))
}

#[cfg(test)]
mod tests {
    use super::{READINGS, ReadOnce, mentions, numbers, tokens};
    use crate::passage::mentions::mentions as read;
    use std::rc::Rc;

    #[test]
    fn a_text_is_read_once_while_a_protocol_is_linted() {
        let text = "825 mg/m2 twice daily";
        assert!(!Rc::ptr_eq(&mentions(text), &mentions(text)));
        {
            let _outer = ReadOnce::begin();
            {
                let _inner = ReadOnce::begin();
                assert!(Rc::ptr_eq(&mentions(text), &mentions(text)));
            }
            assert!(Rc::ptr_eq(&tokens(text), &tokens(text)));
            assert!(Rc::ptr_eq(&numbers(text), &numbers(text)));
            assert_eq!(*mentions(text), *read(text));
        }
        assert!(READINGS.with_borrow(Option::is_none));
    }
}
