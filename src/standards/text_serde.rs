//! Values that are plain text in JSON: written by `Display`, read by their strict `parse`.
//!
//! The error for a text of the wrong form says what was expected and does not repeat the text.

/// Gives `$type` its `FromStr`, `Serialize` and `Deserialize` from `Display` and `parse`.
macro_rules! text_serde {
    ($type:ty, $fault:ty, $expected:literal) => {
        impl std::str::FromStr for $type {
            type Err = $fault;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;

                impl serde::de::Visitor<'_> for Text {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        <$type>::parse(text).map_err(E::custom)
                    }
                }

                deserializer.deserialize_str(Text)
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, f)
            }
        }
    };
}

/// The number written by `bytes`, or nothing if one of them is no ASCII digit. At most nine bytes.
pub(super) fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().take(9).try_fold(0, |number: u32, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
    })
}

pub(super) use text_serde;
