//! The rules of the Beschäftigungserlaubnis.

use crate::{
    angaben::View,
    antraege::beschaeftigungserlaubnis::{
        arbeitgeber::*,
        formular::*,
        listen::{Arbeitszeit, Entgelteinheit},
        weg::{HINWEISE, Lage, Weg, Wegart, weg},
    },
    bausteine::{GEBURTSDATUM, check_azr, check_karte, check_zustaendigkeit, geburtsdatum},
    befund::zahl,
    din91379::{is_word, upper},
    formular::{Datenfeld, Ergebnis, Ergebniszeile, Kontext, regeln},
    pruefung::Pruefer,
    recht::{Gueltigkeit, arbzg, asylg, aufenthg, azrg, beschv, burlg, jarbschg, milog, vwvfg},
    werte::Datum,
};

/// Days before the start below which the time may be too short (§ 36 Abs. 2 BeschV: two weeks).
const BEGINN_KNAPP_TAGE: i64 = 14;
/// § 3 ArbZG: 8 hours on 6 days, in hundredths of an hour.
const STUNDEN_MAX: i64 = 4800;
/// § 8 JArbSchG: hours a week below 18 years, in hundredths.
const STUNDEN_JUGEND: i64 = 4000;
/// § 3 BUrlG: 24 Werktage at six days a week.
const URLAUB_WOCHEN: i64 = 4;
/// Days a week where the employer says nothing.
const TAGE_UEBLICH: i64 = 5;

/// Mindestlohn in cents an hour (MiLoV5).
static MINDESTLOEHNE: &[(Gueltigkeit, i64)] = &[
    (Gueltigkeit { ab: Some(Datum::new(2026, 1, 1)), bis: Some(Datum::new(2026, 12, 31)) }, 1390),
    (Gueltigkeit { ab: Some(Datum::new(2027, 1, 1)), bis: None }, 1460),
];

regeln! {
    ZUSTAENDIG = "zustaendig", vwvfg("§ 3 Abs. 1 Nr. 3"), ["NICHT_ZUSTAENDIG"],
        "Zuständig ist die Behörde, in deren Gebiet die Person wohnt; geprüft wird, wenn die Behörde ihre Postleitzahlen angegeben hat.",
        |pruefer| pruefer.unter("person.anschrift.", check_zustaendigkeit);
    UNGEKLAERTE_IDENTITAET = "ungeklaerte-identitaet", aufenthg("§ 60b Abs. 5 Satz 2"), ["BE_60B"],
        "Mit einer Duldung für Personen mit ungeklärter Identität darf keine Arbeit erlaubt werden.",
        |pruefer| {
            if pruefer.view.text("status.art") == Some("DULDUNG_60B") {
                pruefer.melde("status.art", "BE_60B", &[]);
            }
        };
    SCHON_ERLAUBT = "schon-erlaubt", aufenthg("§ 4a Abs. 1"), ["BE_NICHT_NOETIG"],
        "Wer schon arbeiten darf, braucht keine Erlaubnis.",
        |pruefer| {
            let text = pruefer.view.text("status.nebenbestimmung");
            if matches!(text, Some("ERWERBSTAETIGKEIT_ERLAUBT" | "BESCHAEFTIGUNG_ERLAUBT")) {
                pruefer.melde("status.nebenbestimmung", "BE_NICHT_NOETIG", &[]);
            }
        };
    NICHT_SELBSTSTAENDIG = "nicht-selbststaendig", aufenthg("§ 21"), ["BE_SELBSTAENDIG"],
        "Der Antrag gilt nicht für selbstständige Tätigkeiten.",
        |pruefer| {
            if pruefer.view.is_ja(&SELBSTSTAENDIG) {
                pruefer.melde("antrag.selbststaendig", "BE_SELBSTAENDIG", &[]);
            }
        };
    AZR = "azr", azrg("§ 3"), ["AZR_FORMAT"],
        "Die AZR-Nummer hat 12 Ziffern und beginnt mit einem Tag.",
        |pruefer| check_azr(pruefer, "person.azrNummer");
    DOKUMENTNUMMER = "dokumentnummer", aufenthg("§ 78"), ["EAT_FORMAT", "EAT_PRUEFZIFFER"],
        "Die Nummer einer Karte hat 9 Zeichen; die eines Papiers 6 bis 12.",
        |pruefer| {
            let is_karte = pruefer.view.text("status.art").is_some_and(|it| it.starts_with("AE"));
            check_karte(pruefer, "status.dokument.nummer", !is_karte);
        };
    DOKUMENT_ABGELAUFEN = "dokument-abgelaufen", aufenthg("§ 60a Abs. 4"),
        ["DATE_REIHENFOLGE", "BE_STATUS_ABGELAUFEN"],
        "Das Dokument ist noch gültig.",
        |pruefer| {
            let Some(bis) = pruefer.view.get(&GUELTIG_BIS) else { return };
            if pruefer.view.get(&AUSGESTELLT_AM).is_some_and(|von| bis < von) {
                melde_reihenfolge(pruefer, "status.dokument.gueltigBis", "Ausgestellt am", "Gültig bis");
            }
            if bis < pruefer.stichtag() {
                let datum = zahl("datum", bis);
                pruefer.melde("status.dokument.gueltigBis", "BE_STATUS_ABGELAUFEN", &[datum]);
            }
        };
    ZEITEN = "zeiten", beschv("§ 32 Abs. 1"), ["DATE_ZUKUNFT", "DATE_REIHENFOLGE"],
        "Die erste Einreise liegt nicht in der Zukunft und nicht nach dem Beginn des Aufenthalts.",
        |pruefer| {
            let Some(einreise) = pruefer.view.get(&ERSTEINREISE) else { return };
            if pruefer.stichtag() < einreise {
                let label = crate::befund::label(&ERSTEINREISE.datenfeld);
                pruefer.melde("status.ersteinreise", "DATE_ZUKUNFT", &[label]);
            }
            if pruefer.view.get(&UNUNTERBROCHEN_SEIT).is_some_and(|seit| seit < einreise) {
                let label = UNUNTERBROCHEN_SEIT.datenfeld.label;
                melde_reihenfolge(pruefer, "status.ununterbrochenSeit", "Erste Einreise", label);
            }
        };
    SCHULISCH = "schulisch", aufenthg("§ 4a"), ["BE_AUSBILDUNG_SCHULE"],
        "Eine schulische Ausbildung braucht oft keine Erlaubnis.",
        |pruefer| {
            if pruefer.view.text("beschaeftigung.art") == Some("SCHULISCHE_AUSBILDUNG") {
                pruefer.melde("beschaeftigung.art", "BE_AUSBILDUNG_SCHULE", &[]);
            }
        };
    BETRIEBSNUMMER_GUELTIG = "betriebsnummer", aufenthg("§ 39 Abs. 4"), ["BNR_FORMAT", "BNR_PRUEFZIFFER"],
        "Die Betriebsnummer hat 8 Ziffern und eine richtige Prüfziffer.",
        |pruefer| {
            let nummer = pruefer.view.text("arbeitgeber.betriebsnummer").unwrap_or_default();
            if nummer.len() != 8 || !nummer.bytes().all(|it| it.is_ascii_digit()) {
                pruefer.melde("arbeitgeber.betriebsnummer", "BNR_FORMAT", &[]);
            } else if !is_betriebsnummer(nummer) {
                let wert = zahl("wert", nummer);
                pruefer.melde("arbeitgeber.betriebsnummer", "BNR_PRUEFZIFFER", &[wert]);
            }
        };
    BEGINN_LIEGT_VORN = "beginn", beschv("§ 36 Abs. 2"), ["BE_BEGINN_VERGANGEN", "BE_BEGINN_KNAPP"],
        "Die Arbeit beginnt in der Zukunft und lässt der Prüfung Zeit.",
        |pruefer| {
            let Some(beginn) = pruefer.view.get(&BEGINN) else { return };
            let tage = pruefer.stichtag().days_until(beginn);
            if tage < 0 {
                pruefer.melde("beschaeftigung.beginn", "BE_BEGINN_VERGANGEN", &[]);
            } else if tage < BEGINN_KNAPP_TAGE {
                pruefer.melde("beschaeftigung.beginn", "BE_BEGINN_KNAPP", &[zahl("tage", tage)]);
            }
        };
    BEFRISTUNG = "befristung", aufenthg("§ 39 Abs. 4"), ["BE_BEFRISTUNG"],
        "Das Ende der Arbeit liegt nicht vor dem Beginn.",
        |pruefer| {
            if let (Some(beginn), Some(bis)) = (pruefer.view.get(&BEGINN), pruefer.view.get(&BIS))
                && bis < beginn
            {
                pruefer.melde("beschaeftigung.bis", "BE_BEFRISTUNG", &[]);
            }
        };
    LEIHARBEIT = "leiharbeit", aufenthg("§ 40 Abs. 1 Nr. 2"), ["BE_LEIHARBEIT"],
        "Für Leiharbeit stimmt die Bundesagentur für Arbeit bei einem Aufenthaltstitel nicht zu.",
        |pruefer| {
            if pruefer.view.is_ja(&UEBERLASSUNG) {
                pruefer.melde("beschaeftigung.ueberlassung", "BE_LEIHARBEIT", &[]);
            }
        };
    KLDB_SCHLUESSEL = "kldb", aufenthg("§ 39 Abs. 4"), ["KLDB_FORMAT"],
        "Der Schlüssel der KldB 2010 hat 5 Ziffern; die letzte ist 1 bis 4.",
        |pruefer| {
            let Some(text) = pruefer.view.text("beschaeftigung.kldb") else { return };
            let is_digits = text.len() == 5 && text.bytes().all(|it| it.is_ascii_digit());
            if !is_digits || !matches!(text.as_bytes()[4], b'1'..=b'4') {
                pruefer.melde("beschaeftigung.kldb", "KLDB_FORMAT", &[]);
            }
        };
    STUNDEN_GRENZE = "stunden", arbzg("§ 3"), ["BE_STUNDEN"],
        "Die Arbeitszeit ist 0,5 bis 48 Stunden in der Woche.",
        |pruefer| {
            let Some(stunden) = pruefer.view.get(&STUNDEN) else { return };
            if !(50..=STUNDEN_MAX).contains(&stunden.hundertstel) {
                pruefer.melde("arbeitszeit.stunden", "BE_STUNDEN", &[]);
            } else if STUNDEN_JUGEND < stunden.hundertstel && is_jung(pruefer) {
                pruefer.melde("arbeitszeit.stunden", JUGEND.codes[0], &[]);
            }
        };
    JUGEND = "stunden-jugend", jarbschg("§ 8"), ["BE_STUNDEN_JUGEND"],
        "Unter 18 Jahren sind es höchstens 40 Stunden in der Woche.",
        |_| {};
    MINDESTURLAUB = "urlaub", burlg("§ 3"), ["BE_URLAUB"],
        "Der Urlaub ist mindestens viermal so lang wie die Arbeitswoche.",
        |pruefer| {
            let tage = pruefer.view.get(&TAGE_PRO_WOCHE).map_or(TAGE_UEBLICH, |it| it.0);
            let min = URLAUB_WOCHEN * tage;
            if pruefer.view.get(&URLAUB).is_none_or(|it| it.0 < min) {
                pruefer.melde("urlaub.tage", "BE_URLAUB", &[zahl("tage", tage), zahl("min", min)]);
            }
        };
    MINDESTLOHN = "mindestlohn", milog("§ 1"), ["BE_LOHN_FEHLT", "BE_MINDESTLOHN", "BE_MINIJOB"],
        "Der Lohn erreicht den Mindestlohn; ein Minijob bleibt unter seiner Grenze.",
        check_lohn;
    VERTRAG = "vertrag", aufenthg("§ 39 Abs. 4"), ["BE_AG_VERTRAG"],
        "Was der Arbeitgeber sagt, stimmt mit dem überein, was die antragstellende Person sagt.",
        |pruefer| {
            for (pfad, feld) in abweichungen(&pruefer.view.wurzel()) {
                pruefer.melde_am(pfad, "BE_AG_VERTRAG", &[("felder", crate::befund::label(feld).1)]);
            }
        };
    WARTEZEIT = "wartezeit", asylg("§ 61"), ["BE_WARTEZEIT", "BE_SICHERER_STAAT"],
        "Vor dem Ende der Wartezeit und aus sicheren Herkunftsstaaten ist Arbeit nicht möglich.",
        |pruefer| {
            let weg = weg(&lage(&pruefer.view), pruefer.stichtag());
            if let (Wegart::Wartezeit, Some(ab)) = (weg.art, weg.fruehestens_am) {
                pruefer.melde_am("status", "BE_WARTEZEIT", &[zahl("datum", ab)]);
            }
            let is_staat = weg.rechtsgrundlage.contains("61 Abs. 2 S. 4")
                || weg.rechtsgrundlage.contains("60a Abs. 6");
            if weg.art == Wegart::Verbot && is_staat {
                pruefer.melde_am("person.staatsangehoerigkeiten", "BE_SICHERER_STAAT", &[]);
            }
        };
}

fn melde_reihenfolge(pruefer: &mut Pruefer<'_>, id: &str, von: &str, bis: &str) {
    pruefer.melde(id, "DATE_REIHENFOLGE", &[zahl("labelVon", von), zahl("labelBis", bis)]);
}

/// Where the two differ: paths of the employer's answers, and what they are about.
fn abweichungen(antrag: &View<'_>) -> Vec<(&'static str, &'static Datenfeld)> {
    let mut anders = Vec::new();
    if antrag.get(&VERTRAG_NAME) == Some(false) {
        anders.push((VERTRAG_NAME.datenfeld.id, &VERTRAG_NAME.datenfeld));
    }
    let geburt = antrag.unter("person.geburt.").get(&GEBURTSDATUM);
    let laut_vertrag = antrag.get(&VERTRAG_GEBURT);
    if let (Some(geburt), Some(laut_vertrag)) = (geburt, laut_vertrag) {
        let (frueh, spaet) = geburt.bounds();
        if laut_vertrag < frueh || spaet < laut_vertrag {
            anders.push((VERTRAG_GEBURT.datenfeld.id, &GEBURTSDATUM.datenfeld));
        }
    }
    if let (Some(gesagt), Some(firma)) = (antrag.get(&LINK_FIRMA), antrag.get(&FIRMA))
        && !is_same_firma(&gesagt.to_string(), &firma.to_string())
    {
        anders.push((FIRMA.datenfeld.id, &FIRMA.datenfeld));
    }
    if let (Some(gesagt), Some(beginn)) = (antrag.get(&LINK_BEGINN), antrag.get(&BEGINN))
        && gesagt != beginn
    {
        anders.push((BEGINN.datenfeld.id, &BEGINN.datenfeld));
    }
    anders
}

/// Whether one name is a part of the other, whatever their spaces, signs and capitals: people leave
/// the `GmbH` away.
fn is_same_firma(eine: &str, andere: &str) -> bool {
    let kern = |name: &str| -> String {
        let mut kern = upper(name);
        kern.retain(is_word);
        kern
    };
    let (eine, andere) = (kern(eine), kern(andere));
    eine.contains(&andere) || andere.contains(&eine)
}

/// Whether the person is below 18 at the start of the work, whatever is unknown of the birth.
fn is_jung(pruefer: &mut Pruefer<'_>) -> bool {
    let beginn = pruefer.view.wurzel().get(&BEGINN);
    let geburt = pruefer.unter("person.geburt.", |it| geburtsdatum(it));
    matches!((beginn, geburt), (Some(beginn), Some(geburt)) if geburt.age_bounds(beginn).1 < 18)
}

fn check_lohn(pruefer: &mut Pruefer<'_>) {
    let Some(betrag) = pruefer.view.get(&ENTGELT_BETRAG).map(|it| it.hundertstel) else { return };
    if betrag == 0 {
        pruefer.melde("entgelt.betrag", "BE_LOHN_FEHLT", &[]);
        return;
    }
    let antrag = pruefer.view.wurzel();
    let stunden = antrag.get(&STUNDEN).map_or(0, |it| it.hundertstel);
    let Some(beginn) = antrag.get(&BEGINN).filter(|_| 0 < stunden) else { return };
    let lohn = mindestlohn(beginn);
    // A month has 13/3 weeks; both in cents, half a cent rounded up.
    let je_stunde = antrag.get(&ENTGELT_EINHEIT) == Some(Entgelteinheit::STUNDE);
    let stundenlohn = match je_stunde {
        true => betrag,
        false => (600 * betrag + 13 * stunden) / (26 * stunden),
    };
    let ohne_mindestlohn =
        ["BERUFSAUSBILDUNG", "PRAKTIKUM_MILOG_22", "PFLICHTPRAKTIKUM", "FREIWILLIGENDIENST"];
    let art = antrag.text("beschaeftigung.art").unwrap_or_default();
    if !ohne_mindestlohn.contains(&art) && stundenlohn < lohn && !is_jung(pruefer) {
        let parameter = [zahl("stunde", euro(stundenlohn)), zahl("mindestlohn", euro(lohn))];
        pruefer.melde("entgelt.betrag", "BE_MINDESTLOHN", &parameter);
    }
    if antrag.get(&ARBEITSZEIT_ART) == Some(Arbeitszeit::GERINGFUEGIG) {
        // § 8 Abs. 1a SGB IV: Mindestlohn × 130 / 3, rounded up to full euros.
        let grenze = (lohn * 130 + 299) / 300;
        let monat_mal_300 = if je_stunde { betrag * stunden * 13 } else { betrag * 300 };
        if grenze * 100 * 300 < monat_mal_300 {
            let betrag = euro((monat_mal_300 + 150) / 300);
            let parameter = [zahl("betrag", betrag), zahl("grenze", grenze)];
            pruefer.melde("entgelt.betrag", "BE_MINIJOB", &parameter);
        }
    }
}

/// Cents an hour on the day that the work begins.
fn mindestlohn(beginn: Datum) -> i64 {
    let gilt = MINDESTLOEHNE.iter().find(|(gueltig, _)| gueltig.holds_on(beginn));
    gilt.unwrap_or(&MINDESTLOEHNE[0]).1
}

fn euro(cent: i64) -> String {
    format!("{},{:02}", cent / 100, cent % 100)
}

/// Check digit of a Betriebsnummer: digit sums weighted 1 and 2; the digit plus five is as good.
fn is_betriebsnummer(nummer: &str) -> bool {
    let ziffern: Vec<u32> = nummer.chars().filter_map(|it| it.to_digit(10)).collect();
    let [a, b, c, .., pruefziffer] = ziffern[..] else { return false };
    let anfang = a * 100 + b * 10 + c;
    if ziffern.len() != 8 || !((1..=99).contains(&anfang) || 110 < anfang) {
        return false;
    }
    let summe: u32 = ziffern[..7]
        .iter()
        .zip([1, 2].into_iter().cycle())
        .map(|(ziffer, gewicht)| ziffer * gewicht)
        .map(|produkt| produkt / 10 + produkt % 10)
        .sum();
    let soll = summe % 10;
    pruefziffer == soll || pruefziffer == (soll + 5) % 10
}

/// What the answers say about the way.
pub fn lage(antrag: &View<'_>) -> Lage {
    let antrag = antrag.wurzel();
    let rechtsgrundlage = antrag.text("status.rechtsgrundlage").unwrap_or_default();
    let art = antrag.text("status.art").unwrap_or_default();
    let status = if rechtsgrundlage.is_empty() { art } else { rechtsgrundlage };
    Lage {
        status: status.to_owned(),
        nebenbestimmung: antrag.text("status.nebenbestimmung").map(str::to_owned),
        staatsangehoerigkeiten: person(&antrag)
            .eintraege_von("staatsangehoerigkeiten")
            .filter_map(|it| it.text("code").map(str::to_owned))
            .collect(),
        beschaeftigungsart: antrag.text("beschaeftigung.art").map(str::to_owned),
        ununterbrochen_seit: antrag.get(&UNUNTERBROCHEN_SEIT),
        geduldet_seit: antrag.get(&GEDULDET_SEIT),
        gestattet_seit: antrag.get(&GESTATTET_SEIT),
        asylantrag_am: antrag.get(&ASYLANTRAG_AM),
        asyl_registriert_am: antrag.get(&ASYL_REGISTRIERT_AM),
        asyl_status: antrag.text("asyl.stand").map(str::to_owned),
        wohnt_in_ae: antrag.is_ja(&WOHNT_IN_AE),
        pass_vorgelegt: antrag.is_ja(&PASS_VORGELEGT),
        im_asylverfahren_erlaubt: antrag.is_ja(&ARBEIT_WAR_ERLAUBT),
        sv_monate: antrag.get(&SV_MONATE).map_or(0, |it| it.0),
        abschnitt: abschnitt(rechtsgrundlage),
        // § 9 BeschV does not apply to §§ 16a, 16b AufenthG.
        ohne_p9: matches!(rechtsgrundlage, "AE_16a" | "AE_16b"),
        dublin_oder_schutz: false,
        p104_18: false,
    }
}

/// Abschnitt of Kapitel 2 AufenthG that a paragraph stands in.
fn abschnitt(rechtsgrundlage: &str) -> Option<u8> {
    let paragraf = rechtsgrundlage.strip_prefix("AE_")?;
    let nummer: String = paragraf.chars().take_while(char::is_ascii_digit).collect();
    Some(match nummer.as_str() {
        "22" | "23" | "24" | "25" | "104" => 5,
        "16" | "17" => 3,
        "18" | "19" | "20" | "21" => 4,
        "28" | "30" | "31" | "32" | "33" | "34" | "35" | "36" => 6,
        _ => 1,
    })
}

/// The way as it is shown to the caseworker.
pub fn vorschlag(antrag: &View<'_>, kontext: &Kontext<'_>) -> Option<Ergebnis> {
    let Weg { art, rechtsgrundlage, fruehestens_am, entscheidung, hinweise } =
        weg(&lage(antrag), kontext.stichtag);
    let satz = match art {
        Wegart::BereitsErlaubt => ("be.bereits", "Die Arbeit ist wahrscheinlich schon erlaubt."),
        Wegart::Verbot => ("be.verbot", "Eine Erlaubnis ist nach den Angaben nicht möglich."),
        Wegart::ErlaubnisOhneBa => {
            ("be.ohneBa", "Erlaubnis ohne Zustimmung der Bundesagentur für Arbeit.")
        }
        Wegart::ErlaubnisMitBa => {
            ("be.mitBa", "Erlaubnis mit Zustimmung der Bundesagentur für Arbeit.")
        }
        Wegart::Wartezeit => ("be.wartezeit", "Die Wartezeit ist noch nicht vorbei."),
        Wegart::ManuellPruefen => ("be.manuell", "Bitte von Hand prüfen."),
    };
    let beteiligung = match art.beteiligung_ba() {
        "JA" => ("be.ba.ja", "ja"),
        "NEIN" => ("be.ba.nein", "nein"),
        _ => ("be.ba.unklar", "unklar"),
    };
    let mut zeilen = vec![
        Ergebniszeile::wort(("be.ba", "Beteiligung der Bundesagentur für Arbeit"), beteiligung),
        Ergebniszeile::new(("be.norm", "Rechtsgrundlage"), rechtsgrundlage),
    ];
    zeilen.extend(fruehestens_am.map(|tag| Ergebniszeile::new(("be.ab", "Frühestens am"), tag)));
    let entscheidung = entscheidung.map(|it| match it {
        "MUSS" => ("be.muss", "Die Erlaubnis ist zu erteilen (gebundene Entscheidung)."),
        "SOLL" => ("be.soll", "Die Erlaubnis soll erteilt werden."),
        _ => ("be.kann", "Die Erlaubnis kann erteilt werden (Ermessen)."),
    });
    zeilen.extend(
        entscheidung.map(|it| Ergebniszeile::wort(("be.entscheidung", "Entscheidung"), it)),
    );
    let hinweis = |code: &&'static str| {
        let deutsch = HINWEISE.iter().find(|(it, _)| it == code).map_or(*code, |(_, it)| it);
        Ergebniszeile::wort(("be.hinweis", "Hinweis"), (*code, deutsch))
    };
    zeilen.extend(hinweise.iter().map(hinweis));
    let is_gut = matches!(art, Wegart::ErlaubnisOhneBa | Wegart::ErlaubnisMitBa);
    Some(Ergebnis { satz, is_gut, zeilen, zeitleisten: Vec::new() })
}
