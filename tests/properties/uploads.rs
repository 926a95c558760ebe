//! Uploads, against a server that may do anything a network, a gateway and a restart can do to one.

use nomination_form::upload::{Action, Failure, Input, Metadata, Request, Response, Upload};
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::config;
use crate::tus_server::{Blocks, ENDPOINT, Fault, Server};

const KIB: u64 = 1024;

/// What happens around one request.
#[derive(Debug, Clone, Copy)]
struct Turn {
    fault: Fault,
    elapsed_ms: u32,
    /// One of the late requests arrives first.
    deliver: Option<usize>,
    person: Person,
}

#[derive(Debug, Clone, Copy)]
enum Person {
    Waits,
    /// Pauses while the request is on its way, and goes on.
    Pauses,
    /// Reloads the page, which has kept what is saved.
    Reloads,
    /// Comes back into the net while it waits.
    Online,
}

const CALM: Turn =
    Turn { fault: Fault::None, elapsed_ms: 1_500, deliver: None, person: Person::Waits };

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        6 => Just(Fault::None),
        3 => Just(Fault::RequestLost),
        2 => Just(Fault::AnswerLost),
        3 => (0_u64..1000).prop_map(Fault::Cut),
        2 => Just(Fault::Late),
        2 => select(vec![423, 429, 500, 503]).prop_map(Fault::Status),
        1 => select(vec![200, 302, 400, 401, 403, 404, 405, 409, 410, 412, 413, 460, 501]).prop_map(Fault::Status),
        1 => Just(Fault::Forgets),
        1 => (0_u64..1000).prop_map(Fault::GoesBack),
    ]
}

fn turn() -> impl Strategy<Value = Turn> {
    let person = prop_oneof![
        8 => Just(Person::Waits),
        1 => Just(Person::Pauses),
        1 => Just(Person::Reloads),
        2 => Just(Person::Online),
    ];
    let elapsed = select(vec![0, 300, 1_500, 5_000, 30_000, u32::MAX]);
    (fault(), elapsed, option::weighted(0.2, 0_usize..9), person).prop_map(
        |(fault, elapsed_ms, deliver, person)| Turn { fault, elapsed_ms, deliver, person },
    )
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    // The period is a prime, so that no chunk is like another.
    prop_oneof![Just(0), 1..4 * KIB, 16 * KIB..900 * KIB]
        .prop_map(|bytes| (0..bytes).map(|at| (at % 251) as u8).collect())
}

fn server() -> impl Strategy<Value = Server> {
    let limit = prop_oneof![2 => Just(u64::MAX), 1 => 16 * KIB..300 * KIB];
    (file(), limit, 0_u32..3).prop_map(|(file, limit, damages)| {
        let mut server = Server::new(file);
        (server.limit, server.damages) = (limit, damages);
        server
    })
}

/// A server without the override and no gateway, or one with it behind a gateway.
fn behind_a_gateway() -> impl Strategy<Value = Server> {
    let blocks = |refusals: &'static [u16]| {
        let way = prop_oneof![
            3 => select(refusals).prop_map(Blocks::Refuses),
            1 => Just(Blocks::Drops),
            1 => Just(Blocks::Page),
            1 => Just(Blocks::Strips),
        ];
        option::weighted(0.7, way)
    };
    let gateway = (blocks(&[400, 403, 404, 405, 501]), blocks(&[400, 403, 405, 501]));
    let plain = option::weighted(0.3, select(vec![400, 403, 404, 405]));
    (server(), gateway, plain).prop_map(|(mut server, (patch, head), no_override)| {
        match no_override {
            None => (server.patch, server.head) = (patch, head),
            Some(_) => server.no_override = no_override,
        }
        server
    })
}

fn metadata() -> Metadata {
    Metadata { slot: "photo".into(), sha256: "ab".into() }
}

/// An upload at work.
struct Run {
    server: Server,
    upload: Upload,
    total: u64,
    chunk: u64,
    requests: usize,
}

#[derive(Debug, PartialEq)]
enum End {
    Done(String),
    Failed(Failure),
    Cancelled,
    /// The turns are over.
    Going,
}

impl Run {
    fn new(server: Server, total: u64, chunk: u64) -> Self {
        let upload = Upload::new(total, ENDPOINT, chunk, metadata());
        Self { server, upload, total, chunk, requests: 0 }
    }

    /// From `input` until an end, or until all of `turns` have passed. Says with what to go on.
    fn go(&mut self, mut input: Input, turns: &mut impl Iterator<Item = Turn>) -> (End, Input) {
        let mut online = false;
        loop {
            let woken = input == Input::Online;
            match self.upload.next(input, 500) {
                Action::Send(request) => {
                    let Some(turn) = turns.next() else { return (End::Going, Input::NetworkLost) };
                    online = matches!(turn.person, Person::Online);
                    input = self.exchange(&request, turn);
                }
                Action::Wait { ms } => {
                    assert!(ms <= 60_000, "nobody asked for more");
                    input = if online { Input::Online } else { Input::TimerFired };
                    online = false;
                }
                Action::Done { url } => return (End::Done(url), Input::Start),
                Action::Failed(failure) => return (End::Failed(failure), Input::Start),
                Action::Cancelled => return (End::Cancelled, Input::Start),
                Action::Nothing => {
                    assert!(woken, "only what does not wait for a network has nothing to do");
                    input = Input::TimerFired;
                }
            }
            assert!(self.upload.offset() <= self.total);
        }
    }

    fn exchange(&mut self, request: &Request, turn: Turn) -> Input {
        self.requests += 1;
        if let Some(which) = turn.deliver {
            self.server.deliver(which);
        }
        let answer = self.server.take(request, turn.fault);
        let input = answer.map_or(Input::NetworkLost, |answer| {
            Input::Response(Response { elapsed_ms: turn.elapsed_ms, ..answer })
        });
        match turn.person {
            Person::Waits | Person::Online => return input,
            Person::Pauses => {
                assert_eq!(self.upload.next(Input::Paused, 0), Action::Nothing);
                assert_eq!(self.upload.next(input, 0), Action::Nothing);
            }
            Person::Reloads => {
                let (total, chunk) = (self.total, self.chunk);
                self.upload = match self.upload.saved() {
                    Some(saved) => Upload::resumed(total, ENDPOINT, chunk, metadata(), saved),
                    None => Upload::new(total, ENDPOINT, chunk, metadata()),
                };
            }
        }
        Input::Start
    }

    /// Plays the turns, starting again after each failure, and then goes on in peace.
    fn play(&mut self, turns: &[Turn]) -> String {
        let mut turns = turns.iter().copied();
        let mut input = Input::Start;
        let url = loop {
            match self.go(input, &mut turns) {
                (End::Done(url), _) => break url,
                (End::Failed(_), again) => input = again,
                (End::Going, on) => break self.in_peace(on),
                (End::Cancelled, _) => panic!("nobody took it back"),
            }
        };
        assert_eq!(self.upload.url(), Some(url.as_str()));
        assert!(self.upload.is_done());
        url
    }

    /// What has piled up may still let it fail once; then it is done, and soon.
    fn in_peace(&mut self, input: Input) -> String {
        let most = 120 + 4 * usize::try_from(self.total / (16 * KIB)).unwrap();
        let mut calm = std::iter::repeat_n(CALM, most);
        match self.go(input, &mut calm) {
            (End::Done(url), _) => url,
            (End::Failed(_), again) => match self.go(again, &mut calm) {
                (End::Done(url), _) => url,
                (other, _) => panic!("{other:?}"),
            },
            (other, _) => panic!("{other:?}"),
        }
    }
}

fn length(server: &Server) -> u64 {
    server.file().len() as u64
}

proptest! {
    #![proptest_config(config(100))]

    #[test]
    fn whatever_happens_the_file_arrives_once_it_stops(
        server in server(), chunk in 0..600 * KIB, turns in vec(turn(), 0..80),
    ) {
        let total = length(&server);
        let mut run = Run::new(server, total, chunk);
        let url = run.play(&turns);
        prop_assert_eq!(run.server.has(&url), Some(run.server.file()));
        // Nothing that is still under way changes it any more.
        (0..turns.len()).for_each(|_| run.server.deliver(0));
        prop_assert_eq!(run.server.has(&url), Some(run.server.file()));
    }

    #[test]
    fn it_arrives_through_any_gateway_that_lets_post_through(
        server in behind_a_gateway(), chunk in 0..600 * KIB, turns in vec(turn(), 0..40),
    ) {
        let total = length(&server);
        let mut run = Run::new(server, total, chunk);
        let url = run.play(&turns);
        prop_assert_eq!(run.server.has(&url), Some(run.server.file()));
    }

    #[test]
    fn without_faults_no_person_is_needed(server in behind_a_gateway(), chunk in 0..600 * KIB) {
        let total = length(&server);
        let mut run = Run::new(server, total, chunk);
        let (end, _) = run.go(Input::Start, &mut std::iter::repeat_n(CALM, 400));
        let End::Done(url) = end else { panic!("{end:?}") };
        prop_assert_eq!(run.server.has(&url), Some(run.server.file()));
    }

    #[test]
    fn a_line_that_only_loses_never_makes_it_fail(
        server in server(), chunk in 0..600 * KIB, faults in vec(turn(), 0..80),
    ) {
        let turns: Vec<Turn> = faults.into_iter()
            .filter(|turn| !matches!(turn.fault, Fault::Status(_) | Fault::Forgets | Fault::GoesBack(_)))
            .collect();
        let total = length(&server);
        let mut run = Run::new(server, total, chunk);
        let calm = std::iter::repeat_n(CALM, 400);
        let (end, _) = run.go(Input::Start, &mut turns.into_iter().chain(calm));
        prop_assert!(matches!(end, End::Done(_)), "{:?}", end);
    }

    #[test]
    fn what_is_taken_back_is_soon_over(
        server in behind_a_gateway(), chunk in 0..600 * KIB, turns in vec(turn(), 0..20),
        after in vec(turn(), 0..6),
    ) {
        let total = length(&server);
        let mut run = Run::new(server, total, chunk);
        let _ = run.go(Input::Start, &mut turns.into_iter());
        let before = run.requests;
        let saved = run.upload.saved();
        // The page is not reloaded nor paused while it is taken back: nothing would be left of it.
        let peaceful = after.is_empty();
        let after = after.into_iter().map(|turn| Turn { person: Person::Waits, ..turn });
        let calm = std::iter::repeat(CALM);
        let (end, _) = run.go(Input::Cancelled, &mut after.chain(calm));
        prop_assert_eq!(end, End::Cancelled);
        prop_assert!(run.requests - before <= 5);
        prop_assert_eq!(run.upload.saved(), None);
        if peaceful {
            prop_assert!(saved.is_none_or(|saved| run.server.has(&saved.url).is_none()));
        }
    }
}
