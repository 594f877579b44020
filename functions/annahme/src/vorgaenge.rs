//! What an applicant may see of an application that was sent.

use ablage::{Ablage, Ereignis, Ereignisart, Ziel, Zugang, Zugangsstand, Zustellung};
use serde_json::{Value, json};
use shared::vorgangsnummer::{Vorgangsnummer, Zugangscode};

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
    let zustellungen: Vec<Value> = stand.zustellungen.iter().map(zustellung_json).collect();
    let ereignisse: Vec<Value> = stand.ereignisse.iter().map(ereignis_json).collect();
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

/// The same answer for a number that does not exist, one that cannot exist and a wrong code.
async fn enter<U: Umgebung>(
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
    json!({ "ziel": zustellung.ziel.as_str(), "zustand": zustellung.zustand.as_str() })
}

fn ereignis_json(ereignis: &Ereignis) -> Value {
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
            format!("Ihr Antrag wurde in {wohin} der Behörde übertragen.")
        }
        Ereignisart::Verschoben | Ereignisart::Unklar | Ereignisart::Erneut => {
            format!("Die Übertragung in {wohin} wird noch einmal versucht. Sie müssen nichts tun.")
        }
        Ereignisart::Gescheitert => format!(
            "Die Übertragung in {wohin} hat nicht geklappt. Die Behörde kümmert sich darum. Sie \
             müssen nichts tun."
        ),
    };
    json!({ "am": ereignis.am.to_string(), "art": ereignis.art.as_str(), "text": text })
}
