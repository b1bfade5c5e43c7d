//! engines/tabular
