//! leadwire
