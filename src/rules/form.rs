//! The fields of a track by key, found without walking the form.

use super::keyed::Keyed;
use crate::campaign::{Field, Track};

/// Where each field of a track stands: section and place in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    by_key: Keyed<usize>,
    places: Vec<(usize, usize)>,
}

impl Places {
    pub(super) fn of(track: &Track) -> Self {
        let mut places = Self::default();
        for (s, section) in track.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                places.by_key.add(&field.key, places.places.len());
                places.places.push((s, f));
            }
        }
        places
    }

    /// Of the columns of a table, taken for a form.
    pub(super) fn of_columns(columns: &[Field]) -> Self {
        let mut places = Self::default();
        for (at, column) in columns.iter().enumerate() {
            places.by_key.add(&column.key, at);
            places.places.push((0, at));
        }
        places
    }
}

/// A track together with the places of its fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form<'a> {
    pub(super) track: &'a Track,
    pub(super) places: &'a Places,
    /// In a row, the columns: the fields are these then.
    pub(super) columns: Option<&'a [Field]>,
}

impl<'a> Form<'a> {
    /// The field of that key, with its number in form order.
    pub(super) fn get(self, key: &str) -> Option<(usize, &'a Field)> {
        let at = *self.places.by_key.get(key)?;
        Some((at, self.at(at)?))
    }

    /// The field of that number.
    pub(super) fn at(self, at: usize) -> Option<&'a Field> {
        let (section, field) = *self.places.places.get(at)?;
        match self.columns {
            Some(columns) => columns.get(field),
            None => self.track.sections.get(section)?.fields.get(field),
        }
    }
}
