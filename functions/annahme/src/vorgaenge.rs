//! What an applicant may see of an application that was sent.

use ablage::{
    Ablage, AblageError, BEFALLEN, Ereignis, Ereignisart, Folge, Rueckmeldung, Ziel, Zugang,
    Zugangsstand, Zustellung, Zustellzustand,
};
use serde_json::{Value, json};
use shared::{
    nachricht,
    vorgangsnummer::{Vorgangsnummer, Zugangscode},
};

use crate::{
    Umgebung,
    antraege::hex,
    ausfertigung::ZUSAMMENFASSUNG,
    http::{Anfrage, Antwort},
    problem::Problem,
};

/// `GET /api/vorgaenge/{nummer}`
pub async fn show(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    nummer: &str,
) -> Result<Antwort, Problem> {
    let (nummer, stand, _) = enter(umgebung, anfrage, nummer).await?;
    let erste = stand.zustellungen.iter().filter(|zustellung| zustellung.folge.is_empty());
    let zustellungen: Vec<Value> = erste.map(zustellung_json).collect();
    let lage = &stand.rueckkanal.lage;
    let kann_senden = lage.zustand.is_offen() && fachverfahren(&stand).is_some();
    let mitteilungen = stand.rueckkanal.rueckmeldungen.iter();
    let mitteilungen = mitteilungen.filter_map(|it| mitteilung_json(it, &stand));
    let antworten = stand.rueckkanal.folgen.iter().map(|folge| folge_json(folge, &stand));
    let ereignisse = stand.ereignisse.iter().enumerate();
    let ereignisse: Vec<Value> =
        ereignisse.map(|(n, ereignis)| ereignis_json(ereignis, &stand.ereignisse[..n])).collect();
    Ok(Antwort::json(
        200,
        &json!({
            "vorgangsnummer": nummer.to_string(),
            "antrag": stand.antrag,
            "zustand": stand.zustand,
            "eingegangenAm": stand.eingegangen_am.to_string(),
            "zustellungen": zustellungen,
            "ereignisse": ereignisse,
            "pruefsumme": hex(&stand.pruefsumme),
            "mitteilungen": mitteilungen.collect::<Vec<_>>(),
            "antworten": antworten.collect::<Vec<_>>(),
            "kannSenden": kann_senden,
        }),
    ))
}

/// `GET /api/vorgaenge/{nummer}/zusammenfassung.pdf`
pub async fn pdf(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    nummer: &str,
) -> Result<Antwort, Problem> {
    let (nummer, _, ablage) = enter(umgebung, anfrage, nummer).await?;
    let (nachricht, inhalt) = ablage.nachricht(&nummer, ZUSAMMENFASSUNG).await?;
    Ok(Antwort::new(200, &nachricht.medientyp, inhalt)
        .with("content-disposition", format!("attachment; filename=\"{nummer}.pdf\"")))
}

/// `GET /api/vorgaenge/{nummer}/mitteilungen/{id}/{dokument}`: a document of a message, by its place
/// from 1.
pub async fn dokument(
    umgebung: &impl Umgebung,
    anfrage: Anfrage<'_>,
    nummer: &str,
    id: &str,
    dokument: &str,
) -> Result<Antwort, Problem> {
    let (nummer, _, ablage) = enter(umgebung, anfrage, nummer).await?;
    let (rueckmeldung, inhalt) = match ablage.rueckmeldung(id).await {
        Err(AblageError::NichtGefunden) => return Err(Problem::NichtGefunden),
        gelesen => gelesen?,
    };
    if rueckmeldung.vorgang != Some(nummer) {
        return Err(Problem::NichtGefunden);
    }
    let gelesen = nachricht::Rueckmeldung::read(&inhalt).map_err(|_| Problem::NichtGefunden)?;
    let platz = dokument.parse::<usize>().ok().and_then(|platz| platz.checked_sub(1));
    let (_, dokument) = platz
        .and_then(|platz| gelesen.dokumente().into_iter().nth(platz))
        .ok_or(Problem::NichtGefunden)?;
    let endung = match dokument.medientyp {
        nachricht::Medientyp::Pdf => "pdf",
        nachricht::Medientyp::Jpeg => "jpg",
    };
    let platz = platz.map_or(0, |platz| platz + 1);
    Ok(Antwort::new(200, dokument.medientyp.as_mime(), dokument.inhalt.clone())
        .with("content-disposition", format!("attachment; filename=\"{nummer}-{platz}.{endung}\"")))
}

/// The delivery of the application to the Fachverfahren, if there is one.
pub(crate) fn fachverfahren(stand: &Zugangsstand) -> Option<&Zustellung> {
    let mut zustellungen = stand.zustellungen.iter();
    zustellungen.find(|it| it.ziel == Ziel::Fachverfahren && it.folge.is_empty())
}

/// What the Behörde wrote; `None` of what nobody can read.
fn mitteilung_json(rueckmeldung: &Rueckmeldung, stand: &Zugangsstand) -> Option<Value> {
    let mut json: Value = serde_json::from_slice(&rueckmeldung.auszug).ok()?;
    if !json.is_object() {
        return None;
    }
    let rueckkanal = &stand.rueckkanal;
    let is_beantwortet =
        rueckkanal.folgen.iter().any(|folge| folge.zu.as_ref() == Some(&rueckmeldung.id));
    let frage = match rueckmeldung.wirkung.is_frage() {
        false => None,
        true if rueckkanal.lage.offen.contains(&rueckmeldung.id) => Some("offen"),
        true if is_beantwortet => Some("beantwortet"),
        true => Some("ueberholt"),
    };
    json["id"] = rueckmeldung.id.as_str().into();
    json["am"] = rueckmeldung.erstellt_am.to_string().into();
    json["frage"] = frage.into();
    Some(json)
}

fn folge_json(folge: &Folge, stand: &Zugangsstand) -> Value {
    let mut zustellungen = stand.zustellungen.iter().filter(|it| it.folge == folge.name);
    let dateien = folge.dateien.iter().map(|datei| {
        json!({ "name": datei.name, "medientyp": datei.medientyp, "groesse": datei.groesse })
    });
    json!({
        "art": folge.art.as_str(),
        "zu": folge.zu,
        "am": folge.am.to_string(),
        "text": folge.text,
        "dateien": dateien.collect::<Vec<_>>(),
        "uebertragen": zustellungen.all(|it| it.zustand == Zustellzustand::Zugestellt),
    })
}

/// The same answer for a number that does not exist, one that cannot exist and a wrong code.
pub(crate) async fn enter<U: Umgebung>(
    umgebung: &U,
    anfrage: Anfrage<'_>,
    nummer: &str,
) -> Result<(Vorgangsnummer, Zugangsstand, Ablage<U::Verbindung>), Problem> {
    let nummer: Vorgangsnummer = nummer.parse().map_err(|_| Problem::NichtGefunden)?;
    let code = anfrage.header("zugangscode").and_then(|code| code.parse::<Zugangscode>().ok());
    let code = code.ok_or(Problem::NichtGefunden)?;
    let ablage = umgebung.ablage().await?;
    let jetzt = umgebung.jetzt();
    match ablage.enter(&nummer, &code, jetzt).await? {
        Zugang::Offen(stand) => Ok((nummer, *stand, ablage)),
        Zugang::Falsch => Err(Problem::NichtGefunden),
        Zugang::Gesperrt(wieder) => Err(Problem::ZuVieleVersuche { wieder, jetzt }),
    }
}

fn zustellung_json(zustellung: &Zustellung) -> Value {
    // Of all causes the only one that the applicant can do something about.
    let grund = zustellung.fehler_code.as_deref().filter(|code| *code == BEFALLEN);
    json!({
        "ziel": zustellung.ziel.as_str(),
        "zustand": zustellung.zustand.as_str(),
        "grund": grund,
    })
}

/// An event, after those before it.
fn ereignis_json(ereignis: &Ereignis, davor: &[Ereignis]) -> Value {
    let wohin = match ereignis.ziel.as_deref().and_then(Ziel::parse) {
        Some(Ziel::Dms) => "die elektronische Akte",
        _ => "das Fachverfahren",
    };
    let text = match ereignis.art {
        Ereignisart::Eingegangen => "Ihr Antrag ist bei uns eingegangen.".to_owned(),
        Ereignisart::Gelesen => "Die Behörde hat Ihren Antrag angesehen.".to_owned(),
        Ereignisart::Rueckmeldung | Ereignisart::Zugeordnet => {
            "Die Behörde hat Ihnen eine Nachricht gesendet.".to_owned()
        }
        Ereignisart::Zugeliefert => {
            "Die Angaben, die jemand anderes für Ihren Antrag gemacht hat, gehören dazu.".to_owned()
        }
        Ereignisart::Beantwortet => "Ihre Antwort ist bei uns eingegangen.".to_owned(),
        Ereignisart::Zurueckgenommen => "Sie haben Ihren Antrag zurückgenommen.".to_owned(),
        Ereignisart::Zugestellt => {
            // After the application comes what was sent later.
            let is_antrag = davor
                .iter()
                .all(|es| es.art != Ereignisart::Zugestellt || es.ziel != ereignis.ziel);
            let was = if is_antrag { "Ihr Antrag" } else { "Ihre Nachricht" };
            format!("{was} wurde in {wohin} der Behörde übertragen.")
        }
        Ereignisart::Verschoben | Ereignisart::Unklar | Ereignisart::Erneut => {
            format!("Die Übertragung in {wohin} wird noch einmal versucht. Sie müssen nichts tun.")
        }
        Ereignisart::Gescheitert if ereignis.code.as_deref() == Some(BEFALLEN) => {
            "Eine Datei, die Sie gesendet haben, enthält einen Virus. Wir haben sie gelöscht. Was \
             Sie mit dieser Datei gesendet haben, kann die Behörde nicht bekommen. Bitte senden \
             Sie es noch einmal mit einer anderen Datei."
                .to_owned()
        }
        Ereignisart::Gescheitert => format!(
            "Die Übertragung in {wohin} hat nicht geklappt. Die Behörde kümmert sich darum. Sie \
             müssen nichts tun."
        ),
    };
    json!({ "am": ereignis.am.to_string(), "art": ereignis.art.as_str(), "text": text })
}
