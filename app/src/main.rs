//! The program `mandate`.
fn main() {}
