//! Values by key, without a hash table: a form has few keys, and one search serves all.

/// Values by key, the shorter keys first: most comparisons are then of two lengths and of no text.
#[derive(Debug, Clone)]
pub(super) struct Keyed<V>(Vec<(String, V)>);

impl<V> Default for Keyed<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<V> Keyed<V> {
    pub(super) fn get(&self, key: &str) -> Option<&V> {
        let at = self.place(key).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Adds a value where the key has none.
    pub(super) fn add(&mut self, key: &str, value: V) {
        if let Err(at) = self.place(key) {
            self.0.insert(at, (key.to_owned(), value));
        }
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| {
            known.len().cmp(&key.len()).then_with(|| known.as_str().cmp(key))
        })
    }
}

impl<T> Keyed<Vec<T>> {
    /// The values of a key; none where there is no such key.
    pub(super) fn all(&self, key: &str) -> &[T] {
        self.get(key).map_or(&[], Vec::as_slice)
    }

    /// Adds a value to those of a key.
    pub(super) fn push(&mut self, key: &str, value: T) {
        match self.place(key) {
            Ok(at) => {
                if let Some((_, values)) = self.0.get_mut(at) {
                    values.push(value);
                }
            }
            Err(at) => self.0.insert(at, (key.to_owned(), vec![value])),
        }
    }
}
