//! E-mail addresses, names and languages as people type them.

use crate::AccountError;

/// An e-mail address as it was typed, without the spaces around it, and folded to compare with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Email {
    pub(crate) shown: String,
    pub(crate) folded: String,
}

impl Email {
    /// Reads an address: something, one at sign, a domain; no spaces. Whether it exists is not asked, no mail is sent.
    pub(crate) fn read(text: &str) -> Result<Self, AccountError> {
        let shown = text.trim();
        let Some((local, domain)) = shown.split_once('@') else {
            return Err(AccountError::Email);
        };
        let bad = |c: char| c.is_whitespace() || c.is_control() || "@,;:<>()\"\\".contains(c);
        if local.is_empty()
            || domain.is_empty()
            || shown.len() > 254
            || local.contains(bad)
            || domain.contains(bad)
            || domain.starts_with(['.', '-'])
            || domain.ends_with(['.', '-'])
            || domain.contains("..")
        {
            return Err(AccountError::Email);
        }
        Ok(Email {
            shown: shown.to_owned(),
            folded: fold(shown),
        })
    }
}

/// How addresses are compared: without spaces around them and without regard to case.
pub(crate) fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// A name of a person, a passkey or a token: something, at most 120 characters, on one line.
pub(crate) fn name(text: &str) -> Result<String, AccountError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) {
        return Err(AccountError::Name);
    }
    Ok(name)
}

/// A language tag: `en`, `sr-Latn`. Whether the office offers it is for the page to know.
pub(crate) fn language(text: &str) -> Result<&str, AccountError> {
    let mut parts = text.split('-');
    let main = parts.next().unwrap_or_default();
    let fits = (2..=3).contains(&main.len()) && main.bytes().all(|b| b.is_ascii_lowercase());
    let rest = parts.all(|part| {
        (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    if fits && rest && text.len() <= 20 {
        Ok(text)
    } else {
        Err(AccountError::Language)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_address_that_is_read_reads_the_same_again(text in "\\PC{0,12}@?\\PC{0,12}") {
            if let Ok(email) = Email::read(&text) {
                let again = Email::read(&email.shown).unwrap();
                prop_assert_eq!(&again, &email);
                prop_assert_eq!(email.shown.matches('@').count(), 1);
                prop_assert_eq!(fold(&email.folded), email.folded);
            }
        }

        #[test]
        fn a_name_is_one_line_and_stays_as_it_is(text in "\\PC{0,140}") {
            if let Ok(read) = name(&text) {
                prop_assert_eq!(name(&read).unwrap(), read);
            }
        }
    }

    #[test]
    fn addresses_are_read_and_others_refused() {
        assert_eq!(
            Email::read(" Arta@Example.org ").unwrap().folded,
            "arta@example.org"
        );
        for bad in [
            "",
            "@",
            "a@",
            "@b",
            "a b@c.org",
            "a@b@c",
            "a@.org",
            "a@b..c",
            "<a@b.org>",
            "a@b.org\n",
        ] {
            let ok = Email::read(bad).is_ok();
            assert_eq!(
                ok,
                bad == "a@b.org\n",
                "{bad:?}: only spaces around it are forgiven"
            );
        }
        assert!(language("sr-Cyrl").is_ok() && language("en").is_ok());
        for bad in ["", "e", "EN", "en-", "en_GB", "en-<b>", "english"] {
            assert!(language(bad).is_err(), "{bad:?}");
        }
    }
}
