//! Sending, the receipt, and deleting.

use serde_json::Value;
use shared::befund::Befund;
use yew::Context;

use super::{Fragebogen, Msg, Versand, draft_key};
use crate::{
    adresse::{Adresse, Ziel},
    antrag::{
        entwurf::{Entwurf, LINK_KEY, Sendung, quittung_key},
        fertig::quittung,
    },
    browser,
    http::{Anfrage, Antwort, Inhalt, send},
    json,
    komponenten::Fehlerzeile,
    texte,
};

impl Fragebogen {
    /// Sends the application. A repeated submit has the same key, so that it is taken once.
    pub(super) fn send(&mut self, ctx: &Context<Fragebogen>) {
        let inhalt = self.body(ctx);
        let sendung = self
            .entwurf
            .sendung
            .get_or_insert_with(|| Sendung { schluessel: browser::uuid(), inhalte: Vec::new() });
        sendung.inhalte.retain(|it| *it != inhalt);
        sendung.inhalte.push(inhalt);
        let nr = sendung.inhalte.len() - 1;
        self.versand = Versand::Sendet;
        self.meldungen.clear();
        // Before anything leaves the device: if it goes off now, the key is still there.
        self.save(ctx);
        ctx.props().ansage.emit(ctx.props().texte.get(texte::SENDET).to_owned());
        self.submit(ctx, nr);
    }

    fn body(&self, ctx: &Context<Fragebogen>) -> String {
        let props = ctx.props();
        let daten = props.formular.export(&self.verlauf(ctx).asked);
        if props.auftrag.is_some() {
            return json::write(&json::object([("daten", daten)]));
        }
        let mut body =
            json::object([("daten", daten), ("sprache", Value::from(props.texte.sprache()))]);
        if let Some(ablage) = &self.entwurf.ablage {
            body["entwurf"] = ablage.to_json();
        }
        json::write(&body)
    }

    fn submit(&self, ctx: &Context<Fragebogen>, nr: usize) {
        let Some(sendung) = &self.entwurf.sendung else { return };
        let Some(inhalt) = sendung.inhalte.get(nr) else { return };
        let props = ctx.props();
        let (url, bearer) = match &props.auftrag {
            Some(it) => {
                (format!("/api/zulieferungen/{}", it.id), format!("Bearer {}", it.geheimnis))
            }
            None => (format!("/api/antraege/{}", props.formular.id), String::new()),
        };
        let header = [("Idempotency-Key", sendung.schluessel.as_str()), ("Authorization", &bearer)];
        let anfrage = Anfrage {
            methode: "POST",
            url: &url,
            header: if bearer.is_empty() { &header[..1] } else { &header },
            inhalt: Inhalt::Json(inhalt),
        };
        send(&anfrage, ctx.link().callback(move |antwort| Msg::Gesendet { nr, antwort }), None);
    }

    /// `nr` says which of the bodies under this key was sent.
    pub(super) fn sent(&mut self, ctx: &Context<Fragebogen>, nr: usize, antwort: &Antwort) {
        self.versand = Versand::Ruht;
        let json = antwort.json();
        let anzahl = self.entwurf.sendung.as_ref().map_or(0, |it| it.inhalte.len());
        let nummer = if ctx.props().auftrag.is_some() { "nummer" } else { "vorgangsnummer" };
        if antwort.is_ok() && json[nummer].is_string() {
            self.accepted(ctx, json, nr + 1 < anzahl);
            return;
        }
        // Without a receipt nothing is known: the next try has the same key.
        if antwort.is_unknown() || antwort.is_ok() {
            self.focus("versand");
            return;
        }
        let is_used_up =
            json["type"].as_str().is_some_and(|it| it.ends_with("schluessel-schon-benutzt"));
        if is_used_up {
            // An earlier version has arrived although its answer has not: ask for its receipt.
            if let Some(earlier) = nr.checked_sub(1) {
                self.versand = Versand::Sendet;
                self.submit(ctx, earlier);
                return;
            }
            self.entwurf.sendung = None;
        } else if let Some(sendung) = &mut self.entwurf.sendung {
            // This one was refused and left nothing behind; earlier ones may have arrived.
            sendung.inhalte.truncate(nr);
            if sendung.inhalte.is_empty() {
                self.entwurf.sendung = None;
            }
        }
        self.save(ctx);
        self.meldungen = self.server_befunde(ctx, &json);
        if self.meldungen.is_empty() {
            let detail = antwort.detail().unwrap_or_default();
            self.versand = Versand::Abgelehnt(detail);
            self.focus("versand");
        } else {
            self.focus("meldung");
        }
    }

    /// What the server found, each with the way to its page. Where we find the same it is said in
    /// the reader's language.
    fn server_befunde(&self, ctx: &Context<Fragebogen>, json: &Value) -> Vec<Fehlerzeile> {
        let ours = self.check(ctx);
        let befunde = json["befunde"].as_array().into_iter().flatten();
        let befunde = befunde.filter(|it| it["schwere"] != "W");
        befunde
            .map(|it| {
                let is_same = |our: &&Befund| it["feld"] == our.feld && it["regel"] == our.regel;
                match ours.iter().find(is_same) {
                    Some(our) => self.zeile(ctx, our),
                    None => Fehlerzeile {
                        text: it["text"].as_str().unwrap_or_default().to_owned(),
                        ziel: self.page_of(ctx, it["feld"].as_str().unwrap_or_default()),
                    },
                }
            })
            .collect()
    }

    /// The answers leave the device; only the receipt stays.
    fn accepted(&mut self, ctx: &Context<Fragebogen>, mut json: Value, is_earlier: bool) {
        let props = ctx.props();
        json["alt"] = Value::from(is_earlier);
        match &props.auftrag {
            // It has what was said in it: it stays until the tab is closed, and the link is gone.
            Some(_) => {
                browser::store_session(&quittung_key(props.formular.id), &json::write(&json));
                browser::remove_session(LINK_KEY);
            }
            None => _ = browser::store(&quittung_key(props.formular.id), &json::write(&json)),
        }
        self.entwurf = Entwurf::default();
        self.speichern = None;
        browser::remove(&draft_key(props));
        props.gehe.emit(self.adresse(ctx, Ziel::Fertig));
    }

    /// Deletes the answers on this device, and the files on the server.
    pub(super) fn delete(&mut self, ctx: &Context<Fragebogen>) {
        for id in self.entwurf.groessen.keys() {
            self.delete_file(ctx, id);
        }
        self.entwurf = Entwurf::default();
        self.speichern = None;
        self.dialog = None;
        browser::remove(&draft_key(ctx.props()));
        ctx.props().gehe.emit(Adresse::Start);
    }

    pub(super) fn load_pdf(&mut self, ctx: &Context<Fragebogen>) {
        let props = ctx.props();
        let Some(quittung) = quittung(props.formular) else { return };
        self.pdf_fehler = false;
        props.ansage.emit(props.texte.get(texte::PDF_LAEDT).to_owned());
        let text = |name: &str| quittung[name].as_str().unwrap_or_default().to_owned();
        let anfrage = Anfrage {
            methode: "GET",
            url: &format!("/api/vorgaenge/{}/zusammenfassung.pdf", text("vorgangsnummer")),
            header: &[("Zugangscode", &text("zugangscode"))],
            inhalt: Inhalt::Leer,
        };
        send(&anfrage, ctx.link().callback(Msg::PdfDa), None);
    }

    pub(super) fn save_pdf(&mut self, ctx: &Context<Fragebogen>, antwort: &Antwort) {
        let nummer = quittung(ctx.props().formular)
            .and_then(|it| it["vorgangsnummer"].as_str().map(str::to_owned))
            .unwrap_or_default();
        let is_saved = antwort.is_ok()
            && browser::save_file(&format!("{nummer}.pdf"), "application/pdf", &antwort.bytes)
                .is_ok();
        if !is_saved {
            self.pdf_fehler = true;
            self.focus("pdf-fehler");
        }
    }
}
