//! Rust source as words: comments, strings and numbers gone, `::` one word.

/// The words of a source text, in order; a string or a character is the word `"`.
pub(super) fn words(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let at = |index: usize| characters.get(index).copied().unwrap_or('\0');
    let mut found = Vec::new();
    let mut index = 0;
    while index < characters.len() {
        let character = at(index);
        if character == '/' && at(index + 1) == '/' {
            while index < characters.len() && at(index) != '\n' {
                index += 1;
            }
        } else if character == '/' && at(index + 1) == '*' {
            index = after_comment(&characters, index);
        } else if let Some(end) = after_string(&characters, index) {
            found.push("\"".into());
            index = end;
        } else if character == '_' || character.is_alphanumeric() {
            let start = index;
            while at(index) == '_' || at(index).is_alphanumeric() {
                index += 1;
            }
            // a raw identifier is the identifier
            if characters[start..index] == ['r'] && at(index) == '#' {
                index += 1;
                continue;
            }
            found.push(characters[start..index].iter().collect());
        } else if character == ':' && at(index + 1) == ':' {
            found.push("::".into());
            index += 2;
        } else {
            if !character.is_whitespace() {
                found.push(character.into());
            }
            index += 1;
        }
    }
    found
}

fn after_comment(characters: &[char], start: usize) -> usize {
    let (mut index, mut depth) = (start, 0);
    while index < characters.len() {
        match characters[index..] {
            ['/', '*', ..] => (depth, index) = (depth + 1, index + 2),
            ['*', '/', ..] if depth == 1 => return index + 2,
            ['*', '/', ..] => (depth, index) = (depth - 1, index + 2),
            _ => index += 1,
        }
    }
    index
}

/// The place after a string, a character or a lifetime that begins here.
fn after_string(characters: &[char], start: usize) -> Option<usize> {
    let rest = &characters[start..];
    let quoted = |index: usize, close: char| {
        let mut index = index;
        while index < characters.len() && characters[index] != close {
            index += if characters[index] == '\\' { 2 } else { 1 };
        }
        index + 1
    };
    match *rest {
        ['"', ..] => return Some(quoted(start + 1, '"')),
        ['b' | 'c', '"', ..] => return Some(quoted(start + 2, '"')),
        ['b', '\'', ..] => return Some(quoted(start + 2, '\'')),
        ['\'', '\\', ..] => return Some(quoted(start + 1, '\'')),
        ['\'', _, '\'', ..] => return Some(start + 3),
        ['\'', ..] => return Some(start + 1),
        _ => {}
    }
    let marks = match *rest {
        ['r', ..] => &rest[1..],
        ['b' | 'c', 'r', ..] => &rest[2..],
        _ => return None,
    };
    let hashes = marks.iter().take_while(|&&mark| mark == '#').count();
    if marks.get(hashes) != Some(&'"') {
        return None;
    }
    let mut index = characters.len() - marks.len() + hashes + 1;
    while index < characters.len() {
        let closing = &characters[index + 1..characters.len().min(index + 1 + hashes)];
        if characters[index] == '"' && closing.len() == hashes && closing.iter().all(|&c| c == '#')
        {
            return Some(index + 1 + hashes);
        }
        index += 1;
    }
    Some(index)
}
