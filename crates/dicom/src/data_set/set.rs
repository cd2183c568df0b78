//! The elements of a data set and the items of its sequences, found by their tags and read as what they hold.

use std::cell::Cell;
use std::rc::Rc;

use chemorad::number::Decimal;
use dicom_core::Tag;
use dicom_encoding::text::{SpecificCharacterSet, TextCodec};

use super::plain::plain;
use super::structure::{Cursor, Element, Encoding, ITEM, SEQUENCE_END, UNDEFINED, elements};
use crate::decimal_string::DecimalString;
use crate::error::{ElementName, ReadError, quoted};

/// Items read from one file; each costs up to some hundred bytes.
const ITEMS: u32 = 200_000;
/// A text that is kept; the standard's longest, UT aside, has 10,240 characters.
const TEXT: usize = 65_536;
/// Values of one element that are kept as a list.
const VALUES: usize = 100_000;

/// How many more items may be read from the file.
#[derive(Clone)]
pub(crate) struct Budget(Rc<Cell<u32>>);

impl Default for Budget {
    fn default() -> Self {
        Self(Rc::new(Cell::new(ITEMS)))
    }
}

/// The elements of one data set or item, sorted by tag.
pub(crate) struct DataSet<'a> {
    elements: Vec<Element<'a>>,
    encoding: Encoding,
    charset: SpecificCharacterSet,
    budget: Budget,
}

impl<'a> DataSet<'a> {
    /// Reads the elements of `bytes`, which begin at byte `base` of the file.
    pub(crate) fn read(
        bytes: &'a [u8],
        base: usize,
        encoding: Encoding,
    ) -> Result<Self, ReadError> {
        let cursor = Cursor { bytes, base, at: 0 };
        let (elements, _) = elements(cursor, encoding, None)?;
        let mut set = Self {
            elements,
            encoding,
            charset: SpecificCharacterSet::ISO_IR_6,
            budget: Budget::default(),
        };
        set.find_charset()?;
        Ok(set)
    }

    /// Reads the elements of `group` only, and gives the place after them.
    pub(crate) fn read_group(
        bytes: &'a [u8],
        base: usize,
        encoding: Encoding,
        group: u16,
    ) -> Result<(Self, usize), ReadError> {
        let cursor = Cursor { bytes, base, at: 0 };
        let (elements, end) = elements(cursor, encoding, Some(group))?;
        let set = Self {
            elements,
            encoding,
            charset: SpecificCharacterSet::ISO_IR_6,
            budget: Budget::default(),
        };
        Ok((set, end))
    }

    fn find_charset(&mut self) -> Result<(), ReadError> {
        if let Some(codes) = self.text(dicom_dictionary_std::tags::SPECIFIC_CHARACTER_SET)? {
            // with code extensions the first set still covers what labels and descriptions use
            let known = codes
                .split('\\')
                .map(str::trim)
                .find(|code| !code.is_empty())
                .and_then(SpecificCharacterSet::from_code);
            if let Some(charset) = known {
                self.charset = charset;
            }
        }
        Ok(())
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(crate) fn get(&self, tag: Tag) -> Option<&Element<'a>> {
        self.elements
            .binary_search_by_key(&tag, |element| element.tag)
            .ok()
            .and_then(|index| self.elements.get(index))
    }

    fn bytes(&self, tag: Tag) -> Result<Option<&'a [u8]>, ReadError> {
        match self.get(tag) {
            Some(element) if element.undefined_length => Err(ReadError::Corrupt {
                offset: element.offset,
                element: ElementName(tag),
                why: "a sequence where a value should be",
            }),
            Some(element) => Ok(Some(element.value)),
            None => Ok(None),
        }
    }

    /// The text without its padding; an empty one is absent.
    pub(crate) fn text(&self, tag: Tag) -> Result<Option<String>, ReadError> {
        let Some(bytes) = self.bytes(tag)? else {
            return Ok(None);
        };
        if bytes.len() > TEXT {
            return Err(ReadError::Value {
                element: ElementName(tag),
                text: format!("{} bytes", bytes.len()),
                why: "it is longer than any text DICOM allows here",
            });
        }
        let text = match self.charset.decode(bytes) {
            Ok(text) => text,
            Err(_) => String::from_utf8_lossy(bytes).into_owned(),
        };
        let text = text.trim_matches([' ', '\0']);
        Ok((!text.is_empty()).then(|| text.into()))
    }

    /// A text that must be there.
    pub(crate) fn required_text(&self, tag: Tag) -> Result<String, ReadError> {
        self.text(tag)?.ok_or_else(|| missing(tag))
    }

    /// A code in capitals such as `TREATMENT`.
    pub(crate) fn code(&self, tag: Tag) -> Result<Option<String>, ReadError> {
        Ok(self.text(tag)?.map(|text| text.to_ascii_uppercase()))
    }

    /// One decimal string.
    pub(crate) fn decimal(&self, tag: Tag) -> Result<Option<DecimalString>, ReadError> {
        self.text(tag)?
            .map(|text| {
                DecimalString::new(&text).map_err(|source| ReadError::Decimal {
                    element: ElementName(tag),
                    text: quoted(&text),
                    source,
                })
            })
            .transpose()
    }

    /// The values of a decimal string one after the other, without keeping them.
    pub(crate) fn each_decimal(
        &self,
        tag: Tag,
    ) -> Result<impl Iterator<Item = Result<Decimal, ReadError>> + use<'a>, ReadError> {
        Ok(self.each_value(tag)?.map(move |value| decimal(tag, value)))
    }

    /// The nearest number to each value of a decimal string, one after the other.
    pub(crate) fn each_number(
        &self,
        tag: Tag,
    ) -> Result<impl Iterator<Item = Result<f64, ReadError>> + use<'a>, ReadError> {
        let number = move |value| match plain(value) {
            Some(number) => Ok(number),
            None => decimal(tag, value).map(Decimal::to_f64),
        };
        Ok(self.each_value(tag)?.map(number))
    }

    /// The text of each value of an element; none where it is empty.
    fn each_value(&self, tag: Tag) -> Result<impl Iterator<Item = &'a [u8]> + use<'a>, ReadError> {
        let bytes = self.bytes(tag)?.unwrap_or_default();
        let empty = bytes.iter().all(|byte| matches!(byte, b' ' | 0));
        let values = (!empty).then(|| bytes.split(|byte| *byte == b'\\'));
        Ok(values.into_iter().flatten())
    }

    /// The values of a decimal string.
    pub(crate) fn decimals(&self, tag: Tag) -> Result<Vec<Decimal>, ReadError> {
        let mut values = Vec::new();
        for value in self.each_decimal(tag)? {
            if values.len() == VALUES {
                return Err(ReadError::Value {
                    element: ElementName(tag),
                    text: format!("more than {VALUES} values"),
                    why: "no file holds so many",
                });
            }
            values.push(value?);
        }
        Ok(values)
    }

    /// Exactly `N` decimals, or none.
    pub(crate) fn exactly<const N: usize>(
        &self,
        tag: Tag,
    ) -> Result<Option<[Decimal; N]>, ReadError> {
        let values = self.decimals(tag)?;
        if values.is_empty() {
            return Ok(None);
        }
        values
            .try_into()
            .map(Some)
            .map_err(|found: Vec<Decimal>| ReadError::Value {
                element: ElementName(tag),
                text: format!("{} values", found.len()),
                why: "it must have another number of values",
            })
    }

    /// A whole number written as text.
    pub(crate) fn integer(&self, tag: Tag) -> Result<Option<i32>, ReadError> {
        self.text(tag)?
            .map(|text| {
                text.trim().parse().map_err(|_| ReadError::Value {
                    element: ElementName(tag),
                    text: quoted(&text),
                    why: "it must be a whole number",
                })
            })
            .transpose()
    }

    /// A count written as text.
    pub(crate) fn count(&self, tag: Tag) -> Result<Option<u32>, ReadError> {
        self.integer(tag)?
            .map(|value| {
                u32::try_from(value).map_err(|_| ReadError::Value {
                    element: ElementName(tag),
                    text: value.to_string(),
                    why: "it must not be negative",
                })
            })
            .transpose()
    }

    /// A 16-bit number.
    pub(crate) fn short(&self, tag: Tag) -> Result<Option<u16>, ReadError> {
        let Some(bytes) = self.bytes(tag)? else {
            return Ok(None);
        };
        match bytes {
            [] => Ok(None),
            &[first, second] => Ok(Some(self.encoding.u16([first, second]))),
            _ => Err(ReadError::Value {
                element: ElementName(tag),
                text: format!("{} bytes", bytes.len()),
                why: "it must be one 16-bit number",
            }),
        }
    }

    pub(crate) fn required_short(&self, tag: Tag) -> Result<u16, ReadError> {
        self.short(tag)?.ok_or_else(|| missing(tag))
    }

    /// The items of a sequence; none when it is absent.
    pub(crate) fn items(&self, tag: Tag) -> Items<'a> {
        let (cursor, encoding) = match self.get(tag) {
            Some(element) => (
                Cursor {
                    bytes: element.value,
                    base: element.offset,
                    at: 0,
                },
                element.inner,
            ),
            None => (
                Cursor {
                    bytes: &[],
                    base: 0,
                    at: 0,
                },
                self.encoding,
            ),
        };
        Items {
            tag,
            cursor,
            encoding,
            charset: self.charset.clone(),
            budget: self.budget.clone(),
            failed: false,
        }
    }

    /// What is read from each item of a sequence.
    pub(crate) fn each<T>(
        &self,
        tag: Tag,
        mut read: impl FnMut(&DataSet<'a>) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        self.items(tag).map(|item| read(&item?)).collect()
    }

    /// How many items a sequence has; they are not read.
    pub(crate) fn count_items(&self, tag: Tag) -> Result<usize, ReadError> {
        let mut items = self.items(tag);
        let mut count = 0;
        while items.bytes()?.is_some() {
            count += 1;
        }
        Ok(count)
    }
}

fn decimal(tag: Tag, value: &[u8]) -> Result<Decimal, ReadError> {
    let text = String::from_utf8_lossy(value);
    text.parse().map_err(|source| ReadError::Decimal {
        element: ElementName(tag),
        text: quoted(&text),
        source,
    })
}

pub(crate) fn missing(tag: Tag) -> ReadError {
    ReadError::Missing {
        element: ElementName(tag),
        place: String::new(),
    }
}

/// The items of a sequence.
pub(crate) struct Items<'a> {
    tag: Tag,
    cursor: Cursor<'a>,
    encoding: Encoding,
    charset: SpecificCharacterSet,
    budget: Budget,
    failed: bool,
}

impl<'a> Items<'a> {
    fn bytes(&mut self) -> Result<Option<(&'a [u8], usize)>, ReadError> {
        if self.cursor.left() == 0 {
            return Ok(None);
        }
        let header = self.cursor.header(self.encoding)?;
        let offset = self.cursor.offset();
        match header.tag {
            ITEM if header.length == UNDEFINED => {
                let bytes = self.cursor.undefined_item(self.tag, self.encoding, 0)?;
                Ok(Some((bytes, offset)))
            }
            ITEM => Ok(Some((self.cursor.take(self.tag, header.length)?, offset))),
            // some writers close a sequence of known length as well
            SEQUENCE_END if header.length == 0 && self.cursor.left() == 0 => Ok(None),
            _ => Err(self
                .cursor
                .corrupt(self.tag, "something other than an item in a sequence")),
        }
    }

    fn read(&mut self) -> Result<Option<DataSet<'a>>, ReadError> {
        let Some((bytes, base)) = self.bytes()? else {
            return Ok(None);
        };
        let left = self.budget.0.get();
        if left == 0 {
            return Err(self
                .cursor
                .corrupt(self.tag, "more items than any file has"));
        }
        self.budget.0.set(left - 1);
        let cursor = Cursor { bytes, base, at: 0 };
        let (elements, _) = elements(cursor, self.encoding, None)?;
        let mut set = DataSet {
            elements,
            encoding: self.encoding,
            charset: self.charset.clone(),
            budget: self.budget.clone(),
        };
        set.find_charset()?;
        Ok(Some(set))
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Result<DataSet<'a>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let item = self.read();
        self.failed = item.is_err();
        item.transpose()
    }
}
