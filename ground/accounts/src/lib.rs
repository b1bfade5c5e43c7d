//! ground/accounts
