//! ground/office
