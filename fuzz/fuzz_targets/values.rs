//! Any bytes for [`fuzzing::values`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::values::run(bytes));
