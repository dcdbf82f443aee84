//! Any bytes for [`fuzzing::tasks`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::tasks::run(bytes));
