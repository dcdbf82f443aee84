//! Any bytes for [`fuzzing::tokens`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::tokens::run(bytes));
