//! Why something sealed was refused, in a form that can be worded for a person.

use std::fmt;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident => $key:literal,)*) => {
        /// Why something was refused. Each has a label in `locales/*/sealing.ftl`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Why {
            $($(#[$doc])* $name,)*
        }

        impl Why {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The id of the label that says it.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }
        }
    };
}

reasons! {
    /// Not of the format that it should have; fact `what` says where.
    Format => "sealing-refused-format",
    /// A version of a format that this program does not know.
    UnknownVersion => "sealing-refused-unknown-version",
    /// Longer than such a thing can be.
    TooLong => "sealing-refused-too-long",
    /// A signature that is not by whom it should be.
    Signature => "sealing-refused-signature",
    /// Says that it was made more than a day from now.
    Ahead => "sealing-refused-ahead",
    /// Another office key than the pinned one.
    OtherOffice => "sealing-refused-other-office",
    /// Nobody certified this key.
    Uncertified => "sealing-refused-uncertified",
    /// The certificate begins later.
    NotYet => "sealing-refused-not-yet",
    /// The certificate has ended.
    Expired => "sealing-refused-expired",
    /// The certificate was revoked.
    Revoked => "sealing-refused-revoked",
    /// A certificate for something else.
    WrongUse => "sealing-refused-wrong-use",
    /// Two certificates of one number.
    TwoCertificates => "sealing-refused-two-certificates",
    /// A list of revocations older than one known.
    ListOlder => "sealing-refused-list-older",
    /// Two lists of revocations of one number.
    ListForked => "sealing-refused-list-forked",
    /// A list of revocations after which a newer one was due.
    ListOutdated => "sealing-refused-list-outdated",
    /// Of another case.
    OtherCase => "sealing-refused-other-case",
    /// A statement on the case's key older than one known.
    CaseOlder => "sealing-refused-case-older",
    /// Two statements of one number on the case's key.
    CaseForked => "sealing-refused-case-forked",
    /// A statement that does not continue the one before.
    CaseBroken => "sealing-refused-case-broken",
    /// Made by somebody who was not granted the case.
    NotEntitled => "sealing-refused-not-entitled",
    /// Somebody was taken off, but the key stayed.
    NotRotated => "sealing-refused-not-rotated",
    /// Somebody who is granted the case was revoked, and the key is still the one they know.
    NeedsRotation => "sealing-refused-needs-rotation",
    /// The recovery key is not among those granted.
    NoRecovery => "sealing-refused-no-recovery",
    /// The case has no key of that generation.
    NoSuchKey => "sealing-refused-no-such-key",
    /// The reader has no grant.
    NotGranted => "sealing-refused-not-granted",
    /// A grant for another person.
    OtherPerson => "sealing-refused-other-person",
    /// Of another generation of the key.
    OtherKey => "sealing-refused-other-key",
    /// A grant whose key is not the case's.
    CaseKeySwapped => "sealing-refused-case-key-swapped",
    /// Of another field.
    OtherField => "sealing-refused-other-field",
    /// Of another version.
    OtherVersion => "sealing-refused-other-version",
    /// A version older than one known.
    FieldOlder => "sealing-refused-field-older",
    /// Two contents of one version.
    FieldForked => "sealing-refused-field-forked",
    /// Nobody signed it, where a signature is asked for.
    Unsigned => "sealing-refused-unsigned",
    /// The content has not the digest that it names.
    Digest => "sealing-refused-digest",
    /// The padding is not zeros.
    Padding => "sealing-refused-padding",
    /// The length is none of the buckets, or not the smallest that fits.
    Bucket => "sealing-refused-bucket",
    /// Others than the one who should can open it.
    Recipients => "sealing-refused-recipients",
    /// No key at hand opens it, or it was damaged.
    DoesNotOpen => "sealing-refused-does-not-open",
    /// Wrapped with less work than is allowed.
    WorkTooLow => "sealing-refused-work-too-low",
    /// Wrapped with more work than a machine can be asked for.
    WorkTooHigh => "sealing-refused-work-too-high",
    /// A key wrapped by a passkey only.
    PasskeyAlone => "sealing-refused-passkey-alone",
    /// The passphrase does not open the wrap.
    Passphrase => "sealing-refused-passphrase",
    /// The passphrase is too short to be set.
    PassphraseShort => "sealing-refused-passphrase-short",
    /// The passkey does not open the wrap.
    Passkey => "sealing-refused-passkey",
    /// The wrap holds another person's key.
    WrapOfOther => "sealing-refused-wrap-of-other",
    /// The wrapped key is not the certified one.
    WrapUncertified => "sealing-refused-wrap-uncertified",
    /// A part is missing.
    PartMissing => "sealing-refused-part-missing",
    /// A part stands where another belongs.
    PartMoved => "sealing-refused-part-moved",
    /// A part of another attachment.
    PartForeign => "sealing-refused-part-foreign",
    /// More parts than the attachment has.
    PartSurplus => "sealing-refused-part-surplus",
    /// Larger than an attachment may be.
    TooLarge => "sealing-refused-too-large",
    /// Another file than the one whose sending was begun.
    OtherFile => "sealing-refused-other-file",
    /// A row of a share with a slip of the pen.
    ShareRow => "sealing-refused-share-row",
    /// A share that is wrong somewhere.
    Share => "sealing-refused-share",
    /// A share of another key.
    ShareOtherSet => "sealing-refused-share-other-set",
    /// The same share twice.
    ShareTwice => "sealing-refused-share-twice",
    /// Fewer shares than are needed.
    SharesFew => "sealing-refused-shares-few",
    /// Opening with recovery by fewer than two officers.
    TwoOfficers => "sealing-refused-two-officers",
    /// The keys were forgotten after idle minutes.
    Locked => "sealing-refused-locked",
}

/// Something sealed, or a document about it, was refused: nothing of it may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    why: Why,
    facts: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A refusal without facts.
    pub const fn new(why: Why) -> Self {
        Self {
            why,
            facts: Vec::new(),
        }
    }

    /// A refusal of something that has not the form it should have.
    pub fn format(what: impl fmt::Display) -> Self {
        Self::new(Why::Format).with("what", what)
    }

    /// Adds what the label's placeholder of that name shows.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.facts.push((name, value.to_string()));
        self
    }

    /// Why.
    pub const fn why(&self) -> Why {
        self.why
    }

    /// What the label's placeholders show. Never anything out of a ciphertext.
    pub fn facts(&self) -> &[(&'static str, String)] {
        &self.facts
    }
}

impl From<Why> for Refusal {
    fn from(why: Why) -> Self {
        Self::new(why)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.why.key())?;
        for (name, value) in &self.facts {
            write!(f, " {name}={value}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
