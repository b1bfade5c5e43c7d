//! ground/store
