//! Repetitions.
