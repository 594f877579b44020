//! The message `Information.Information.0101` of xdomea 3.1.0, in the order of its schema.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use super::XdomeaEinstellungen;
use crate::aktenplan::{Ablageplan, Aussonderung, Dokumentplan, Frist, Was};

const NAMENSRAUM: &str = "urn:xoev-de:xdomea:schema:3.1.0";
const PRODUKT: &str = "Antragsportal";

/// The fields of our own that travel along, and what xdomea calls what it knows.
const EIGENE: &[&str] = &["schluessel", "antrag", "vorgangsnummer", "rechte", "typ", "sha256"];

/// The message.
pub(super) fn write(
    einstellungen: &XdomeaEinstellungen,
    plan: &Ablageplan,
    prozess: &str,
) -> io::Result<Vec<u8>> {
    let mut xml = Xml(Writer::new(Vec::new()));
    xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let name = format!("xdomea:{}", super::NACHRICHT);
    let start = BytesStart::new(name.as_str());
    let start = start.with_attributes([("xmlns:xdomea", NAMENSRAUM)]);
    xml.0.write_event(Event::Start(start))?;
    xml.element("Kopf", |xml| {
        xml.text("ProzessID", prozess)?;
        xml.code("Nachrichtentyp", "nachrichtentyp", "2.0", "0101", "Information.Information")?;
        xml.text("Erstellungszeitpunkt", &plan.eingang().to_rfc3339())?;
        xml.element("Absender", |xml| xml.institution(&einstellungen.absender))?;
        xml.element("Empfaenger", |xml| xml.institution(&einstellungen.empfaenger))?;
        xml.element("SendendesSystem", |xml| {
            xml.text("Produktname", PRODUKT)?;
            xml.text("Version", env!("CARGO_PKG_VERSION"))
        })?;
        // Nobody could answer: the folder is a way in, not out.
        xml.text("Empfangsbestaetigung", "false")
    })?;
    xml.element("Schriftgutobjekt", |xml| {
        xml.element("Akte", |xml| akte(xml, einstellungen, plan))
    })?;
    xml.0.write_event(Event::End(BytesEnd::new(name)))?;
    Ok(xml.0.into_inner())
}

/// What stands in the message about an object, for people.
pub(super) fn felder(
    einstellungen: &XdomeaEinstellungen,
    plan: &Ablageplan,
    was: Was<'_>,
) -> Vec<(String, String)> {
    let schluessel = plan.value("schluessel", was).unwrap_or_default();
    let mut felder = vec![("ID".to_owned(), einstellungen.uuid(&schluessel))];
    let benannt = [
        ("Betreff", "betreff"),
        ("Vertraulichkeitsstufe", "vertraulichkeit"),
        ("Aktenplaneinheit", "aktenplan"),
        ("Aufbewahrungsdauer", "aufbewahrung_jahre"),
        ("Aussonderungsart", "aussonderungsart"),
        ("Posteingangsdatum", "eingangsdatum"),
        ("DateinameOriginal", "original"),
    ];
    for (name, feld) in benannt {
        let only_akte = ["aktenplan", "aufbewahrung_jahre", "aussonderungsart"].contains(&feld);
        let only_dokument = ["eingangsdatum", "original"].contains(&feld);
        let fits = match was {
            Was::Akte => !only_dokument,
            Was::Vorgang => !only_dokument && !only_akte,
            Was::Dokument(_) => !only_akte,
        };
        felder.extend(plan.value(feld, was).filter(|_| fits).map(|wert| (name.to_owned(), wert)));
    }
    felder
}

fn akte(xml: &mut Xml, einstellungen: &XdomeaEinstellungen, plan: &Ablageplan) -> io::Result<()> {
    xml.identifikation(&einstellungen.uuid(&plan.akte.schluessel), None)?;
    xml.element("AllgemeineMetadaten", |xml| {
        xml.text("Betreff", &plan.akte.betreff)?;
        xml.text("Kennzeichen", &plan.akte.name)?;
        xml.text("Federfuehrung", &einstellungen.federfuehrung)?;
        xml.vertraulichkeit(plan)?;
        xml.code("Medium", "medium", "1.0", "001", "")?;
        match &plan.einheit {
            None => Ok(()),
            Some(einheit) => xml.element("Aktenplaneinheit", |xml| {
                xml.text("Kennzeichen", &einheit.kennzeichen)?;
                match einheit.bezeichnung.as_str() {
                    "" => Ok(()),
                    bezeichnung => xml.text("Inhaltsangabe", bezeichnung),
                }
            }),
        }
    })?;
    if let Some(aussonderung) = plan.aussonderung {
        xml.element("ArchivspezifischeMetadaten", |xml| archiv(xml, aussonderung))?;
    }
    xml.element("Akteninhalt", |xml| {
        xml.element("Vorgang", |xml| vorgang(xml, einstellungen, plan))
    })
}

fn archiv(xml: &mut Xml, aussonderung: Aussonderung) -> io::Result<()> {
    if let Some(frist) = aussonderung.frist {
        xml.element("Aufbewahrungsdauer", |xml| match frist {
            Frist::Jahre(jahre) => xml.text("AnzahlJahre", &jahre.to_string()),
            Frist::Unbefristet => xml.text("Unbefristet", "1"),
        })?;
    }
    match aussonderung.art {
        None => Ok(()),
        // The outer element offers a choice, of which the code is one side.
        Some(art) => xml.element("Aussonderungsart", |xml| {
            xml.code("Aussonderungsart", "aussonderungsart", "1.0", art.code(), "")
        }),
    }
}

fn vorgang(
    xml: &mut Xml,
    einstellungen: &XdomeaEinstellungen,
    plan: &Ablageplan,
) -> io::Result<()> {
    xml.identifikation(&einstellungen.uuid(&plan.vorgang.schluessel), None)?;
    xml.element("AllgemeineMetadaten", |xml| {
        xml.text("Betreff", &plan.vorgang.betreff)?;
        xml.text("Kennzeichen", &plan.vorgang.name)?;
        xml.text("Federfuehrung", &einstellungen.federfuehrung)?;
        xml.vertraulichkeit(plan)
    })?;
    xml.text("Typ", &plan.titel)?;
    xml.element("Laufzeit", |xml| {
        xml.text("Beginn", &plan.eingang().format("%Y-%m-%d").to_string())
    })?;
    for dokument in &plan.dokumente {
        xml.element("Dokument", |xml| self::dokument(xml, einstellungen, plan, dokument))?;
    }
    eigene(xml, plan, Was::Vorgang)
}

fn dokument(
    xml: &mut Xml,
    einstellungen: &XdomeaEinstellungen,
    plan: &Ablageplan,
    dokument: &Dokumentplan,
) -> io::Result<()> {
    xml.identifikation(&einstellungen.uuid(&dokument.schluessel), Some(dokument.nummer))?;
    xml.element("AllgemeineMetadaten", |xml| {
        xml.text("Betreff", &dokument.bezeichnung)?;
        xml.vertraulichkeit(plan)
    })?;
    xml.text("FremdesGeschaeftszeichen", &plan.vorgangsnummer)?;
    xml.text("Posteingangsdatum", &plan.eingang().format("%Y-%m-%d").to_string())?;
    xml.text("Typ", &dokument.typ)?;
    xml.element("Version", |xml| {
        xml.text("Nummer", "1")?;
        xml.element("Format", |xml| {
            let (code, version) = format(dokument);
            xml.code("Name", "dateiformat", "1.0", code, "")?;
            if code == SONSTIGES {
                xml.text("SonstigerName", &dokument.medientyp)?;
            }
            xml.text("Version", version)?;
            xml.element("Primaerdokument", |xml| {
                xml.text("Dateiname", &einstellungen.dateiname(dokument))?;
                let original = dokument.original.as_deref().unwrap_or(&dokument.name);
                xml.text("DateinameOriginal", original)?;
                xml.text("Ersteller", PRODUKT)?;
                xml.text("DatumUhrzeit", &plan.eingang().to_rfc3339())
            })
        })
    })?;
    eigene(xml, plan, Was::Dokument(dokument))
}

const SONSTIGES: &str = "100";

/// Code of the list Dateiformat 1.0, and the version of the format as far as it is known.
fn format(dokument: &Dokumentplan) -> (&'static str, &'static str) {
    match (dokument.typ.as_str(), dokument.medientyp.as_str()) {
        // Ours.
        ("Antrag", "application/pdf") => ("044", "PDF/A-2a"),
        (_, "application/pdf") => ("018", "unbekannt"),
        (_, "application/xml" | "text/xml") => ("030", "1.0"),
        (_, "image/jpeg") => ("011", "unbekannt"),
        (_, "image/png") => ("019", "unbekannt"),
        (_, "image/tiff") => ("023", "unbekannt"),
        _ => (SONSTIGES, "unbekannt"),
    }
}

/// What xdomea has no element for.
fn eigene(xml: &mut Xml, plan: &Ablageplan, was: Was<'_>) -> io::Result<()> {
    xml.element("AnwendungsspezifischeErweiterung", |xml| {
        xml.text("Kennung", "antragsportal")?;
        xml.text("Name", "Angaben des Antragsportals")?;
        for feld in EIGENE {
            let Some(wert) = plan.value(feld, was) else { continue };
            xml.element("Feld", |xml| {
                xml.text("Name", feld)?;
                xml.text("Wert", &wert)
            })?;
        }
        Ok(())
    })
}

/// Writes elements of the namespace.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn element(
        &mut self,
        name: &str,
        inhalt: impl FnOnce(&mut Xml) -> io::Result<()>,
    ) -> io::Result<()> {
        let name = format!("xdomea:{name}");
        self.0.write_event(Event::Start(BytesStart::new(name.as_str())))?;
        inhalt(self)?;
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        // What XML 1.0 cannot hold has no place in a text of people either.
        let text: String = text.chars().filter(|&zeichen| is_xml(zeichen)).collect();
        self.element(name, |xml| xml.0.write_event(Event::Text(BytesText::new(&text))))
    }

    fn code(
        &mut self,
        name: &str,
        liste: &str,
        version: &str,
        code: &str,
        bezeichnung: &str,
    ) -> io::Result<()> {
        let name = format!("xdomea:{name}");
        let uri = format!("urn:xoev-de:xdomea:codeliste:{liste}");
        let start = BytesStart::new(name.as_str())
            .with_attributes([("listURI", uri.as_str()), ("listVersionID", version)]);
        self.0.write_event(Event::Start(start))?;
        for (element, text) in [("code", code), ("name", bezeichnung)] {
            if !text.is_empty() {
                // The XÖV type Code has elements without a namespace.
                self.0.write_event(Event::Start(BytesStart::new(element)))?;
                self.0.write_event(Event::Text(BytesText::new(text)))?;
                self.0.write_event(Event::End(BytesEnd::new(element)))?;
            }
        }
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn institution(&mut self, name: &str) -> io::Result<()> {
        self.element("Institution", |xml| xml.text("Name", name))
    }

    fn identifikation(&mut self, id: &str, nummer: Option<u32>) -> io::Result<()> {
        self.element("Identifikation", |xml| {
            xml.text("ID", id)?;
            match nummer {
                None => Ok(()),
                Some(nummer) => xml.text("NummerImUebergeordnetenContainer", &nummer.to_string()),
            }
        })
    }

    fn vertraulichkeit(&mut self, plan: &Ablageplan) -> io::Result<()> {
        match plan.vertraulichkeit {
            None => Ok(()),
            Some(stufe) => {
                let code = stufe.code();
                self.code("Vertraulichkeitsstufe", "vertraulichkeitsstufe", "1.0", code, "")
            }
        }
    }
}

/// XML 1.0, production 2.
fn is_xml(zeichen: char) -> bool {
    matches!(zeichen, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
