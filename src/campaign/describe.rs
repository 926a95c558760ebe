//! The types of a campaign file, each described once: its Rust type and its reading.
//!
//! The readers are plain functions over [`Reader`](super::read::Reader), which knows no type. What
//! serde derives is a copy of the whole parser for each type, a hundred times as large.

/// Describes an object. `need` says that a key must be there, `may` that it can be left out, with
/// `= …` for what is then taken; `as "…"` is the key where it is not the name of the field.
macro_rules! record {
    (
        $(#[$outer:meta])*
        pub struct $name:ident { $(
            $(#[$inner:meta])*
            $mode:ident $field:ident $(as $key:literal)? : $type:ty $(= $default:expr)?
        ),* $(,)? }
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $name { $($(#[$inner])* pub $field: $type),* }

        impl $crate::campaign::read::Read for $name {
            fn read(
                found: Option<&serde_json::Value>,
                reader: &mut $crate::campaign::read::Reader,
            ) -> Self {
                let entries =
                    reader.object(found, &[$(record!(@key $field $($key)?)),*]);
                Self { $(
                    $field: record!(
                        @$mode reader, entries, record!(@key $field $($key)?) $(, $default)?
                    )
                ),* }
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@need $reader:ident, $entries:ident, $key:expr) => { $reader.need($entries, $key) };
    (@may $reader:ident, $entries:ident, $key:expr) => { $reader.may($entries, $key) };
    (@may $reader:ident, $entries:ident, $key:expr, $default:expr) => {
        if $crate::campaign::read::has($entries, $key) {
            $reader.may($entries, $key)
        } else {
            $default
        }
    };
}

/// Describes a choice of words, some with settings: `"phone"` or `{"text": {…}}`. Behind `else`
/// stands what is read where nothing fits.
macro_rules! one_of {
    (
        $(#[$outer:meta])*
        pub enum $name:ident { $(
            $(#[$inner:meta])*
            $variant:ident $(($settings:ty))? = $word:literal
        ),* $(,)? } else $blank:expr
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub enum $name { $($(#[$inner])* #[serde(rename = $word)] $variant $(($settings))?),* }

        impl $crate::campaign::read::Read for $name {
            fn read(
                found: Option<&serde_json::Value>,
                reader: &mut $crate::campaign::read::Reader,
            ) -> Self {
                let words = &[$(($word, one_of!(@has $($settings)?))),*];
                let Some((word, _settings)) = reader.word(found, words) else { return $blank };
                match word {
                    $($word => Self::$variant $((reader.inside::<$settings>(word, _settings)))?,)*
                    _ => $blank,
                }
            }
        }
    };
    (@has) => { false };
    (@has $settings:ty) => { true };
}

pub(super) use {one_of, record};
