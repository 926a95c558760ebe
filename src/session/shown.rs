//! What is asked of the session by those who show it: what stands at a place, and whether it is there.

use serde_json::Value;

use super::{Place, Session, text};
use crate::campaign::{Field, FormCase, LengthRule, Requirement};
use crate::standards::count::{measure, surplus_start};

/// How much there is of something, and where its surplus begins, as a byte.
pub(super) type Measured = (usize, Option<usize>);

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
        Some((self.measured(key, rule)?.0, rule))
    }

    /// The first `most` characters of what is too much in a text; nothing where nothing is.
    pub fn surplus(&self, key: &str, most: usize) -> Option<String> {
        let rule = self.judge.counter(key, &self.given())?;
        let start = self.measured(key, rule)?.1?;
        let text = self.answers.get(key)?.as_str()?;
        Some(text.get(start..)?.chars().take(most).collect())
    }

    /// How much of a field there is, and where the surplus of a text begins. After every key of a long
    /// text both are asked for.
    fn measured(&self, key: &str, rule: &LengthRule) -> Option<Measured> {
        let mut last = self.measured.borrow_mut();
        if let Some((known, at, measured)) = last.as_ref()
            && known == key
            && *at == self.version
        {
            return Some(*measured);
        }
        let measured = match self.answers.get(key) {
            Some(Value::String(text)) if self.track().field(key)?.columns().is_empty() => {
                let most = rule.most().and_then(|most| usize::try_from(most).ok());
                measure(text, rule.unit, most.unwrap_or(usize::MAX))
            }
            _ => (self.judge.count(key, &self.given())?, None),
        };
        *last = Some((key.to_owned(), self.version, measured));
        Some(measured)
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
