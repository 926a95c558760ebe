//! How PATCH and HEAD get to the server: as they are, or as POST with `X-HTTP-Method-Override`.
//!
//! Gateways that know only some methods seldom say so. 405 and 501 are the honest answers; the rule
//! set most web firewalls start from (OWASP CRS), nginx' `limit_except` and CDNs say 403, IIS 404,
//! Tomcat behind a proxy that speaks HTTP/1.0 says 400, some say 200 with a page of their own, leave
//! out headers they do not know, or just drop the request. All of these also have plain meanings. So
//! where one of them comes before the method ever got through, it is tried once tunnelled, and only
//! an answer that a tus server would give makes that the route; else the first answer counts.

use super::Errand;
use super::machine::number;
use super::wire::Response;

/// Requests without an answer, one after the other, before a detour is looked for.
const LOST_ENOUGH: u32 = 3;

/// The route of one upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    way: Way,
    /// A tunnelled try was made already on a mere suspicion; one is enough until the next start.
    tried: bool,
    /// A plain PATCH, a plain HEAD has got through.
    sends: bool,
    asks: bool,
    /// PATCH and HEAD without an answer since the upload last got further.
    lost: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Plain,
    /// Tunnelled, to see whether that fares better than this.
    Trial(Doubt),
    Tunnel,
}

/// What a plain request came to that has a plain meaning, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    Status(u16),
    /// No answer, so many times.
    Lost(u32),
}

/// What to make of an answer to PATCH or HEAD.
pub(super) enum Turn {
    /// It is what it seems.
    Straight,
    /// Try this instead, tunnelled.
    Detour(Errand),
    /// The tunnelled try was no better: what counts is what the plain one came to.
    Back(Doubt),
}

impl Route {
    pub(super) const fn new(tunnel: bool) -> Self {
        let way = if tunnel { Way::Tunnel } else { Way::Plain };
        Self { way, tried: false, sends: false, asks: false, lost: 0 }
    }

    /// Whether requests go tunnelled now, be it as a try.
    pub(super) fn tunnels(&self) -> bool {
        self.way != Way::Plain
    }

    /// Whether tunnelling has proved to be the way.
    pub(super) fn is_tunnel(&self) -> bool {
        self.way == Way::Tunnel
    }

    /// Forgets what was found out on a network that may have been another; keeps a way that works.
    pub(super) fn start(&mut self) {
        *self = Self::new(self.is_tunnel());
    }

    pub(super) fn got_further(&mut self) {
        self.lost = 0;
    }

    /// Tunnelling does not work any more.
    pub(super) fn plain(&mut self) {
        self.way = Way::Plain;
    }

    /// A PATCH or HEAD was not answered. Where plain ones have not all proved to get through, every
    /// second try from the third on goes tunnelled.
    pub(super) fn lost(&mut self) {
        self.lost = self.lost.saturating_add(1);
        let due = self.lost >= LOST_ENOUGH && self.lost % 2 == LOST_ENOUGH % 2;
        match self.way {
            Way::Plain if due && !(self.sends && self.asks) => {
                self.way = Way::Trial(Doubt::Lost(self.lost));
            }
            Way::Trial(Doubt::Lost(_)) => self.way = Way::Plain,
            _ => {}
        }
    }

    /// A PATCH or HEAD was answered.
    pub(super) fn answered(&mut self, errand: Errand, answer: &Response) -> Turn {
        let well =
            matches!(answer.status, 200..=299) && number(answer.upload_offset.as_deref()).is_some();
        // What only a server has reason to say. 413 a gateway may say, too, but then it looks at bodies
        // and not at methods.
        let understood =
            well || (errand == Errand::Send && matches!(answer.status, 409 | 413 | 460));
        match self.way {
            Way::Trial(_) if understood => self.way = Way::Tunnel,
            Way::Trial(doubt) => {
                self.way = Way::Plain;
                if answer.status == 401 {
                    return Turn::Straight;
                }
                return Turn::Back(doubt);
            }
            Way::Plain if well => {
                self.sends |= errand == Errand::Send;
                self.asks |= errand == Errand::Ask;
            }
            Way::Plain if self.doubts(errand, answer.status) => {
                self.tried = true;
                self.way = Way::Trial(Doubt::Status(answer.status));
                // A page of success may be the gateway's or, without its headers, the server's, which
                // then has the bytes: ask. What was refused is sent again, as there are servers that
                // know the override for PATCH alone.
                return Turn::Detour(if answer.status < 400 { Errand::Ask } else { errand });
            }
            _ => {}
        }
        Turn::Straight
    }

    fn doubts(&self, errand: Errand, status: u16) -> bool {
        let sending = errand == Errand::Send;
        let proved = if sending { self.sends } else { self.asks };
        match status {
            0..=399 | 405 | 501 => true,
            400 | 403 => !self.tried && !proved,
            // To HEAD it nearly always means that the upload has expired, and the PATCH that follows
            // on its new beginning finds the gateway out.
            404 => !self.tried && !proved && sending,
            _ => false,
        }
    }
}
