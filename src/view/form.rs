//! The one handle every component holds: reads of the session are watched, events are sent to it.

use std::collections::HashMap;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::signal::ArcTrigger;

use crate::session::{Effect, Event, Focus, RowId, Session};
use crate::standards::Instant;

/// What the form needs from the world outside.
pub struct Outside {
    /// The host's time.
    pub clock: Box<dyn Fn() -> Instant>,
    /// Carries out what the session asks for, except looking again, which is done here.
    pub run: Rc<dyn Fn(Vec<Effect>)>,
    /// Takes a chosen file: the file, its slot, and its row.
    pub choose: Rc<dyn Fn(web_sys::File, String, Option<(String, RowId)>)>,
}

struct Inner {
    session: Session,
    outside: Outside,
    watched: HashMap<String, ArcTrigger>,
}

/// A form being filled in. Cheap to copy; dead once its element is gone.
#[derive(Clone, Copy)]
pub struct Form {
    inner: StoredValue<Inner, LocalStorage>,
    lang: StoredValue<String, LocalStorage>,
}

impl Form {
    /// Wraps a session. Must be called under the owner whose end is the form's end.
    pub fn new(session: Session, outside: Outside, lang: String) -> Self {
        let inner = Inner { session, outside, watched: HashMap::new() };
        Self { inner: StoredValue::new_local(inner), lang: StoredValue::new_local(lang) }
    }

    /// Reads the session, and runs the caller again when `topic` changes.
    pub fn watch<T>(self, topic: &str, look: impl FnOnce(&Session) -> T) -> T {
        let trigger = self.inner.try_update_value(|inner| match inner.watched.get(topic) {
            Some(trigger) => trigger.clone(),
            None => inner.watched.entry(topic.to_owned()).or_default().clone(),
        });
        if let Some(trigger) = trigger {
            trigger.track();
        }
        self.look(look)
    }

    /// Reads the session once.
    pub fn look<T>(self, look: impl FnOnce(&Session) -> T) -> T {
        self.inner.with_value(|inner| look(&inner.session))
    }

    /// The form's language.
    pub fn lang(self) -> String {
        self.lang.get_value()
    }

    /// Tells the session what happened.
    pub fn send(self, event: Event) {
        let done = self.inner.try_update_value(|inner| {
            let now = (inner.outside.clock)();
            let effects = inner.session.apply(event, now);
            (inner.wake(&effects), effects, inner.outside.run.clone())
        });
        let Some((triggers, effects, run)) = done else { return };
        triggers.iter().for_each(ArcTrigger::notify);
        run(effects.into_iter().filter(|effect| !matches!(effect, Effect::Look(_))).collect());
    }

    /// Moves the focus.
    pub fn go(self, target: Focus) {
        let run = self.inner.with_value(|inner| inner.outside.run.clone());
        run(vec![Effect::Focus(target)]);
    }

    /// Hands a chosen file out of the view.
    pub fn choose(self, file: web_sys::File, slot: String, row: Option<(String, RowId)>) {
        let choose = self.inner.with_value(|inner| inner.outside.choose.clone());
        choose(file, slot, row);
    }
}

impl Inner {
    /// The triggers of the topics to look at again; `*` means all.
    fn wake(&self, effects: &[Effect]) -> Vec<ArcTrigger> {
        let topics = effects.iter().filter_map(|effect| match effect {
            Effect::Look(topic) => Some(topic.as_str()),
            _ => None,
        });
        let mut triggers = Vec::new();
        for topic in topics {
            if topic == "*" {
                return self.watched.values().cloned().collect();
            }
            triggers.extend(self.watched.get(topic).cloned());
        }
        triggers
    }
}
