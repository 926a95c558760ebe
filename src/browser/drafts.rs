//! Drafts on the device: IndexedDB, every record sealed.
//!
//! Three stores: `keys` with the one key, `drafts` with a document for each nomination, `files` with
//! the files' bytes in pieces. A draft's record says in plain which page writes it, so that of two pages
//! with the same draft the one that opened it last goes on and the other learns of it, in the very
//! transaction that would have overwritten. Systems end connections behind our back (iOS does, in the
//! background), so every step is tried a second time on a new one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use idb::{DatabaseEvent, Factory, KeyRange, ObjectStoreParams, Query, Transaction};
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Crypto, CryptoKey, IdbDatabase, IdbTransaction};

use super::{
    clock::in_time,
    ids::new_id,
    seal::{Seal, crypto},
};

const NAME: &str = "nomination-form";
const KEYS: &str = "keys";
const DRAFTS: &str = "drafts";
const FILES: &str = "files";
/// The name of the one key.
const KEY: &str = "main";
/// A browser that has not answered by then never will (Safari, after an update of its own). A machine that is
/// overloaded has taken more than four seconds, and the draft that was there did not come up.
const PATIENCE_MS: u32 = 10_000;

#[wasm_bindgen]
extern "C" {
    /// A database that knows the wish that what is committed is on the disk (Chromium 82). Others
    /// overlook it.
    type ToDisk;
    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction_to_disk(
        this: &ToDisk,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Why nothing can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DraftsError {
    /// The page has no secure connection, so there is no cryptography.
    #[error("page is not a secure context")]
    Insecure,
    /// The browser lets nothing be kept: a private window, blocked storage, a key it cannot keep.
    #[error("storage is blocked")]
    Blocked,
    /// The device is full.
    #[error("storage is full")]
    Full,
    /// Another page has opened the same draft.
    #[error("draft is open in another page")]
    Elsewhere,
}

/// The drafts of this origin on this device.
pub struct Drafts {
    database: RefCell<Option<IdbDatabase>>,
    /// Nothing until the key is there.
    seal: RefCell<Option<Seal>>,
    /// Names this page among those that write.
    writer: String,
    /// Counts the connections: after a new one nobody knows what is still there.
    connections: Cell<u32>,
}

/// A sealed record of a draft, opened.
pub struct Kept {
    /// The draft's id.
    pub id: String,
    /// Its document.
    pub json: String,
}

impl Drafts {
    /// Opens the drafts of this device.
    ///
    /// # Errors
    ///
    /// [`DraftsError::Insecure`] or [`DraftsError::Blocked`].
    pub async fn open() -> Result<Rc<Self>, DraftsError> {
        crypto().ok_or(DraftsError::Insecure)?;
        let database = in_time(PATIENCE_MS, connect()).await.ok_or(DraftsError::Blocked)??;
        Ok(Rc::new(Self {
            database: RefCell::new(Some(database)),
            seal: RefCell::default(),
            writer: new_id(),
            connections: Cell::new(1),
        }))
    }

    /// Makes sure that something can be kept: there is a key by then, and the browser can keep it.
    ///
    /// # Errors
    ///
    /// [`DraftsError`] where nothing can be kept.
    pub async fn ready(&self) -> Result<(), DraftsError> {
        self.seal().await.map(drop)
    }

    /// Whether there is any draft, one that cannot be opened among them.
    pub async fn any(&self) -> bool {
        !self.records(DRAFTS, &below(""), Some(1)).await.is_empty()
    }

    /// All drafts that can be opened.
    pub async fn all(&self) -> Vec<Kept> {
        let mut all = Vec::new();
        for record in self.records(DRAFTS, &below(""), None).await {
            all.extend(self.read(&record).await);
        }
        all
    }

    /// Opens a draft in this page: from now on, no other page's writing goes over what is read here.
    pub async fn claim(&self, id: &str) -> Option<Kept> {
        let claim = async || {
            let (transaction, inner) = self.writing(DRAFTS, false)?;
            let there = first(&transaction, DRAFTS, &id.into()).await?;
            let record: Array = there.ok_or(DraftsError::Blocked)?.unchecked_into();
            record.set(0, self.writer.as_str().into());
            let store = transaction.object_store(DRAFTS).map_err(|_| DraftsError::Blocked)?;
            store.put(&record, Some(&id.into())).map_err(|_| DraftsError::Blocked)?;
            committed(transaction, &inner).await.map(|()| record)
        };
        self.read(&self.twice(claim).await.ok()?).await
    }

    async fn read(&self, record: &Array) -> Option<Kept> {
        let id = record.get(3).as_string()?;
        let bytes = self.opened(&about_draft(&id), record, 1).await?;
        let json = String::from_utf8(Uint8Array::new(&bytes).to_vec()).ok()?;
        Some(Kept { id, json })
    }

    /// Keeps a draft's document. `mine` says that this page opens the draft, from whomever it takes
    /// it; without that, a draft that another page has opened since is left alone. `to_disk` waits
    /// until not even a loss of power can take it.
    ///
    /// # Errors
    ///
    /// [`DraftsError`] where it is not kept.
    pub async fn keep(
        &self,
        id: &str,
        json: &str,
        mine: bool,
        to_disk: bool,
    ) -> Result<(), DraftsError> {
        let bytes = Uint8Array::from(json.as_bytes());
        // Sealed in each try: after a new connection the key may be another one.
        let put = async || {
            let (nonce, sealed) = self.sealed(&about_draft(id), &bytes).await?;
            let record = Array::of4(&self.writer.as_str().into(), &nonce, &sealed, &id.into());
            self.put_draft(id, &record, mine, to_disk).await
        };
        self.twice(put).await
    }

    async fn put_draft(
        &self,
        id: &str,
        record: &Array,
        mine: bool,
        to_disk: bool,
    ) -> Result<(), DraftsError> {
        let (transaction, inner) = self.writing(DRAFTS, to_disk)?;
        let store = transaction.object_store(DRAFTS).map_err(|_| DraftsError::Blocked)?;
        if !mine {
            let there = first(&transaction, DRAFTS, &id.into()).await?;
            let writer = there.map(|record| record.unchecked_into::<Array>().get(0));
            if writer.is_some_and(|writer| writer != self.writer.as_str()) {
                return Err(DraftsError::Elsewhere);
            }
        }
        store.put(record, Some(&id.into())).map_err(|_| DraftsError::Blocked)?;
        committed(transaction, &inner).await
    }

    /// Keeps a piece of a file.
    ///
    /// # Errors
    ///
    /// [`DraftsError`] where it is not kept.
    pub async fn keep_piece(
        &self,
        id: &str,
        file: u32,
        piece: u32,
        bytes: &ArrayBuffer,
    ) -> Result<(), DraftsError> {
        let name = piece_name(id, file, piece);
        let put = async || {
            let (nonce, sealed) = self.sealed(&name, bytes).await?;
            let record = Array::of3(&nonce, &sealed, &name.as_str().into());
            let (transaction, inner) = self.writing(FILES, false)?;
            let store = transaction.object_store(FILES).map_err(|_| DraftsError::Blocked)?;
            let key = JsValue::from(name.as_str());
            store.put(&record, Some(&key)).map_err(|_| DraftsError::Blocked)?;
            committed(transaction, &inner).await
        };
        self.twice(put).await
    }

    /// A file's bytes, where every piece of them can be opened.
    pub async fn file(&self, id: &str, file: u32, bytes: u64) -> Option<Blob> {
        let pieces = Array::new();
        let mut size = 0;
        for record in self.records(FILES, &below(&file_name(id, file)), None).await {
            let name = record.get(2).as_string()?;
            let piece: ArrayBuffer = self.opened(&name, &record, 0).await?.dyn_into().ok()?;
            size += u64::from(piece.byte_length());
            pieces.push(&piece);
        }
        (size == bytes).then(|| Blob::new_with_buffer_source_sequence(&pieces).ok()).flatten()
    }

    /// Whether all of a file's bytes are kept, which are so many pieces: the last is written last.
    pub async fn has_file(&self, id: &str, file: u32, pieces: u32) -> bool {
        let last = piece_name(id, file, pieces.saturating_sub(1));
        !self.records(FILES, &last.into(), None).await.is_empty()
    }

    /// Removes a file's bytes.
    pub async fn remove_file(&self, id: &str, file: u32) {
        self.remove_range(FILES, &below(&file_name(id, file))).await;
    }

    /// Removes a draft and its files; gives whether nothing of it is left.
    pub async fn remove(&self, id: &str) -> bool {
        let draft = self.remove_range(DRAFTS, &JsValue::from(id)).await;
        self.remove_range(FILES, &below(&format!("{id}/"))).await && draft
    }

    /// Counts the connections so far. After a new one, what was kept before may be gone.
    pub fn connections(&self) -> u32 {
        self.connections.get()
    }

    async fn remove_range(&self, name: &str, range: &JsValue) -> bool {
        let remove = async || {
            let (transaction, inner) = self.writing(name, true)?;
            let store = transaction.object_store(name).map_err(|_| DraftsError::Blocked)?;
            store.delete(Query::from(range.clone())).map_err(|_| DraftsError::Blocked)?;
            // However it fails, what is to go must get its second chance.
            committed(transaction, &inner).await.map_err(|_| DraftsError::Blocked)
        };
        self.twice(remove).await.is_ok()
    }

    async fn sealed(
        &self,
        about: &str,
        bytes: &Object,
    ) -> Result<(Uint8Array, JsValue), DraftsError> {
        let seal = self.seal().await?;
        seal.seal(about, bytes).await.map_err(|_| DraftsError::Blocked)
    }

    async fn opened(&self, about: &str, record: &Array, at: u32) -> Option<JsValue> {
        let seal = self.seal().await.ok()?;
        seal.open(about, &record.get(at), &record.get(at + 1)).await.ok()
    }

    async fn records(&self, name: &str, range: &JsValue, most: Option<u32>) -> Vec<Array> {
        let read = async || {
            let database = self.database().ok_or(DraftsError::Blocked)?;
            let (transaction, _) = begin(&database, name, "readonly", false)?;
            found(&transaction, name, range, most).await
        };
        self.twice(read).await.unwrap_or_default().into_iter().map(JsCast::unchecked_into).collect()
    }

    /// Does `work`, and does it again on a new connection where the present one does not let it.
    async fn twice<T>(
        &self,
        work: impl AsyncFn() -> Result<T, DraftsError>,
    ) -> Result<T, DraftsError> {
        match work().await {
            Err(DraftsError::Blocked) => {
                self.reconnect().await?;
                work().await
            }
            done => done,
        }
    }

    /// The seal, with the key that is kept, or a new one.
    async fn seal(&self) -> Result<Seal, DraftsError> {
        let known = self.seal.borrow().clone();
        match known {
            Some(seal) => Ok(seal),
            None => self.with_key(self.database().ok_or(DraftsError::Blocked)?).await,
        }
    }

    /// Takes the key from a connection. If the whole database was taken away, so was the key: then ours is
    /// kept anew, or that of another page taken over which was faster.
    async fn with_key(&self, database: IdbDatabase) -> Result<Seal, DraftsError> {
        let crypto = crypto().ok_or(DraftsError::Insecure)?;
        let ours = self.seal.borrow().as_ref().map(|seal| seal.key().clone());
        let key = in_time(PATIENCE_MS, the_key(&database, &crypto, ours))
            .await
            .ok_or(DraftsError::Blocked)??;
        let seal = Seal::new(crypto, key);
        self.seal.replace(Some(seal.clone()));
        Ok(seal)
    }

    fn database(&self) -> Option<IdbDatabase> {
        self.database.borrow().clone()
    }

    fn writing(
        &self,
        store: &str,
        to_disk: bool,
    ) -> Result<(Transaction, IdbTransaction), DraftsError> {
        let database = self.database().ok_or(DraftsError::Blocked)?;
        writing(&database, store, to_disk)
    }

    /// Opens a new connection.
    async fn reconnect(&self) -> Result<(), DraftsError> {
        self.database.borrow_mut().take();
        let database = in_time(PATIENCE_MS, connect()).await.ok_or(DraftsError::Blocked)??;
        self.with_key(database.clone()).await?;
        self.database.replace(Some(database));
        self.connections.set(self.connections.get() + 1);
        Ok(())
    }
}

async fn connect() -> Result<IdbDatabase, DraftsError> {
    let opening = Factory::new().and_then(|factory| factory.open(NAME, Some(1)));
    let mut opening = opening.map_err(|_| DraftsError::Blocked)?;
    opening.on_upgrade_needed(|event| {
        if let Ok(database) = event.database() {
            for store in [KEYS, DRAFTS, FILES] {
                // If it cannot be made, the first transaction says so.
                let _ = database.create_object_store(store, ObjectStoreParams::new());
            }
        }
    });
    let database: IdbDatabase = opening.await.map_err(|_| DraftsError::Blocked)?.into();
    // Whoever clears the site's data, or a later version, must not wait for this page.
    let closing = database.clone();
    let close = Closure::once_into_js(move || closing.close());
    database.set_onversionchange(Some(close.unchecked_ref()));
    Ok(database)
}

/// The key that is kept. Where there is none, `ours` is kept, or a new one.
async fn the_key(
    database: &IdbDatabase,
    crypto: &Crypto,
    ours: Option<CryptoKey>,
) -> Result<CryptoKey, DraftsError> {
    // Read first: to write takes a turn at the disk, before every form that opens.
    let (transaction, _) = begin(database, KEYS, "readonly", false)?;
    if let Some(key) = kept_key(&transaction).await? {
        return Ok(key);
    }
    let ours = match ours {
        Some(key) => key,
        None => Seal::new_key(crypto).await.ok_or(DraftsError::Blocked)?,
    };
    let (transaction, inner) = writing(database, KEYS, true)?;
    // Another page may have been faster.
    if let Some(key) = kept_key(&transaction).await? {
        return Ok(key);
    }
    let store = transaction.object_store(KEYS).map_err(|_| DraftsError::Blocked)?;
    // A key that the browser cannot keep (lockdown, some web views) throws here.
    store.put(&ours, Some(&KEY.into())).map_err(|_| DraftsError::Blocked)?;
    committed(transaction, &inner).await?;
    Ok(ours)
}

async fn kept_key(transaction: &Transaction) -> Result<Option<CryptoKey>, DraftsError> {
    let there = first(transaction, KEYS, &KEY.into()).await?;
    Ok(there.and_then(|key| key.dyn_into().ok()))
}

fn writing(
    database: &IdbDatabase,
    store: &str,
    to_disk: bool,
) -> Result<(Transaction, IdbTransaction), DraftsError> {
    begin(database, store, "readwrite", to_disk)
}

fn begin(
    database: &IdbDatabase,
    store: &str,
    mode: &str,
    to_disk: bool,
) -> Result<(Transaction, IdbTransaction), DraftsError> {
    let options = Object::new();
    if to_disk {
        // An object of our own takes any entry.
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
    }
    let inner = database
        .unchecked_ref::<ToDisk>()
        .transaction_to_disk(&Array::of1(&store.into()), mode, &options)
        .map_err(|_| DraftsError::Blocked)?;
    Ok((Transaction::from(inner.clone()), inner))
}

/// Waits until a transaction is committed. Only its end counts: a full device is often found only there.
async fn committed(transaction: Transaction, inner: &IdbTransaction) -> Result<(), DraftsError> {
    if transaction.await.is_ok_and(|end| end.is_committed()) {
        return Ok(());
    }
    // The reason stands there once the transaction has been rolled back, a moment after its error.
    TimeoutFuture::new(0).await;
    Err(match inner.error() {
        Some(error) if error.name() == "QuotaExceededError" => DraftsError::Full,
        _ => DraftsError::Blocked,
    })
}

/// The record of a key.
async fn first(
    transaction: &Transaction,
    store: &str,
    key: &JsValue,
) -> Result<Option<JsValue>, DraftsError> {
    Ok(found(transaction, store, key, Some(1)).await?.into_iter().next())
}

/// The records of a store within a range (or of a key), or the first of them.
async fn found(
    transaction: &Transaction,
    store: &str,
    range: &JsValue,
    most: Option<u32>,
) -> Result<Vec<JsValue>, DraftsError> {
    let store = transaction.object_store(store).map_err(|_| DraftsError::Blocked)?;
    let asked = store.get_all(Some(Query::from(range.clone())), most);
    asked.map_err(|_| DraftsError::Blocked)?.await.map_err(|_| DraftsError::Blocked)
}

fn about_draft(id: &str) -> String {
    format!("draft {id}")
}

fn file_name(id: &str, file: u32) -> String {
    format!("{id}/{file}/")
}

/// Pieces sort by their number.
fn piece_name(id: &str, file: u32, piece: u32) -> String {
    format!("{}{piece:06}", file_name(id, file))
}

/// All names that begin so.
fn below(beginning: &str) -> JsValue {
    let (from, to) = (JsValue::from(beginning), JsValue::from(format!("{beginning}\u{FFFF}")));
    KeyRange::bound(&from, &to, None, None).map(JsValue::from).unwrap_or(from)
}
