//! Who is being served just now: a second request for the same thing is told so instead of racing.
//!
//! A thing can be had alone, to change it, or be shared by all who only need it to stay as it is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The names of what is being worked on.
#[derive(Debug, Clone, Default)]
pub struct Busy(Arc<Mutex<HashMap<String, Use>>>);

#[derive(Debug, Clone, Copy)]
enum Use {
    Alone,
    /// By so many.
    Shared(usize),
}

/// Holds a name until dropped, however the work ends.
#[derive(Debug)]
pub struct Held {
    busy: Busy,
    name: String,
}

impl Busy {
    /// Takes `name` for oneself; `None` while anybody else has it.
    pub fn take(&self, name: &str) -> Option<Held> {
        self.hold(name, |held| held.is_none().then_some(Use::Alone))
    }

    /// Takes `name` together with others; `None` while somebody has it alone.
    pub fn share(&self, name: &str) -> Option<Held> {
        self.hold(name, |held| match held {
            None => Some(Use::Shared(1)),
            Some(Use::Shared(others)) => Some(Use::Shared(others + 1)),
            Some(Use::Alone) => None,
        })
    }

    fn hold(&self, name: &str, next: impl Fn(Option<Use>) -> Option<Use>) -> Option<Held> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let used = next(names.get(name).copied())?;
        names.insert(name.to_owned(), used);
        Some(Held { busy: self.clone(), name: name.to_owned() })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut names = self.busy.0.lock().unwrap_or_else(PoisonError::into_inner);
        match names.get_mut(&self.name) {
            Some(Use::Shared(many)) if *many > 1 => *many -= 1,
            _ => drop(names.remove(&self.name)),
        }
    }
}
