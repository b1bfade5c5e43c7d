//! The way back from the clean text of a page to its lines as they were read.

use crate::Page;

/// A line of a page before anything was left out, joined or put together; of a document of Word the text of a paragraph, as
/// far as it stands on the page. Ligatures are spelled out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The words of the line; of plain text and of Word with all its spaces, a tab or a line break of Word as a space.
    pub text: String,
    /// How far above the lower edge of the paper it stands, in points; `None` where a document has no paper.
    pub height: Option<i32>,
    /// The paragraph of Word that it is part of.
    pub paragraph: Option<Paragraph>,
}

/// A place in the body of a document of Word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Which paragraph (`w:p`) of the file, from 0, by where they begin.
    pub number: usize,
    /// How many bytes of the text of its runs stand before.
    pub from: usize,
}

/// Letters of a line that stand in the clean text as they are. Of a web page, which has no lines, bytes of the file: letters
/// as they are, or one that is written otherwise (`&amp;`, a hyphen that does not break).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Which line of the page, from 0; of a web page always 0.
    pub line: usize,
    /// Where it begins in the text of the line or in the file of the web page, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// A stretch with its place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    at: usize,
    long: usize,
    of: Stretch,
}

/// The lines of a page, and which of their letters stand where in its text. A web page has no lines: its stretches are bytes of
/// the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// All lines, also running heads, page numbers and footnotes, which are not in the text.
    pub lines: Vec<Line>,
    /// In order.
    pieces: Vec<Piece>,
}

impl Origin {
    /// Notes that `len` bytes at `at` of the text are those at `from` of a line.
    pub(crate) fn push(&mut self, at: usize, line: usize, from: usize, len: usize) {
        if len == 0 {
            return;
        }
        let to = from + len;
        if let Some(Piece {
            at: begun,
            long,
            of: last,
        }) = self.pieces.last_mut()
            && last.line == line
            // One space between two words of a line is that of the line.
            && self
                .lines
                .get(line)
                .and_then(|line| line.text.get(last.to..from))
                .is_some_and(|gap| matches!(gap, "" | " "))
            && *begun + (from - last.from) == at
        {
            last.to = to;
            *long = to - last.from;
            return;
        }
        self.push_as(at, len, Stretch { line, from, to });
    }

    /// Notes that `long` bytes at `at` of the text are written as a stretch of another length.
    pub(crate) fn push_as(&mut self, at: usize, long: usize, of: Stretch) {
        self.pieces.push(Piece { at, long, of });
    }

    /// Notes that the text was cut off at `at`: a hyphen that broke a word is gone.
    pub(crate) fn cut(&mut self, at: usize) {
        while let Some(last) = self.pieces.last_mut() {
            if last.at < at {
                last.long = last.long.min(at - last.at);
                last.of.to = last.of.to.min(last.of.from + last.long);
                return;
            }
            self.pieces.pop();
        }
    }
}

impl Page {
    /// The stretches of the page's lines that a range of its text is made of, in order. What lies between them in the text is
    /// a space or the end of a paragraph, put there where lines were joined or spaces made one, or the number or mark of a
    /// list that its document has no letters for.
    #[must_use]
    pub fn stretches(&self, from: usize, to: usize) -> Vec<Stretch> {
        let all = &self.origin.pieces;
        let first = all.partition_point(|piece| piece.at + piece.long <= from);
        all[first..]
            .iter()
            .take_while(|piece| piece.at < to)
            .map(|piece| {
                let end = piece.at + piece.long;
                // A letter that is written otherwise is not cut.
                let cut = usize::from(piece.long == piece.of.to - piece.of.from);
                Stretch {
                    line: piece.of.line,
                    from: piece.of.from + from.saturating_sub(piece.at) * cut,
                    to: piece.of.to - end.saturating_sub(to) * cut,
                }
            })
            .collect()
    }
}

/// Plain text with its spaces made one and empty lines at its ends left out, with the way back to it.
pub(crate) fn plain(raw: &str) -> (String, Origin) {
    let (mut text, mut origin) = (String::with_capacity(raw.len()), Origin::default());
    for (n, line) in raw.lines().enumerate() {
        origin.lines.push(Line {
            text: line.to_owned(),
            height: None,
            paragraph: None,
        });
        let (mut first, mut read) = (true, 0);
        for word in line.split_whitespace() {
            if !first {
                text.push(' ');
            }
            first = false;
            // Only spaces stand between what was read and the word.
            let from = line.len() - line[read..].trim_start().len();
            read = from + word.len();
            origin.push(text.len(), n, from, word.len());
            text.push_str(word);
        }
        if !text.is_empty() {
            text.push('\n');
        }
    }
    text.truncate(text.trim_end().len());
    (text, origin)
}
