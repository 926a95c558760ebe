//! The one handle every component holds: reads of the session are watched, events are sent to it.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::reactive::signal::ArcTrigger;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::session::{Effect, Event, FileId, Focus, RowId, Session, Stage};
use crate::standards::Instant;
use crate::standards::sorted::Sorted;
use crate::words::Words;

/// Takes a chosen file: the file, its slot, and its row.
pub type Choose = Box<dyn Fn(web_sys::File, String, Option<(String, RowId)>)>;

/// What the form needs from the world outside.
pub struct Outside {
    /// The host's time.
    pub clock: Box<dyn Fn() -> Instant>,
    /// Carries out what the session asks for, all but looking again, which is done here.
    pub run: Box<dyn Fn(Vec<Effect>)>,
    /// Takes a chosen file.
    pub choose: Choose,
    /// Puts another nomination, or the drafts, in place of this form.
    pub ask: Box<dyn Fn(Ask)>,
}

/// Says in words what came of it.
pub type Told = Box<dyn Fn(&'static str)>;

/// What a person wants done with drafts: mostly to see something else in place of what is shown.
pub enum Ask {
    /// An empty form. The draft of this one is kept.
    New,
    /// The drafts of this device.
    List,
    /// The draft of this id.
    Resume(String),
    /// The drafts, without that of this id.
    Remove(String),
    /// Paper with what an element of the form holds.
    Print(web_sys::Element),
    /// A photo shown in an element of the form, which bears its name as `data-picture`.
    Picture(FileId, web_sys::Element),
    /// Larger text and targets, or the usual ones again.
    TextSize,
    /// This form as a file to take away, under a passphrase.
    Pack(String, Told),
    /// The draft in a file that was brought along, with its passphrase.
    Unpack(web_sys::File, String, Told),
}

struct Inner {
    session: RefCell<Session>,
    outside: Outside,
    words: &'static Words,
    watched: RefCell<Sorted<String, ArcTrigger>>,
    /// Whether all parts are to be built.
    whole: Cell<bool>,
    /// While a pointer is pressed, what was left in the meantime.
    held: RefCell<Option<Vec<Event>>>,
}

/// A form being filled in. Cheap to copy; dead once its element is gone.
#[derive(Clone, Copy)]
pub struct Form {
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

impl Form {
    /// Wraps a session. Must be called under the owner whose end is the form's end. Without `whole` its first
    /// part is built, and the others by [`Form::build_all`].
    pub fn new(session: Session, outside: Outside, whole: bool) -> Self {
        let words = session.judge().words();
        let (session, watched, held) =
            (RefCell::new(session), RefCell::default(), RefCell::default());
        let inner = Inner { session, outside, words, watched, held, whole: Cell::new(whole) };
        Self { inner: StoredValue::new_local(Rc::new(inner)) }
    }

    /// Reads the session, and runs the caller again when `topic` changes.
    pub fn watch<T>(self, topic: &str, look: impl FnOnce(&Session) -> T) -> T {
        let inner = self.inner();
        inner.track(topic);
        look(&inner.session.borrow())
    }

    /// Reads the session once.
    pub fn look<T>(self, look: impl FnOnce(&Session) -> T) -> T {
        look(&self.inner().session.borrow())
    }

    /// Whether it is still there.
    pub fn is_open(self) -> bool {
        self.inner.try_get_value().is_some()
    }

    /// Where the nomination stands, watched.
    pub fn stage(self) -> Stage {
        self.watch("*", |session| session.stage().clone())
    }

    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    /// Whether all parts are to be built, watched.
    pub(super) fn is_whole(self) -> bool {
        let inner = self.inner();
        inner.track("whole");
        inner.whole.get()
    }

    /// The name of the stage as pages and tests are told it, watched: whoever waits for a stage will look
    /// for what is in the form then, so all parts are built before it has one.
    pub fn state(self) -> &'static str {
        if self.is_whole() { self.stage().name() } else { "loading" }
    }

    /// Builds all parts. Until then there is only the first, which a person sees all the sooner.
    pub fn build_all(self) {
        let Some(inner) = self.inner.try_get_value() else { return };
        if !inner.whole.replace(true) {
            let trigger = inner.watched.borrow().get("whole").cloned();
            trigger.iter().for_each(ArcTrigger::notify);
        }
    }

    /// The form's language.
    pub fn lang(self) -> &'static str {
        self.inner().words.lang()
    }

    /// The words the form speaks.
    pub fn words(self) -> &'static Words {
        self.inner().words
    }

    /// The label of a field; empty where there is no such field.
    pub(super) fn label(self, key: &str) -> String {
        self.look(|session| {
            let field = session.track().field(key);
            field.map(|field| field.label.get(self.lang()).to_owned()).unwrap_or_default()
        })
    }

    /// Tells the session what happened.
    pub fn send(self, event: Event) {
        let Some(inner) = self.inner.try_get_value() else { return };
        if matches!(event, Event::Left(_) | Event::LeftTable(_))
            && let Some(held) = inner.held.borrow_mut().as_mut()
        {
            return held.push(event);
        }
        let effects = inner.session.borrow_mut().apply(event, (inner.outside.clock)());
        inner.wake(&effects).iter().for_each(ArcTrigger::notify);
        (inner.outside.run)(effects);
    }

    /// A pointer goes down. What is left by that is told only once it is up again: a problem that
    /// appears in between would move the button away from under the finger, and the press would miss.
    pub fn pressed(self) {
        self.let_go();
        if let Some(inner) = self.inner.try_get_value() {
            inner.held.replace(Some(Vec::new()));
        }
    }

    /// The pointer is up again; the click comes first, then what was left.
    pub fn released(self) {
        Timeout::new(0, move || self.let_go()).forget();
    }

    fn let_go(self) {
        let Some(inner) = self.inner.try_get_value() else { return };
        let held = inner.held.take();
        held.into_iter().flatten().for_each(|event| self.send(event));
    }

    /// Moves the focus.
    pub fn go(self, target: Focus) {
        self.send(Event::Go(target));
    }

    /// Asks for something else in place of this form.
    pub fn ask(self, ask: Ask) {
        (self.inner().outside.ask)(ask);
    }

    /// Hands a chosen file out of the view.
    pub fn choose(self, file: web_sys::File, slot: String, row: Option<(String, RowId)>) {
        (self.inner().outside.choose)(file, slot, row);
    }
}

impl Inner {
    fn track(&self, topic: &str) {
        let known = self.watched.borrow().get(topic).cloned();
        let trigger = known.unwrap_or_else(|| {
            let new = ArcTrigger::new();
            self.watched.borrow_mut().insert(topic.to_owned(), new.clone());
            new
        });
        trigger.track();
    }

    /// The triggers of the topics to look at again; `*` means all.
    fn wake(&self, effects: &[Effect]) -> Vec<ArcTrigger> {
        let watched = self.watched.borrow();
        let topics = effects.iter().filter_map(|effect| match effect {
            Effect::Look(topic) => Some(topic.as_str()),
            _ => None,
        });
        let mut triggers = Vec::new();
        for topic in topics {
            if topic == "*" {
                return watched.values().cloned().collect();
            }
            triggers.extend(watched.get(topic).cloned());
        }
        triggers
    }
}
