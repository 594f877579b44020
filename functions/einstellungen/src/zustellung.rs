//! How deliveries go: how many at once, when, how often again, and when to raise an alarm. The
//! setting `zustellung`.

use std::time::Duration;

use ablage::{Zeitpunkt, Ziel};
use chrono::{Days, NaiveTime};
use serde_json::{Map, Value};

use crate::{
    mangel::{Leser, Mangel},
    oeffnung::{Oeffnung, uhrzeit},
};

/// The name of the setting.
const NAME: &str = "zustellung";
/// Fields of the setting.
const FELDER: [&str; 5] =
    ["alarm_minuten", "tageslauf", "selbstpruefung_minuten", "pausen", "ziele"];
/// Fields of a target.
const ZIELFELDER: [&str; 5] = ["gleichzeitig", "je_minute", "oeffnung", "nach", "pausen"];
/// Fields of the pauses.
const PAUSENFELDER: [&str; 4] = ["erste_sekunden", "faktor", "hoechstens_minuten", "aufgeben_tage"];

/// The rules of all deliveries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zustellregeln {
    /// When the oldest waiting delivery is so old, there is an alarm.
    pub alarm_nach: Duration,
    /// The minute of the day (German time) of the daily run; `None`: there is none.
    pub tageslauf: Option<u32>,
    /// How often the targets are checked without a delivery.
    pub selbstpruefung: Duration,
    fachverfahren: Zielregel,
    dms: Zielregel,
}

/// The rules of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zielregel {
    /// Deliveries that may be under way at once, over all workers.
    pub gleichzeitig: u32,
    /// Attempts within a minute, over all workers; `None`: as many as there are.
    pub je_minute: Option<u32>,
    /// When the target may be called.
    pub oeffnung: Oeffnung,
    /// A case goes to this target only when that one has it.
    pub nach: Option<Ziel>,
    /// How long it is left alone after a failure.
    pub pausen: Pausen,
}

/// How long to wait after failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pausen {
    /// After the first one.
    pub erste: Duration,
    /// Each one is longer than the last by this factor …
    pub faktor: u32,
    /// … up to this.
    pub hoechstens: Duration,
    /// What could not be delivered for so long is the caseworker's turn.
    pub aufgeben: Duration,
}

impl Zustellregeln {
    /// Reads the setting. `erste_pause` holds where the setting does not name one.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(text: &str, erste_pause: Duration) -> Result<Zustellregeln, Vec<Mangel>> {
        let text = text.trim();
        let json: Value = match text {
            "" => Value::Object(Map::new()),
            text => serde_json::from_str(text).map_err(|error| {
                let (zeile, spalte) = (error.line(), error.column());
                let text = format!(
                    "Der Text ist kein JSON (Zeile {zeile}, Spalte {spalte}). Erwartet wird zum \
                     Beispiel {{\"alarm_minuten\":240}}."
                );
                vec![Mangel { pfad: NAME.to_owned(), text }]
            })?,
        };
        let mut maengel = Vec::new();
        let regeln = read_regeln(&json, erste_pause, &mut maengel);
        match (regeln, maengel.is_empty()) {
            (Some(regeln), true) => Ok(regeln),
            _ => Err(maengel),
        }
    }

    /// The rules of a target.
    pub fn ziel(&self, ziel: Ziel) -> &Zielregel {
        match ziel {
            Ziel::Fachverfahren => &self.fachverfahren,
            Ziel::Dms => &self.dms,
        }
    }

    /// Whether the daily run is due that comes after the run at `letzter`.
    pub fn is_tageslauf_faellig(&self, letzter: Zeitpunkt, jetzt: Zeitpunkt) -> bool {
        let Some(minute) = self.tageslauf else { return false };
        let uhrzeit = NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0);
        let Some(uhrzeit) = uhrzeit else { return false };
        let jetzt = jetzt.in_germany();
        let heute = jetzt.date().and_time(uhrzeit);
        // Clocks are compared, not moments: a time that comes twice in autumn runs once.
        let geplant = if heute <= jetzt { heute } else { heute - Days::new(1) };
        letzter.in_germany() < geplant
    }
}

/// The least is set: every field has a default.
impl Default for Zustellregeln {
    fn default() -> Zustellregeln {
        Zustellregeln::read("", Duration::from_secs(60)).expect("defaults have nothing wrong")
    }
}

fn read_regeln(
    json: &Value,
    erste_pause: Duration,
    maengel: &mut Vec<Mangel>,
) -> Option<Zustellregeln> {
    let mut leser = Leser::open(NAME, json, &FELDER, maengel)?;
    let alarm = leser.zahl("alarm_minuten", 1, 60 * 24 * 60, 240);
    let selbstpruefung = leser.zahl("selbstpruefung_minuten", 1, 24 * 60, 60);
    let tageslauf = read_tageslauf(&mut leser);
    let standard = Pausen {
        erste: erste_pause,
        faktor: 2,
        hoechstens: Duration::from_secs(24 * 3600),
        aufgeben: Duration::from_secs(14 * 24 * 3600),
    };
    let pausen = read_pausen(&mut leser, standard);
    let mut regeln = Zustellregeln {
        alarm_nach: minuten(alarm),
        tageslauf,
        selbstpruefung: minuten(selbstpruefung),
        fachverfahren: Zielregel::of(pausen),
        dms: Zielregel::of(pausen),
    };
    if let Some(mut ziele) = leser.objekt("ziele", &["fachverfahren", "dms"]) {
        regeln.fachverfahren = read_ziel(&mut ziele, Ziel::Fachverfahren, pausen);
        regeln.dms = read_ziel(&mut ziele, Ziel::Dms, pausen);
    }
    if regeln.fachverfahren.nach.is_some() && regeln.dms.nach.is_some() {
        let text = "Beide Ziele warten aufeinander. Bitte setzen Sie `nach` nur bei einem Ziel.";
        leser.mangel("ziele", text.to_owned());
    }
    Some(regeln)
}

impl Zielregel {
    fn of(pausen: Pausen) -> Zielregel {
        Zielregel {
            gleichzeitig: 4,
            je_minute: None,
            oeffnung: Oeffnung::default(),
            nach: None,
            pausen,
        }
    }
}

fn read_ziel(ziele: &mut Leser<'_>, ziel: Ziel, pausen: Pausen) -> Zielregel {
    let mut regel = Zielregel::of(pausen);
    let Some(mut leser) = ziele.objekt(ziel.as_str(), &ZIELFELDER) else { return regel };
    regel.gleichzeitig = leser.zahl("gleichzeitig", 1, 64, 4).try_into().unwrap_or(1);
    if leser.wert("je_minute").is_some() {
        regel.je_minute = leser.zahl("je_minute", 1, 100_000, 60).try_into().ok();
    }
    regel.oeffnung = read_oeffnung(&mut leser);
    let erwartet = "Erwartet wird der Name des anderen Ziels, zum Beispiel \"fachverfahren\".";
    if let Some(nach) = leser.text("nach", erwartet) {
        match Ziel::parse(nach) {
            Some(anderes) if anderes != ziel => regel.nach = Some(anderes),
            _ => leser.mangel("nach", erwartet.to_owned()),
        }
    }
    regel.pausen = read_pausen(&mut leser, pausen);
    regel
}

fn read_oeffnung(leser: &mut Leser<'_>) -> Oeffnung {
    let erwartet = "Erwartet werden Tage und Uhrzeiten, zum Beispiel \"mo-fr 06:00-22:00\".";
    let texte = match leser.wert("oeffnung") {
        None => return Oeffnung::default(),
        Some(Value::Array(texte)) => texte,
        Some(_) => {
            leser.mangel("oeffnung", format!("Erwartet wird eine Liste. {erwartet}"));
            return Oeffnung::default();
        }
    };
    Oeffnung::read(texte.iter().map(Value::as_str)).unwrap_or_else(|platz| {
        leser.mangel(&format!("oeffnung[{platz}]"), erwartet.to_owned());
        Oeffnung::default()
    })
}

fn read_tageslauf(leser: &mut Leser<'_>) -> Option<u32> {
    let erwartet =
        "Erwartet wird eine Uhrzeit von \"00:00\" bis \"23:59\", oder \"\" für keinen Tageslauf.";
    match leser.wert("tageslauf") {
        None => Some(6 * 60),
        Some(_) => match leser.text("tageslauf", erwartet)? {
            "" => None,
            text => {
                let minute = uhrzeit(text).filter(|minute| *minute < 24 * 60);
                if minute.is_none() {
                    leser.mangel("tageslauf", erwartet.to_owned());
                }
                minute
            }
        },
    }
}

fn read_pausen(leser: &mut Leser<'_>, sonst: Pausen) -> Pausen {
    let Some(mut leser) = leser.objekt("pausen", &PAUSENFELDER) else { return sonst };
    let erste = leser.zahl("erste_sekunden", 1, 24 * 3600, sonst.erste.as_secs());
    let faktor = leser.zahl("faktor", 1, 10, sonst.faktor.into());
    let hoechstens = leser.zahl("hoechstens_minuten", 1, 24 * 60, sonst.hoechstens.as_secs() / 60);
    let tag = 24 * 3600;
    let aufgeben = leser.zahl("aufgeben_tage", 1, 365, sonst.aufgeben.as_secs() / tag);
    Pausen {
        erste: Duration::from_secs(erste),
        faktor: faktor.try_into().unwrap_or(2),
        hoechstens: minuten(hoechstens),
        aufgeben: Duration::from_secs(aufgeben * tag),
    }
}

fn minuten(minuten: u64) -> Duration {
    Duration::from_secs(minuten * 60)
}

impl Pausen {
    /// The pause after attempt number `versuch` (from 1). Chance makes it up to a quarter shorter,
    /// so that not all come back at once. Never shorter than the partner wished, within a day.
    pub fn after(&self, versuch: u32, gewuenscht: Option<Duration>, zufall: u64) -> Duration {
        let faktor = u64::from(self.faktor).saturating_pow(versuch.saturating_sub(1));
        let faktor = u32::try_from(faktor).unwrap_or(u32::MAX);
        let pause = self.erste.saturating_mul(faktor).min(self.hoechstens.max(self.erste));
        let streuung = u64::try_from(pause.as_millis() / 4).unwrap_or(u64::MAX - 1);
        let pause = pause - Duration::from_millis(zufall % (streuung + 1));
        pause.max(gewuenscht.unwrap_or_default().min(GEWUENSCHT_HOECHSTENS))
    }
}

/// A partner may ask for a longer pause than the settings have, up to this.
const GEWUENSCHT_HOECHSTENS: Duration = Duration::from_secs(24 * 3600);

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn read(text: &str) -> Result<Zustellregeln, Vec<Mangel>> {
        Zustellregeln::read(text, MINUTE)
    }

    fn pausen() -> Pausen {
        Zustellregeln::default().ziel(Ziel::Dms).pausen
    }

    fn moment(utc: &str) -> Zeitpunkt {
        Zeitpunkt::from_millis(DateTime::parse_from_rfc3339(utc).unwrap().timestamp_millis())
    }

    #[test]
    fn nothing_set_is_the_default() {
        let regeln = read("").unwrap();
        assert_eq!(regeln, read("{}").unwrap());
        assert_eq!(regeln.alarm_nach, MINUTE * 240);
        assert_eq!(regeln.tageslauf, Some(360));
        assert_eq!(regeln.ziel(Ziel::Dms).gleichzeitig, 4);
        assert_eq!(regeln.ziel(Ziel::Dms).je_minute, None);
        assert_eq!(pausen().hoechstens, MINUTE * 60 * 24);
    }

    #[test]
    fn everything_can_be_set() {
        let regeln = read(
            r#"{"alarm_minuten":30,"tageslauf":"","selbstpruefung_minuten":5,
                "pausen":{"faktor":3},
                "ziele":{"dms":{"gleichzeitig":1,"je_minute":10,"oeffnung":["mo-fr 06:00-22:00"],
                "nach":"fachverfahren","pausen":{"erste_sekunden":10,"hoechstens_minuten":60,
                "aufgeben_tage":3}}}}"#,
        )
        .unwrap();
        assert_eq!((regeln.alarm_nach, regeln.tageslauf), (MINUTE * 30, None));
        let dms = regeln.ziel(Ziel::Dms);
        assert_eq!((dms.gleichzeitig, dms.je_minute), (1, Some(10)));
        assert_eq!(dms.nach, Some(Ziel::Fachverfahren));
        assert_eq!((dms.pausen.erste.as_secs(), dms.pausen.faktor), (10, 3));
        assert_eq!(dms.pausen.hoechstens, MINUTE * 60);
        assert!(!dms.oeffnung.is_immer());
        let fachverfahren = regeln.ziel(Ziel::Fachverfahren);
        assert_eq!((fachverfahren.nach, fachverfahren.pausen.faktor), (None, 3));
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let maengel = read(
            r#"{"alarm_minuten":"viel","tageslauf":"24:00","unbekannt":1,
                "ziele":{"dms":{"gleichzeitig":0,"oeffnung":["mo-fr 06:00-22:00","immer"],
                "nach":"dms"},"fax":{}}}"#,
        )
        .unwrap_err();
        let pfade: Vec<&str> = maengel.iter().map(|mangel| mangel.pfad.as_str()).collect();
        assert_eq!(
            pfade,
            [
                "zustellung.unbekannt",
                "zustellung.alarm_minuten",
                "zustellung.tageslauf",
                "zustellung.ziele.fax",
                "zustellung.ziele.dms.gleichzeitig",
                "zustellung.ziele.dms.oeffnung[1]",
                "zustellung.ziele.dms.nach",
            ]
        );
        assert!(maengel[1].text.contains("von 1 bis 86400, zum Beispiel 240"));
        assert!(read("{").unwrap_err()[0].text.contains("kein JSON"));
        assert!(read("[]").unwrap_err()[0].text.contains("JSON-Objekt"));
        let im_kreis =
            r#"{"ziele":{"dms":{"nach":"fachverfahren"},"fachverfahren":{"nach":"dms"}}}"#;
        assert_eq!(read(im_kreis).unwrap_err()[0].pfad, "zustellung.ziele");
    }

    #[test]
    fn pauses_double_up_to_a_day() {
        let tag = 24 * 3600;
        for (versuch, sekunden) in
            [(1, 60), (2, 120), (3, 240), (6, 1920), (11, 61_440), (12, tag), (999, tag)]
        {
            assert_eq!(pausen().after(versuch, None, 0).as_secs(), sekunden, "{versuch}");
        }
    }

    #[test]
    fn the_partners_wish_counts_within_reason() {
        assert_eq!(pausen().after(1, Some(MINUTE * 90), 0), MINUTE * 90);
        assert_eq!(pausen().after(20, Some(MINUTE), 0), MINUTE * 60 * 24);
        assert_eq!(pausen().after(1, Some(MINUTE * 99_999), 0), GEWUENSCHT_HOECHSTENS);
    }

    #[test]
    fn the_daily_run_comes_once_a_day() {
        let regeln = read(r#"{"tageslauf":"02:30"}"#).unwrap();
        for (letzter, jetzt, is_faellig) in [
            ("2026-11-22T01:30:00Z", "2026-11-22T22:00:00Z", false),
            ("2026-11-22T01:30:00Z", "2026-11-23T01:29:59Z", false),
            ("2026-11-22T01:30:00Z", "2026-11-23T01:30:00Z", true),
            ("2026-11-20T01:30:00Z", "2026-11-22T01:00:00Z", true),
            // In spring there is no 02:30: it runs at 03:00.
            ("2027-03-27T01:30:00Z", "2027-03-28T00:59:00Z", false),
            ("2027-03-27T01:30:00Z", "2027-03-28T01:00:00Z", true),
            // In autumn there are two, and it runs at the first.
            ("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", true),
            ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", false),
        ] {
            assert_eq!(
                regeln.is_tageslauf_faellig(moment(letzter), moment(jetzt)),
                is_faellig,
                "{letzter} {jetzt}"
            );
        }
        let ohne = read(r#"{"tageslauf":""}"#).unwrap();
        assert!(
            !ohne.is_tageslauf_faellig(
                moment("2000-01-01T00:00:00Z"),
                moment("2026-11-22T01:30:00Z")
            )
        );
    }

    proptest! {
        #[test]
        fn chance_takes_a_quarter_at_most(versuch in 1..200_u32, zufall: u64) {
            let ganz = pausen().after(versuch, None, 0);
            let pause = pausen().after(versuch, None, zufall);
            prop_assert!(pause <= ganz && ganz * 3 / 4 <= pause);
        }
    }
}
