//! The types of a campaign file, each described once: its Rust type, its reading, and natively its
//! JSON Schema with the doc comments as descriptions.
//!
//! The readers are plain functions over [`Reader`](super::read::Reader), which knows no type. What
//! serde derives is a copy of the whole parser for each type, a hundred times as large.

/// Describes an object. `need` says that a key must be there, `may` that it can be left out, with
/// `= …` for what is then taken; `as "…"` is the key where it is not the name of the field.
macro_rules! record {
    (
        $(#[$($outer:tt)*])*
        pub struct $name:ident { $(
            $(#[$($inner:tt)*])*
            $mode:ident $field:ident $(as $key:literal)? : $type:ty $(= $default:expr)?
        ),* $(,)? }
    ) => {
        $(#[$($outer)*])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $name { $($(#[$($inner)*])* pub $field: $type),* }

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

        #[cfg(not(target_arch = "wasm32"))]
        impl $crate::campaign::schema::Describe for $name {
            fn schema(
                definitions: &mut $crate::campaign::schema::Definitions,
            ) -> serde_json::Value {
                let docs = &[$($crate::campaign::describe::doc_line!($($outer)*)),*];
                definitions.record(stringify!($name), docs, &[
                    $($crate::campaign::schema::Entry {
                        key: record!(@key $field $($key)?),
                        docs: &[$($crate::campaign::describe::doc_line!($($inner)*)),*],
                        needed: record!(@needed $mode),
                        schema: <$type as $crate::campaign::schema::Describe>::schema,
                        default: || record!(@default $mode $type $(, $default)?),
                    }),*
                ])
            }
        }
    };
    (@needed need) => { true };
    (@needed may) => { false };
    (@default need $type:ty) => { serde_json::Value::Null };
    (@default may $type:ty) => { $crate::campaign::schema::blank::<$type>() };
    (@default may $type:ty, $default:expr) => {{
        let default: $type = $default;
        $crate::campaign::schema::taken(&default)
    }};
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
        $(#[$($outer:tt)*])*
        pub enum $name:ident { $(
            $(#[$($inner:tt)*])*
            $variant:ident $(($settings:ty))? = $word:literal
        ),* $(,)? } else $blank:expr
    ) => {
        $(#[$($outer)*])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub enum $name { $($(#[$($inner)*])* #[serde(rename = $word)] $variant $(($settings))?),* }

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

        #[cfg(not(target_arch = "wasm32"))]
        impl $crate::campaign::schema::Describe for $name {
            fn schema(
                definitions: &mut $crate::campaign::schema::Definitions,
            ) -> serde_json::Value {
                let docs = &[$($crate::campaign::describe::doc_line!($($outer)*)),*];
                definitions.one_of(stringify!($name), docs, &[
                    $($crate::campaign::schema::Word {
                        name: $word,
                        docs: &[$($crate::campaign::describe::doc_line!($($inner)*)),*],
                        settings: one_of!(@schema $($settings)?),
                    }),*
                ])
            }
        }
    };
    (@schema) => { None };
    (@schema $settings:ty) => {
        Some(<$settings as $crate::campaign::schema::Describe>::schema)
    };
    (@has) => { false };
    (@has $settings:ty) => { true };
}

/// The words of an attribute that is a line of a doc comment.
#[cfg(not(target_arch = "wasm32"))]
macro_rules! doc_line {
    (doc = $words:literal) => {
        Some($words)
    };
    ($($other:tt)*) => {
        None
    };
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) use doc_line;
pub(super) use {one_of, record};
