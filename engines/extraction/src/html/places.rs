//! Where in the file the letters stand that the tokeniser gives out. It does not say so itself; but it gives out everything in
//! order, so what it read can be followed: letters, references to them (`&amp;`), tags and comments.

use super::LONGEST_TAG;

/// How letters are written where the tokeniser is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// As text.
    Text,
    /// As text without tags: a title.
    Letters,
    /// As they are: a script.
    Raw,
}

/// Follows the tokeniser through the file.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    html: &'a str,
    at: usize,
    pub(super) mode: Mode,
    /// Whether the place is no longer known; from then on no place is given, rather than a wrong one.
    lost: bool,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Cursor {
            html,
            // The tokeniser leaves the mark of the byte order out.
            at: html.len() - html.strip_prefix('\u{feff}').unwrap_or(html).len(),
            mode: Mode::Text,
            lost: false,
        }
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// The bytes of the file that the next letter is written with. `after` is what is given out behind it.
    pub(super) fn letter(&mut self, letter: char, after: &str) -> Option<(usize, usize)> {
        if self.lost {
            return None;
        }
        self.nothing();
        let rest = self.rest();
        let long = match rest.chars().next() {
            Some('&') if self.mode != Mode::Raw => reference(rest, letter, after),
            Some(same) if same == letter => same.len_utf8(),
            Some('\r') if letter == '\n' => 1 + usize::from(rest.as_bytes().get(1) == Some(&b'\n')),
            Some('\0') if letter == '\u{fffd}' => 1,
            // The second letter of a reference to two.
            _ if self.html[..self.at].ends_with(';') => 0,
            _ => {
                self.lost = true;
                return None;
            }
        };
        self.at += long;
        Some((self.at - long, self.at))
    }

    /// A null that the tokeniser leaves out.
    pub(super) fn null(&mut self) {
        self.nothing();
        self.step(|rest| rest.starts_with('\0').then_some(1));
    }

    pub(super) fn tag(&mut self) {
        self.nothing();
        self.mode = Mode::Text;
        self.step(tag);
    }

    /// A comment, or what is taken for one.
    pub(super) fn comment(&mut self) {
        self.nothing();
        self.step(comment);
    }

    pub(super) fn doctype(&mut self) {
        self.nothing();
        self.step(|rest| rest.find('>').map(|at| at + 1));
    }

    /// `</>`, for which nothing is given out.
    fn nothing(&mut self) {
        while self.mode == Mode::Text && self.rest().starts_with("</>") {
            self.at += 3;
        }
    }

    fn step(&mut self, long: impl Fn(&str) -> Option<usize>) {
        if self.lost {
            return;
        }
        match long(self.rest()) {
            Some(long) => self.at += long,
            None => self.lost = true,
        }
    }
}

/// How long a reference to a letter is, or the letter `&` itself.
fn reference(rest: &str, letter: char, after: &str) -> usize {
    let run = |text: &str, is: fn(&u8) -> bool| text.bytes().take_while(is).count();
    let ended = |at: usize| at + usize::from(rest.as_bytes().get(at) == Some(&b';'));
    if let Some(number) = rest.strip_prefix("&#") {
        let hex = number.starts_with(['x', 'X']);
        let digits = if hex {
            run(&number[1..], u8::is_ascii_hexdigit)
        } else {
            run(number, u8::is_ascii_digit)
        };
        if digits > 0 {
            return ended(2 + usize::from(hex) + digits);
        }
    }
    if letter == '&' {
        let named = rest.starts_with("&amp") || rest.starts_with("&AMP");
        return if named { ended(4) } else { 1 };
    }
    let name = run(&rest[1..], u8::is_ascii_alphanumeric);
    if rest.as_bytes().get(1 + name) == Some(&b';') && !after.starts_with(';') {
        return name + 2;
    }
    // A reference without its sign ends where the text goes on.
    let goes_on = |name: &usize| match after.chars().next() {
        Some(next) => rest[1 + name..].starts_with(next),
        None => rest.len() == 1 + name || rest[1 + name..].starts_with('<'),
    };
    1 + (2..=name.min(8)).rev().find(goes_on).unwrap_or(name)
}

/// How long a tag is: a `>` in the quotes of a value does not end it.
fn tag(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 1;
    let mut value = false;
    while at < bytes.len().min(LONGEST_TAG) {
        match bytes[at] {
            b'>' => return Some(at + 1),
            quote @ (b'"' | b'\'') if value => {
                at += 1 + rest[at + 1..].find(char::from(quote))?;
                value = false;
            }
            // The sign is part of a name that it begins.
            b'=' if !value => value = !matches!(before(bytes, at), None | Some(b'/')),
            c if c.is_ascii_whitespace() => {}
            _ if value => {
                at += bytes[at..]
                    .iter()
                    .position(|c| c.is_ascii_whitespace() || *c == b'>')?;
                value = false;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The last byte before a place that is no space.
fn before(bytes: &[u8], at: usize) -> Option<u8> {
    let found = bytes[1..at].iter().rev().find(|c| !c.is_ascii_whitespace());
    found.copied()
}

fn comment(rest: &str) -> Option<usize> {
    let Some(inside) = rest.strip_prefix("<!--") else {
        return Some(rest.find('>').map_or(rest.len(), |at| at + 1));
    };
    for short in [">", "->"] {
        if inside.starts_with(short) {
            return Some(4 + short.len());
        }
    }
    // Only as far as the comment goes: there may be very many of them.
    let ends = inside.match_indices("--").find_map(|(at, _)| {
        let after = &inside[at + 2..];
        let dashes = after.len() - after.trim_start_matches('-').len();
        let after = &after[dashes..];
        let sign = after.strip_prefix('!').unwrap_or(after);
        sign.starts_with('>').then(|| inside.len() - sign.len() + 1)
    });
    Some(ends.map_or(rest.len(), |at| at + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_comments_end_where_the_tokeniser_ends_them() {
        for (text, long) in [
            ("<p>x", 3),
            ("<p a='>' b=\"'>\">x", 16),
            ("<p it's>x", 8),
            ("<p a=it's>x", 10),
            ("</p >x", 5),
            ("<br/>x", 5),
        ] {
            assert_eq!(tag(text), Some(long), "{text}");
        }
        for (text, long) in [
            ("<!-- a > b -->x", 14),
            ("<!-->x", 5),
            ("<!-- a --!>x", 11),
            ("<!-- a --->x", 11),
            ("<!-- a", 6),
            ("<?a ?>x", 6),
        ] {
            assert_eq!(comment(text), Some(long), "{text}");
        }
    }

    #[test]
    fn where_the_place_is_lost_none_is_given() {
        let mut cursor = Cursor::new("ab");
        assert_eq!(cursor.letter('a', "b"), Some((0, 1)));
        assert_eq!(cursor.letter('x', ""), None);
        assert_eq!(cursor.letter('b', ""), None);
    }
}
