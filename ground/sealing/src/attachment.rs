//! Attachments: a sealed manifest, and parts that are sealed each by itself so that any can be sent again.

use mandate_vault::{
    CaseChain, CaseId, Directory, FieldName, Kind, Lines, Refusal, Sealed, Why, Writing, bytes_of,
    digest, number, text_of,
};
use zeroize::Zeroizing;

use crate::{CaseSecrets, field};

const MANIFEST: &str = "mandate-attachment/1";
const PART_FORMAT: &str = "mandate-chunk/1";
/// The content of every part but the last, in bytes: 1 MiB less 1 KiB for its lines.
pub const PART: usize = (1 << 20) - 1024;
/// The most parts of an attachment: 4 GB.
pub const PARTS: u64 = 4096;

/// What an attachment is; the body of the field `attachment/UPLOAD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// 16 random bytes in hex.
    pub upload: String,
    /// The file's name.
    pub name: String,
    /// Its media type, as the sender's machine says.
    pub media: String,
    /// Its length in bytes.
    pub size: u64,
    /// The SHA-256 of the whole.
    pub digest: [u8; 32],
    /// How many parts.
    pub total: u64,
}

/// A part's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// From 0.
    pub index: u64,
}

fn is_upload(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// How many parts a file of a size has; one even if it is empty.
fn parts(size: u64) -> u64 {
    size.div_ceil(PART as u64).max(1)
}

impl Manifest {
    /// A manifest for a file, with a new number of its own.
    ///
    /// # Errors
    /// [`Why::TooLarge`].
    pub fn new(name: &str, media: &str, size: u64, digest: [u8; 32]) -> Result<Self, Refusal> {
        let upload = rand::random::<[u8; 16]>()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let total = parts(size);
        if total > PARTS {
            return Err(Refusal::new(Why::TooLarge).with("most", PARTS * PART as u64));
        }
        Ok(Self {
            upload,
            name: name.to_owned(),
            media: media.to_owned(),
            size,
            digest,
            total,
        })
    }

    /// The field that the manifest is kept as.
    ///
    /// # Errors
    /// None that can happen.
    pub fn field(&self) -> Result<FieldName, Refusal> {
        FieldName::new(format!("attachment/{}", self.upload))
    }

    /// The body of the field.
    pub fn text(&self) -> String {
        Writing::of(MANIFEST)
            .line("upload", &self.upload)
            .line("name", serde_json::Value::from(self.name.as_str()))
            .line("media", serde_json::Value::from(self.media.as_str()))
            .line("size", self.size)
            .bytes("digest", &self.digest)
            .line("chunks", self.total)
            .into_text()
    }

    /// Reads the body of the field.
    ///
    /// # Errors
    /// Anything that is not of the format, or of another upload than the field says.
    pub fn read(body: &[u8], field: &FieldName) -> Result<Self, Refusal> {
        let text = |text: &str| {
            serde_json::from_str::<String>(text).map_err(|_| Refusal::format("string"))
        };
        let mut lines = Lines::of(body, MANIFEST, 64 * 1024)?;
        let manifest = Self {
            upload: lines.take("upload")?.to_owned(),
            name: lines.read("name", text)?,
            media: lines.read("media", text)?,
            size: lines.read("size", number)?,
            digest: lines.read("digest", bytes_of)?,
            total: lines.read("chunks", number)?,
        };
        lines.end()?;
        let sound = is_upload(&manifest.upload)
            && manifest.total == parts(manifest.size)
            && manifest.total <= PARTS;
        if !sound {
            return Err(Refusal::format(MANIFEST));
        }
        if manifest.field()? != *field {
            return Err(Why::OtherField.into());
        }
        Ok(manifest)
    }

    /// How many bytes of the file the part holds.
    pub fn length(&self, part: Part) -> u64 {
        if part.index + 1 < self.total {
            PART as u64
        } else {
            self.size - (self.total - 1) * PART as u64
        }
    }

    /// Seals a part.
    ///
    /// # Errors
    /// [`Why::OtherFile`] for a part of another length; what [`CaseChain::writable`] refuses.
    pub fn seal_part(
        &self,
        part: Part,
        content: &[u8],
        chain: &CaseChain,
        directory: &Directory,
    ) -> Result<Sealed, Refusal> {
        if part.index >= self.total || content.len() as u64 != self.length(part) {
            return Err(Why::OtherFile.into());
        }
        let key = chain.writable(directory)?;
        let head = Writing::of(PART_FORMAT)
            .line("case", &chain.latest().case)
            .line("upload", &self.upload)
            .line("key", key.generation)
            .line("index", part.index)
            .line("total", self.total)
            .line("last", u8::from(part.index + 1 == self.total))
            .line("length", content.len())
            .line("digest", text_of(&digest(content)))
            .into_text();
        field::padded(head, content, &key.key, Kind::Part)
    }

    /// Opens the part that belongs at a place.
    ///
    /// # Errors
    /// [`Why::DoesNotOpen`], [`Why::OtherCase`], [`Why::PartForeign`], [`Why::PartMoved`], [`Why::OtherKey`],
    /// [`Why::Digest`], [`Why::Padding`], [`Why::Bucket`].
    pub fn open_part(
        &self,
        part: Part,
        sealed: &Sealed,
        secrets: &CaseSecrets,
    ) -> Result<Zeroizing<Vec<u8>>, Refusal> {
        if part.index >= self.total {
            return Err(Refusal::new(Why::PartSurplus).with("total", self.total));
        }
        let (generation, plaintext) = field::open_with_any(sealed, secrets)?;
        let (head, rest) = field::taken_apart(&plaintext)?;
        let mut lines = Lines::of(head, PART_FORMAT, head.len())?;
        let case = lines.read("case", CaseId::new)?;
        let upload = lines.take("upload")?;
        let key = lines.read("key", number)?;
        let index = lines.read("index", number)?;
        let total = lines.read("total", number)?;
        let last = lines.read("last", number)?;
        let length = lines.read("length", number)?;
        let named = lines.read("digest", bytes_of)?;
        lines.end()?;
        if case != *secrets.case() {
            return Err(Why::OtherCase.into());
        }
        if upload != self.upload {
            return Err(Refusal::new(Why::PartForeign).with("part", part.index + 1));
        }
        if key != generation {
            return Err(Refusal::new(Why::OtherKey)
                .with("key", key)
                .with("asked", generation));
        }
        let place = index == part.index
            && total == self.total
            && last == u64::from(index + 1 == total)
            && length == self.length(part);
        if !place {
            return Err(Refusal::new(Why::PartMoved).with("part", part.index + 1));
        }
        let body = field::body_of(&plaintext, rest, length, Kind::Part, &named)?;
        Ok(Zeroizing::new(body.to_vec()))
    }
}
