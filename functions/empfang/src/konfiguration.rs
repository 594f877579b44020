//! What the operator has set.

use std::fmt;

use ablage::{Empfangsweg, KeinMandant, KeinSchluessel, Mandant, Schluesselring};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Shorter secrets can be guessed.
const GEHEIMNIS_MIN: usize = 16;

/// Read from the component's variables.
pub struct Konfiguration {
    /// The tenant.
    pub mandant: Mandant,
    /// The keys of the store.
    pub ring: Schluesselring,
    /// Hash of the secret; `None`: the way is closed.
    geheimnis: Option<[u8; 32]>,
    /// The secret of callbacks; `None`: there are none.
    rueckruf: Option<String>,
}

impl fmt::Debug for Konfiguration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Konfiguration").field("mandant", &self.mandant).finish_non_exhaustive()
    }
}

/// Which variable cannot be read. Says nothing of its contents, which may be secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KonfigurationError {
    /// Not one of the ways.
    #[error("the variable `rueckkanal` is neither `aus` nor `empfang`")]
    Rueckkanal,
    /// Messages are expected, but nobody may send any.
    #[error(
        "the variable `empfang_geheimnis` has less than 16 characters, but `rueckkanal` is `empfang`"
    )]
    Geheimnis,
    /// Callbacks could be forged.
    #[error("the variable `fitconnect_rueckruf_geheimnis` has less than 16 characters")]
    Rueckruf,
    /// See there.
    #[error("the variable `mandant` cannot be read: {0}")]
    Mandant(#[from] KeinMandant),
    /// See there.
    #[error("the variable `schluessel` cannot be read: {0}")]
    Schluessel(#[from] KeinSchluessel),
}

impl Konfiguration {
    /// The names of the variables, in the order in which they are read.
    pub const VARIABLEN: [&str; 5] = [
        "mandant",
        "schluessel",
        "rueckkanal",
        "empfang_geheimnis",
        "fitconnect_rueckruf_geheimnis",
    ];

    /// Reads the values of [`Konfiguration::VARIABLEN`], in the same order.
    ///
    /// # Errors
    /// Names the first variable that cannot be read.
    pub fn read(werte: &[String; 5]) -> Result<Konfiguration, KonfigurationError> {
        let [mandant, schluessel, rueckkanal, geheimnis, rueckruf] = werte;
        let weg = Empfangsweg::parse(rueckkanal).ok_or(KonfigurationError::Rueckkanal)?;
        let geheimnis = geheimnis.trim();
        let is_offen = weg == Empfangsweg::Empfang;
        if is_offen && geheimnis.len() < GEHEIMNIS_MIN {
            return Err(KonfigurationError::Geheimnis);
        }
        let rueckruf = rueckruf.trim();
        if !rueckruf.is_empty() && rueckruf.len() < GEHEIMNIS_MIN {
            return Err(KonfigurationError::Rueckruf);
        }
        Ok(Konfiguration {
            mandant: Mandant::new(mandant)?,
            ring: Schluesselring::parse(schluessel)?,
            geheimnis: is_offen.then(|| Sha256::digest(geheimnis).into()),
            rueckruf: (!rueckruf.is_empty()).then(|| rueckruf.to_owned()),
        })
    }

    /// Whether messages are taken at all.
    pub fn is_offen(&self) -> bool {
        self.geheimnis.is_some()
    }

    /// The secret of FIT-Connect's callbacks, if there are any.
    pub(crate) fn rueckruf(&self) -> Option<&str> {
        self.rueckruf.as_deref()
    }

    /// Takes the same time for every wrong token, of whatever length.
    pub(crate) fn opens(&self, token: &str) -> bool {
        let token: [u8; 32] = Sha256::digest(token).into();
        self.geheimnis.as_ref().is_some_and(|geheimnis| bool::from(geheimnis.ct_eq(&token)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RING: &str = "alt:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    fn read(weg: &str, geheimnis: &str) -> Result<Konfiguration, KonfigurationError> {
        Konfiguration::read(&["musterstadt", RING, weg, geheimnis, ""].map(str::to_owned))
    }

    #[test]
    fn the_way_is_open_with_a_secret_only() {
        for (weg, geheimnis) in [("aus", ""), ("", ""), ("aus", "sechzehn Zeichen")] {
            let konfiguration = read(weg, geheimnis).unwrap();
            assert!(!konfiguration.is_offen(), "{weg}");
            assert!(!konfiguration.opens(geheimnis), "{weg}");
        }
        for geheimnis in ["", "zu kurz"] {
            assert_eq!(read("empfang", geheimnis).unwrap_err(), KonfigurationError::Geheimnis);
        }
        for weg in ["true", "abholen"] {
            assert_eq!(read(weg, "").unwrap_err(), KonfigurationError::Rueckkanal);
        }
        let offen = read("empfang", "sechzehn Zeichen").unwrap();
        assert!(offen.opens("sechzehn Zeichen"));
        for falsch in ["", "sechzehn Zeiche", "sechzehn Zeichen ", "Sechzehn Zeichen"] {
            assert!(!offen.opens(falsch), "{falsch}");
        }
        assert!(!format!("{offen:?}").contains("sechzehn"));
        let kurz = ["musterstadt", RING, "aus", "", "zu kurz"].map(str::to_owned);
        assert_eq!(Konfiguration::read(&kurz).unwrap_err(), KonfigurationError::Rueckruf);
    }
}
