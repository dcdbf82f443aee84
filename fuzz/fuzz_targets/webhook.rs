//! Any bytes for [`fuzzing::webhook`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::webhook::run(bytes));
