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

/// Letters of a line that stand in the clean text as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Which line of the page, from 0.
    pub line: usize,
    /// Where it begins in the text of the line, in bytes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// The lines of a page, and which of their letters stand where in its text. Empty for documents of Word and web pages,
/// which have no lines: their text is that of the file, paragraph by paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// All lines, also running heads, page numbers and footnotes, which are not in the text.
    pub lines: Vec<Line>,
    /// Where in the text each stretch begins; in order.
    stretches: Vec<(usize, Stretch)>,
}

impl Origin {
    /// Notes that `len` bytes at `at` of the text are those at `from` of a line.
    pub(crate) fn push(&mut self, at: usize, line: usize, from: usize, len: usize) {
        if len == 0 {
            return;
        }
        let to = from + len;
        if let Some((begun, last)) = self.stretches.last_mut()
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
            return;
        }
        self.stretches.push((at, Stretch { line, from, to }));
    }

    /// Notes that the text was cut off at `at`: a hyphen that broke a word is gone.
    pub(crate) fn cut(&mut self, at: usize) {
        while let Some((begun, last)) = self.stretches.last_mut() {
            if *begun < at {
                last.to = last.to.min(last.from + (at - *begun));
                return;
            }
            self.stretches.pop();
        }
    }
}

impl Page {
    /// The stretches of the page's lines that a range of its text is made of, in order. What lies between them in the text is
    /// a space or the end of a paragraph, put there where lines were joined or spaces made one.
    #[must_use]
    pub fn stretches(&self, from: usize, to: usize) -> Vec<Stretch> {
        let all = &self.origin.stretches;
        let first = all.partition_point(|(at, stretch)| at + (stretch.to - stretch.from) <= from);
        all[first..]
            .iter()
            .take_while(|(at, _)| *at < to)
            .map(|(at, stretch)| {
                let end = at + (stretch.to - stretch.from);
                Stretch {
                    line: stretch.line,
                    from: stretch.from + from.saturating_sub(*at),
                    to: stretch.to - end.saturating_sub(to),
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
