//! Nothing of its own: the tests of the whole system, beside this in `tests/`, act through the public edges of an app
//! that `testkit` puts together.
