//! Any bytes for [`fuzzing::answers`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::answers::run(bytes));
