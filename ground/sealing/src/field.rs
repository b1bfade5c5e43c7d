//! A sealed field: `mandate-sealed/1` in an age file for the case's key.

use mandate_vault::{
    Author, CaseChain, CaseId, Directory, FieldName, Generation, Kind, Lines, Recipient, Refusal,
    Sealed, Time, Version, Why, Writing, bucket, bytes_of, digest, number,
};
use zeroize::Zeroizing;

use crate::{AgeKey, CaseSecrets, INDEX, Signer, agefile};

const FORMAT: &str = "mandate-sealed/1";

/// What a field says of itself.
#[derive(Debug, Clone)]
pub struct Label {
    /// The case.
    pub case: CaseId,
    /// The field.
    pub field: FieldName,
    /// Grows with every writing, from 1.
    pub version: Version,
    /// When it was written.
    pub made: Time,
}

/// The kind of ciphertext that a field is.
pub fn kind_of(field: &FieldName) -> Kind {
    if field.as_str() == INDEX {
        Kind::Index
    } else {
        Kind::Field
    }
}

/// The digest by which a client remembers a ciphertext.
pub fn digest_of(sealed: &Sealed) -> [u8; 32] {
    digest(sealed.as_bytes())
}

/// Seals a field to the case's latest key. Without an author it is write-only capture: only public keys are needed.
///
/// # Errors
/// [`Why::TooLong`]; what [`CaseChain::writable`] refuses; [`Why::OtherCase`].
pub fn seal(
    label: &Label,
    body: &[u8],
    chain: &CaseChain,
    directory: &Directory,
    author: Option<Signer<'_>>,
) -> Result<Sealed, Refusal> {
    if chain.latest().case != label.case {
        return Err(Why::OtherCase.into());
    }
    let key = chain.writable(directory)?;
    let lines = Writing::of(FORMAT)
        .line("case", &label.case)
        .line("field", &label.field)
        .line("version", label.version)
        .line("key", key.generation)
        .line(
            "author",
            author.map_or("-".to_owned(), |author| author.author().to_string()),
        )
        .line("made", label.made)
        .line("length", body.len())
        .bytes("digest", &digest(body));
    let head = match author {
        Some(author) => {
            let signature = author.sign(lines.as_bytes())?;
            lines.signed(&signature)
        }
        None => lines.line("signature", "-").into_text(),
    };
    padded(head, body, &key.key, kind_of(&label.field))
}

/// Lines, an empty line, the body, zeros up to the bucket; sealed.
pub(crate) fn padded(
    head: String,
    body: &[u8],
    key: &Recipient,
    kind: Kind,
) -> Result<Sealed, Refusal> {
    let length = head.len() + 1 + body.len();
    let bucket =
        bucket(length, kind).ok_or_else(|| Refusal::new(Why::TooLong).with("what", FORMAT))?;
    let mut plaintext = Zeroizing::new(Vec::with_capacity(bucket));
    plaintext.extend_from_slice(head.as_bytes());
    plaintext.push(b'\n');
    plaintext.extend_from_slice(body);
    plaintext.resize(bucket, 0);
    agefile::seal_to(key, &plaintext, kind)
}

/// Takes a padded plaintext apart: the lines, and what comes after the empty line.
pub(crate) fn taken_apart(plaintext: &[u8]) -> Result<(&[u8], &[u8]), Refusal> {
    let end = plaintext
        .windows(2)
        .take(64 * 1024)
        .position(|two| two == b"\n\n")
        .ok_or_else(|| Refusal::format(FORMAT))?;
    Ok((&plaintext[..=end], &plaintext[end + 2..]))
}

/// The body of a length; what follows must be the zeros of the smallest bucket.
pub(crate) fn body_of<'p>(
    plaintext: &'p [u8],
    rest: &'p [u8],
    length: u64,
    kind: Kind,
    named: &[u8; 32],
) -> Result<&'p [u8], Refusal> {
    let length = usize::try_from(length).map_err(|_| Refusal::format("length"))?;
    let body = rest
        .get(..length)
        .ok_or_else(|| Refusal::format("length"))?;
    if bucket(plaintext.len() - rest.len() + length, kind) != Some(plaintext.len()) {
        return Err(Refusal::new(Why::Bucket).with("bytes", plaintext.len()));
    }
    if rest[length..].iter().any(|b| *b != 0) {
        return Err(Why::Padding.into());
    }
    if digest(body) != *named {
        return Err(Why::Digest.into());
    }
    Ok(body)
}

/// Opens with whichever of the keys fits; gives the generation that did.
pub(crate) fn open_with_any(
    sealed: &Sealed,
    secrets: &CaseSecrets,
) -> Result<(Generation, Zeroizing<Vec<u8>>), Refusal> {
    let mut refused = Refusal::new(Why::DoesNotOpen);
    for (generation, key) in secrets.all() {
        let key: &AgeKey = key;
        match agefile::open_with(sealed, key) {
            Ok(plaintext) => return Ok((generation, plaintext)),
            Err(why) => refused = why,
        }
    }
    Err(refused)
}

/// What the reader asked for, and what it knows already.
#[derive(Debug, Clone)]
pub struct Expected {
    /// The case.
    pub case: CaseId,
    /// The field.
    pub field: FieldName,
    /// The version that was asked for; any if none.
    pub version: Option<Version>,
    /// The highest version seen before, with the digest of its ciphertext ([`digest_of`]).
    pub known: Option<(Version, [u8; 32])>,
    /// Whether somebody certified must have signed it.
    pub signed: bool,
}

/// What was in a field.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The content.
    pub body: Zeroizing<Vec<u8>>,
    /// Its version.
    pub version: Version,
    /// The generation of the key that it was sealed to.
    pub generation: Generation,
    /// Who wrote it. None: anybody who has the public key may have, the server too.
    pub author: Option<Author>,
    /// When, by the writer's word.
    pub made: Time,
}

/// Opens a field and compares what it says of itself with what was asked for.
///
/// # Errors
/// [`Why::DoesNotOpen`], [`Why::OtherCase`], [`Why::OtherField`], [`Why::OtherVersion`], [`Why::OtherKey`],
/// [`Why::FieldOlder`], [`Why::FieldForked`], [`Why::Unsigned`], [`Why::Signature`], [`Why::Digest`],
/// [`Why::Padding`], [`Why::Bucket`]; what [`Directory::author`] refuses.
pub fn open(
    sealed: &Sealed,
    expected: &Expected,
    secrets: &CaseSecrets,
    directory: &Directory,
) -> Result<Opened, Refusal> {
    let (generation, plaintext) = open_with_any(sealed, secrets)?;
    let (head, rest) = taken_apart(&plaintext)?;
    let mut lines = Lines::of(head, FORMAT, head.len())?;
    let case = lines.read("case", CaseId::new)?;
    let field = lines.read("field", FieldName::new)?;
    let version = lines.read("version", number)?;
    let key = lines.read("key", number)?;
    let author = lines.read("author", |text| match text {
        "-" => Ok(None),
        text => Author::read(text).map(Some),
    })?;
    let made = lines.read("made", number)?;
    let length = lines.read("length", number)?;
    let named = lines.read("digest", bytes_of)?;
    let signature = lines.read("signature", |text| match text {
        "-" => Ok(None),
        text => bytes_of::<64>(text).map(Some),
    })?;
    lines.end()?;
    if case != expected.case || case != *secrets.case() {
        return Err(Why::OtherCase.into());
    }
    if field != expected.field {
        return Err(Why::OtherField.into());
    }
    if key != generation {
        return Err(Refusal::new(Why::OtherKey)
            .with("key", key)
            .with("asked", generation));
    }
    if let Some((known, digest)) = &expected.known {
        if version < *known {
            return Err(Refusal::new(Why::FieldOlder)
                .with("number", version)
                .with("known", known));
        }
        if version == *known && digest_of(sealed) != *digest {
            return Err(Refusal::new(Why::FieldForked).with("number", version));
        }
    }
    if let Some(asked) = expected.version
        && asked != version
    {
        return Err(Refusal::new(Why::OtherVersion)
            .with("number", version)
            .with("asked", asked));
    }
    match (&author, &signature) {
        (Some(author), Some(signature)) => {
            let by = directory.author(&author.person, author.serial, made)?;
            if author.person.is_recovery() {
                return Err(Refusal::new(Why::WrongUse).with("person", &author.person));
            }
            by.signing
                .verify(FORMAT, crate::case::signed_part(head)?, signature)?;
        }
        (None, None) if expected.signed => return Err(Why::Unsigned.into()),
        (None, None) => {}
        _ => return Err(Refusal::new(Why::Signature).with("what", FORMAT)),
    }
    let body = body_of(&plaintext, rest, length, sealed.kind(), &named)?;
    Ok(Opened {
        body: Zeroizing::new(body.to_vec()),
        version,
        generation,
        author,
        made,
    })
}
