//! A small tus server behind a bad line and, maybe, a gateway that knows only some methods.

use std::{collections::BTreeMap, fmt};

use nomination_form::upload::{Request, Response};

pub(crate) const ENDPOINT: &str = "https://h.example/files";

/// What happens to one request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    None,
    /// It gets nowhere.
    RequestLost,
    /// It is done, nobody learns of it.
    AnswerLost,
    /// So many thousandths of the body arrive before the line breaks.
    Cut(u64),
    /// It arrives, but only after newer ones.
    Late,
    /// Somebody on the way or the server answers this and does nothing.
    Status(u16),
    /// The server has lost all uploads.
    Forgets,
    /// The server has lost so many thousandths of what it had.
    GoesBack(u64),
}

/// What the gateway does with a method it does not know.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Blocks {
    Refuses(u16),
    Drops,
    /// Answers with a page of its own.
    Page,
    /// Lets it through and takes the headers of tus from the answer.
    Strips,
}

pub(crate) struct Server {
    file: Vec<u8>,
    places: BTreeMap<String, Vec<u8>>,
    made: usize,
    late: Vec<Request>,
    pub(crate) patch: Option<Blocks>,
    pub(crate) head: Option<Blocks>,
    /// The status of a POST with an override, where the server does not know that.
    pub(crate) no_override: Option<u16>,
    /// The largest body taken.
    pub(crate) limit: u64,
    /// How many whole files it will still find damaged.
    pub(crate) damages: u32,
}

impl fmt::Debug for Server {
    /// As it is made: without the bytes, which would fill pages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("file", &self.file.len())
            .field("patch", &self.patch)
            .field("head", &self.head)
            .field("no_override", &self.no_override)
            .field("limit", &self.limit)
            .field("damages", &self.damages)
            .finish_non_exhaustive()
    }
}

impl Server {
    pub(crate) fn new(file: Vec<u8>) -> Self {
        let (places, late) = (BTreeMap::new(), Vec::new());
        let (patch, head, no_override) = (None, None, None);
        Self { file, places, made: 0, late, patch, head, no_override, limit: u64::MAX, damages: 0 }
    }

    pub(crate) fn file(&self) -> &[u8] {
        &self.file
    }

    pub(crate) fn has(&self, url: &str) -> Option<&[u8]> {
        self.places.get(url).map(Vec::as_slice)
    }

    /// The answer, or `None` where there is none.
    pub(crate) fn take(&mut self, request: &Request, fault: Fault) -> Option<Response> {
        match fault {
            Fault::None => self.pass(request, 1000),
            Fault::RequestLost => None,
            Fault::AnswerLost => {
                self.pass(request, 1000);
                None
            }
            Fault::Cut(part) => {
                self.pass(request, part);
                None
            }
            Fault::Late => {
                self.late.push(request.clone());
                None
            }
            Fault::Status(status) => Some(Response { status, ..Response::default() }),
            Fault::Forgets => {
                self.places.clear();
                self.pass(request, 1000)
            }
            Fault::GoesBack(part) => {
                for place in self.places.values_mut() {
                    place.truncate(share(place.len() as u64, part));
                }
                self.pass(request, 1000)
            }
        }
    }

    /// Lets one of the late requests arrive, in whatever order.
    pub(crate) fn deliver(&mut self, which: usize) {
        if !self.late.is_empty() {
            let request = self.late.swap_remove(which % self.late.len());
            self.pass(&request, 1000);
        }
    }

    /// Through the gateway.
    fn pass(&mut self, request: &Request, part: u64) -> Option<Response> {
        let page = Response { status: 200, ..Response::default() };
        let blocks = match request.method {
            "PATCH" => self.patch,
            "HEAD" => self.head,
            _ => None,
        };
        match blocks {
            None => self.answer(request, part),
            Some(Blocks::Drops) => None,
            Some(Blocks::Refuses(status)) => Some(Response { status, ..page }),
            Some(Blocks::Page) => Some(page),
            Some(Blocks::Strips) => {
                let Response { status, .. } = self.answer(request, part)?;
                Some(Response { status, ..page })
            }
        }
    }

    fn answer(&mut self, request: &Request, part: u64) -> Option<Response> {
        let header = |name: &str| {
            request.headers.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
        };
        let tunnelled = header("X-HTTP-Method-Override");
        if let (Some(_), Some(status)) = (tunnelled, self.no_override) {
            return Some(Response { status, ..Response::default() });
        }
        assert!(tunnelled.is_none() || request.method == "POST");
        match tunnelled.unwrap_or(request.method) {
            "POST" => {
                assert_eq!((request.url.as_str(), &request.body), (ENDPOINT, &None));
                assert_eq!(header("Upload-Length"), Some(self.file.len().to_string().as_str()));
                self.made += 1;
                self.places.insert(format!("{ENDPOINT}/{}", self.made), Vec::new());
                let location = Some(format!("/files/{}", self.made));
                Some(Response { status: 201, location, ..Response::default() })
            }
            "HEAD" => Some(self.state(&request.url)),
            "PATCH" => {
                let offset = header("Upload-Offset").unwrap().parse().unwrap();
                let body = request.body.clone().unwrap();
                assert!(body.start < body.end && body.end <= self.file.len() as u64);
                let end = body.start + share(body.end - body.start, part) as u64;
                let answer = self.append(&request.url, offset, body.start..end, body.end);
                // A body that breaks off has nobody to answer to.
                (part == 1000).then_some(answer)
            }
            "DELETE" => {
                let known = self.places.remove(&request.url).is_some();
                let status = if known { 204 } else { 404 };
                Some(Response { status, ..Response::default() })
            }
            other => panic!("{other}"),
        }
    }

    fn state(&self, url: &str) -> Response {
        let Some(place) = self.places.get(url) else {
            return Response { status: 404, ..Response::default() };
        };
        let upload_offset = Some(place.len().to_string());
        let upload_length = Some(self.file.len().to_string());
        Response { status: 200, upload_offset, upload_length, ..Response::default() }
    }

    fn append(
        &mut self,
        url: &str,
        offset: u64,
        bytes: std::ops::Range<u64>,
        meant: u64,
    ) -> Response {
        let refused = |status| Response { status, ..Response::default() };
        let size = meant - bytes.start;
        let Some(place) = self.places.get_mut(url) else { return refused(404) };
        if size > self.limit {
            return refused(413);
        }
        if place.len() as u64 != offset {
            return refused(409);
        }
        let range = usize::try_from(bytes.start).unwrap()..usize::try_from(bytes.end).unwrap();
        place.extend_from_slice(&self.file[range]);
        assert!(self.file.starts_with(place), "a byte at a wrong place");
        if place.len() == self.file.len() && self.damages > 0 {
            self.damages -= 1;
            self.places.remove(url);
            return refused(460);
        }
        Response { status: 204, ..self.state(url) }
    }
}

fn share(whole: u64, part: u64) -> usize {
    usize::try_from(whole * part / 1000).unwrap()
}
