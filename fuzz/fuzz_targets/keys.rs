//! Any bytes for [`fuzzing::keys`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::keys::run(bytes));
