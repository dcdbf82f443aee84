//! Any bytes for [`fuzzing::callback_data`].
#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzzing::callback_data::run(bytes));
