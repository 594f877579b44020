//! What came of an attempt to deliver, and which answers mean what.

use std::time::Duration;

use ablage::{AblageError, Zeitpunkt};

use crate::client::{Antwort, Sendefehler};

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ausgang {
    /// The target has it and calls it so.
    Zugestellt(Option<String>),
    /// The target surely does not have it; later it may take it.
    Verschoben(Grund),
    /// Nobody knows whether the target has it.
    Unklar(Grund),
    /// The way there has taken it, the receipt of the target is still out: ask for it later.
    Unterwegs(Grund),
    /// The target is not set up as it must be: the operator's turn. Tried again at long intervals.
    Betreiber(Grund),
    /// The target refuses it for good: the caseworker's turn.
    Abgelehnt(Grund),
    /// The time of this run is over; what was achieved is noted, the next run goes on.
    Angehalten,
}

/// Why an attempt did not end with a delivery.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Grund {
    /// Short and without personal data.
    pub code: String,
    /// What the partner said, word for word.
    pub text: Option<String>,
    /// How long the partner asks to be left alone.
    pub pause: Option<Duration>,
}

/// The text may hold personal data.
impl std::fmt::Debug for Grund {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Grund").field("code", &self.code).finish_non_exhaustive()
    }
}

impl Grund {
    pub fn new(code: impl Into<String>) -> Grund {
        Grund { code: code.into(), text: None, pause: None }
    }

    pub fn with_text(code: impl Into<String>, text: impl Into<String>) -> Grund {
        Grund { text: Some(text.into()), ..Grund::new(code) }
    }

    /// As the partner worded it.
    pub fn of(antwort: &Antwort, jetzt: Zeitpunkt) -> Grund {
        Grund {
            code: format!("http-{}", antwort.status),
            text: antwort.text(),
            pause: antwort.retry_after(jetzt),
        }
    }
}

/// Why an attempt ended early.
#[derive(Debug)]
pub(crate) enum Abbruch {
    /// With something to write down.
    Ausgang(Ausgang),
    /// Our own store failed.
    Ablage(AblageError),
}

impl From<Ausgang> for Abbruch {
    fn from(ausgang: Ausgang) -> Abbruch {
        Abbruch::Ausgang(ausgang)
    }
}

impl From<AblageError> for Abbruch {
    fn from(error: AblageError) -> Abbruch {
        Abbruch::Ablage(error)
    }
}

/// What a status says about a request that writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Klasse {
    /// Taken.
    Erfolg,
    /// Already there, says the partner.
    Konflikt,
    /// Not taken, worth another try.
    Spaeter,
    /// Perhaps taken.
    Unklar,
    /// Address, right or password are wrong.
    Betreiber,
    /// Not taken, and another try would not help.
    Abgelehnt,
}

impl Klasse {
    pub fn of(status: u16) -> Klasse {
        match status {
            200..=299 => Klasse::Erfolg,
            409 => Klasse::Konflikt,
            // A redirect leads to a login page or to another address: for people to look at.
            300..=399 | 401 | 403 | 404 | 405 | 407 | 410 | 421 | 426 | 501 | 505 | 511 => {
                Klasse::Betreiber
            }
            408 | 423 | 425 | 429 | 503 => Klasse::Spaeter,
            400..=499 => Klasse::Abgelehnt,
            _ => Klasse::Unklar,
        }
    }
}

impl Ausgang {
    /// What a lost request means. `writes` says whether it could have changed anything.
    pub fn of_sendefehler(fehler: Sendefehler, writes: bool) -> Ausgang {
        let grund = Grund::new(fehler.code());
        match (fehler, writes) {
            (Sendefehler::NichtErlaubt, _) => Ausgang::Betreiber(grund),
            (Sendefehler::Zeitablauf | Sendefehler::Verloren, true) => Ausgang::Unklar(grund),
            _ => Ausgang::Verschoben(grund),
        }
    }

    /// The word in the log.
    pub fn as_str(&self) -> &'static str {
        match self {
            Ausgang::Zugestellt(_) => "zugestellt",
            Ausgang::Verschoben(_) => "verschoben",
            Ausgang::Unklar(_) => "unklar",
            Ausgang::Unterwegs(_) => "unterwegs",
            Ausgang::Betreiber(_) => "betreiber",
            Ausgang::Abgelehnt(_) => "abgelehnt",
            Ausgang::Angehalten => "angehalten",
        }
    }

    /// Why it is not a delivery.
    pub fn grund(&self) -> Option<&Grund> {
        match self {
            Ausgang::Zugestellt(_) | Ausgang::Angehalten => None,
            Ausgang::Verschoben(grund)
            | Ausgang::Unklar(grund)
            | Ausgang::Unterwegs(grund)
            | Ausgang::Betreiber(grund)
            | Ausgang::Abgelehnt(grund) => Some(grund),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_say_whose_turn_it_is() {
        for (klasse, status) in [
            (Klasse::Erfolg, &[200, 201, 202, 204][..]),
            (Klasse::Konflikt, &[409]),
            (Klasse::Spaeter, &[408, 425, 429, 503]),
            (Klasse::Unklar, &[100, 500, 502, 504, 599]),
            (Klasse::Betreiber, &[301, 302, 401, 403, 404, 405, 407]),
            (Klasse::Abgelehnt, &[400, 406, 411, 413, 415, 422, 431]),
        ] {
            for &status in status {
                assert_eq!(Klasse::of(status), klasse, "{status}");
            }
        }
    }
}
