//! engines/extraction
