//! Which path leads where, who may go there, and what every answer has.

use ablage::Ziel;
use shared::vorgangsnummer::Vorgangsnummer;

use crate::{
    Umgebung,
    anmeldung::{enter, log_in, log_out},
    betrieb,
    fall::{self, Dokument},
    http::{Anfrage, Antwort},
    liste,
    problem::Problem,
    rueckmeldungen,
};

/// Bytes of a body that are read.
pub const KOERPER_MAX: u64 = 8 << 10;

/// A place of the API.
enum Weg<'a> {
    Anmeldung,
    Abmeldung,
    Sitzung,
    Vorgaenge,
    Vorgang(&'a str),
    Dokument(&'a str, Dokument<'a>),
    Erneut(&'a str, &'a str),
    AlleErneut(&'a str),
    Rueckmeldungen,
    Rueckmeldung(&'a str),
    Zuordnung(&'a str, &'a str),
    Betrieb,
    Pruefung,
}

impl Weg<'_> {
    fn find(pfad: &str) -> Option<Weg<'_>> {
        // No path has more parts; the rest stays in the last one and matches nothing.
        let teile: Vec<&str> = pfad.strip_prefix("/amt/api/")?.splitn(6, '/').collect();
        Some(match teile[..] {
            ["anmeldung"] => Weg::Anmeldung,
            ["abmeldung"] => Weg::Abmeldung,
            ["sitzung"] => Weg::Sitzung,
            ["betrieb"] => Weg::Betrieb,
            ["betrieb", "pruefung"] => Weg::Pruefung,
            ["vorgaenge"] => Weg::Vorgaenge,
            ["vorgaenge", nummer] => Weg::Vorgang(nummer),
            ["vorgaenge", nummer, "nachricht.xml"] => Weg::Dokument(nummer, Dokument::Nachricht),
            ["vorgaenge", nummer, "zusammenfassung.pdf"] => {
                Weg::Dokument(nummer, Dokument::Zusammenfassung)
            }
            ["vorgaenge", nummer, "anlagen", id] => Weg::Dokument(nummer, Dokument::Anlage(id)),
            ["vorgaenge", nummer, "zustellungen", ziel, "erneut"] => Weg::Erneut(nummer, ziel),
            ["zustellungen", ziel, "erneut"] => Weg::AlleErneut(ziel),
            ["vorgaenge", nummer, "folgen", name] => Weg::Dokument(nummer, Dokument::Folge(name)),
            ["vorgaenge", nummer, "rueckmeldungen", id] => Weg::Zuordnung(nummer, id),
            ["rueckmeldungen"] => Weg::Rueckmeldungen,
            ["rueckmeldungen", id, "nachricht.xml"] => Weg::Rueckmeldung(id),
            _ => return None,
        })
    }

    fn methode(&self) -> &'static str {
        match self {
            Weg::Anmeldung
            | Weg::Abmeldung
            | Weg::Erneut(..)
            | Weg::AlleErneut(_)
            | Weg::Zuordnung(..)
            | Weg::Pruefung => "POST",
            Weg::Sitzung
            | Weg::Vorgaenge
            | Weg::Vorgang(_)
            | Weg::Dokument(..)
            | Weg::Rueckmeldungen
            | Weg::Rueckmeldung(_)
            | Weg::Betrieb => "GET",
        }
    }
}

/// Answers a request.
pub async fn handle(umgebung: &impl Umgebung, anfrage: Anfrage<'_>) -> Antwort {
    let antwort = match answer(umgebung, anfrage).await {
        Ok(antwort) => antwort,
        Err(problem) => {
            if let Some(was) = problem.log() {
                umgebung.log(anfrage.pfad, &was);
            }
            problem.antwort(anfrage.pfad)
        }
    };
    antwort
        .with("cache-control", "no-store")
        .with("x-content-type-options", "nosniff")
        // `sandbox`: not even a document that a browser shows may run anything.
        .with("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
        .with("referrer-policy", "no-referrer")
        .with("cross-origin-resource-policy", "same-origin")
}

async fn answer(umgebung: &impl Umgebung, anfrage: Anfrage<'_>) -> Result<Antwort, Problem> {
    let weg = Weg::find(anfrage.pfad).ok_or(Problem::NichtGefunden)?;
    if anfrage.methode != weg.methode() {
        return Err(Problem::Methode(weg.methode()));
    }
    if let Weg::Anmeldung = weg {
        return log_in(umgebung, anfrage).await;
    }
    let ablage = umgebung.ablage().await?;
    let sitzung = enter(umgebung, &ablage, anfrage).await?;
    if anfrage.methode == "POST" {
        anfrage.check_empty()?;
    }
    let kennung = sitzung.benutzer.kennung.as_str();
    match weg {
        Weg::Anmeldung => Err(Problem::NichtGefunden),
        Weg::Abmeldung => log_out(&ablage, &sitzung, anfrage).await,
        Weg::Sitzung => Ok(Antwort::json(200, &sitzung.to_json())),
        Weg::Vorgaenge => liste::list(&ablage, anfrage.query).await,
        Weg::Vorgang(nummer) => fall::show(umgebung, &ablage, &read_nummer(nummer)?, kennung).await,
        Weg::Dokument(nummer, dokument) => {
            fall::download(umgebung, &ablage, &read_nummer(nummer)?, dokument, kennung).await
        }
        Weg::Erneut(nummer, ziel) => {
            let (nummer, ziel) = (read_nummer(nummer)?, read_ziel(ziel)?);
            betrieb::retry(umgebung, &ablage, &nummer, ziel, kennung).await
        }
        Weg::AlleErneut(ziel) => {
            betrieb::retry_all(umgebung, &ablage, read_ziel(ziel)?, anfrage.query, kennung).await
        }
        Weg::Rueckmeldungen => rueckmeldungen::list(&ablage).await,
        Weg::Rueckmeldung(id) => rueckmeldungen::download(umgebung, &ablage, id, kennung).await,
        Weg::Zuordnung(nummer, id) => {
            rueckmeldungen::assign(umgebung, &ablage, &read_nummer(nummer)?, id, kennung).await
        }
        Weg::Betrieb => betrieb::show(umgebung, &ablage).await,
        Weg::Pruefung => betrieb::check(umgebung, &ablage, anfrage.pfad).await,
    }
}

fn read_nummer(text: &str) -> Result<Vorgangsnummer, Problem> {
    text.parse().map_err(|_| Problem::NichtGefunden)
}

fn read_ziel(text: &str) -> Result<Ziel, Problem> {
    Ziel::parse(text).ok_or(Problem::NichtGefunden)
}
