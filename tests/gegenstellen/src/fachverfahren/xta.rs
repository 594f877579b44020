//! An XTA server, web service 2.1.1, written from its WSDL and schemas: createMessageId, sendMessage
//! and getTransportReport below `/xta`, the ports `…/SendXtaPort` and `…/ManagementPort`.
//!
//! Who calls is known by the certificate, if the counterpart asks for one: see
//! [`crate::Einstellungen::tls`].

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write as _},
    path::PathBuf,
    process::Command,
    sync::Mutex,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hyper::{Method, StatusCode, header::CONTENT_TYPE};
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::{
    fachverfahren::{baum::Element, schema::Schemas},
    http::{Anfrage, Antwort},
    journal::{lock, now},
    steuerung::Modus,
};

const SOAP: &str = "http://www.w3.org/2003/05/soap-envelope";
const WSA: &str = "http://www.w3.org/2005/08/addressing";
const OSCIMETA: &str = "http://www.osci.eu/ws/2014/10/transport";
const XTA: &str = "http://xoev.de/transport/xta/211";
const ACTION: &str = "http://www.xta.de/XTA/";
const SEND_PORT: &str = "/xta/SendXtaPort";
const MANAGEMENT_PORT: &str = "/xta/ManagementPort";

/// The types of the WSDL; libxml2 takes one import for a namespace.
const DIENST: &str = r#"<xs:schema targetNamespace="http://xoev.de/transport/xta/211" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:include schemaLocation="ORDNER/XTA-Webservice-Globale-Elemente.xsd"/>
  <xs:include schemaLocation="ORDNER/XTA-Webservice-Exceptions.xsd"/>
</xs:schema>
"#;
const HUELLE: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="http://www.w3.org/2003/05/soap-envelope" schemaLocation="ORDNER/.xsd"/>
  <xs:import namespace="http://www.w3.org/2005/08/addressing" schemaLocation="ORDNER/ws-addr.xsd"/>
  <xs:import namespace="http://www.osci.eu/ws/2014/10/transport" schemaLocation="ORDNER/OSCI_MessageMetaData_V2.02.xsd"/>
  <xs:import namespace="http://xoev.de/transport/xta/211" schemaLocation="dienst.xsd"/>
</xs:schema>
"#;

pub(crate) struct Xta {
    ordner: PathBuf,
    /// The schema of whole envelopes, if there are schemas.
    huelle: Option<PathBuf>,
    /// By message id.
    konten: Mutex<BTreeMap<String, Auftrag>>,
}

/// A message id that was given away, and what came under it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Auftrag {
    lfd: usize,
    id: String,
    /// The message's MessageMetaData. `None`: nothing came yet.
    metadaten: Option<String>,
}

/// A message as the Fachverfahren gets it.
pub(crate) struct Zugang {
    pub bytes: Vec<u8>,
}

/// A number of the list of errors, and its exception.
#[derive(Debug)]
pub(crate) struct Fehler {
    pub nummer: u16,
    pub text: String,
}

impl Fehler {
    pub fn new(nummer: u16, text: impl Into<String>) -> Fehler {
        Fehler { nummer, text: text.into() }
    }
}

impl Xta {
    pub fn open(ordner: PathBuf, schemas: Option<&Schemas>) -> io::Result<Xta> {
        fs::create_dir_all(&ordner)?;
        let mut konten = BTreeMap::new();
        for file in fs::read_dir(&ordner)? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let auftrag: Auftrag = serde_json::from_slice(&fs::read(&path)?)?;
                konten.insert(auftrag.id.clone(), auftrag);
            }
        }
        let xsd = schemas.map(|schemas| schemas.folder().join("xta/2.1.1"));
        let huelle = match xsd.filter(|xsd| xsd.join("XTA.wsdl").is_file()) {
            None => None,
            Some(xsd) => {
                let fill = |text: &str| text.replace("ORDNER", &xsd.to_string_lossy());
                fs::write(ordner.join("dienst.xsd"), fill(DIENST))?;
                fs::write(ordner.join("huelle.xsd"), fill(HUELLE))?;
                Some(ordner.canonicalize()?.join("huelle.xsd"))
            }
        };
        Ok(Xta { ordner, huelle, konten: Mutex::new(konten) })
    }

    /// Whether the path is one of XTA.
    pub fn has(pfad: &str) -> bool {
        pfad.starts_with("/xta/")
    }

    /// The operation, as its SOAP action names it: `sendMessage`, …
    pub fn action(anfrage: &Anfrage) -> String {
        let aktion = media_action(anfrage).unwrap_or_default();
        match aktion.strip_prefix(ACTION).unwrap_or_default() {
            "CreateMessageID" => "createMessageId",
            "SendMessage" => "sendMessage",
            "GetTransportReport" => "getTransportReport",
            "CheckAccountActive" => "checkAccountActive",
            _ => "unbekannt",
        }
        .to_owned()
    }

    /// Answers; `store` takes a message in, or says with a number why not.
    pub fn execute(
        &self,
        anfrage: &Anfrage,
        modus: Modus,
        text: Option<&str>,
        store: impl FnOnce(Zugang) -> Result<(), Fehler>,
    ) -> Antwort {
        if anfrage.methode != Method::POST {
            return Antwort::text(StatusCode::METHOD_NOT_ALLOWED, "");
        }
        match self.answer(anfrage, modus, text, store) {
            Ok(body) => envelope(StatusCode::OK, &body),
            Err(fehler) => fault(&fehler),
        }
    }

    fn answer(
        &self,
        anfrage: &Anfrage,
        modus: Modus,
        text: Option<&str>,
        store: impl FnOnce(Zugang) -> Result<(), Fehler>,
    ) -> Result<String, Fehler> {
        let Some(bytes) = &anfrage.inhalt else {
            return Err(Fehler::new(9023, "Die Nachricht überschreitet die Größenbeschränkung."));
        };
        let (aktion, header, body) = self.open_envelope(anfrage, bytes)?;
        let only = |name: (&str, &str)| match body.children.as_slice() {
            [child] if child.is(name.0, name.1) => Ok(child.clone()),
            _ => Err(Fehler::new(9020, "Keine Parameter vorhanden")),
        };
        let empty = || match body.children.is_empty() {
            true => Ok(()),
            false => Err(Fehler::new(9022, "Der Body muss leer sein.")),
        };
        let port = anfrage.pfad.as_str();
        match (aktion.strip_prefix(ACTION), port) {
            (Some("CheckAccountActive"), MANAGEMENT_PORT) => empty().map(|()| String::new()),
            (Some("CreateMessageID"), MANAGEMENT_PORT) => {
                empty()?;
                let id = self.create_id()?;
                Ok(format!("<wsa:MessageID>{id}</wsa:MessageID>"))
            }
            (Some("SendMessage"), SEND_PORT) => {
                let container = only((XTA, "GenericContentContainer"))?;
                self.take(&header, &container, store)?;
                Ok(String::new())
            }
            (Some("GetTransportReport"), MANAGEMENT_PORT) => {
                let id = only((WSA, "MessageID"))?;
                self.report(id.text.trim(), modus, text)
            }
            _ => Err(Fehler::new(9000, "Diese Operation gibt es an diesem Port nicht.")),
        }
    }

    /// Header and Body of a valid envelope, and its action.
    fn open_envelope(
        &self,
        anfrage: &Anfrage,
        bytes: &[u8],
    ) -> Result<(String, Element, Element), Fehler> {
        let wrong = |text: &str| Fehler::new(9022, text);
        let medientyp = anfrage.header(CONTENT_TYPE).unwrap_or_default();
        if !medientyp.starts_with("application/soap+xml") {
            return Err(wrong("Der Content-Type muss application/soap+xml sein (SOAP 1.2)."));
        }
        let envelope = Element::read(bytes)
            .filter(|root| root.is(SOAP, "Envelope"))
            .ok_or_else(|| wrong("Das ist kein SOAP-Envelope."))?;
        self.validate(bytes)?;
        let header = envelope.child(SOAP, "Header").ok_or_else(|| wrong("Der Header fehlt."))?;
        let body = envelope.child(SOAP, "Body").ok_or_else(|| wrong("Der Body fehlt."))?;
        let addressing = |name: &str| header.child(WSA, name).map(|it| it.text.trim().to_owned());
        let aktion = addressing("Action").ok_or_else(|| wrong("wsa:Action fehlt."))?;
        if media_action(anfrage).as_deref() != Some(&aktion) {
            return Err(wrong("Die SOAP-Action ist nicht die von wsa:Action."));
        }
        match (addressing("MessageID"), addressing("To")) {
            (Some(id), Some(to)) if !id.is_empty() && to.ends_with(&anfrage.pfad) => {}
            _ => return Err(wrong("wsa:MessageID oder wsa:To fehlt oder passt nicht.")),
        }
        Ok((aktion, header.clone(), body.clone()))
    }

    fn validate(&self, bytes: &[u8]) -> Result<(), Fehler> {
        let Some(huelle) = &self.huelle else { return Ok(()) };
        let unavailable = |_| Fehler::new(9030, "Die Schemaprüfung ist nicht verfügbar.");
        let mut file = NamedTempFile::new_in(&self.ordner).map_err(unavailable)?;
        file.write_all(bytes).map_err(unavailable)?;
        let output = Command::new("xmllint")
            .args(["--nonet", "--noout", "--huge", "--schema"])
            .arg(huelle)
            .arg(file.path())
            .env("LC_ALL", "C")
            .output()
            .map_err(unavailable)?;
        match output.status.success() {
            true => Ok(()),
            false => {
                let report = String::from_utf8_lossy(&output.stderr);
                let first = report.lines().find(|line| line.contains("error")).unwrap_or_default();
                let first = first.split_once(": ").map_or(first, |(_, rest)| rest);
                Err(Fehler::new(9022, format!("Der Aufruf ist nicht schemakonform: {first}")))
            }
        }
    }

    fn create_id(&self) -> Result<String, Fehler> {
        let mut konten = lock(&self.konten);
        let lfd = konten.len() + 1;
        let id = format!("urn:de:xta:messageid:gegenstelle:{:x}-{lfd}", now());
        let auftrag = Auftrag { lfd, id: id.clone(), metadaten: None };
        self.save(&auftrag)?;
        konten.insert(id.clone(), auftrag);
        Ok(id)
    }

    fn take(
        &self,
        header: &Element,
        container: &Element,
        store: impl FnOnce(Zugang) -> Result<(), Fehler>,
    ) -> Result<(), Fehler> {
        let missing = |what: &str| Fehler::new(9020, format!("Keine Parameter vorhanden: {what}"));
        let metadaten = header.child(OSCIMETA, "MessageMetaData");
        let metadaten = metadaten.ok_or_else(|| missing("MessageMetaData"))?;
        let id = metadaten
            .child(OSCIMETA, "MsgIdentification")
            .and_then(|it| it.child(WSA, "MessageID"))
            .map(|id| id.text.trim().to_owned())
            .ok_or_else(|| missing("MessageID"))?;
        let message = container
            .child(XTA, "ContentContainer")
            .and_then(|it| it.child(XTA, "Message"))
            .ok_or_else(|| missing("Message"))?;
        let encoded: String = message.text.split_whitespace().collect();
        let bytes = STANDARD.decode(encoded).map_err(|_| missing("base64"))?;
        let size = message.attribute("", "size").and_then(|size| size.parse::<usize>().ok());
        if size.is_some_and(|size| size != bytes.len()) {
            return Err(Fehler::new(9022, "Die angegebene Größe ist nicht die des Inhalts."));
        }
        let mut konten = lock(&self.konten);
        let auftrag = konten.get_mut(&id).ok_or_else(|| {
            Fehler::new(9022, "Die MessageID wurde nicht von diesem Server vergeben.")
        })?;
        if auftrag.metadaten.is_some() {
            return Err(Fehler::new(9024, "MessageID ist bereits vergeben."));
        }
        store(Zugang { bytes })?;
        auftrag.metadaten = Some(metadaten.to_xml());
        self.save(auftrag)
    }

    fn report(&self, id: &str, modus: Modus, text: Option<&str>) -> Result<String, Fehler> {
        let konten = lock(&self.konten);
        let metadaten = konten
            .get(id)
            .and_then(|auftrag| auftrag.metadaten.as_deref())
            .ok_or_else(|| Fehler::new(9070, "MessageID für den Account nicht bekannt."))?;
        let status = match modus {
            Modus::Offen => 0,
            Modus::Warnung => 2,
            Modus::Zurueckweisen => 3,
            _ => 1,
        };
        let zeit = "2026-11-22T12:00:00Z";
        let eintrag = |name: &str, text: &str| {
            let text = quick_xml::escape::escape(text);
            format!(
                "<xta:{name}><xta:Timestamp>{zeit}</xta:Timestamp>\
                 <xta:Code listURI=\"urn:de:xta:codeliste:record.type\" listVersionID=\"1.0\">\
                 <code>1</code></xta:Code><xta:Reason>{text}</xta:Reason></xta:{name}>"
            )
        };
        let listen = match status {
            2 => {
                let warning =
                    eintrag("Warning", text.unwrap_or("Das Zertifikat des Lesers läuft bald ab."));
                format!("<xta:WarnList>{warning}</xta:WarnList>")
            }
            3 => {
                let error = eintrag(
                    "Error",
                    text.unwrap_or("Der Leser hat die Nachricht nicht angenommen."),
                );
                format!("<xta:ErrorList>{error}</xta:ErrorList>")
            }
            _ => String::new(),
        };
        Ok(format!(
            "<xta:TransportReport>{metadaten}<xta:ReportTime>{zeit}</xta:ReportTime>\
             <xta:XTAServerIdentity>Gegenstelle</xta:XTAServerIdentity>\
             <xta:MessageStatus><xta:Status>{status}</xta:Status>{listen}</xta:MessageStatus>\
             </xta:TransportReport>"
        ))
    }

    fn save(&self, auftrag: &Auftrag) -> Result<(), Fehler> {
        let save = || -> io::Result<()> {
            let mut file = NamedTempFile::new_in(&self.ordner)?;
            serde_json::to_writer(&mut file, auftrag)?;
            file.persist(self.ordner.join(format!("{}.json", auftrag.lfd)))?;
            Ok(())
        };
        save().map_err(|_| Fehler::new(9030, "Die Nachricht konnte nicht gespeichert werden."))
    }

    pub fn forget(&self) -> io::Result<()> {
        let mut konten = lock(&self.konten);
        for auftrag in konten.values() {
            fs::remove_file(self.ordner.join(format!("{}.json", auftrag.lfd)))?;
        }
        konten.clear();
        Ok(())
    }
}

/// An error of the list as a SOAP fault.
pub(crate) fn fault(fehler: &Fehler) -> Antwort {
    let exception = match fehler.nummer {
        9010..=9014 => "PermissionDeniedException",
        9020..=9024 => "ParameterIsNotValidException",
        9050..=9052 => "MessageSchemaViolationException",
        9060 => "MessageVirusDetectionException",
        9070 => "InvalidMessageIDException",
        9080 | 9081 => "SyncAsyncException",
        9100 | 9101 => "CancelDeniedException",
        _ => "XTAWSTechnicalProblemException",
    };
    let text = quick_xml::escape::escape(fehler.text.as_str());
    let nummer = fehler.nummer;
    let body = format!(
        "<soap:Fault><soap:Code><soap:Value>soap:Receiver</soap:Value></soap:Code>\
         <soap:Reason><soap:Text xml:lang=\"de\">{exception}</soap:Text></soap:Reason>\
         <soap:Detail><xta:{exception}>\
         <xta:errorCode listURI=\"urn:de:xta:webservice:codeliste:fehlernummer\" listVersionID=\"1.0\">\
         <code>{nummer}</code><name>{text}</name></xta:errorCode></xta:{exception}></soap:Detail>\
         </soap:Fault>"
    );
    envelope(StatusCode::INTERNAL_SERVER_ERROR, &body)
}

fn envelope(status: StatusCode, body: &str) -> Antwort {
    let envelope = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <soap:Envelope xmlns:soap=\"{SOAP}\" xmlns:wsa=\"{WSA}\" xmlns:xta=\"{XTA}\">\
         <soap:Body>{body}</soap:Body></soap:Envelope>"
    );
    Antwort::new(status, "application/soap+xml;charset=utf-8", envelope)
}

/// The parameter `action` of the media type (RFC 3902).
fn media_action(anfrage: &Anfrage) -> Option<String> {
    let medientyp = anfrage.header(CONTENT_TYPE)?;
    medientyp.split(';').find_map(|part| {
        let (name, value) = part.trim().split_once('=')?;
        name.eq_ignore_ascii_case("action").then(|| value.trim_matches('"').to_owned())
    })
}
