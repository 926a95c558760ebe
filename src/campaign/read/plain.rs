//! Reading what is no object of ours: texts, numbers, lists, days.

use serde_json::{Map, Value};

use super::{Read, Reader};
use crate::standards::{Day, Policy, TimeOfDay, sorted::Sorted};

impl Read for Value {
    fn read(found: Option<&Value>, _: &mut Reader) -> Self {
        found.cloned().unwrap_or_default()
    }
}

impl Read for String {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        reader.text(found).to_owned()
    }
}

impl Read for bool {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let flag = found.and_then(Value::as_bool);
        if flag.is_none() {
            reader.wrong(found, "`true` or `false`");
        }
        flag.unwrap_or_default()
    }
}

impl Read for f64 {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let number = found.and_then(Value::as_f64);
        if number.is_none() {
            reader.wrong(found, "a number");
        }
        number.unwrap_or_default()
    }
}

impl Reader {
    /// A text.
    pub(crate) fn text<'a>(&mut self, found: Option<&'a Value>) -> &'a str {
        let text = found.and_then(Value::as_str);
        if text.is_none() {
            self.wrong(found, "a text");
        }
        text.unwrap_or_default()
    }

    /// A whole number within these bounds.
    fn whole(&mut self, found: Option<&Value>, least: i64, most: i64) -> i64 {
        let number = found.and_then(Value::as_i64).filter(|n| (least..=most).contains(n));
        if number.is_none() {
            self.wrong(found, &format!("a whole number from {least} to {most}"));
        }
        number.unwrap_or(0)
    }
}

macro_rules! whole {
    ($($type:ty)*) => { $(
        impl Read for $type {
            fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
                let number = reader.whole(found, Self::MIN.into(), Self::MAX.into());
                number.try_into().unwrap_or_default()
            }
        }
    )* };
}

whole!(u8 u16 u32 i32);

impl Read for u64 {
    /// Sizes in bytes: more than a JavaScript number holds is no size.
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        reader.whole(found, 0, 9_007_199_254_740_991).unsigned_abs()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let found = found.filter(|value| !value.is_null());
        found.map(|value| T::read(Some(value), reader))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let mut items = Vec::new();
        for (i, item) in reader.list(found).iter().enumerate() {
            reader.enter_item(i);
            items.push(T::read(Some(item), reader));
            reader.leave();
        }
        items
    }
}

impl<T: Read> Read for [T; 2] {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let items = reader.list(found);
        if found.is_some_and(Value::is_array) && items.len() != 2 {
            reader.fault("wrong-shape", format!("list of {}, expected 2", items.len()));
        }
        [0, 1].map(|i| {
            reader.enter_item(i);
            let item = T::read(items.get(i), reader);
            reader.leave();
            item
        })
    }
}

impl<T: Read> Read for Sorted<String, T> {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let mut read = Self::default();
        for (key, value) in reader.map(found).into_iter().flatten() {
            read.insert(key.clone(), reader.inside(key, Some(value)));
        }
        read
    }
}

impl Read for Map<String, Value> {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        reader.map(found).cloned().unwrap_or_default()
    }
}

impl Read for Day {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        Day::parse(reader.text(found)).unwrap_or_else(|fault| {
            if let Some(text @ Value::String(_)) = found {
                reader.fault("wrong-shape", format!("{}, {fault}", super::what(text)));
            }
            Self::MIN
        })
    }
}

impl Read for TimeOfDay {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let time = found.and_then(Value::as_str).and_then(Self::parse);
        if time.is_none() {
            reader.wrong(found, "a time of day such as `17:30`");
        }
        time.unwrap_or_default()
    }
}

impl Read for Policy {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let words = Self::ALL.map(|policy| (policy.name(), false));
        let word = reader.word(found, &words).map(|(word, _)| word);
        Self::ALL.into_iter().find(|policy| Some(policy.name()) == word).unwrap_or_default()
    }
}
