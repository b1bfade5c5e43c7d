//! engines/names
