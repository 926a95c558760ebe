//! The last word of the engine: a panic ends it for every form of the page.

use std::sync::Once;

use js_sys::Function;
use wasm_bindgen::JsValue;

/// Has `crashed` called when the engine panics, so that the loader can save what stands in the
/// controls. The panic's own message may hold an answer, so it goes nowhere.
pub(super) fn watch(crashed: Function) {
    static ONCE: Once = Once::new();
    let crashed = Crashed(crashed);
    ONCE.call_once(|| std::panic::set_hook(Box::new(move |_| crashed.call())));
}

struct Crashed(Function);

impl Crashed {
    fn call(&self) {
        // Nobody is left to take an error.
        let _ = self.0.call0(&JsValue::NULL);
    }
}
