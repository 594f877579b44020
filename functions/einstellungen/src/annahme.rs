//! What the component `annahme` reads.

use std::time::Duration;

use ablage::{Empfangsweg, KeinMandant, KeinSchluessel, Mandant, Schluesselring, Ziel};
use serde::Deserialize;
use serde_json::Value;
use shared::{
    antraege::{ANTRAEGE, has_release},
    behoerde::{Behoerde, KeineBehoerde},
    einstellungen::{Textblock, Verzeichnis},
    formular::{Bedarfsprofil, Einstellungen},
    nachricht::Fassungsplan,
};

/// Read from the component's variables.
#[derive(Clone, Debug)]
pub struct Konfiguration {
    /// The tenant.
    pub mandant: Mandant,
    /// The keys of the store.
    pub ring: Schluesselring,
    /// Who gets the applications, and as whom the portal writes.
    pub behoerde: Behoerde,
    /// The self-check's numbers, as they were set, for the browser.
    pub bedarfsprofil: Option<Value>,
    /// The places of the Behörde and its wordings, as they were set, for the browser.
    pub verzeichnis: Value,
    /// See there.
    pub textbloecke: Value,
    /// What the checks need to know.
    pub einstellungen: Einstellungen,
    /// How long the Belehrung must be on the screen, in seconds.
    pub belehrung_sekunden: u32,
    /// How much may be uploaded.
    pub grenzen: Uploadgrenzen,
    /// Whether the Behörde can be answered through the portal.
    pub rueckkanal: bool,
    /// Whether a virus scanner looks at files before they leave.
    pub virenscan: bool,
    /// Where applications are delivered.
    pub ziele: Vec<Ziel>,
    /// How long somebody else may fill in a part over a link.
    pub link_frist: Duration,
    /// In which release messages are written.
    pub fassungen: Fassungsplan,
}

/// How much may be uploaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uploadgrenzen {
    /// Megabytes (10⁶ bytes) of one file.
    pub datei_mb: u32,
    /// Files of one application.
    pub dateien: u32,
    /// Megabytes of all files of one application.
    pub summe_mb: u32,
}

impl Uploadgrenzen {
    /// Bytes of one file.
    pub fn datei(&self) -> u64 {
        u64::from(self.datei_mb) * 1_000_000
    }

    /// Bytes of all files.
    pub fn summe(&self) -> u64 {
        u64::from(self.summe_mb) * 1_000_000
    }
}

/// Which variable cannot be read. Says nothing of its contents, which may be secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KonfigurationError {
    /// It is not what docs/betrieb.md describes.
    #[error("the variable `{0}` cannot be read")]
    Unlesbar(&'static str),
    /// See there.
    #[error("the variable `mandant` cannot be read: {0}")]
    Mandant(#[from] KeinMandant),
    /// See there.
    #[error("the variable `behoerde` cannot be read: {0}")]
    Behoerde(#[from] KeineBehoerde),
    /// See there.
    #[error("the variable `schluessel` cannot be read: {0}")]
    Schluessel(#[from] KeinSchluessel),
}

impl Konfiguration {
    /// The names of the variables, in the order in which they are read.
    pub const VARIABLEN: [&str; 14] = [
        "mandant",
        "schluessel",
        "behoerde",
        "bedarfsprofil",
        "belehrung_sekunden",
        "eid",
        "grenzen",
        "rueckkanal",
        "ziele",
        "virenscan",
        "link_tage",
        "verzeichnis",
        "textbloecke",
        "fassungen",
    ];

    /// Reads the values of [`Konfiguration::VARIABLEN`], in the same order.
    ///
    /// # Errors
    /// Names the first variable that cannot be read.
    pub fn read(werte: &[String; 14]) -> Result<Konfiguration, KonfigurationError> {
        let [
            mandant,
            schluessel,
            behoerde,
            bedarfsprofil,
            belehrung_sekunden,
            eid,
            grenzen,
            rueckkanal,
            ziele,
            virenscan,
            link_tage,
            verzeichnis,
            textbloecke,
            fassungen,
        ] = werte;
        let weg =
            Empfangsweg::parse(rueckkanal).ok_or(KonfigurationError::Unlesbar("rueckkanal"))?;
        let unlesbar = KonfigurationError::Unlesbar;
        let json = |name: &'static str, text: &str| match text.trim() {
            "" => Ok(Value::Null),
            text => serde_json::from_str(text).map_err(|_| unlesbar(name)),
        };
        let verzeichnis = json("verzeichnis", verzeichnis)?;
        let textbloecke = json("textbloecke", textbloecke)?;
        let profil: Option<Value> = match bedarfsprofil.trim() {
            "" => None,
            text => Some(serde_json::from_str(text).map_err(|_| unlesbar("bedarfsprofil"))?),
        };
        let gelesen = profil
            .as_ref()
            .map(|profil| Bedarfsprofil::from_json(profil).ok_or(unlesbar("bedarfsprofil")))
            .transpose()?;
        let behoerde = Behoerde::from_json(
            &serde_json::from_str(behoerde).map_err(|_| unlesbar("behoerde"))?,
        )?;
        Ok(Konfiguration {
            mandant: Mandant::new(mandant)?,
            ring: Schluesselring::parse(schluessel)?,
            bedarfsprofil: profil,
            einstellungen: Einstellungen {
                bedarfsprofil: gelesen,
                eid: read_schalter(eid).ok_or(unlesbar("eid"))?,
                verzeichnis: Verzeichnis::from_json(&verzeichnis).ok_or(unlesbar("verzeichnis"))?,
                textbloecke: Textblock::list_from_json(&textbloecke)
                    .filter(|all| all.iter().all(|it| it.is_known(ANTRAEGE)))
                    .ok_or(unlesbar("textbloecke"))?,
                land: behoerde.land,
            },
            behoerde,
            verzeichnis,
            textbloecke,
            belehrung_sekunden: belehrung_sekunden
                .trim()
                .parse()
                .map_err(|_| unlesbar("belehrung_sekunden"))?,
            grenzen: serde_json::from_str(grenzen).map_err(|_| unlesbar("grenzen"))?,
            link_frist: link_tage
                .trim()
                .parse()
                .ok()
                // A draft that nobody uses is not kept longer.
                .filter(|tage| (1..=30).contains(tage))
                .map(|tage: u64| Duration::from_secs(tage * 24 * 60 * 60))
                .ok_or(unlesbar("link_tage"))?,
            rueckkanal: weg != Empfangsweg::Aus,
            virenscan: match virenscan.trim() {
                "clamd" => true,
                "ohne" => false,
                _ => return Err(unlesbar("virenscan")),
            },
            fassungen: fassungen
                .parse()
                .ok()
                .filter(|plan: &Fassungsplan| plan.releases().all(has_release))
                .ok_or(unlesbar("fassungen"))?,
            ziele: ziele
                .split(',')
                .map(str::trim)
                .filter(|ziel| !ziel.is_empty())
                .map(|ziel| Ziel::parse(ziel).ok_or(unlesbar("ziele")))
                .collect::<Result<_, _>>()?,
        })
    }
}

fn read_schalter(text: &str) -> Option<bool> {
    match text.trim() {
        "an" | "true" => Some(true),
        "aus" | "false" | "" => Some(false),
        _ => None,
    }
}
