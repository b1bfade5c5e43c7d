//! ground/language
