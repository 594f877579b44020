//! Drafts: where files wait until the application is sent.

use std::time::Duration;

use ablage::{Ablage, AblageError, Anlage, Anlagenherkunft, Grenzen, NeueAnlage, Pruefstand};
use serde_json::{Value, json};
use shared::{
    antraege::ANTRAEGE,
    befund::{Befund, Ort, Parameter, zahl},
    formular::Inhalt,
};

use crate::{
    Beanstandung, Medientyp, Umgebung,
    anhang::inspect,
    ausfertigung::pdf_from_png,
    http::{Anfrage, Antwort},
    problem::Problem,
};

/// The kind of a file that is sent after the application.
pub const UNTERLAGE: &str = "UNTERLAGE";
/// How long a draft stays that nobody uses.
const BLEIBT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// So many old drafts are deleted when a new one begins.
const AUFRAEUMEN: u32 = 20;
/// Characters of a file's name that are kept.
const NAME_MAX: usize = 120;

/// `POST /api/entwuerfe`
pub async fn create(umgebung: &impl Umgebung) -> Result<Antwort, Problem> {
    let ablage = umgebung.ablage().await?;
    let jetzt = umgebung.jetzt();
    ablage.delete_entwuerfe(jetzt.minus(BLEIBT), AUFRAEUMEN).await?;
    let entwurf = ablage.create_entwurf(jetzt).await?;
    Ok(Antwort::json(201, &json!({ "id": entwurf.id, "token": entwurf.token })))
}

/// `POST /api/entwuerfe/{id}/dateien?typ=…&name=…`
pub async fn upload(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    id: &str,
) -> Result<Antwort, Problem> {
    let ablage = enter(umgebung, anfrage, id).await?;
    let grenzen = umgebung.konfiguration().grenzen;
    let hochladen = Hochladen {
        entwurf: id,
        herkunft: Anlagenherkunft::Antrag,
        grenzen: Grenzen { dateien: grenzen.dateien, summe: grenzen.summe() },
        is_erlaubt: &|typ| is_nachweisart(typ) || typ == UNTERLAGE,
    };
    store(umgebung, anfrage, &ablage, hochladen).await
}

/// Who adds a file to which draft, and what may be added.
pub struct Hochladen<'a> {
    pub entwurf: &'a str,
    pub herkunft: Anlagenherkunft,
    pub grenzen: Grenzen,
    /// Which kinds of proof.
    pub is_erlaubt: &'a dyn Fn(&str) -> bool,
}

/// Takes a file in, for somebody who was let in before.
pub async fn store<U: Umgebung>(
    umgebung: &U,
    anfrage: Anfrage<'_>,
    ablage: &Ablage<U::Verbindung>,
    hochladen: Hochladen<'_>,
) -> Result<Antwort, Problem> {
    let Hochladen { entwurf: id, herkunft, grenzen: rahmen, is_erlaubt } = hochladen;
    let typ = anfrage.parameter("typ").filter(|typ| is_erlaubt(typ));
    let typ = typ.ok_or(Problem::Nachweisart)?;
    let name = anzeigename(&anfrage.parameter("name").unwrap_or_default());
    let grenzen = umgebung.konfiguration().grenzen;
    let refuse = |status, regel, parameter: &[(&'static str, Parameter)]| Problem::Datei {
        status,
        befund: Befund {
            feld: format!("nachweise.{typ}"),
            regel,
            parameter: [&[("datei", Parameter::Text(name.clone()))], parameter].concat(),
            ort: Ort::default(),
        },
    };
    let is_moeglich = anfrage.medientyp().is_none_or(|typ| UPLOAD_TYPEN.contains(&typ.as_str()));
    if !is_moeglich {
        return Err(refuse(415, "UP_TYP", &[]));
    }
    let Some(koerper) = anfrage.koerper else {
        let laenge = anfrage.header("content-length").and_then(|laenge| laenge.parse().ok());
        let mb = megabytes(laenge.unwrap_or(0).max(grenzen.datei() + 1));
        let max = zahl("max", grenzen.datei_mb);
        return Err(refuse(413, "UP_GROESSE", &[zahl("mb", mb), max]));
    };
    let medientyp = inspect(koerper).map_err(|beanstandung| match beanstandung {
        Beanstandung::Leer | Beanstandung::Beschaedigt => refuse(422, "UP_LEER", &[]),
        Beanstandung::Format => refuse(422, "UP_TYP", &[]),
        Beanstandung::Passwort => refuse(422, "UP_PASSWORT", &[]),
        Beanstandung::Aktiv | Beanstandung::Zwitter | Beanstandung::Bombe => {
            refuse(422, "UP_VIRUS", &[])
        }
    })?;
    // What messages cannot carry must show now, not when the application is sent.
    if medientyp == Medientyp::Png && pdf_from_png(koerper).is_none() {
        return Err(refuse(422, "UP_LEER", &[]));
    }
    let neue = NeueAnlage {
        typ: typ.to_string(),
        name: name.clone(),
        medientyp: medientyp.as_str().to_owned(),
        inhalt: koerper.to_vec(),
        pruefung: pruefstand(umgebung),
    };
    match ablage.add_anlage_von(id, &neue, herkunft, rahmen, umgebung.jetzt()).await {
        Ok(anlage) => Ok(Antwort::json(201, &anlage_json(&anlage))),
        Err(AblageError::NichtGefunden) => Err(Problem::EntwurfFehlt),
        Err(AblageError::ZuVieleAnlagen) => {
            Err(Problem::ZuVieleDateien { hoechstens: rahmen.dateien })
        }
        Err(AblageError::SummeZuGross) => {
            let vorhanden = ablage.anlagen_of_entwurf(id).await?;
            let eigene = vorhanden.iter().filter(|anlage| anlage.herkunft == herkunft);
            let summe: u64 = eigene.map(|anlage| anlage.groesse).sum();
            let mb = megabytes(summe + koerper.len() as u64);
            let max = zahl("max", megabytes(rahmen.summe));
            Err(refuse(413, "UP_SUMME", &[zahl("mb", mb), max]))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether a new file waits for the virus scanner.
pub fn pruefstand(umgebung: &impl Umgebung) -> Pruefstand {
    match umgebung.konfiguration().virenscan {
        true => Pruefstand::Ausstehend,
        false => Pruefstand::Ungeprueft,
    }
}

/// `GET /api/entwuerfe/{id}/dateien`
pub async fn list(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    id: &str,
) -> Result<Antwort, Problem> {
    let ablage = enter(umgebung, anfrage, id).await?;
    let dateien: Vec<Value> = ablage
        .anlagen_of_entwurf(id)
        .await?
        .iter()
        .filter(|datei| datei.herkunft == Anlagenherkunft::Antrag)
        .map(anlage_json)
        .collect();
    Ok(Antwort::json(200, &json!(dateien)))
}

/// `DELETE /api/entwuerfe/{id}/dateien/{dateiId}`
pub async fn delete(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    id: &str,
    datei: &str,
) -> Result<Antwort, Problem> {
    let ablage = enter(umgebung, anfrage, id).await?;
    ablage.delete_anlage(id, datei).await?;
    Ok(Antwort::leer())
}

/// A stored file, as the API shows it.
pub fn anlage_json(anlage: &Anlage) -> Value {
    let sha256: String = anlage.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    json!({
        "id": anlage.id,
        "typ": anlage.typ,
        "name": anlage.name,
        "medientyp": anlage.medientyp,
        "groesse": anlage.groesse,
        "sha256": sha256,
        "pruefung": anlage.pruefung.as_str(),
    })
}

/// What browsers call the files that may be right. What they are is for their contents to say.
const UPLOAD_TYPEN: [&str; 6] =
    ["", "application/octet-stream", "application/pdf", "image/jpeg", "image/jpg", "image/png"];

/// Lets the owner of a draft in.
pub async fn enter<U: Umgebung>(
    umgebung: &U,
    anfrage: Anfrage<'_>,
    id: &str,
) -> Result<Ablage<U::Verbindung>, Problem> {
    let token = anfrage.bearer().ok_or(Problem::TokenFehlt)?;
    let ablage = umgebung.ablage().await?;
    match ablage.enter_entwurf(id, token, umgebung.jetzt()).await {
        Ok(()) => Ok(ablage),
        Err(AblageError::NichtGefunden) => Err(Problem::EntwurfFehlt),
        Err(error) => Err(error.into()),
    }
}

/// Whether any form asks for such a proof.
fn is_nachweisart(typ: &str) -> bool {
    ANTRAEGE.iter().any(|formular| {
        let mut gefunden = false;
        formular.for_each_inhalt(|_, inhalt| {
            if let Inhalt::Nachweise(nachweise) = inhalt {
                gefunden |= nachweise.arten.iter().any(|art| art.typ == typ);
            }
        });
        gefunden
    })
}

/// The name of a file as it is shown: its last part, without what is not seen, not too long.
fn anzeigename(name: &str) -> String {
    let letzter = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // Marks that turn the direction of reading make `exe.pdf` of `fdp.exe`.
    let is_sichtbar = |zeichen: &char| {
        !zeichen.is_control()
            && !matches!(zeichen, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let sichtbar: String = letzter.chars().filter(is_sichtbar).take(NAME_MAX).collect();
    match sichtbar.trim() {
        "" | "." | ".." => "Datei".to_owned(),
        name => name.to_owned(),
    }
}

/// In full megabytes, rounded up: what is a little too large is not shown as the limit.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_as_they_are_seen() {
        for (name, erwartet) in [
            ("Lohn März.pdf", "Lohn März.pdf"),
            ("../../etc/passwd", "passwd"),
            (r"C:\Dokumente\Lohn.pdf", "Lohn.pdf"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            ("Zeile\r\nzwei\0.pdf", "Zeilezwei.pdf"),
            ("", "Datei"),
            ("..", "Datei"),
            (" . ", "Datei"),
        ] {
            assert_eq!(anzeigename(name), erwartet);
        }
        assert_eq!(anzeigename(&"ä".repeat(500)).chars().count(), NAME_MAX);
    }

    #[test]
    fn a_little_too_large_is_more_than_the_limit() {
        assert_eq!(megabytes(10_000_000), 10);
        assert_eq!(megabytes(10_000_001), 11);
    }
}
