//! What happens to the page: it is left, looked at again, ended, and the network comes back.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

/// What happened to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageEvent {
    /// It may end any moment.
    Leaving,
    /// A person looks at it again.
    Back,
    /// The browser says there is a network.
    Online,
    /// A pointer is up again, wherever on the page.
    Released,
}

/// Listens for as long as it is held.
pub struct PageWatch {
    targets: Vec<(EventTarget, &'static str)>,
    heard: Closure<dyn FnMut(Event)>,
}

impl PageWatch {
    /// Tells `tell` what happens to the page.
    pub fn new(tell: impl Fn(PageEvent) + 'static) -> Self {
        let heard = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            tell(match event.type_().as_str() {
                "online" => PageEvent::Online,
                "pointerup" | "pointercancel" => PageEvent::Released,
                "pagehide" => PageEvent::Leaving,
                _ if hidden() => PageEvent::Leaving,
                _ => PageEvent::Back,
            });
        });
        let mut targets = Vec::new();
        if let Some(window) = web_sys::window() {
            if let Some(document) = window.document() {
                targets.push((document.into(), "visibilitychange"));
            }
            for event in ["pagehide", "online", "focus", "pointerup", "pointercancel"] {
                targets.push((EventTarget::from(window.clone()), event));
            }
        }
        for (target, event) in &targets {
            // Targets of the browser's own always take a listener.
            let _ = target.add_event_listener_with_callback(event, heard.as_ref().unchecked_ref());
        }
        Self { targets, heard }
    }
}

impl Drop for PageWatch {
    fn drop(&mut self) {
        for (target, event) in &self.targets {
            let _ = target
                .remove_event_listener_with_callback(event, self.heard.as_ref().unchecked_ref());
        }
    }
}

fn hidden() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_some_and(|document| document.hidden())
}
