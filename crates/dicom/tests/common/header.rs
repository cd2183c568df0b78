//! Headers of files, right and odd.

/// Preamble and mark.
const MARKED: usize = 132;

/// A header that states a transfer syntax and nothing else.
pub(crate) fn meta(syntax: &str) -> Vec<u8> {
    let mut uid = syntax.as_bytes().to_vec();
    if uid.len() % 2 == 1 {
        uid.push(0);
    }
    let mut bytes = vec![0; MARKED - 4];
    bytes.extend(b"DICM\x02\0\x10\0UI");
    bytes.extend(u16::try_from(uid.len()).unwrap().to_le_bytes());
    bytes.extend(uid);
    bytes
}

/// The header of a file and its data set, by the length that the header states.
pub(crate) fn split(file: &[u8]) -> (&[u8], &[u8]) {
    let length = file[MARKED + 8..MARKED + 12].try_into().unwrap();
    let length = usize::try_from(u32::from_le_bytes(length)).unwrap();
    file.split_at(MARKED + 12 + length)
}

/// The same file with its header in implicit VR.
pub(crate) fn with_implicit_header(file: &[u8]) -> Vec<u8> {
    let (header, set) = split(file);
    let (mut bytes, mut rest) = (header[..MARKED].to_vec(), &header[MARKED..]);
    while !rest.is_empty() {
        let long = rest[4..6] == *b"OB";
        let (length, start) = if long {
            (u32::from_le_bytes(rest[8..12].try_into().unwrap()), 12)
        } else {
            let length = u16::from_le_bytes(rest[6..8].try_into().unwrap());
            (length.into(), 8)
        };
        let end = start + usize::try_from(length).unwrap();
        bytes.extend(&rest[..4]);
        bytes.extend(length.to_le_bytes());
        bytes.extend(&rest[start..end]);
        rest = &rest[end..];
    }
    bytes.extend(set);
    bytes
}
