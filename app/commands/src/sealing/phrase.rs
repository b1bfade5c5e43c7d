//! Passphrases: from the terminal without being shown, or from a file descriptor, one a line.

use std::{
    fs::File,
    io::{BufRead, BufReader},
};

use anyhow::Context as _;
use mandate_language::Arg;
use zeroize::Zeroizing;

use super::{Speech, Told};

/// Where passphrases come from. Never arguments: other people of the machine see those.
pub(super) struct Phrases<'s> {
    speech: &'s Speech,
    from: Option<Box<dyn BufRead>>,
}

impl<'s> Phrases<'s> {
    pub(super) fn of(speech: &'s Speech, told: &Told) -> anyhow::Result<Self> {
        let from = told
            .passphrase_fd
            .map(|number| -> anyhow::Result<Box<dyn BufRead>> {
                if number == 0 {
                    // What is given by another program may be no file that could be opened by name.
                    return Ok(Box::new(BufReader::new(std::io::stdin())));
                }
                let path = format!("/dev/fd/{number}");
                let file = File::open(&path).context(path)?;
                Ok(Box::new(BufReader::new(file)))
            })
            .transpose()?;
        Ok(Self { speech, from })
    }

    fn line(&mut self, prompt: &str) -> anyhow::Result<Zeroizing<String>> {
        let Some(from) = &mut self.from else {
            return Ok(Zeroizing::new(rpassword::prompt_password(prompt)?));
        };
        let mut line = Zeroizing::new(String::new());
        if from.read_line(&mut line)? == 0 {
            return self.speech.fails("sealing-no-passphrase", &[]);
        }
        let length = line.trim_end_matches(['\n', '\r']).len();
        line.truncate(length);
        Ok(line)
    }

    /// A passphrase that is known already.
    pub(super) fn known(&mut self, whose: &str) -> anyhow::Result<Zeroizing<String>> {
        let args = [("who", Arg::from(whose))];
        let prompt = self.speech.says("sealing-passphrase", &args)?;
        self.line(&format!("{prompt} "))
    }

    /// A passphrase that is set now: asked twice at the terminal.
    pub(super) fn set(&mut self, whose: &str) -> anyhow::Result<Zeroizing<String>> {
        let args = [("who", Arg::from(whose))];
        let first = self.speech.says("sealing-passphrase-new", &args)?;
        let passphrase = self.line(&format!("{first} "))?;
        if self.from.is_none() {
            let again = self.speech.says("sealing-passphrase-again", &[])?;
            if self.line(&format!("{again} "))? != passphrase {
                return self.speech.fails("sealing-passphrase-differs", &[]);
            }
        }
        Ok(passphrase)
    }
}
