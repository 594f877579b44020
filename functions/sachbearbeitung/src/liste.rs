//! The list of cases.

use std::collections::BTreeMap;

use ablage::{Ablage, Cursor, Filter, Gesamt, Listeneintrag, Verbindung, Zeitpunkt, Zustellstand};
use chrono::{Days, NaiveDate, NaiveTime};
use serde_json::{Map, Value, json};

use crate::{http::Antwort, problem::Problem, ursache::explain};

/// Cases on a page, if nobody says how many, and at most.
const ANZAHL: u32 = 50;
const ANZAHL_MAX: u32 = 200;
/// Longest text that is searched for, in bytes.
const SUCHE_MAX: usize = 200;

/// `GET /amt/api/vorgaenge`
pub(crate) async fn list(
    ablage: &Ablage<impl Verbindung>,
    query: &str,
) -> Result<Antwort, Problem> {
    let Wunsch { filter, nach, anzahl } = Wunsch::read(query)?;
    let seite = ablage.list(&filter, nach.as_ref(), anzahl).await?;
    let (gesamt, is_mindestens) = match seite.gesamt {
        Gesamt::Genau(anzahl) => (anzahl, false),
        Gesamt::MehrAls(anzahl) => (anzahl, true),
    };
    let staende: Map<String, Value> = ablage
        .zustellstaende()
        .await?
        .into_iter()
        .map(|(stand, anzahl)| (stand.as_str().to_owned(), anzahl.into()))
        .collect();
    Ok(Antwort::json(
        200,
        &json!({
            "zustellstaende": staende,
            "vorgaenge": seite.eintraege.iter().map(eintrag).collect::<Vec<_>>(),
            "weiter": seite.weiter.map(|cursor| cursor.to_string()),
            "gesamt": gesamt,
            "gesamtIstMindestens": is_mindestens,
        }),
    ))
}

fn eintrag(eintrag: &Listeneintrag) -> Value {
    let zustellungen = eintrag.zustellungen.iter().map(|(ziel, zustand, fehler)| {
        let ursache = fehler.as_deref().map(|code| explain(code).0);
        json!({
            "ziel": ziel.as_str(),
            "zustand": zustand.as_str(),
            "fehler": fehler,
            "ursache": ursache,
        })
    });
    json!({
        "nummer": eintrag.nummer.to_string(),
        "antrag": eintrag.antrag,
        "betreff": eintrag.betreff,
        "eingegangenAm": eintrag.eingegangen_am.to_string(),
        "zustand": eintrag.zustand,
        "hinweise": eintrag.hinweise_anzahl,
        "zustellungen": zustellungen.collect::<Vec<_>>(),
    })
}

/// What is to be listed.
struct Wunsch {
    filter: Filter,
    nach: Option<Cursor>,
    anzahl: u32,
}

impl Wunsch {
    /// Reads the query. Empty parameters are none, as forms send them.
    fn read(query: &str) -> Result<Wunsch, Problem> {
        let mut parameter = BTreeMap::new();
        for (name, wert) in form_urlencoded::parse(query.as_bytes()).into_owned() {
            if parameter.contains_key(&name) {
                return Err(Problem::Parameter(name));
            }
            parameter.insert(name, wert.trim().to_owned());
        }
        let mut take = |name: &str| parameter.remove(name).filter(|wert| !wert.is_empty());
        let wunsch = Wunsch {
            filter: Filter {
                antrag: take("antrag"),
                zustand: take("zustand"),
                zustellstand: read("zustellung", take("zustellung"), Zustellstand::parse)?,
                suche: read("suche", take("suche"), |text| {
                    (text.len() <= SUCHE_MAX).then(|| text.to_owned())
                })?,
                von: read("von", take("von"), |text| midnight(read_datum(text)?))?,
                bis: read("bis", take("bis"), |text| {
                    midnight(read_datum(text)?.checked_add_days(Days::new(1))?)
                })?,
            },
            nach: read("seite_nach", take("seite_nach"), |text| text.parse().ok())?,
            anzahl: read("anzahl", take("anzahl"), |text| {
                text.parse().ok().filter(|anzahl| (1..=ANZAHL_MAX).contains(anzahl))
            })?
            .unwrap_or(ANZAHL),
        };
        match parameter.pop_first() {
            Some((name, _)) => Err(Problem::Parameter(name.chars().take(40).collect())),
            None => Ok(wunsch),
        }
    }
}

fn read<T>(
    name: &str,
    wert: Option<String>,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Problem> {
    match wert {
        None => Ok(None),
        Some(wert) => read(&wert).map(Some).ok_or_else(|| Problem::Parameter(name.to_owned())),
    }
}

/// `JJJJ-MM-TT`
fn read_datum(text: &str) -> Option<NaiveDate> {
    let datum = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (text.len() == 10).then_some(datum)
}

/// When a day begins in Germany.
fn midnight(tag: NaiveDate) -> Option<Zeitpunkt> {
    let gesucht = tag.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
    // An hour or two too late or early; what the clock shows then tells by how much.
    let mut moment = gesucht;
    for _ in 0..2 {
        let uhr = Zeitpunkt::from_millis(moment).in_germany().and_utc().timestamp_millis();
        moment += gesucht - uhr;
    }
    Some(Zeitpunkt::from_millis(moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_begin_at_midnight_in_germany() {
        for (tag, utc) in [
            ("2026-11-22", "2026-11-21T23:00:00.000Z"),
            ("2026-07-01", "2026-06-30T22:00:00.000Z"),
            ("2027-03-28", "2027-03-27T23:00:00.000Z"),
            ("2027-03-29", "2027-03-28T22:00:00.000Z"),
            ("2026-10-25", "2026-10-24T22:00:00.000Z"),
            ("2026-10-26", "2026-10-25T23:00:00.000Z"),
        ] {
            let datum = read_datum(tag).unwrap();
            assert_eq!(midnight(datum).unwrap().to_string(), utc);
        }
    }

    #[test]
    fn what_cannot_be_meant_is_named() {
        for (query, name) in [
            ("x=1", "x"),
            ("antrag=a&antrag=b", "antrag"),
            ("zustellung=kaputt", "zustellung"),
            ("von=2026-02-30", "von"),
            ("bis=1.1.2026", "bis"),
            ("von=%2B2026-1-1", "von"),
            ("anzahl=0", "anzahl"),
            ("anzahl=201", "anzahl"),
            ("seite_nach=x", "seite_nach"),
        ] {
            match Wunsch::read(query) {
                Err(Problem::Parameter(genannt)) => assert_eq!(genannt, name, "{query}"),
                _ => panic!("{query} is no wish"),
            }
        }
        let wunsch = Wunsch::read("antrag=&suche=+M%C3%BCller+&anzahl=7").unwrap();
        assert_eq!(wunsch.filter.suche.as_deref(), Some("Müller"));
        assert_eq!((wunsch.filter.antrag, wunsch.anzahl), (None, 7));
    }
}
