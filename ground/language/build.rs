//! Builds the crate again when a label file is added: the embedded folder is otherwise tracked file by file.
fn main() {
    println!("cargo:rerun-if-changed=../../locales");
}
