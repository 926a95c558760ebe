//! What the search for faults comes across: every condition with the fields it reads, and which
//! fields are named at all. So a new kind of rule or a new place for a condition is linted with the
//! rest as soon as its references are checked.

use std::collections::{BTreeMap, BTreeSet};

use crate::campaign::{Field, Logic};

/// What was come across.
#[derive(Default)]
pub(in crate::campaign) struct Seen<'a> {
    /// Every condition and computed value, in the order of the file.
    pub(super) conditions: Vec<Condition<'a>>,
    /// The fields and columns that are named somewhere, by identity: two tables may have columns of
    /// one name.
    named: BTreeSet<*const Field>,
}

/// A condition, where it stands and what it reads.
pub(super) struct Condition<'a> {
    pub(super) at: String,
    pub(super) logic: Logic,
    /// The fields its variables name, and those that decide whether these are shown.
    pub(super) fields: BTreeMap<&'a str, &'a Field>,
}

impl<'a> Seen<'a> {
    /// A field was named.
    pub(in crate::campaign) fn field(&mut self, field: Option<&Field>) {
        self.named.extend(field.map(std::ptr::from_ref));
    }

    /// A column was named.
    pub(in crate::campaign) fn column(&mut self, table: Option<&Field>, column: &str) {
        let columns = table.map_or(&[][..], Field::columns);
        self.field(columns.iter().find(|known| known.key == column));
    }

    /// A condition was found.
    pub(in crate::campaign) fn condition(
        &mut self,
        logic: &Logic,
        at: &str,
        field: impl Fn(&str) -> Option<&'a Field>,
    ) {
        let mut fields = BTreeMap::new();
        let mut keys = logic.reads();
        while let Some(key) = keys.pop() {
            if let Some(field) = field(key)
                && fields.insert(field.key.as_str(), field).is_none()
            {
                keys.extend(field.visible.iter().flat_map(Logic::reads));
            }
        }
        self.conditions.push(Condition { at: at.to_owned(), logic: logic.clone(), fields });
    }

    /// Whether a field or column was named.
    pub(super) fn names(&self, field: &Field) -> bool {
        self.named.contains(&std::ptr::from_ref(field))
    }
}
