//! What Trunk builds. The loader calls [`nomination_form::element::open`]; nothing runs before that.

fn main() {}
