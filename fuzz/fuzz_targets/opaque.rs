//! Any bytes for [`fuzzing::opaque`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::opaque::run(bytes));
