//! Any bytes for [`fuzzing::signature`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::signature::run(bytes));
