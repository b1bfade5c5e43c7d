//! ground/ledger
