//! What the operator has set.

use std::{fmt, time::Duration};

use ablage::{KeinMandant, KeinSchluessel, Mandant, Schluesselring};
use einstellungen::Zustellregeln;
use serde::Deserialize;
use serde_json::Value;
use shared::{
    behoerde::Behoerde,
    einstellungen::Textblock,
    formular::{Bedarfsprofil, Einstellungen},
};

use crate::passwort::is_lesbar;

/// Read from the component's variables.
#[derive(Debug)]
pub struct Konfiguration {
    /// The tenant.
    pub mandant: Mandant,
    /// The keys of the store.
    pub ring: Schluesselring,
    /// Who may log in.
    pub(crate) benutzer: Vec<Benutzer>,
    /// What proposals to caseworkers are computed with.
    pub(crate) einstellungen: Einstellungen,
    /// When targets are open, and what is too old. Pauses are not looked at here.
    pub(crate) zustellung: Zustellregeln,
}

/// Somebody who may log in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Benutzer {
    /// What they log in with.
    pub kennung: String,
    /// What they are called.
    pub name: String,
    /// What they do, such as `sachbearbeitung`.
    pub rolle: String,
    /// argon2id in the PHC string format.
    pub passwort: String,
}

/// The password's hash is nobody's business.
impl fmt::Debug for Benutzer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Benutzer").field("kennung", &self.kennung).finish_non_exhaustive()
    }
}

/// Which variable cannot be read. Says nothing of its contents, which may be secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KonfigurationError {
    /// It is not what docs/betrieb.md describes.
    #[error("the variable `{0}` cannot be read")]
    Unlesbar(&'static str),
    /// An entry has an empty field, a Kennung that is taken, or no hash of argon2id.
    #[error("entry {0} of the variable `benutzer` cannot be used")]
    Benutzer(usize),
    /// See there.
    #[error("the variable `mandant` cannot be read: {0}")]
    Mandant(#[from] KeinMandant),
    /// See there.
    #[error("the variable `schluessel` cannot be read: {0}")]
    Schluessel(#[from] KeinSchluessel),
}

impl Konfiguration {
    /// The names of the variables, in the order in which they are read.
    pub const VARIABLEN: [&str; 7] = [
        "mandant",
        "schluessel",
        "benutzer",
        "behoerde",
        "bedarfsprofil",
        "textbloecke",
        "zustellung",
    ];

    /// Reads the values of [`Konfiguration::VARIABLEN`], in the same order.
    ///
    /// # Errors
    /// Names the first variable that cannot be read.
    pub fn read(werte: &[String; 7]) -> Result<Konfiguration, KonfigurationError> {
        let [mandant, schluessel, benutzer, behoerde, bedarfsprofil, textbloecke, zustellung] =
            werte;
        let unlesbar = KonfigurationError::Unlesbar;
        let benutzer: Vec<Benutzer> = match benutzer.trim() {
            "" => Vec::new(),
            text => serde_json::from_str(text).map_err(|_| unlesbar("benutzer"))?,
        };
        for (platz, einer) in benutzer.iter().enumerate() {
            let is_vergeben = benutzer[..platz].iter().any(|it| it.kennung == einer.kennung);
            let is_leer =
                [&einer.kennung, &einer.name, &einer.rolle].iter().any(|it| it.is_empty());
            if is_vergeben || is_leer || !is_lesbar(&einer.passwort) {
                return Err(KonfigurationError::Benutzer(platz + 1));
            }
        }
        let bedarfsprofil = match bedarfsprofil.trim() {
            "" => None,
            text => serde_json::from_str(text).ok().as_ref().map_or_else(
                || Err(unlesbar("bedarfsprofil")),
                |json| Bedarfsprofil::from_json(json).map(Some).ok_or(unlesbar("bedarfsprofil")),
            )?,
        };
        let textbloecke = match textbloecke.trim() {
            "" => Vec::new(),
            text => serde_json::from_str(text)
                .ok()
                .and_then(|json| Textblock::list_from_json(&json))
                .ok_or(unlesbar("textbloecke"))?,
        };
        let behoerde: Value = serde_json::from_str(behoerde).map_err(|_| unlesbar("behoerde"))?;
        let land = Behoerde::from_json(&behoerde).map_err(|_| unlesbar("behoerde"))?.land;
        Ok(Konfiguration {
            mandant: Mandant::new(mandant)?,
            ring: Schluesselring::parse(schluessel)?,
            benutzer,
            einstellungen: Einstellungen {
                bedarfsprofil,
                textbloecke,
                land,
                ..Einstellungen::default()
            },
            zustellung: Zustellregeln::read(zustellung, Duration::from_secs(60))
                .map_err(|_| unlesbar("zustellung"))?,
        })
    }

    pub(crate) fn benutzer(&self, kennung: &str) -> Option<&Benutzer> {
        self.benutzer.iter().find(|einer| einer.kennung == kennung)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHC: &str = "$argon2id$v=19$m=8,t=1,p=1$c2FsemlnZXNTYWx6$9Yh2xHJnwJ3Vq1n0tq1l7w";
    const RING: &str = "alt:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    fn behoerde() -> &'static str {
        einstellungen::find("behoerde").unwrap().beispiel
    }

    #[track_caller]
    fn check(benutzer: &str, bedarfsprofil: &str, expect: &str) {
        let werte = ["musterstadt", RING, benutzer, behoerde(), bedarfsprofil, "", ""];
        let werte = werte.map(str::to_owned);
        let error = Konfiguration::read(&werte).map(|_| ()).unwrap_err().to_string();
        assert_eq!(error, expect);
    }

    fn eintrag(kennung: &str, passwort: &str) -> String {
        format!(r#"{{"kennung":"{kennung}","name":"N","rolle":"r","passwort":"{passwort}"}}"#)
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let gut = eintrag("demo", PHC);
        check("{}", "", "the variable `benutzer` cannot be read");
        check(r#"[{"kennung":"x"}]"#, "", "the variable `benutzer` cannot be read");
        let falsch = "entry 2 of the variable `benutzer` cannot be used";
        check(&format!("[{gut},{gut}]"), "", falsch);
        check(&format!("[{gut},{}]", eintrag("", PHC)), "", falsch);
        check(&format!("[{gut},{}]", eintrag("andere", "geheim")), "", falsch);
        let alt = PHC.replace("argon2id", "argon2i");
        check(&format!("[{gut},{}]", eintrag("andere", &alt)), "", falsch);
        check("[]", "{}", "the variable `bedarfsprofil` cannot be read");
        check("[]", "x", "the variable `bedarfsprofil` cannot be read");
    }

    #[test]
    fn nobody_may_be_allowed_in() {
        for leer in ["", "[]"] {
            let werte = ["musterstadt", RING, leer, behoerde(), "", leer, ""].map(str::to_owned);
            assert!(Konfiguration::read(&werte).unwrap().benutzer.is_empty());
        }
    }
}
