//! What operators look at and set going: the balance, the event log, deliveries that failed.

use ablage::{
    Ablage, Abweichung, Kettenstand, Stand, Tageslauf, Ursache, Wiederholung, Zeitpunkt, Ziel,
};
use einstellungen::Zustellregeln;
use serde_json::{Map, Value, json};
use shared::vorgangsnummer::Vorgangsnummer;

use crate::{Umgebung, http::Antwort, problem::Problem, ursache};

/// So many new events are looked at while the page waits.
const KETTENSCHRITT: u32 = 10_000;
/// So many in one part of a check of everything.
const PRUEFSCHRITT: u32 = 50_000;

/// `GET /amt/api/betrieb`
pub(crate) async fn show<U: Umgebung>(
    umgebung: &U,
    ablage: &Ablage<U::Verbindung>,
) -> Result<Antwort, Problem> {
    let jetzt = umgebung.jetzt();
    let regeln = &umgebung.konfiguration().zustellung;
    let bilanz = ablage.bilanz().await?;
    let staende = ablage.staende().await?;
    let ursachen = ablage.ursachen().await?;
    let wartend = ablage.aelteste_wartende().await?;
    let tageslauf = ablage.letzter_tageslauf().await?;
    let ziele: Map<String, Value> = Ziel::ALLE
        .map(|ziel| {
            let lage = Lage { ziel, regeln, staende: &staende, ursachen: &ursachen, jetzt };
            let seit = wartend.iter().find(|(eines, _)| *eines == ziel).map(|(_, seit)| *seit);
            (ziel.as_str().to_owned(), lage.to_json(seit))
        })
        .into_iter()
        .collect();
    let alarm = find(&staende, "alarm").map(|stand| json!({ "seit": stand.am.to_string() }));
    let kette = ablage.follow_kette(KETTENSCHRITT, jetzt).await?;
    let quarantaene = ablage.quarantaene().await?;
    let zustellungen: Map<String, Value> = bilanz
        .ziele
        .iter()
        .map(|ziel| {
            let zahlen = json!({
                "angenommen": ziel.angenommen,
                "zugestellt": ziel.zugestellt,
                "wartend": ziel.wartend,
                "gescheitert": ziel.gescheitert,
            });
            (ziel.ziel.as_str().to_owned(), zahlen)
        })
        .collect();
    Ok(Antwort::json(
        200,
        &json!({
            "angenommen": bilanz.angenommen,
            "zustellungen": zustellungen,
            "aeltesteWartendSeit": bilanz.aelteste_wartend_seit.map(|am| am.to_string()),
            "bilanzStimmt": bilanz.stimmt(),
            "quarantaene": {
                "ausstehend": quarantaene.ausstehend,
                "aelteste": quarantaene.aelteste_seit.map(|am| am.to_string()),
                "grund": quarantaene.grund,
                "befallen": quarantaene.befallen,
                "ungeprueft": quarantaene.ungeprueft,
            },
            "alarm": alarm,
            "alarmNachMinuten": regeln.alarm_nach.as_secs() / 60,
            "ziele": ziele,
            "tageslauf": {
                "uhrzeit": regeln.tageslauf.map(|it| format!("{:02}:{:02}", it / 60, it % 60)),
                "letzter": tageslauf.as_ref().map(tageslauf_json),
            },
            "kette": kette_json(&kette),
        }),
    ))
}

fn kette_json(kette: &Kettenstand) -> Value {
    json!({
        "laenge": kette.laenge,
        "stimmt": kette.bruch.is_none(),
        "bruch": kette.bruch,
        "spitze": hex(&kette.spitze),
        "geprueftBis": kette.geprueft_bis,
        "ganzGeprueftAm": kette.ganz_geprueft_am.map(|am| am.to_string()),
        "ganzBis": kette.ganz_bis,
    })
}

/// `POST /amt/api/betrieb/pruefung`: checks the chain from its beginning, a part at a time, and
/// with its last part counts anew what is counted in passing. To be called until `fertig`.
pub(crate) async fn check<U: Umgebung>(
    umgebung: &U,
    ablage: &Ablage<U::Verbindung>,
    pfad: &str,
) -> Result<Antwort, Problem> {
    let kette = ablage.check_kette_weiter(PRUEFSCHRITT, umgebung.jetzt()).await?;
    let is_fertig = kette.ganz_bis.is_none();
    let abweichungen = if is_fertig { ablage.recount().await? } else { Vec::new() };
    for Abweichung { was, gefuehrt, gezaehlt } in &abweichungen {
        umgebung.log(pfad, &format!("{was} was counted {gefuehrt} and is {gezaehlt}"));
    }
    let zaehler = abweichungen.iter().map(
        |eine| json!({ "was": eine.was, "gefuehrt": eine.gefuehrt, "gezaehlt": eine.gezaehlt }),
    );
    Ok(Antwort::json(
        200,
        &json!({
            "fertig": is_fertig,
            "kette": kette_json(&kette),
            "zaehler": zaehler.collect::<Vec<_>>(),
        }),
    ))
}

/// What there is to say about a target.
struct Lage<'a> {
    ziel: Ziel,
    regeln: &'a Zustellregeln,
    staende: &'a [Stand],
    ursachen: &'a [Ursache],
    jetzt: Zeitpunkt,
}

impl Lage<'_> {
    fn to_json(&self, aelteste_wartend_seit: Option<Zeitpunkt>) -> Value {
        let Lage { ziel, regeln, staende, jetzt, .. } = *self;
        let oeffnung = &regeln.ziel(ziel).oeffnung;
        let is_offen = oeffnung.is_offen(jetzt);
        let wechsel = match is_offen {
            true => oeffnung.schliesst(jetzt),
            false => oeffnung.oeffnet(jetzt),
        };
        let pause = find(staende, &format!("pause/{}", ziel.as_str()));
        let pause_bis = pause.map(|pause| pause.am).filter(|bis| jetzt < *bis);
        let ursachen = self.ursachen.iter().filter(|ursache| ursache.ziel == ziel);
        let zu_alt =
            aelteste_wartend_seit.is_some_and(|seit| seit.plus(regeln.alarm_nach) <= jetzt);
        json!({
            "aeltesteWartendSeit": aelteste_wartend_seit.map(|am| am.to_string()),
            "zuAlt": zu_alt,
            "offen": is_offen,
            "immerOffen": oeffnung.is_immer(),
            "wechselAm": wechsel.map(|am| am.to_string()),
            "pauseBis": pause_bis.map(|am| am.to_string()),
            "selbstpruefung": find(staende, &format!("selbstpruefung/{}", ziel.as_str()))
                .map(selbstpruefung_json),
            "ursachen": ursachen.map(ursache_json).collect::<Vec<_>>(),
        })
    }
}

fn find<'a>(staende: &'a [Stand], name: &str) -> Option<&'a Stand> {
    staende.iter().find(|stand| stand.name == name)
}

fn selbstpruefung_json(stand: &Stand) -> Value {
    let inhalt: Value = serde_json::from_str(&stand.inhalt).unwrap_or_default();
    json!({ "am": stand.am.to_string(), "stufe": inhalt["stufe"], "text": inhalt["text"] })
}

fn ursache_json(ursache: &Ursache) -> Value {
    let (was, tun) = ursache::explain(&ursache.code);
    json!({
        "code": ursache.code,
        "anzahl": ursache.anzahl,
        "seit": ursache.seit.to_string(),
        "ursache": was,
        "naechsterSchritt": tun,
    })
}

fn tageslauf_json(tageslauf: &Tageslauf) -> Value {
    let ziele: Map<String, Value> = tageslauf
        .ziele
        .iter()
        .map(|(ziel, stand)| {
            let zahlen = json!({
                "angestossen": stand.angestossen,
                "zugestellt": stand.zugestellt,
                "gescheitert": stand.gescheitert,
            });
            (ziel.as_str().to_owned(), zahlen)
        })
        .collect();
    json!({ "am": tageslauf.am.to_string(), "ziele": ziele })
}

/// `POST /amt/api/vorgaenge/{nummer}/zustellungen/{ziel}/erneut`
pub(crate) async fn retry<U: Umgebung>(
    umgebung: &U,
    ablage: &Ablage<U::Verbindung>,
    nummer: &Vorgangsnummer,
    ziel: Ziel,
    kennung: &str,
) -> Result<Antwort, Problem> {
    match ablage.retry(nummer, ziel, kennung, umgebung.jetzt()).await? {
        Wiederholung::Angestossen => Ok(Antwort::json(202, &json!({ "angestossen": 1 }))),
        Wiederholung::NichtNoetig => Err(Problem::NichtNoetig),
        Wiederholung::Befallen => Err(Problem::Befallen),
        Wiederholung::NichtGefunden => Err(Problem::NichtGefunden),
    }
}

/// `POST /amt/api/zustellungen/{ziel}/erneut?ursache=`
pub(crate) async fn retry_all<U: Umgebung>(
    umgebung: &U,
    ablage: &Ablage<U::Verbindung>,
    ziel: Ziel,
    query: &str,
    kennung: &str,
) -> Result<Antwort, Problem> {
    let mut ursache = None;
    for (name, wert) in form_urlencoded::parse(query.as_bytes()) {
        if name != "ursache" || ursache.replace(wert.into_owned()).is_some() {
            return Err(Problem::Parameter(name.into_owned()));
        }
    }
    let angestossen = ablage.retry_all(ziel, ursache.as_deref(), kennung, umgebung.jetzt()).await?;
    Ok(Antwort::json(202, &json!({ "angestossen": angestossen })))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
