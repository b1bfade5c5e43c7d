//! areas/mechanisms
