//! Callbacks of FIT-Connect: it says that the event log of a case has something new. Only who knows
//! the secret of the callback is believed, and the reaction to one that comes twice is the same.

use std::collections::BTreeSet;

use ablage::Zeitpunkt;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::Sha512;

/// A callback may be so old …
const ALTER_S: i64 = 300;
/// … and clocks may differ by so much.
const UHREN_S: i64 = 60;

/// A callback as it comes in. The body is not looked into before its sender is known.
#[derive(Clone, Copy)]
pub(crate) struct Rueckruf<'a> {
    /// The header `callback-timestamp`.
    pub timestamp: Option<&'a str>,
    /// The header `callback-authentication`.
    pub authentication: Option<&'a str>,
    /// The body, byte for byte.
    pub inhalt: &'a [u8],
}

/// Why a callback is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeinRueckruf {
    /// A header is missing, too old or wrong.
    #[error("the callback is not authentic")]
    NichtEcht,
    /// It is authentic, but not JSON as it should be.
    #[error("the callback cannot be read")]
    Unlesbar,
}

impl Rueckruf<'_> {
    /// The cases that the callback names, after it has proven to be authentic: HMAC-SHA-512 over
    /// `<timestamp>.<body>`, compared in constant time, not older than five minutes.
    ///
    /// # Errors
    /// [`KeinRueckruf`]; an answer to the sender need not tell which.
    pub fn verify(
        &self,
        geheimnis: &str,
        jetzt: Zeitpunkt,
    ) -> Result<BTreeSet<String>, KeinRueckruf> {
        let timestamp = self.timestamp.ok_or(KeinRueckruf::NichtEcht)?;
        let sekunden: i64 = timestamp.parse().map_err(|_| KeinRueckruf::NichtEcht)?;
        let alter = (jetzt.millis() / 1000).saturating_sub(sekunden);
        let hmac = self.authentication.and_then(unhex).ok_or(KeinRueckruf::NichtEcht)?;
        let mut eigene = Hmac::<Sha512>::new_from_slice(geheimnis.as_bytes())
            .expect("a key of HMAC may have any length");
        eigene.update(timestamp.as_bytes());
        eigene.update(b".");
        eigene.update(self.inhalt);
        let is_echt = eigene.verify_slice(&hmac).is_ok();
        if !is_echt || !(-UHREN_S..=ALTER_S).contains(&alter) {
            return Err(KeinRueckruf::NichtEcht);
        }
        let Inhalt { submissions } =
            serde_json::from_slice(self.inhalt).map_err(|_| KeinRueckruf::Unlesbar)?;
        let mut cases: BTreeSet<String> =
            submissions.into_iter().map(|submission| submission.case_id).collect();
        cases.retain(|id| is_uuid(id));
        Ok(cases)
    }
}

/// `…/callbacks/new-events` and the like.
#[derive(Deserialize)]
struct Inhalt {
    #[serde(default)]
    submissions: Vec<Submission>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Submission {
    case_id: String,
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2)
        || !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    {
        return None;
    }
    let bytes = (0..text.len())
        .step_by(2)
        .map(|stelle| u8::from_str_radix(&text[stelle..stelle + 2], 16).ok());
    bytes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const INHALT: &[u8] =
        br#"{"type":"https://schema.fitko.de/fit-connect/submission-api/callbacks/new-events","submissions":[{"destinationId":"d","submissionId":"s","caseId":"9eec7d3e-dc66-4f82-9f52-1520bf96a32e"}]}"#;
    /// By Python: `hmac.new(b"geheim", b"1795316947." + body, "sha512").hexdigest()`.
    const HMAC: &str = "5c0b2f8894d268371571820823c63ab93933b86d6846194c6bd4be8a624f36c43c73315aed8d2281023c6a9fefc8d6359239aa54d89d7c55b36c56f75372df26";

    #[track_caller]
    fn check(
        change: impl FnOnce(&mut Rueckruf<'static>),
        alter: i64,
        expect: Result<(), KeinRueckruf>,
    ) {
        let mut rueckruf =
            Rueckruf { timestamp: Some("1795316947"), authentication: Some(HMAC), inhalt: INHALT };
        change(&mut rueckruf);
        let jetzt = Zeitpunkt::from_millis((1_795_316_947 + alter) * 1000);
        assert_eq!(rueckruf.verify("geheim", jetzt).map(|_| ()), expect);
    }

    #[test]
    fn only_fresh_and_authentic_callbacks_are_believed() {
        let nein = Err(KeinRueckruf::NichtEcht);
        check(|_| (), 0, Ok(()));
        check(|_| (), 300, Ok(()));
        check(|_| (), 301, nein);
        check(|_| (), -60, Ok(()));
        check(|_| (), -61, nein);
        check(|it| it.timestamp = Some("1795316948"), 0, nein);
        check(|it| it.timestamp = Some("gestern"), 0, nein);
        check(|it| it.timestamp = None, 0, nein);
        check(|it| it.authentication = None, 0, nein);
        check(|it| it.authentication = Some(""), 0, nein);
        check(|it| it.authentication = Some(&HMAC[..126]), 0, nein);
        check(|it| it.authentication = Some("ä"), 0, nein);
        check(|it| it.inhalt = &INHALT[1..], 0, nein);
    }

    #[test]
    fn it_names_the_cases() {
        let rueckruf =
            Rueckruf { timestamp: Some("1795316947"), authentication: Some(HMAC), inhalt: INHALT };
        let jetzt = Zeitpunkt::from_millis(1_795_316_947_000);
        assert_eq!(
            rueckruf.verify("geheim", jetzt),
            Ok(BTreeSet::from(["9eec7d3e-dc66-4f82-9f52-1520bf96a32e".to_owned()]))
        );
        assert_eq!(rueckruf.verify("falsch", jetzt), Err(KeinRueckruf::NichtEcht));
    }
}
