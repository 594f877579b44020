//! How a counterpart is told to behave badly.

use std::{collections::BTreeMap, sync::Mutex, time::Duration};

use serde::{Deserialize, Serialize};

use crate::journal::lock;

/// How a counterpart behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Modus {
    /// As the contract says.
    #[default]
    #[serde(rename = "normal")]
    Normal,
    /// Nothing happens, the connection is closed without an answer.
    #[serde(rename = "aus")]
    Aus,
    /// The request is carried out at once, the answer comes late.
    #[serde(rename = "langsam")]
    Langsam,
    /// The request is carried out, then the connection is closed without an answer.
    #[serde(rename = "antwort-verlieren")]
    AntwortVerlieren,
    /// 409, whatever is stored.
    #[serde(rename = "konflikt-409")]
    Konflikt409,
    /// 422 with a text.
    #[serde(rename = "abgelehnt-422")]
    Abgelehnt422,
    /// 429 with `Retry-After`.
    #[serde(rename = "ueberlastet-429")]
    Ueberlastet429,
    /// 500.
    #[serde(rename = "fehler-500")]
    Fehler500,
    /// 200 with a body that is cut off, or with `text` as its body.
    #[serde(rename = "muell")]
    Muell,
    /// 302 to `text`, or to a login page.
    #[serde(rename = "umleitung")]
    Umleitung,
    /// XTA: a SOAP fault with `text` as its number, such as `9050`.
    #[serde(rename = "xta-fehler")]
    XtaFehler,
    /// XTA, FIT-Connect: taken, but the receipt stays out.
    #[serde(rename = "offen")]
    Offen,
    /// XTA: the transport report is yellow.
    #[serde(rename = "warnung")]
    Warnung,
    /// XTA, FIT-Connect: taken, then refused by the receiver; `text` is the reason.
    #[serde(rename = "zurueckweisen")]
    Zurueckweisen,
    /// FIT-Connect: accepted for something else, or with `text` `schluessel` by somebody else.
    #[serde(rename = "falscher-beleg")]
    FalscherBeleg,
}

impl Modus {
    /// All of them, in the order of `--help`.
    pub const ALL: &[Modus] = &[
        Modus::Normal,
        Modus::Aus,
        Modus::Langsam,
        Modus::AntwortVerlieren,
        Modus::Konflikt409,
        Modus::Abgelehnt422,
        Modus::Ueberlastet429,
        Modus::Fehler500,
        Modus::Muell,
        Modus::Umleitung,
        Modus::XtaFehler,
        Modus::Offen,
        Modus::Warnung,
        Modus::Zurueckweisen,
        Modus::FalscherBeleg,
    ];

    /// Whether the mode makes up an answer of its own.
    fn is_made_up(self) -> bool {
        !matches!(self, Modus::Normal | Modus::Aus | Modus::Langsam | Modus::AntwortVerlieren)
            && !self.is_partners()
    }

    /// Whether the partner itself knows what the mode means for it.
    pub(crate) fn is_partners(self) -> bool {
        matches!(self, Modus::Offen | Modus::Warnung | Modus::Zurueckweisen | Modus::FalscherBeleg)
    }
}

/// Which requests a mode is for. Empty: all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Filter {
    /// The HTTP method, such as `POST`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub methode: Option<String>,
    /// Fachverfahren: `senden`, `fragen`; XTA: `createMessageId`, `sendMessage`,
    /// `getTransportReport`; FIT-Connect: `token`, `zustellpunkt`, `schluessel`, `ankuendigen`,
    /// `anhang`, `absenden`, `ereignisse`. DMS: the `cmisaction` or `cmisselector`, such as
    /// `createDocument` or `object`; `serviceDocument` without one; `dvelop-anlegen` and the like;
    /// `dav-` with the method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aktion: Option<String>,
    /// The first of the matching requests that is meant, counted from 1 since the mode was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ab: Option<u64>,
}

impl Filter {
    fn matches(&self, methode: &str, aktion: &str) -> bool {
        self.methode.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(methode))
            && self.aktion.as_deref().is_none_or(|wanted| wanted == aktion)
    }
}

/// The order to a counterpart: body of `POST /steuerung`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Steuerung {
    /// How to behave.
    pub modus: Modus,
    /// What the made-up answer says; for `umleitung` the target, for `muell` the whole body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// For how many requests; then `normal` again. `None`: until told otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anzahl: Option<u64>,
    /// For which requests only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nach: Option<Filter>,
    /// `langsam`: how late the answer is, in milliseconds; 2000 if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub millisekunden: Option<u64>,
    /// `ueberlastet-429`: the value of `Retry-After` in seconds; 2 if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// Modes with a made-up answer: whether the request is carried out nevertheless; if not given, no.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speichern: Option<bool>,
}

impl Steuerung {
    /// `modus` for all requests, until told otherwise.
    pub fn new(modus: Modus) -> Steuerung {
        Steuerung { modus, ..Steuerung::default() }
    }

    /// The same for the next `anzahl` requests only.
    pub fn times(self, anzahl: u64) -> Steuerung {
        Steuerung { anzahl: Some(anzahl), ..self }
    }

    /// The same for requests of this `aktion` only, from the `ab`-th (counted from 1) on.
    pub fn from_nth(self, aktion: &str, ab: u64) -> Steuerung {
        let nach = Filter { methode: None, aktion: Some(aktion.to_owned()), ab: Some(ab) };
        Steuerung { nach: Some(nach), ..self }
    }

    /// The same with this text.
    pub fn text(self, text: &str) -> Steuerung {
        Steuerung { text: Some(text.to_owned()), ..self }
    }

    /// Reads the body of `POST /steuerung`; the error is for the one who sent it.
    pub(crate) fn read(body: &[u8]) -> Result<Steuerung, String> {
        let steuerung: Steuerung =
            serde_json::from_slice(body).map_err(|error| error.to_string())?;
        let modus = steuerung.modus;
        let misfit = [
            ("speichern", steuerung.speichern.is_some() && !modus.is_made_up()),
            ("text", steuerung.text.is_some() && !modus.is_made_up() && !modus.is_partners()),
            ("millisekunden", steuerung.millisekunden.is_some() && modus != Modus::Langsam),
            ("retryAfter", steuerung.retry_after.is_some() && modus != Modus::Ueberlastet429),
        ];
        match misfit.iter().find(|(_, is_misfit)| *is_misfit) {
            Some((name, _)) => Err(format!("`{name}` means nothing in this modus")),
            None => Ok(steuerung),
        }
    }

    /// Whether the request is carried out at all.
    pub(crate) fn is_carried_out(&self) -> bool {
        match self.modus {
            Modus::Normal | Modus::Langsam | Modus::AntwortVerlieren => true,
            modus if modus.is_partners() => true,
            Modus::Aus => false,
            _ => self.speichern.unwrap_or(false),
        }
    }

    pub(crate) fn delay(&self) -> Option<Duration> {
        match self.modus {
            Modus::Langsam => Some(Duration::from_millis(self.millisekunden.unwrap_or(2000))),
            _ => None,
        }
    }
}

/// What is counted since all was forgotten, restarts included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zaehler {
    /// All requests but those to `/steuerung` and `/eingang`.
    pub anfragen: u64,
    /// Those whose connection was closed without an answer.
    pub geschlossen: u64,
    /// Those that a mode other than `normal` was for.
    pub gestoert: u64,
    /// Answers by status.
    pub status: BTreeMap<u16, u64>,
}

/// The order in force and how much of it is used up.
#[derive(Default)]
pub(crate) struct Steuerpult {
    state: Mutex<(Steuerung, u64)>,
}

impl Steuerpult {
    pub fn set(&self, steuerung: Steuerung) {
        *lock(&self.state) = (steuerung, 0);
    }

    /// The order in force; `anzahl` is what is left of it.
    pub fn current(&self) -> Steuerung {
        lock(&self.state).0.clone()
    }

    /// What to do with this request; uses up one of `anzahl`.
    pub fn decide(&self, methode: &str, aktion: &str) -> Steuerung {
        let mut state = lock(&self.state);
        let (steuerung, seen) = &mut *state;
        if let Some(filter) = &steuerung.nach {
            if !filter.matches(methode, aktion) {
                return Steuerung::default();
            }
            *seen += 1;
            if *seen < filter.ab.unwrap_or(1) {
                return Steuerung::default();
            }
        }
        match &mut steuerung.anzahl {
            None => steuerung.clone(),
            Some(0) => Steuerung::default(),
            Some(left) => {
                *left -= 1;
                let decided = steuerung.clone();
                if steuerung.anzahl == Some(0) {
                    *steuerung = Steuerung::default();
                }
                decided
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(order: &str, requests: &[(&str, &str)], expect: &[Modus]) {
        let pult = Steuerpult::default();
        pult.set(Steuerung::read(order.as_bytes()).unwrap());
        let modi: Vec<Modus> = requests.iter().map(|(m, a)| pult.decide(m, a).modus).collect();
        assert_eq!(modi, expect, "{order}");
    }

    #[test]
    fn a_mode_is_for_the_requests_it_names() {
        use Modus::*;
        let create = ("POST", "createDocument");
        let object = ("GET", "object");
        check(r#"{"modus":"aus"}"#, &[create, object, create], &[Aus, Aus, Aus]);
        check(r#"{"modus":"aus","anzahl":0}"#, &[create], &[Normal]);
        check(r#"{"modus":"aus","anzahl":2}"#, &[create, object, create], &[Aus, Aus, Normal]);
        check(
            r#"{"modus":"muell","nach":{"methode":"post"}}"#,
            &[object, create, object],
            &[Normal, Muell, Normal],
        );
        check(
            r#"{"modus":"antwort-verlieren","anzahl":1,"nach":{"aktion":"createDocument","ab":2}}"#,
            &[create, object, create, create],
            &[Normal, Normal, AntwortVerlieren, Normal],
        );
    }

    #[track_caller]
    fn check_refused(order: &str, expect: &str) {
        let error = Steuerung::read(order.as_bytes()).unwrap_err();
        assert!(error.contains(expect), "{order}: {error}");
    }

    #[test]
    fn an_order_that_means_nothing_is_refused() {
        check_refused("", "EOF");
        check_refused("{}", "modus");
        check_refused(r#"{"modus":"kaputt"}"#, "unknown variant");
        check_refused(r#"{"modus":"aus","anzhal":1}"#, "unknown field");
        check_refused(r#"{"modus":"aus","anzahl":-1}"#, "invalid value");
        check_refused(r#"{"modus":"aus","nach":{"verb":"GET"}}"#, "unknown field");
        check_refused(r#"{"modus":"aus","text":"x"}"#, "`text`");
        check_refused(r#"{"modus":"normal","speichern":true}"#, "`speichern`");
        check_refused(r#"{"modus":"aus","millisekunden":5}"#, "`millisekunden`");
        check_refused(r#"{"modus":"langsam","retryAfter":5}"#, "`retryAfter`");
    }

    #[test]
    fn every_mode_reads_as_it_is_written() {
        for modus in Modus::ALL {
            let order = serde_json::to_string(&Steuerung::new(*modus)).unwrap();
            assert_eq!(Steuerung::read(order.as_bytes()).unwrap().modus, *modus);
        }
    }
}
