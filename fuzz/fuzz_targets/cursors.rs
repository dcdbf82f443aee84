//! Any bytes for [`fuzzing::cursors`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::cursors::run(bytes));
