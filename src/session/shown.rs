//! What is asked of the session by those who show it: what stands at a place, and whether it is there.

use super::{Place, Session, text};
use crate::campaign::{Field, FormCase, LengthRule, Requirement};
use crate::standards::count::surplus_start;

impl Session {
    /// The text that stands in a place's control.
    pub fn text_at(&self, place: &Place) -> String {
        self.path(place).and_then(|path| self.answers.at(&path).map(text)).unwrap_or_default()
    }

    /// Whether a field is shown, a matrix's entry, or a row's part of a field for files.
    pub fn visible(&self, place: &Place) -> bool {
        match place {
            Place::Field(key) => {
                let per_row =
                    self.track().field(key).is_some_and(|field| field.per_row().is_some());
                self.let_through(key)
                    && self.judge.visible(key, &self.given())
                    && (!per_row || !self.file_rows(key).is_empty())
            }
            Place::Row(key, row) if self.track().field(key).is_some_and(Field::is_file) => {
                self.file_rows(key).contains(row)
            }
            Place::Row(key, row) => self.rows.index(key, *row).is_some_and(|index| {
                let given = self.given();
                self.judge.visible(key, &given) && self.judge.entry_asked(key, index, &given)
            }),
            Place::Cell(key, row, column) => self
                .part(key, *row)
                .is_some_and(|part| self.judge.column_visible(key, column, part)),
        }
    }

    /// Whether a field must be answered.
    pub fn required(&self, place: &Place) -> bool {
        match place {
            Place::Field(key) => match self.track().field(key) {
                // Shown only where a row asks for it.
                Some(field) if field.per_row().is_some() => {
                    field.required != Requirement::Fixed(false)
                }
                _ => self.judge.required(key, &self.given()),
            },
            Place::Row(..) => false,
            Place::Cell(key, row, column) => self
                .part(key, *row)
                .is_some_and(|part| self.judge.column_required(key, column, part)),
        }
    }

    /// The path of a place within the answers, which is also its control's `name`.
    pub fn path(&self, place: &Place) -> Option<String> {
        self.rows.path(place)
    }

    /// What the counter of a text shows: how much there is, and the rule that says how much there may
    /// be.
    pub fn count(&self, key: &str) -> Option<(usize, &LengthRule)> {
        let given = self.given();
        let rule = self.judge.counter(key, &given)?;
        // A long text is asked about by all who show something of it, after every key.
        let mut counted = self.counted.borrow_mut();
        if counted.as_ref().is_none_or(|(known, at, _)| known != key || *at != self.version) {
            let count = self.judge.count(key, &given)?;
            *counted = Some((key.to_owned(), self.version, count));
        }
        Some((counted.as_ref()?.2, rule))
    }

    /// The first `most` characters of what is too much in a text; nothing where nothing is.
    pub fn surplus(&self, key: &str, most: usize) -> Option<String> {
        let (count, rule) = self.count(key)?;
        if count <= rule.most()? as usize {
            return None;
        }
        let text = self.text_at(&Place::Field(key.to_owned()));
        let start = self.surplus_start(key, &text)?;
        Some(text.get(start..)?.chars().take(most).collect())
    }

    /// Where the surplus of a text begins, as a byte; nothing where there is none.
    pub fn surplus_start(&self, key: &str, text: &str) -> Option<usize> {
        let rule = self.judge.counter(key, &self.given())?;
        surplus_start(text, rule.unit, rule.most()? as usize)
    }

    /// The form that the answers call for, of those the notice has.
    pub fn form_case(&self) -> Option<&FormCase> {
        let name = self.form.as_ref()?;
        self.track().form.0.iter().find(|case| case.name == *name)
    }

    pub(super) fn form_now(&self) -> Option<String> {
        self.judge.form_case(&self.given()).map(|case| case.name.clone())
    }

    /// A computed value, by its key.
    pub fn computed(&self, key: &str) -> Option<f64> {
        self.judge.computed_one(key, &self.given())
    }
}
