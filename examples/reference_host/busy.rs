//! Who is being served just now: a second request for the same thing is told so instead of racing.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The names of what is being worked on.
#[derive(Debug, Clone, Default)]
pub struct Busy(Arc<Mutex<HashSet<String>>>);

/// Holds a name until dropped, however the work ends.
#[derive(Debug)]
pub struct Held {
    busy: Busy,
    name: String,
}

impl Busy {
    /// Takes `name`; `None` while somebody else has it.
    pub fn take(&self, name: &str) -> Option<Held> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = || Held { busy: self.clone(), name: name.to_owned() };
        names.insert(name.to_owned()).then(held)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.busy.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
    }
}
