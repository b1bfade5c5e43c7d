//! Documents: lines of `name value`, in one order, with signatures at the end.

use std::fmt::{Display, Write as _};

use crate::{Refusal, Why, bytes_of, text_of};

/// The longest document that is not a list of revocations, in bytes.
pub(crate) const LONGEST: usize = 64 * 1024;

/// Reads a document line by line; whoever asks for the lines in another order than they stand in is refused.
#[derive(Debug)]
pub struct Lines<'t> {
    format: &'static str,
    rest: &'t str,
}

impl<'t> Lines<'t> {
    /// Begins to read a document of a format, `mandate-case/1`.
    ///
    /// # Errors
    /// [`Why::TooLong`]; [`Why::UnknownVersion`] of the same format; [`Why::Format`] for everything else.
    pub fn of(bytes: &'t [u8], format: &'static str, longest: usize) -> Result<Self, Refusal> {
        if bytes.len() > longest {
            return Err(Refusal::new(Why::TooLong).with("what", format));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::format(format))?;
        let (first, rest) = text
            .split_once('\n')
            .ok_or_else(|| Refusal::format(format))?;
        if first == format {
            return Ok(Self { format, rest });
        }
        let kind = format.split('/').next().unwrap_or(format);
        let same = first
            .strip_prefix(kind)
            .is_some_and(|after| after.starts_with('/'));
        Err(if same {
            Refusal::new(Why::UnknownVersion).with("what", kind)
        } else {
            Refusal::format(format)
        })
    }

    fn wrong(&self, name: &str) -> Refusal {
        Refusal::format(format_args!("{}: {name}", self.format))
    }

    /// The value of the next line, which must have this name.
    ///
    /// # Errors
    /// Another line, or none.
    pub fn take(&mut self, name: &str) -> Result<&'t str, Refusal> {
        self.maybe(name).ok_or_else(|| self.wrong(name))
    }

    /// The value of the next line if it has this name.
    pub fn maybe(&mut self, name: &str) -> Option<&'t str> {
        let (line, rest) = self.rest.split_once('\n')?;
        let value = line.strip_prefix(name)?.strip_prefix(' ')?;
        self.rest = rest;
        Some(value)
    }

    /// The value of the next line as something that is read from text.
    ///
    /// # Errors
    /// Another line, or a value that cannot be read; the place is named.
    pub fn read<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&'t str) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let value = self.take(name)?;
        read(value).map_err(|_| self.wrong(name))
    }

    /// The signature, which is the last line.
    ///
    /// # Errors
    /// No such line, or more after it.
    pub fn signature(&mut self) -> Result<[u8; 64], Refusal> {
        let signature = self.read("signature", bytes_of)?;
        self.end()?;
        Ok(signature)
    }

    /// Nothing may follow.
    ///
    /// # Errors
    /// Something follows.
    pub fn end(&self) -> Result<(), Refusal> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.wrong("end"))
        }
    }

    /// What is not read yet.
    pub const fn rest(&self) -> &'t str {
        self.rest
    }
}

/// Writes a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writing(String);

impl Writing {
    /// Begins a document of a format.
    pub fn of(format: &str) -> Self {
        Self(format!("{format}\n"))
    }

    /// Adds a line. No value here can hold a line feed: they are checked types, numbers and base64.
    #[must_use]
    pub fn line(mut self, name: &str, value: impl Display) -> Self {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "{name} {value}");
        self
    }

    /// Adds a line with bytes.
    #[must_use]
    pub fn bytes(self, name: &str, value: &[u8]) -> Self {
        self.line(name, text_of(value))
    }

    /// What is written so far: what a signature is over.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The document with the signature as its last line.
    pub fn signed(self, signature: &[u8; 64]) -> String {
        self.bytes("signature", signature).0
    }

    /// The document as it is.
    pub fn into_text(self) -> String {
        self.0
    }
}
