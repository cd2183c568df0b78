//! Headers, lengths, items: the bytes of a data set, each length checked before it is used.

use dicom_core::Tag;

use crate::error::{ElementName, ReadError};

pub(super) const ITEM: Tag = Tag(0xFFFE, 0xE000);
pub(super) const ITEM_END: Tag = Tag(0xFFFE, 0xE00D);
pub(super) const SEQUENCE_END: Tag = Tag(0xFFFE, 0xE0DD);
pub(super) const UNDEFINED: u32 = u32::MAX;

/// Sequences inside sequences; the deepest in the standard's RT objects is below 10.
const DEEPEST: usize = 64;
/// Elements of one data set; real ones have some hundreds.
const ELEMENTS: usize = 65_536;

/// How elements are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Encoding {
    pub(crate) explicit: bool,
    pub(crate) big_endian: bool,
}

impl Encoding {
    pub(crate) const IMPLICIT: Self = Self {
        explicit: false,
        big_endian: false,
    };
    pub(crate) const EXPLICIT: Self = Self {
        explicit: true,
        big_endian: false,
    };
    pub(crate) const BIG_ENDIAN: Self = Self {
        explicit: true,
        big_endian: true,
    };

    pub(crate) fn u16(self, bytes: [u8; 2]) -> u16 {
        if self.big_endian {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        }
    }

    pub(crate) fn u32(self, bytes: [u8; 4]) -> u32 {
        if self.big_endian {
            u32::from_be_bytes(bytes)
        } else {
            u32::from_le_bytes(bytes)
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) tag: Tag,
    pub(super) vr: Option<[u8; 2]>,
    pub(super) length: u32,
}

impl Header {
    /// What the items of a sequence are written in: one of unknown representation was copied unseen
    /// from an implicit data set (PS3.5 6.2.2 note 2).
    pub(super) fn inner(self, outer: Encoding) -> Encoding {
        if self.vr == Some(*b"UN") {
            Encoding::IMPLICIT
        } else {
            outer
        }
    }
}

/// A place in the bytes.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    pub(super) bytes: &'a [u8],
    /// Where `bytes` begins in the file, for messages.
    pub(super) base: usize,
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(super) fn offset(&self) -> usize {
        self.base + self.at
    }

    pub(super) fn take(&mut self, tag: Tag, length: u32) -> Result<&'a [u8], ReadError> {
        let taken = usize::try_from(length)
            .ok()
            .and_then(|length| self.bytes.get(self.at..)?.get(..length));
        match taken {
            Some(bytes) => {
                self.at += bytes.len();
                Ok(bytes)
            }
            None => Err(self.truncated(tag, length.into())),
        }
    }

    fn fixed<const N: usize>(&mut self, tag: Tag) -> Result<[u8; N], ReadError> {
        match self
            .bytes
            .get(self.at..)
            .and_then(|rest| rest.first_chunk())
        {
            Some(bytes) => {
                self.at += N;
                Ok(*bytes)
            }
            None => Err(self.truncated(tag, N as u64)),
        }
    }

    fn truncated(&self, tag: Tag, needed: u64) -> ReadError {
        ReadError::Truncated {
            offset: self.offset(),
            element: ElementName(tag),
            needed,
            left: self.left(),
        }
    }

    pub(super) fn corrupt(&self, tag: Tag, why: &'static str) -> ReadError {
        ReadError::Corrupt {
            offset: self.offset(),
            element: ElementName(tag),
            why,
        }
    }

    pub(super) fn header(&mut self, encoding: Encoding) -> Result<Header, ReadError> {
        let none = Tag(0, 0);
        let group = encoding.u16(self.fixed(none)?);
        let tag = Tag(group, encoding.u16(self.fixed(none)?));
        if !encoding.explicit || tag.group() == 0xFFFE {
            let length = encoding.u32(self.fixed(tag)?);
            return Ok(Header {
                tag,
                vr: None,
                length,
            });
        }
        let vr: [u8; 2] = self.fixed(tag)?;
        if !vr.iter().all(u8::is_ascii_uppercase) {
            return Err(self.corrupt(tag, "its value representation is not two capital letters"));
        }
        let length = match &vr {
            b"AE" | b"AS" | b"AT" | b"CS" | b"DA" | b"DS" | b"DT" | b"FD" | b"FL" | b"IS"
            | b"LO" | b"LT" | b"PN" | b"SH" | b"SL" | b"SS" | b"ST" | b"TM" | b"UI" | b"UL"
            | b"US" => u32::from(encoding.u16(self.fixed(tag)?)),
            // every other one, later ones included, has a long form (PS3.5 7.1.2)
            _ => {
                let _: [u8; 2] = self.fixed(tag)?;
                encoding.u32(self.fixed(tag)?)
            }
        };
        Ok(Header {
            tag,
            vr: Some(vr),
            length,
        })
    }

    /// The items of a sequence of undefined length, up to its delimiter.
    fn undefined_sequence(
        &mut self,
        tag: Tag,
        encoding: Encoding,
        depth: usize,
    ) -> Result<&'a [u8], ReadError> {
        if depth > DEEPEST {
            return Err(self.corrupt(tag, "sequences are nested too deeply to be meant"));
        }
        let start = self.at;
        loop {
            let end = self.at;
            let header = self.header(encoding)?;
            match header.tag {
                SEQUENCE_END => return Ok(self.bytes.get(start..end).unwrap_or_default()),
                ITEM if header.length == UNDEFINED => {
                    self.undefined_item(tag, encoding, depth)?;
                }
                ITEM => {
                    self.take(tag, header.length)?;
                }
                _ => return Err(self.corrupt(tag, "something other than an item in a sequence")),
            }
        }
    }

    /// The elements of an item of undefined length, up to its delimiter.
    pub(super) fn undefined_item(
        &mut self,
        tag: Tag,
        encoding: Encoding,
        depth: usize,
    ) -> Result<&'a [u8], ReadError> {
        let start = self.at;
        loop {
            let end = self.at;
            let header = self.header(encoding)?;
            if header.tag == ITEM_END {
                return Ok(self.bytes.get(start..end).unwrap_or_default());
            }
            if header.tag.group() == 0xFFFE {
                return Err(self.corrupt(tag, "an item is not closed"));
            }
            if header.length == UNDEFINED {
                self.undefined_sequence(header.tag, header.inner(encoding), depth + 1)?;
            } else {
                self.take(header.tag, header.length)?;
            }
        }
    }
}

/// One element; its value borrowed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    pub(crate) tag: Tag,
    pub(crate) value: &'a [u8],
    /// Written as items up to a delimiter, the delimiter left off.
    pub(crate) undefined_length: bool,
    /// Where the value begins in the file.
    pub(super) offset: usize,
    pub(super) inner: Encoding,
}

pub(super) fn elements(
    mut cursor: Cursor<'_>,
    encoding: Encoding,
    only: Option<u16>,
) -> Result<(Vec<Element<'_>>, usize), ReadError> {
    let mut elements: Vec<Element<'_>> = Vec::new();
    let mut ascending = true;
    while cursor.left() > 0 {
        let before = cursor;
        // what follows the group may be written in another encoding
        let next = cursor
            .bytes
            .get(cursor.at..)
            .and_then(<[u8]>::first_chunk)
            .map(|bytes| encoding.u16(*bytes));
        if only.is_some() && only != next {
            break;
        }
        let header = cursor.header(encoding)?;
        if header.tag.group() == 0xFFFE {
            return Err(before.corrupt(header.tag, "an item outside a sequence"));
        }
        if elements.len() == ELEMENTS {
            return Err(before.corrupt(header.tag, "more elements than any file has"));
        }
        let offset = cursor.offset();
        let inner = header.inner(encoding);
        let undefined_length = header.length == UNDEFINED;
        let value = if undefined_length {
            cursor.undefined_sequence(header.tag, inner, 0)?
        } else {
            cursor.take(header.tag, header.length)?
        };
        ascending &= elements.last().is_none_or(|last| last.tag < header.tag);
        elements.push(Element {
            tag: header.tag,
            value,
            undefined_length,
            offset,
            inner,
        });
    }
    if !ascending {
        elements.sort_by_key(|element| element.tag);
        let twice = elements
            .windows(2)
            .find(|pair| matches!(pair, [first, second] if first.tag == second.tag));
        if let Some([_, second]) = twice {
            return Err(ReadError::Corrupt {
                offset: second.offset,
                element: ElementName(second.tag),
                why: "it stands there twice, and which one is meant cannot be told",
            });
        }
    }
    Ok((elements, cursor.at))
}
