#![allow(missing_docs)]
#[derive(Default)]
pub struct Limits;
#[derive(Debug)]
pub enum ReadError {
    Encrypted,
    Scanned,
    Broken(String),
    TooLarge { most: u64 },
    Unknown,
    TooSlow,
}
pub struct Page {
    pub number: u32,
    pub text: String,
}
pub struct Source {
    pub pages: Vec<Page>,
}
pub enum Reply {
    Supported,
    Noted,
    Later,
}
pub enum Doubt {
    X,
}
pub struct Proposal {
    pub paragraph: String,
    pub text: String,
    pub states: Vec<String>,
    pub reply: Option<Reply>,
    pub page: u32,
    pub span: (usize, usize),
    pub confidence: f32,
    pub doubt: Option<Doubt>,
}
pub fn read(_bytes: &[u8], _name: &str, _limits: &Limits) -> Result<Source, ReadError> {
    Err(ReadError::Unknown)
}
pub fn propose(_source: &Source) -> Vec<Proposal> {
    vec![]
}
