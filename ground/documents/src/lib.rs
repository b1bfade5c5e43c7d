//! ground/documents
