//! Text with the places that its letters have in the file.

use std::ops::Deref;

/// Letters in a row that are written in the file as they are, or one that is written as a reference.
#[derive(Debug, Clone, Copy)]
struct Run {
    at: usize,
    long: usize,
    from: usize,
    to: usize,
}

impl Run {
    fn as_it_is(&self) -> bool {
        self.to - self.from == self.long
    }
}

/// A text; what was put into it by the reader itself has no place.
#[derive(Debug, Default)]
pub(super) struct Written {
    text: String,
    runs: Vec<Run>,
}

impl Deref for Written {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Written {
    pub(super) fn push(&mut self, letter: char, place: Option<(usize, usize)>) {
        if let Some((from, to)) = place {
            self.note(Run {
                at: self.text.len(),
                long: letter.len_utf8(),
                from,
                to,
            });
        }
        self.text.push(letter);
    }

    fn note(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last)
                if last.as_it_is()
                    && run.as_it_is()
                    && last.at + last.long == run.at
                    && last.to == run.from =>
            {
                last.long += run.long;
                last.to = run.to;
            }
            _ => self.runs.push(run),
        }
    }

    pub(super) fn truncate(&mut self, to: usize) {
        self.text.truncate(to);
        while let Some(last) = self.runs.last_mut().filter(|last| last.at + last.long > to) {
            if last.at < to && last.as_it_is() {
                last.long = to - last.at;
                last.to = last.from + last.long;
            } else {
                self.runs.pop();
            }
        }
    }

    /// The place of what stands from `at` to the end.
    pub(super) fn place(&self, at: usize) -> Option<(usize, usize)> {
        let first = self.runs.iter().find(|run| run.at >= at)?;
        Some((first.from, self.runs.last()?.to))
    }

    /// Takes over a part of another text.
    pub(super) fn take(&mut self, other: &Written, from: usize, to: usize) {
        let shift = self.text.len();
        let first = other.runs.partition_point(|run| run.at + run.long <= from);
        for run in other.runs[first..].iter().take_while(|run| run.at < to) {
            let (before, after) = (
                from.saturating_sub(run.at),
                (run.at + run.long).saturating_sub(to),
            );
            let cut = usize::from(run.as_it_is());
            self.note(Run {
                at: shift + run.at.max(from) - from,
                long: run.long - before - after,
                from: run.from + before * cut,
                to: run.to - after * cut,
            });
        }
        self.text.push_str(&other.text[from..to]);
    }

    /// Where each run begins in the text, how long it is, and the bytes of the file from and to which it is written.
    pub(super) fn places(&self) -> impl Iterator<Item = (usize, usize, usize, usize)> {
        self.runs
            .iter()
            .map(|run| (run.at, run.long, run.from, run.to))
    }
}
