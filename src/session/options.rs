//! The values a choice offers, and which of them can be chosen now.

use super::{Place, Session};
use crate::answers;
use crate::campaign::{ChoiceOption, Field, FieldKind};
use crate::standards::codes;

/// A value of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Whether it can be chosen only where its condition holds.
    pub conditional: bool,
}

impl Session {
    /// The values of a choice, or of several choices, in the order they are offered in.
    pub fn offers(field: &Field, lang: &str) -> Vec<Offer> {
        let (table, options) = options(field);
        let coded = table.and_then(codes::offered).unwrap_or_default().iter().map(|code| Offer {
            value: code.code.to_owned(),
            label: code.name.to_owned(),
            conditional: false,
        });
        let own = options.iter().map(|option| Offer {
            value: option.value.clone(),
            label: option.label.get(lang).to_owned(),
            conditional: option.when.is_some(),
        });
        coded.chain(own).collect()
    }

    /// Whether a value is to be seen: it can be chosen, or is chosen already.
    pub fn offered(&self, place: &Place, value: &str) -> bool {
        self.chosen(place, value)
            || self.field(place).is_some_and(|field| {
                let (_, options) = options(field);
                let option = options.iter().find(|option| option.value == value);
                option.is_none_or(|option| self.can_choose(place, option))
            })
    }

    /// Whether a value is chosen.
    pub fn chosen(&self, place: &Place, value: &str) -> bool {
        let Some(answer) = self.path(place).and_then(|path| self.answers.at(&path)) else {
            return false;
        };
        match answer.as_array() {
            Some(list) => list.iter().any(|item| answers::text(item) == Some(value)),
            None => super::text(answer) == value,
        }
    }

    fn can_choose(&self, place: &Place, option: &ChoiceOption) -> bool {
        match place {
            Place::Cell(key, row, _) => {
                self.part(key, *row).is_some_and(|part| self.judge.can_choose_in(key, option, part))
            }
            _ => self.judge.can_choose(option, &self.given()),
        }
    }
}

fn options(field: &Field) -> (Option<&str>, &[ChoiceOption]) {
    match &field.kind {
        FieldKind::Choice(choice) => (choice.codes.as_deref(), &choice.options),
        FieldKind::Choices(choices) => (choices.codes.as_deref(), &choices.options),
        _ => (None, &[]),
    }
}
