//! What Trunk builds. The loader calls `nomination_form::element::open`; nothing runs before that.

// Without a word of it here, the linker would leave the library out.
use nomination_form as _;

fn main() {}
