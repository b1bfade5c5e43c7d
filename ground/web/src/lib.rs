//! ground/web
