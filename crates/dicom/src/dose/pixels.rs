//! The stored numbers of a dose.

/// The stored numbers, borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pixels<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) wide: bool,
    pub(crate) big_endian: bool,
}

impl Pixels<'_> {
    pub(crate) fn len(&self) -> usize {
        self.bytes.len() / if self.wide { 4 } else { 2 }
    }

    /// The stored number with this index; 0 beyond the end.
    pub(crate) fn get(&self, index: usize) -> u32 {
        fn at<const N: usize>(bytes: &[u8], index: usize) -> [u8; N] {
            bytes
                .get(index * N..)
                .and_then(<[u8]>::first_chunk)
                .copied()
                .unwrap_or([0; N])
        }
        match (self.wide, self.big_endian) {
            (true, false) => u32::from_le_bytes(at(self.bytes, index)),
            (true, true) => u32::from_be_bytes(at(self.bytes, index)),
            (false, false) => u16::from_le_bytes(at(self.bytes, index)).into(),
            (false, true) => u16::from_be_bytes(at(self.bytes, index)).into(),
        }
    }

    /// Every stored number in order.
    pub(crate) fn for_each(&self, mut take: impl FnMut(u32)) {
        match (self.wide, self.big_endian) {
            (true, false) => {
                for bytes in self.bytes.chunks_exact(4) {
                    take(bytes.first_chunk().map_or(0, |b| u32::from_le_bytes(*b)));
                }
            }
            (true, true) => {
                for bytes in self.bytes.chunks_exact(4) {
                    take(bytes.first_chunk().map_or(0, |b| u32::from_be_bytes(*b)));
                }
            }
            (false, false) => {
                for bytes in self.bytes.chunks_exact(2) {
                    take(
                        bytes
                            .first_chunk()
                            .map_or(0, |b| u16::from_le_bytes(*b))
                            .into(),
                    );
                }
            }
            (false, true) => {
                for bytes in self.bytes.chunks_exact(2) {
                    take(
                        bytes
                            .first_chunk()
                            .map_or(0, |b| u16::from_be_bytes(*b))
                            .into(),
                    );
                }
            }
        }
    }

    /// Stored numbers from `start` on, times `scale`, into `out`.
    pub(crate) fn scaled(&self, start: usize, scale: f64, out: &mut [f64]) {
        let size = if self.wide { 4 } else { 2 };
        let part = Pixels {
            bytes: self.bytes.get(start * size..).unwrap_or_default(),
            ..*self
        };
        match (part.wide, part.big_endian) {
            (true, false) => {
                for (out, bytes) in out.iter_mut().zip(part.bytes.chunks_exact(4)) {
                    *out = f64::from(bytes.first_chunk().map_or(0, |b| u32::from_le_bytes(*b)))
                        * scale;
                }
            }
            (true, true) => {
                for (out, bytes) in out.iter_mut().zip(part.bytes.chunks_exact(4)) {
                    *out = f64::from(bytes.first_chunk().map_or(0, |b| u32::from_be_bytes(*b)))
                        * scale;
                }
            }
            (false, false) => {
                for (out, bytes) in out.iter_mut().zip(part.bytes.chunks_exact(2)) {
                    *out = f64::from(bytes.first_chunk().map_or(0, |b| u16::from_le_bytes(*b)))
                        * scale;
                }
            }
            (false, true) => {
                for (out, bytes) in out.iter_mut().zip(part.bytes.chunks_exact(2)) {
                    *out = f64::from(bytes.first_chunk().map_or(0, |b| u16::from_be_bytes(*b)))
                        * scale;
                }
            }
        }
    }
}
