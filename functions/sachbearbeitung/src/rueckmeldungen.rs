//! Messages of the Fachverfahren: what came to a case, and what waits for somebody to say which case
//! it belongs to.

use ablage::{Ablage, Folge, Rueckkanal, Rueckmeldung, Verbindung};
use serde_json::{Value, json};
use shared::vorgangsnummer::Vorgangsnummer;

use crate::{Umgebung, http::Antwort, problem::Problem};

/// So many are shown at once; the oldest come first.
const ANZAHL: u32 = 200;

/// `GET /amt/api/rueckmeldungen`
pub(crate) async fn list(ablage: &Ablage<impl Verbindung>) -> Result<Antwort, Problem> {
    let (offene, gesamt) = ablage.offene_rueckmeldungen(ANZAHL).await?;
    let offene: Vec<Value> = offene.iter().map(|it| rueckmeldung_json(it, None)).collect();
    Ok(Antwort::json(200, &json!({ "rueckmeldungen": offene, "gesamt": gesamt })))
}

/// `GET /amt/api/rueckmeldungen/{id}/nachricht.xml`: the very bytes that came.
pub(crate) async fn download<U: Umgebung>(
    umgebung: &U,
    ablage: &Ablage<U::Verbindung>,
    id: &str,
    kennung: &str,
) -> Result<Antwort, Problem> {
    let (rueckmeldung, inhalt) = ablage.rueckmeldung(id).await?;
    let was = format!("rueckmeldung:{id}");
    ablage.note_gelesen(rueckmeldung.vorgang.as_ref(), &was, kennung, umgebung.jetzt()).await?;
    // It may be anything: nobody's browser is to interpret it.
    let is_lesbar = !is_unlesbar(&rueckmeldung);
    let medientyp = if is_lesbar { "application/xml" } else { "application/octet-stream" };
    Ok(Antwort::new(200, medientyp, inhalt)
        .with("content-disposition", "attachment; filename=\"rueckmeldung.xml\""))
}

/// `POST /amt/api/vorgaenge/{nummer}/rueckmeldungen/{id}`: this message belongs to this case.
pub(crate) async fn assign<U: Umgebung>(
    umgebung: &U,
    ablage: &Ablage<U::Verbindung>,
    nummer: &Vorgangsnummer,
    id: &str,
    kennung: &str,
) -> Result<Antwort, Problem> {
    match ablage.assign_rueckmeldung(id, nummer, kennung, umgebung.jetzt()).await? {
        true => Ok(Antwort::json(200, &json!({ "vorgang": nummer.to_string() }))),
        false => Err(Problem::SchonZugeordnet),
    }
}

/// What came to a case, and what the applicant sent: for the case's page.
pub(crate) fn rueckkanal_json(rueckkanal: &Rueckkanal) -> (Value, Value) {
    let rueckmeldungen =
        rueckkanal.rueckmeldungen.iter().map(|it| rueckmeldung_json(it, Some(rueckkanal)));
    let folgen = rueckkanal.folgen.iter().map(folge_json);
    (rueckmeldungen.collect(), folgen.collect())
}

fn rueckmeldung_json(rueckmeldung: &Rueckmeldung, rueckkanal: Option<&Rueckkanal>) -> Value {
    let auszug: Value = serde_json::from_slice(&rueckmeldung.auszug).unwrap_or(Value::Null);
    let frage = rueckkanal.filter(|_| rueckmeldung.wirkung.is_frage()).map(|rueckkanal| {
        let is_beantwortet =
            rueckkanal.folgen.iter().any(|folge| folge.zu.as_ref() == Some(&rueckmeldung.id));
        match rueckkanal.lage.offen.contains(&rueckmeldung.id) {
            true => "offen",
            false if is_beantwortet => "beantwortet",
            false => "ueberholt",
        }
    });
    json!({
        "id": rueckmeldung.id,
        "eingegangenAm": rueckmeldung.eingegangen_am.to_string(),
        "erstelltAm": rueckmeldung.erstellt_am.to_string(),
        "nachrichtentyp": rueckmeldung.nachrichtentyp,
        "groesse": rueckmeldung.groesse,
        "grund": rueckmeldung.grund,
        "vorschlag": rueckmeldung.vorschlag.map(|nummer| nummer.to_string()),
        "frage": frage,
        "auszug": auszug,
    })
}

fn folge_json(folge: &Folge) -> Value {
    let dateien = folge.dateien.iter().map(|datei| datei.name.as_str());
    json!({
        "name": folge.name,
        "art": folge.art.as_str(),
        "zu": folge.zu,
        "am": folge.am.to_string(),
        "text": folge.text,
        "dateien": dateien.collect::<Vec<_>>(),
    })
}

fn is_unlesbar(rueckmeldung: &Rueckmeldung) -> bool {
    rueckmeldung.auszug == b"null"
}
