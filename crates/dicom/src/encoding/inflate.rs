//! Inflating a deflated data set within a limit.

use crate::error::ReadError;

/// Bytes that are inflated at a time.
const STEP: usize = 1 << 16;

/// The whole data set. The standard reader of streams cannot tell one that is cut off from one that is
/// finished, so the end is asked for.
pub(super) fn inflate(bytes: &[u8], limit: u64) -> Result<Vec<u8>, ReadError> {
    let mut inflated = Vec::new();
    // inflating straight into the vector would fill what it holds in reserve, up to twice the limit
    let mut stream = Stream::new(bytes, STEP);
    loop {
        let (part, more) = stream.next_part()?;
        inflated.extend_from_slice(part);
        if inflated.len() as u64 > limit {
            return Err(ReadError::TooLarge {
                what: "the inflated data set",
                limit,
            });
        }
        if !more {
            return Ok(inflated);
        }
    }
}

/// The first bytes of what inflates; none where nothing does.
pub(super) fn beginning(bytes: &[u8], length: usize) -> Vec<u8> {
    let mut stream = Stream::new(bytes, length);
    stream
        .next_part()
        .map(|(part, _)| part.to_vec())
        .unwrap_or_default()
}

struct Stream<'a> {
    bytes: &'a [u8],
    inflater: flate2::Decompress,
    part: Vec<u8>,
}

impl<'a> Stream<'a> {
    fn new(bytes: &'a [u8], step: usize) -> Self {
        Self {
            bytes,
            inflater: flate2::Decompress::new(false),
            part: vec![0; step],
        }
    }

    /// The next inflated bytes, and whether there are more.
    fn next_part(&mut self) -> Result<(&[u8], bool), ReadError> {
        let failed = |reason: &str| ReadError::Deflate {
            reason: reason.into(),
        };
        let stream = &mut self.inflater;
        let (before_in, before_out) = (stream.total_in(), stream.total_out());
        let rest = usize::try_from(before_in)
            .ok()
            .and_then(|used| self.bytes.get(used..))
            .unwrap_or_default();
        let status = stream
            .decompress(rest, &mut self.part, flate2::FlushDecompress::None)
            .map_err(|error| failed(&error.to_string()))?;
        let more = status != flate2::Status::StreamEnd;
        if more && (before_in, before_out) == (stream.total_in(), stream.total_out()) {
            return Err(failed("it ends early"));
        }
        let written = usize::try_from(stream.total_out() - before_out).unwrap_or(0);
        Ok((self.part.get(..written).unwrap_or_default(), more))
    }
}
