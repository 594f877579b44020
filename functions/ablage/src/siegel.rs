//! Encryption at rest: XChaCha20-Poly1305 under a ring of keys.
//!
//! A sealed value is `version ‖ length of the key's id ‖ id ‖ nonce ‖ ciphertext ‖ tag`. The
//! place it is stored at (tenant, table, row, column) is authenticated along: a value that was
//! copied to another place does not open there.

use std::{fmt, sync::Arc};

use base64::prelude::*;
use chacha20poly1305::{AeadInOut, KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{Ablage, AblageError, zufall};

const VERSION: u8 = 1;
const NONCE: usize = 24;
const TAG: usize = 16;
/// A sealed value is at most so much longer than what is in it.
pub(crate) const ZUSATZ_MAX: usize = 2 + 32 + NONCE + TAG;

/// The keys of the installation. The first seals, all open. A clone shares them.
#[derive(Clone)]
pub struct Schluesselring {
    schluessel: Arc<[Schluessel]>,
}

struct Schluessel {
    id: String,
    siegel: Zeroizing<[u8; 32]>,
    suche: Zeroizing<[u8; 32]>,
}

impl Schluesselring {
    /// Reads `id:base64,id2:base64`: the keys have 32 bytes, an id at most 32 small letters,
    /// digits and hyphens.
    ///
    /// # Errors
    /// Says which entry is wrong by its place, never its contents.
    pub fn parse(text: &str) -> Result<Schluesselring, KeinSchluessel> {
        let mut schluessel: Vec<Schluessel> = Vec::new();
        for (i, eintrag) in text.split(',').enumerate() {
            let gelesen = read_schluessel(eintrag.trim()).ok_or(KeinSchluessel { platz: i + 1 })?;
            if schluessel.iter().any(|vorhandener| vorhandener.id == gelesen.id) {
                return Err(KeinSchluessel { platz: i + 1 });
            }
            schluessel.push(gelesen);
        }
        Ok(Schluesselring { schluessel: schluessel.into() })
    }

    /// The id of the key that seals.
    pub fn id(&self) -> &str {
        &self.erster().id
    }

    /// Seals in place: a message of many megabytes is in memory once. Room for [`ZUSATZ_MAX`] bytes
    /// more spares a copy.
    pub(crate) fn seal(
        &self,
        ort: &Ort<'_>,
        mut klartext: Vec<u8>,
    ) -> Result<Vec<u8>, AblageError> {
        let Schluessel { id, siegel, .. } = self.erster();
        let nonce = zufall::bytes::<NONCE>()?;
        let tag = XChaCha20Poly1305::new((&**siegel).into())
            .encrypt_inout_detached(
                &XNonce::from(nonce),
                &ort.aad(),
                klartext.as_mut_slice().into(),
            )
            // Only a text of 256 GiB is too long.
            .map_err(|_| ort.error())?;
        let kopf = [&[VERSION, id.len() as u8], id.as_bytes(), &nonce].concat();
        klartext.reserve_exact(kopf.len() + TAG);
        klartext.splice(..0, kopf);
        klartext.extend(tag);
        Ok(klartext)
    }

    /// Opens in place: the result is the tail of `versiegelt`.
    pub(crate) fn open(
        &self,
        ort: &Ort<'_>,
        mut versiegelt: Vec<u8>,
    ) -> Result<Vec<u8>, AblageError> {
        let id = read_id(&versiegelt).ok_or_else(|| ort.error())?;
        let Some(schluessel) = self.schluessel.iter().find(|schluessel| schluessel.id == id) else {
            return Err(AblageError::SchluesselFehlt(id.to_owned()));
        };
        let kopf = 2 + id.len() + NONCE;
        let ende = versiegelt.len().checked_sub(TAG).filter(|&ende| kopf <= ende);
        let ende = ende.ok_or_else(|| ort.error())?;
        let tag: [u8; TAG] = versiegelt[ende..].try_into().expect("is as long as a tag");
        versiegelt.truncate(ende);
        let nonce: [u8; NONCE] =
            versiegelt[kopf - NONCE..kopf].try_into().expect("is as long as a nonce");
        XChaCha20Poly1305::new((&*schluessel.siegel).into())
            .decrypt_inout_detached(
                &XNonce::from(nonce),
                &ort.aad(),
                (&mut versiegelt[kopf..]).into(),
                &tag.into(),
            )
            .map_err(|_| ort.error())?;
        versiegelt.drain(..kopf);
        Ok(versiegelt)
    }

    /// What stands for a search word in the index, under the key that seals.
    pub(crate) fn suchwort(&self, mandant: &str, wort: &str) -> Vec<u8> {
        self.erster().suchwort(mandant, wort)
    }

    /// The same under every key, since old rows are found by theirs.
    pub(crate) fn suchwoerter(&self, mandant: &str, wort: &str) -> Vec<Vec<u8>> {
        self.schluessel.iter().map(|schluessel| schluessel.suchwort(mandant, wort)).collect()
    }

    fn erster(&self) -> &Schluessel {
        self.schluessel.first().expect("parse leaves no ring empty")
    }
}

impl Schluessel {
    fn suchwort(&self, mandant: &str, wort: &str) -> Vec<u8> {
        let mut mac = hmac(&*self.suche);
        mac.update(mandant.as_bytes());
        mac.update(&[0]);
        mac.update(wort.as_bytes());
        mac.finalize().into_bytes()[..16].to_vec()
    }
}

impl fmt::Debug for Schluesselring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.schluessel.iter().map(|schluessel| &schluessel.id)).finish()
    }
}

/// An entry of the key ring cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("entry {platz} of the key ring is not `id:base64` of 32 bytes, or its id is taken")]
pub struct KeinSchluessel {
    /// Its place in the list, from 1.
    pub platz: usize,
}

/// A column whose values are sealed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spalte {
    pub tabelle: &'static str,
    pub name: &'static str,
}

/// Every sealed column there is.
pub(crate) mod spalten {
    use super::Spalte;

    macro_rules! spalten {
        ($($konstante:ident = $tabelle:literal . $name:literal;)*) => {
            $(pub(crate) const $konstante: Spalte = Spalte { tabelle: $tabelle, name: $name };)*
            /// All of them, table by table.
            pub(crate) const ALLE: &[Spalte] = &[$($konstante),*];
        };
    }

    spalten! {
        VORGANG_ZUGANG = "vorgang"."zugang";
        VORGANG_BETREFF = "vorgang"."betreff";
        VORGANG_HINWEISE = "vorgang"."hinweise";
        VORGANG_DATEN = "vorgang"."daten";
        ANLAGE_NAME = "anlage"."name";
        ANLAGE_INHALT = "anlage_inhalt"."inhalt";
        NACHRICHT_INHALT = "nachricht"."inhalt";
        ZUSTELLUNG_FEHLER_TEXT = "zustellung"."fehler_text";
        ZULIEFERUNG_VORGABEN = "zulieferung"."vorgaben";
        ZULIEFERUNG_DATEN = "zulieferung"."daten";
        ZULIEFERUNG_QUITTUNG = "zulieferung"."quittung";
        ZULIEFERUNG_INHALT_HASH = "zulieferung"."inhalt_hash";
        EMPFANG_INHALT_HASH = "empfang"."inhalt_hash";
        EMPFANG_QUITTUNG = "empfang"."quittung";
        FOLGE_TEXT = "folge"."text";
        RUECKMELDUNG_AUSZUG = "rueckmeldung"."auszug";
        RUECKMELDUNG_INHALT = "rueckmeldung"."inhalt";
    }
}

impl<V> Ablage<V> {
    /// Seals a value for its place. `zeile` is the row's key within tenant and table.
    pub(crate) fn seal(
        &self,
        spalte: &Spalte,
        zeile: &str,
        klartext: impl Into<Vec<u8>>,
    ) -> Result<Vec<u8>, AblageError> {
        self.ring.seal(&self.ort(spalte, zeile), klartext.into())
    }

    /// Opens a value that was read from its place.
    pub(crate) fn unseal(
        &self,
        spalte: &Spalte,
        zeile: &str,
        versiegelt: Vec<u8>,
    ) -> Result<Vec<u8>, AblageError> {
        self.ring.open(&self.ort(spalte, zeile), versiegelt)
    }

    /// Opens a text.
    pub(crate) fn unseal_text(
        &self,
        spalte: &Spalte,
        zeile: &str,
        versiegelt: Vec<u8>,
    ) -> Result<String, AblageError> {
        String::from_utf8(self.unseal(spalte, zeile, versiegelt)?)
            .map_err(|_| AblageError::Form("a sealed text is not UTF-8"))
    }

    fn ort<'a>(&'a self, spalte: &Spalte, zeile: &'a str) -> Ort<'a> {
        let mandant = self.mandant.as_str();
        Ort { mandant, tabelle: spalte.tabelle, zeile, spalte: spalte.name }
    }
}

/// Where a sealed value is stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ort<'a> {
    pub mandant: &'a str,
    pub tabelle: &'static str,
    pub zeile: &'a str,
    pub spalte: &'static str,
}

impl Ort<'_> {
    fn aad(&self) -> Vec<u8> {
        let mut aad = Vec::new();
        for teil in ["ablage/1", self.mandant, self.tabelle, self.zeile, self.spalte] {
            aad.extend((teil.len() as u64).to_be_bytes());
            aad.extend(teil.as_bytes());
        }
        aad
    }

    fn error(&self) -> AblageError {
        AblageError::Siegel { tabelle: self.tabelle, spalte: self.spalte }
    }
}

fn read_schluessel(eintrag: &str) -> Option<Schluessel> {
    let (id, base64) = eintrag.split_once(':')?;
    let is_erlaubt = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if !(1..=32).contains(&id.len()) || !id.bytes().all(is_erlaubt) {
        return None;
    }
    let geheim = Zeroizing::new(BASE64_STANDARD.decode(base64).ok()?);
    if geheim.len() != 32 {
        return None;
    }
    // One key for each purpose, so that none says anything about another.
    let derive = |zweck: &[u8]| {
        let mut mac = hmac(&geheim);
        mac.update(zweck);
        Zeroizing::new(mac.finalize().into_bytes().into())
    };
    Some(Schluessel { id: id.to_owned(), siegel: derive(b"siegel/1"), suche: derive(b"suche/1") })
}

fn read_id(versiegelt: &[u8]) -> Option<&str> {
    let [VERSION, laenge, rest @ ..] = versiegelt else { return None };
    std::str::from_utf8(rest.get(..usize::from(*laenge))?).ok()
}

fn hmac(schluessel: &[u8]) -> Hmac<Sha256> {
    use hmac::KeyInit as _;
    Hmac::new_from_slice(schluessel).expect("HMAC takes keys of any length")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ORT: Ort<'_> = Ort { mandant: "a", tabelle: "vorgang", zeile: "1", spalte: "daten" };

    fn ring(ids: &[(&str, u8)]) -> Schluesselring {
        let eintraege: Vec<String> = ids
            .iter()
            .map(|(id, byte)| format!("{id}:{}", BASE64_STANDARD.encode([*byte; 32])))
            .collect();
        Schluesselring::parse(&eintraege.join(",")).unwrap()
    }

    #[test]
    fn a_ring_is_read_or_refused() {
        let gut = BASE64_STANDARD.encode([7; 32]);
        let kurz = BASE64_STANDARD.encode([7; 31]);
        for (text, platz) in [
            (String::new(), 1),
            (gut.clone(), 1),
            (format!("A:{gut}"), 1),
            (format!(":{gut}"), 1),
            (format!("a:{kurz}"), 1),
            (format!("a:{gut},b:###"), 2),
            (format!("a:{gut},a:{gut}"), 2),
            (format!("a:{gut},"), 2),
        ] {
            assert_eq!(Schluesselring::parse(&text).unwrap_err(), KeinSchluessel { platz });
        }
        assert_eq!(Schluesselring::parse(&format!("a:{gut}, b:{gut}")).unwrap().id(), "a");
    }

    #[test]
    fn keys_are_not_in_debug_output() {
        assert_eq!(format!("{:?}", ring(&[("neu", 1), ("alt", 2)])), r#"["neu", "alt"]"#);
    }

    #[test]
    fn every_key_of_the_ring_opens() {
        let versiegelt = ring(&[("alt", 2)]).seal(&ORT, b"geheim".to_vec()).unwrap();
        let rotiert = ring(&[("neu", 1), ("alt", 2)]);
        assert_eq!(rotiert.open(&ORT, versiegelt.clone()).unwrap(), b"geheim");
        assert_eq!(
            ring(&[("neu", 1)]).open(&ORT, versiegelt.clone()).unwrap_err(),
            AblageError::SchluesselFehlt("alt".to_owned()),
        );
        assert!(ring(&[("alt", 3)]).open(&ORT, versiegelt).is_err());
    }

    #[test]
    fn a_value_opens_at_its_place_only() {
        let ring = ring(&[("a", 1)]);
        let versiegelt = ring.seal(&ORT, b"geheim".to_vec()).unwrap();
        for ort in [
            Ort { mandant: "b", ..ORT },
            Ort { tabelle: "anlage", ..ORT },
            Ort { zeile: "2", ..ORT },
            Ort { spalte: "betreff", ..ORT },
        ] {
            assert_eq!(ring.open(&ort, versiegelt.clone()).unwrap_err(), ort.error());
        }
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_unless_touched(klartext: Vec<u8>, stelle: usize, bit in 0..8u8) {
            let ring = ring(&[("a", 1)]);
            let versiegelt = ring.seal(&ORT, klartext.clone()).unwrap();
            prop_assert_eq!(&ring.open(&ORT, versiegelt.clone()).unwrap(), &klartext);
            let mut veraendert = versiegelt.clone();
            veraendert[stelle % versiegelt.len()] ^= 1 << bit;
            prop_assert!(ring.open(&ORT, veraendert).is_err());
            prop_assert!(ring.open(&ORT, versiegelt[..stelle % versiegelt.len()].to_vec()).is_err());
        }
    }
}
