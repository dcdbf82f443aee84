//! Any bytes for [`fuzzing::sends`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::sends::run(bytes));
