//! A case: all that was answered and found, its documents, and what became of it. Whoever reads is
//! written down first.

use ablage::{
    Ablage, Anlage, Anlagenherkunft, Ereignis, Ereignisart, Pruefstand, Verbindung, Vorgang,
    Zeitpunkt, Ziel, Zustellung,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use shared::{
    angaben::{Angaben, View},
    antraege,
    formular::{Einstellungen, Formular, Inhalt, Kontext},
    vorgangsnummer::Vorgangsnummer,
    werte::Datum,
    zusammenfassung::zusammenfassung,
};

use crate::{
    Umgebung, betrieb::hex, http::Antwort, konfiguration::Konfiguration, problem::Problem,
    rueckmeldungen::rueckkanal_json, ursache,
};

/// What may be taken out of a case.
#[derive(Clone, Copy)]
pub(crate) enum Dokument<'a> {
    /// The message to the Fachverfahren.
    Nachricht,
    /// The application as people read it.
    Zusammenfassung,
    /// A file of the applicant, by its id.
    Anlage(&'a str),
    /// What the applicant sent later, by its name.
    Folge(&'a str),
}

/// What a browser may be told of a file. Everything else is bytes.
const MEDIENTYPEN: &[&str] =
    &["application/pdf", "application/xml", "image/jpeg", "image/png", "image/tiff"];

/// `GET /amt/api/vorgaenge/{nummer}`
pub(crate) async fn show<U: Umgebung>(
    umgebung: &U,
    ablage: &Ablage<U::Verbindung>,
    nummer: &Vorgangsnummer,
    kennung: &str,
) -> Result<Antwort, Problem> {
    // Only what there is can be read; the event is there before the answers are.
    let vorgang = ablage.vorgang(nummer).await?;
    ablage.note_gelesen(nummer, "fall", kennung, umgebung.jetzt()).await?;
    let konfiguration = umgebung.konfiguration();
    let namen: Vec<(String, &str)> = konfiguration
        .benutzer
        .iter()
        .map(|einer| (ablage.pseudonym(&einer.kennung), einer.name.as_str()))
        .collect();
    let ereignisse = vorgang.ereignisse.iter().map(|ereignis| ereignis_json(ereignis, &namen));
    let mut fall = json!({
        "nummer": nummer.to_string(),
        "antrag": vorgang.antrag,
        "betreff": vorgang.betreff,
        "zustand": vorgang.zustand,
        "zustellstand": vorgang.zustellstand.as_str(),
        "eingegangenAm": vorgang.eingegangen_am.to_string(),
        "sprache": vorgang.sprache,
        "pruefsumme": hex(&vorgang.pruefsumme),
        "hinweise": read_json(&vorgang.hinweise),
        "zustellungen": vorgang.zustellungen.iter().map(zustellung_json).collect::<Vec<_>>(),
        "ereignisse": ereignisse.collect::<Vec<_>>(),
    });
    (fall["rueckmeldungen"], fall["folgen"]) = rueckkanal_json(&ablage.rueckkanal(nummer).await?);
    let formular = antraege::find(&vorgang.antrag);
    let anlagen = vorgang.anlagen.iter().map(|anlage| anlage_json(anlage, formular));
    fall["anlagen"] = anlagen.collect();
    let nachrichten = vorgang.nachrichten.iter().map(|nachricht| {
        json!({
            "art": nachricht.art,
            "uuid": nachricht.uuid,
            "medientyp": nachricht.medientyp,
            "groesse": nachricht.groesse,
            "sha256": hex(&nachricht.sha256),
        })
    });
    fall["nachrichten"] = nachrichten.collect();
    let heute = tag(umgebung.jetzt());
    add_angaben(&mut fall, &vorgang, formular, konfiguration, heute);
    Ok(Antwort::json(200, &fall))
}

/// The answers: as they were given, as people read them, and what can be computed from them.
fn add_angaben(
    fall: &mut Value,
    vorgang: &Vorgang,
    formular: Option<&'static Formular>,
    konfiguration: &Konfiguration,
    heute: Option<Datum>,
) {
    let daten = read_json(&vorgang.daten);
    let gelesen = formular
        .and_then(|formular| Some((formular, formular.import(&daten).ok()?, stichtag(vorgang)?)));
    let Some((formular, angaben, stichtag)) = gelesen else {
        // An application that this version does not offer any more is still shown as it is.
        fall["titel"] = json!(vorgang.antrag);
        fall["daten"] = daten;
        fall["zusammenfassung"] = json!([]);
        fall["vorschlaege"] = json!([]);
        fall["zulieferung"] = Value::Null;
        return;
    };
    fall["titel"] = json!(formular.titel);
    fall["daten"] = formular.export(&angaben);
    fall["zusammenfassung"] = teile(formular, &angaben, stichtag, &konfiguration.einstellungen);
    let asked = formular.prune(&angaben, stichtag);
    fall["zulieferung"] = zulieferung_json(formular, vorgang, &asked, stichtag);
    let vorschlaege = formular.vorschlaege.iter().filter_map(|auskunft| {
        let stichtag = if auskunft.is_taeglich { heute? } else { stichtag };
        let kontext = Kontext { stichtag, einstellungen: &konfiguration.einstellungen };
        let ergebnis = (auskunft.compute)(&View::new(&asked), &kontext)?;
        let mut json = ergebnis.to_json();
        json["id"] = auskunft.id.into();
        json["titel"] = auskunft.titel.into();
        Some(json)
    });
    fall["vorschlaege"] = vorschlaege.collect();
}

fn teile(
    formular: &'static Formular,
    angaben: &Angaben,
    stichtag: Datum,
    einstellungen: &Einstellungen,
) -> Value {
    // In the wordings that were on the screen.
    let teile = zusammenfassung(formular, angaben, stichtag, &einstellungen.texte_of(angaben));
    let teile = teile.into_iter().map(|teil| {
        let zeilen = teil.zeilen.into_iter().map(|zeile| {
            json!({
                "pfad": zeile.pfad,
                "eintrag": zeile.eintrag,
                "label": zeile.label,
                "antwort": zeile.antwort,
            })
        });
        json!({
            "titel": teil.titel,
            "schritt": teil.schritt,
            "zulieferung": is_zulieferung(formular, teil.ort.seite),
            "zeilen": zeilen.collect::<Vec<_>>(),
        })
    });
    teile.collect()
}

/// The part that somebody else may have filled in: whether it came over a link, and what confirms it.
fn zulieferung_json(
    formular: &'static Formular,
    vorgang: &Vorgang,
    asked: &Angaben,
    stichtag: Datum,
) -> Value {
    let Some(zulieferung) = formular.zulieferung else { return Value::Null };
    let is_online = zulieferung.wenn.holds(asked, "", stichtag);
    let mut dokumente = vorgang.anlagen.iter();
    let dokument = dokumente.find(|anlage| match is_online {
        true => anlage.herkunft == Anlagenherkunft::Erklaerung,
        false => anlage.typ == zulieferung.nachweis,
    });
    json!({
        "titel": zulieferung.formular.titel,
        "online": is_online,
        "nummer": asked.text(zulieferung.nummer),
        "bestaetigtAm": asked.text(zulieferung.zeit),
        "anlage": dokument.map(|anlage| &anlage.id),
    })
}

/// Whether a page belongs to the part that somebody else may fill in.
fn is_zulieferung(formular: &'static Formular, seite: &str) -> bool {
    let Some(zulieferung) = formular.zulieferung else { return false };
    let schritte = formular.abschnitte.iter().flat_map(|it| it.schritte);
    schritte
        .filter(|it| zulieferung.schritte.contains(&it.id))
        .any(|it| it.seiten.iter().any(|it| it.id == seite))
}

/// The day of the receipt in Germany.
fn stichtag(vorgang: &Vorgang) -> Option<Datum> {
    tag(vorgang.eingegangen_am)
}

/// The day in Germany.
fn tag(zeitpunkt: Zeitpunkt) -> Option<Datum> {
    use chrono::Datelike as _;
    let tag = zeitpunkt.in_germany();
    Datum::try_new(tag.year(), tag.month(), tag.day())
}

/// Takes a document out: `GET …/anlagen/{id}`, `…/nachricht.xml`, `…/zusammenfassung.pdf`
pub(crate) async fn download<U: Umgebung>(
    umgebung: &U,
    ablage: &Ablage<U::Verbindung>,
    nummer: &Vorgangsnummer,
    dokument: Dokument<'_>,
    kennung: &str,
) -> Result<Antwort, Problem> {
    let (was, name, medientyp, inhalt) = match dokument {
        Dokument::Nachricht => {
            check_harmless(ablage, nummer, "").await?;
            let (nachricht, inhalt) = ablage.nachricht(nummer, "nachricht").await?;
            ("nachricht".to_owned(), format!("{nummer}.xml"), nachricht.medientyp, inhalt)
        }
        Dokument::Zusammenfassung => {
            let (nachricht, inhalt) = ablage.nachricht(nummer, "zusammenfassung").await?;
            ("zusammenfassung".to_owned(), format!("{nummer}.pdf"), nachricht.medientyp, inhalt)
        }
        Dokument::Folge(name) => {
            // Every message has a name, but only these are asked for by it.
            if !name.starts_with("folge-") {
                return Err(Problem::NichtGefunden);
            }
            check_harmless(ablage, nummer, name).await?;
            let (nachricht, inhalt) = ablage.nachricht(nummer, name).await?;
            let datei = format!("{nummer}-{name}.xml");
            (format!("nachricht:{name}"), datei, nachricht.medientyp, inhalt)
        }
        Dokument::Anlage(id) => {
            let anlagen = ablage.vorgang(nummer).await?.anlagen;
            let anlage = anlagen.into_iter().find(|anlage| anlage.id == id);
            let anlage = anlage.ok_or(Problem::NichtGefunden)?;
            check_pruefung(anlage.pruefung)?;
            let inhalt = ablage.anlage(nummer, id).await?;
            (format!("anlage:{id}"), anlage.name, anlage.medientyp, inhalt)
        }
    };
    ablage.note_gelesen(nummer, &was, kennung, umgebung.jetzt()).await?;
    let medientyp = match MEDIENTYPEN.contains(&medientyp.as_str()) {
        true => medientyp.as_str(),
        false => "application/octet-stream",
    };
    Ok(Antwort::new(200, medientyp, inhalt).with("content-disposition", attachment(&name)))
}

/// A message holds the files that were sent with it: it leaves only when all of them may.
async fn check_harmless<V: Verbindung>(
    ablage: &Ablage<V>,
    nummer: &Vorgangsnummer,
    folge: &str,
) -> Result<(), Problem> {
    let anlagen = ablage.vorgang(nummer).await?.anlagen;
    let mut dabei = anlagen.iter().filter(|anlage| anlage.folge == folge);
    dabei.try_for_each(|anlage| check_pruefung(anlage.pruefung))
}

fn check_pruefung(pruefung: Pruefstand) -> Result<(), Problem> {
    match pruefung {
        Pruefstand::Befallen => Err(Problem::Befallen),
        Pruefstand::Ausstehend => Err(Problem::InQuarantaene),
        Pruefstand::Sauber | Pruefstand::Ungeprueft => Ok(()),
    }
}

/// What may stand unescaped in `filename*` (RFC 8187 § 3.2.1).
const ATTR_CHAR: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Never shown inside the page; under its own name where the browser can.
fn attachment(name: &str) -> String {
    let is_einfach = |zeichen: char| zeichen.is_ascii_alphanumeric() || "-_. ".contains(zeichen);
    let ascii: String =
        name.chars().map(|zeichen| if is_einfach(zeichen) { zeichen } else { '_' }).collect();
    let utf8 = utf8_percent_encode(name, ATTR_CHAR);
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{utf8}")
}

fn zustellung_json(zustellung: &Zustellung) -> Value {
    let (was, tun) = zustellung.fehler_code.as_deref().map(ursache::explain).unzip();
    json!({
        "ziel": zustellung.ziel.as_str(),
        "folge": zustellung.folge,
        "zustand": zustellung.zustand.as_str(),
        "versuche": zustellung.versuche,
        "naechsterVersuchAm": zustellung.naechster_versuch_am.map(|am| am.to_string()),
        "geaendertAm": zustellung.geaendert_am.to_string(),
        "fremdId": zustellung.fremd_id,
        "fehlerCode": zustellung.fehler_code,
        "fehlerText": zustellung.fehler_text,
        "ursache": was,
        "naechsterSchritt": tun,
    })
}

fn anlage_json(anlage: &Anlage, formular: Option<&'static Formular>) -> Value {
    json!({
        "id": anlage.id,
        "typ": anlage.typ,
        "vonDritten": anlage.herkunft != Anlagenherkunft::Antrag,
        "nachweis": formular.and_then(|formular| find_nachweis(formular, &anlage.typ)),
        "name": anlage.name,
        "medientyp": anlage.medientyp,
        "groesse": anlage.groesse,
        "sha256": hex(&anlage.sha256),
        "angelegtAm": anlage.angelegt_am.to_string(),
        "pruefung": anlage.pruefung.as_str(),
        "pruefungGrund": anlage.pruefung_grund,
    })
}

/// What a kind of proof is called.
fn find_nachweis(formular: &'static Formular, typ: &str) -> Option<&'static str> {
    let mut name = None;
    formular.for_each_inhalt(|_, inhalt| {
        if let Inhalt::Nachweise(nachweise) = inhalt {
            let art = nachweise.arten.iter().find(|art| art.typ == typ);
            name = name.or(art.map(|art| art.name));
        }
    });
    name
}

fn ereignis_json(ereignis: &Ereignis, namen: &[(String, &str)]) -> Value {
    // Somebody whose Kennung is gone has no name here any more.
    let akteur = ereignis.akteur.as_ref().map(|pseudonym| {
        let bekannt = namen.iter().find(|(bekannt, _)| bekannt == pseudonym);
        bekannt.map_or_else(|| format!("Kennung {pseudonym}"), |(_, name)| (*name).to_owned())
    });
    json!({
        "lfd": ereignis.lfd,
        "am": ereignis.am.to_string(),
        "art": ereignis.art.as_str(),
        "text": ereignis_text(ereignis, akteur.as_deref().unwrap_or("Jemand")),
        "ziel": ereignis.ziel,
        "code": ereignis.code,
        "akteur": akteur,
        "hash": hex(&ereignis.hash),
    })
}

fn ereignis_text(ereignis: &Ereignis, wer: &str) -> String {
    let ziel = match ereignis.ziel.as_deref().and_then(Ziel::parse) {
        Some(Ziel::Dms) => "DMS",
        _ => "Fachverfahren",
    };
    let code = ereignis.code.as_deref().unwrap_or("ohne Grund");
    match ereignis.art {
        Ereignisart::Eingegangen => "Der Antrag ist eingegangen.".to_owned(),
        Ereignisart::Zugestellt => format!("Das {ziel} hat den Antrag."),
        Ereignisart::Verschoben => {
            format!("Die Zustellung an das {ziel} wird später noch einmal versucht ({code}).")
        }
        Ereignisart::Unklar => format!(
            "Das {ziel} hat nicht eindeutig geantwortet ({code}). Vor dem nächsten Versuch wird \
             nachgefragt."
        ),
        Ereignisart::Gescheitert => {
            format!("Die Zustellung an das {ziel} ist gescheitert ({code}).")
        }
        Ereignisart::Erneut => {
            format!("{wer} hat die Zustellung an das {ziel} noch einmal angestoßen.")
        }
        Ereignisart::Rueckmeldung => {
            format!("Das Fachverfahren hat eine Nachricht gesendet ({}).", nachrichtentyp(code))
        }
        Ereignisart::Zugeordnet => {
            format!("{wer} hat diesem Fall eine Nachricht zugeordnet ({}).", nachrichtentyp(code))
        }
        Ereignisart::Zugeliefert => {
            format!("Die online bestätigte Erklärung {code} gehört zum Antrag.")
        }
        Ereignisart::Beantwortet => "Die antragstellende Person hat geantwortet.".to_owned(),
        Ereignisart::Zurueckgenommen => {
            "Die antragstellende Person hat den Antrag zurückgenommen.".to_owned()
        }
        Ereignisart::Gelesen => match code.split(':').next() {
            Some("fall") => format!("{wer} hat den Fall geöffnet."),
            Some("nachricht" | "rueckmeldung") => {
                format!("{wer} hat eine Nachricht heruntergeladen.")
            }
            Some("zusammenfassung") => format!("{wer} hat die Zusammenfassung heruntergeladen."),
            _ => format!("{wer} hat eine Anlage heruntergeladen."),
        },
    }
}

/// `130102` of `130102:7f…`
fn nachrichtentyp(code: &str) -> &str {
    code.split_once(':').map_or(code, |(typ, _)| typ)
}

/// What annahme stored as JSON. Anything else would be its mistake, and is shown as nothing.
fn read_json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_keeps_its_name_and_breaks_no_header() {
        for (name, expect) in [
            ("Lohn.pdf", r#"attachment; filename="Lohn.pdf"; filename*=UTF-8''Lohn.pdf"#),
            (
                "Löhne \"2026\"\r\n.pdf",
                "attachment; filename=\"L_hne _2026___.pdf\"; \
                 filename*=UTF-8''L%C3%B6hne%20%222026%22%0D%0A.pdf",
            ),
        ] {
            assert_eq!(attachment(name), expect);
        }
    }
}
