//! The link over which somebody else fills in a part: made, shown, renewed and withdrawn here.

use serde_json::Value;
use shared::{
    angaben::View,
    befund::{Befund, Ort},
    formular::Seitenart,
};
use yew::{Context, prelude::*};

use super::{Fragebogen, Msg};
use crate::{
    adresse::{Seitenziel, Ziel},
    antrag::entwurf::Ablage,
    browser,
    http::{Anfrage, Antwort, Inhalt, send},
    json,
    komponenten::{Dialog, Meldungsart, absatz, block, dialog, eigenschaft, folge, knopf, meldung},
    texte::{self, Uitext},
};

/// What is known of the part.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Linkstand {
    /// Nothing was asked yet.
    #[default]
    Unbekannt,
    /// The server's answer.
    Da(Value),
    /// It did not work; what to say.
    Fehler(Uitext),
}

const NEU: Dialog =
    Dialog { frage: texte::LINK_NEU_FRAGE, text: texte::LINK_NEU_WARNUNG, tun: texte::LINK_NEU };
const WEG: Dialog =
    Dialog { frage: texte::LINK_WEG_FRAGE, text: texte::LINK_WEG_WARNUNG, tun: texte::LINK_WEG };
const KORREKTUR: Dialog = Dialog {
    frage: texte::LINK_KORREKTUR_FRAGE,
    text: texte::LINK_KORREKTUR_WARNUNG,
    tun: texte::LINK_KORREKTUR,
};

impl Fragebogen {
    /// The page with the link, if the place is on a page that somebody else fills in.
    pub(super) fn link_page(&self, ctx: &Context<Fragebogen>, ort: &Ort) -> Option<&'static str> {
        let props = ctx.props();
        let (asked, heute) = (self.asked(ctx), props.konfiguration.heute);
        let seiten = props.formular.seiten(&asked, heute);
        let seite = seiten.iter().find(|it| it.seite.id == ort.seite)?;
        if !props.formular.is_zugeliefert(seite.schritt, &asked, heute) {
            return None;
        }
        seiten.iter().find(|it| it.seite.art == Seitenart::Zulieferung).map(|it| it.seite.id)
    }

    /// What is found, without what somebody else has still to say: of that, only that it is missing.
    pub(in crate::antrag) fn own_befunde(&self, ctx: &Context<Fragebogen>) -> Vec<Befund> {
        let mut befunde = self.check(ctx);
        let Some(zulieferung) = ctx.props().formular.zulieferung else { return befunde };
        if self.entwurf.angaben.text(zulieferung.bestaetigung) != Some("true") {
            befunde.retain(|it| {
                it.feld == zulieferung.bestaetigung || self.link_page(ctx, &it.ort).is_none()
            });
        }
        befunde
    }

    /// Address of the page that asks for an answer; empty where there is none.
    pub(super) fn page_of(&self, ctx: &Context<Fragebogen>, pfad: &str) -> String {
        let props = ctx.props();
        let asked = self.asked(ctx);
        let seiten = props.formular.eigene_seiten(&asked, props.konfiguration.heute);
        let seite = seiten.into_iter().find(|ort| {
            let mut asks = false;
            crate::antrag::blatt::walk(
                ort.seite.inhalt,
                &ort.praefix,
                &asked,
                &props.konfiguration,
                &mut |it, _| asks |= it == pfad,
            );
            asks
        });
        seite.map_or_else(String::new, |ort| {
            let ziel = Seitenziel {
                seite: ort.seite.id.to_owned(),
                praefix: ort.praefix,
                aendern: true,
                anker: String::new(),
            };
            self.adresse(ctx, Ziel::Seite(ziel)).to_string()
        })
    }

    /// Makes a link, or a new one in place of the old.
    pub(super) fn make_link(&mut self, ctx: &Context<Fragebogen>) {
        self.dialog = None;
        if self.entwurf.ablage.is_some() {
            self.request_link(ctx);
            return;
        }
        let anfrage = Anfrage {
            methode: "POST",
            url: "/api/entwuerfe",
            header: &[],
            inhalt: Inhalt::Json("{}"),
        };
        send(&anfrage, ctx.link().callback(Msg::LinkAblage), None);
    }

    pub(super) fn begin_link(&mut self, ctx: &Context<Fragebogen>, antwort: &Antwort) {
        let json = antwort.json();
        match (json["id"].as_str(), json["token"].as_str()) {
            (Some(id), Some(token)) if antwort.is_ok() => {
                self.entwurf.ablage = Some(Ablage { id: id.to_owned(), token: token.to_owned() });
                self.save(ctx);
                self.request_link(ctx);
            }
            _ => self.link_failed(ctx),
        }
    }

    fn request_link(&mut self, ctx: &Context<Fragebogen>) {
        let props = ctx.props();
        let Some(zulieferung) = props.formular.zulieferung else { return };
        // Nothing else leaves the device.
        let asked = self.asked(ctx);
        let vorgaben = (zulieferung.vorgaben)(&View::new(&asked), props.konfiguration.heute);
        let inhalt = json::object([
            ("antrag", Value::from(props.formular.id)),
            ("daten", props.formular.export(&vorgaben)),
        ]);
        self.call(ctx, "POST", Inhalt::Json(&json::write(&inhalt)), Msg::LinkDa);
    }

    /// Asks something about the link of this draft.
    fn call(
        &self,
        ctx: &Context<Fragebogen>,
        methode: &'static str,
        inhalt: Inhalt<'_>,
        msg: fn(Antwort) -> Msg,
    ) {
        let Some(ablage) = &self.entwurf.ablage else { return };
        let bearer = format!("Bearer {}", ablage.token);
        let url = format!("/api/entwuerfe/{}/zulieferung", ablage.id);
        let header = [("Authorization", bearer.as_str())];
        send(
            &Anfrage { methode, url: &url, header: &header, inhalt },
            ctx.link().callback(msg),
            None,
        );
    }

    pub(super) fn link_made(&mut self, ctx: &Context<Fragebogen>, antwort: &Antwort) {
        let json = antwort.json();
        match (json["id"].as_str(), json["geheimnis"].as_str()) {
            (Some(id), Some(token)) if antwort.is_ok() => {
                self.entwurf.link = Some(Ablage { id: id.to_owned(), token: token.to_owned() });
                self.forget_part(ctx);
                self.save(ctx);
                self.load_link(ctx);
                ctx.props().ansage.emit(ctx.props().texte.get(texte::LINK_DA).to_owned());
                self.focus("link");
            }
            _ => self.link_failed(ctx),
        }
    }

    fn link_failed(&mut self, ctx: &Context<Fragebogen>) {
        self.linkstand = Linkstand::Fehler(texte::LINK_FEHLER);
        ctx.props().ansage.emit(ctx.props().texte.get(texte::LINK_FEHLER).to_owned());
        self.focus("linkfehler");
    }

    /// Asks how far the part is.
    pub(super) fn load_link(&mut self, ctx: &Context<Fragebogen>) {
        self.call(ctx, "GET", Inhalt::Leer, Msg::LinkStand);
    }

    pub(super) fn link_state(&mut self, ctx: &Context<Fragebogen>, antwort: &Antwort) {
        let json = antwort.json();
        if antwort.status == 404 {
            // It ended with its draft, or in another tab.
            self.entwurf.link = None;
            self.forget_part(ctx);
            self.linkstand = Linkstand::Unbekannt;
            self.save(ctx);
            return;
        }
        if !antwort.is_ok() {
            // What is known stays; whoever asks again is told.
            return;
        }
        match json["daten"].is_object() {
            true => self.take_part(ctx, &json),
            false => self.forget_part(ctx),
        }
        self.linkstand = Linkstand::Da(json);
        self.save(ctx);
    }

    /// Puts the part into the answers. The server does so itself when the application is sent.
    fn take_part(&mut self, ctx: &Context<Fragebogen>, json: &Value) {
        let formular = ctx.props().formular;
        let Ok(teil) = formular.import(&json["daten"]) else { return };
        self.forget_part(ctx);
        formular.join_zulieferung(&teil, &mut self.entwurf.angaben);
        for nachweis in View::new(&teil).eintraege_von("nachweise") {
            let angaben = &mut self.entwurf.angaben;
            let index = angaben.push_entry("nachweise");
            for feld in ["typ", "datei", "nachreichen", "name"] {
                let wert = nachweis.text(feld).unwrap_or_default();
                angaben.set(&format!("nachweise[{index}].{feld}"), wert);
            }
            if let Some(id) = nachweis.text("datei") {
                self.entwurf.fremde.insert(id.to_owned());
            }
        }
        for datei in json["dateien"].as_array().into_iter().flatten() {
            let Some(id) = datei["id"].as_str() else { continue };
            let index = (0..self.entwurf.angaben.anzahl("nachweise")).find(|index| {
                self.entwurf.angaben.text(&format!("nachweise[{index}].datei")) == Some(id)
            });
            if let Some(index) = index {
                let name = datei["name"].as_str().unwrap_or_default();
                self.entwurf.angaben.set(&format!("nachweise[{index}].name"), name);
            }
        }
    }

    /// The part and its files are not, or not any more, what somebody else has confirmed.
    fn forget_part(&mut self, ctx: &Context<Fragebogen>) {
        let props = ctx.props();
        let Some(zulieferung) = props.formular.zulieferung else { return };
        // What was typed from the paper stays where it is.
        if !zulieferung.wenn.holds(&self.asked(ctx), "", props.konfiguration.heute) {
            return;
        }
        props.formular.remove_zulieferung(&mut self.entwurf.angaben);
        for index in (0..self.entwurf.angaben.anzahl("nachweise")).rev() {
            let id = self.entwurf.angaben.text(&format!("nachweise[{index}].datei"));
            if id.is_some_and(|id| self.entwurf.fremde.contains(id)) {
                self.entwurf.angaben.remove_entry("nachweise", index);
            }
        }
        self.entwurf.fremde.clear();
    }

    pub(super) fn withdraw_link(&mut self, ctx: &Context<Fragebogen>) {
        self.dialog = None;
        self.call(ctx, "DELETE", Inhalt::Leer, Msg::LinkWegDa);
    }

    pub(super) fn link_withdrawn(&mut self, ctx: &Context<Fragebogen>, antwort: &Antwort) {
        if !antwort.is_ok() && antwort.status != 404 {
            self.link_failed(ctx);
            return;
        }
        self.entwurf.link = None;
        self.forget_part(ctx);
        self.linkstand = Linkstand::Unbekannt;
        self.save(ctx);
        ctx.props().ansage.emit(ctx.props().texte.get(texte::LINK_WEG_DA).to_owned());
        self.focus("titel");
    }

    /// `https://…/antrag/arbeitgeber#id.geheimnis`
    fn link_url(&self, ctx: &Context<Fragebogen>) -> Option<String> {
        let link = self.entwurf.link.as_ref()?;
        let id = ctx.props().formular.zulieferung?.formular.id;
        Some(format!("{}/antrag/{id}#{}.{}", browser::origin(), link.id, link.token))
    }

    pub(super) fn copy_link(&mut self, ctx: &Context<Fragebogen>) {
        let is_copied = self.link_url(ctx).is_some_and(|url| browser::copy(&url));
        let text = if is_copied { texte::LINK_KOPIERT } else { texte::LINK_MARKIERT };
        if !is_copied {
            self.focus("link");
        }
        ctx.props().ansage.emit(ctx.props().texte.get(text).to_owned());
    }

    /// The link with how far the part is, below the questions of its page.
    pub(in crate::antrag) fn view_link(&self, ctx: &Context<Fragebogen>) -> Html {
        let texte = &ctx.props().texte;
        let link = ctx.link();
        let mut teile = Vec::new();
        if let Linkstand::Fehler(text) = self.linkstand {
            let titel = texte.get(text);
            teile.push(meldung(Meldungsart::Fehler, "linkfehler", titel, Html::default()));
        }
        let oeffne = |it: Dialog| link.callback(move |_: MouseEvent| Msg::Dialog(Some(it)));
        let Some(url) = self.link_url(ctx) else {
            let tun = link.callback(|_: MouseEvent| Msg::Link);
            teile
                .push(block("", vec![knopf("secondary", "", texte.get(texte::LINK_ANLEGEN), tun)]));
            return block("felder", teile);
        };
        let stand = match &self.linkstand {
            Linkstand::Da(stand) => stand.clone(),
            _ => Value::Null,
        };
        let zustand = stand["zustand"].as_str().unwrap_or_default();
        let zeit = |name: &str| {
            browser::local_time(stand[name].as_str().unwrap_or_default(), texte.sprache())
        };
        let (art, titel) = match zustand {
            "ausgefuellt" => (Meldungsart::Erfolg, texte::LINK_AUSGEFUELLT),
            "abgelaufen" => (Meldungsart::Warnung, texte::LINK_ABGELAUFEN),
            "geoeffnet" => (Meldungsart::Info, texte::LINK_GEOEFFNET),
            "gesendet" => (Meldungsart::Info, texte::LINK_GESENDET),
            _ => (Meldungsart::Info, texte::LINK_UNBEKANNT),
        };
        let text = match zustand {
            "ausgefuellt" => texte::LINK_AUSGEFUELLT_TEXT,
            "abgelaufen" => texte::LINK_ABGELAUFEN_TEXT,
            _ => texte::LINK_WARTET_TEXT,
        };
        teile.push(meldung(art, "linkstand", texte.get(titel), absatz(texte.get(text))));
        let zeilen = [
            (texte::LINK_AM, "angelegtAm"),
            (texte::LINK_GEOEFFNET_AM, "geoeffnetAm"),
            (texte::LINK_AUSGEFUELLT_AM, "ausgefuelltAm"),
            (texte::LINK_BIS, "gueltigBis"),
        ];
        let is_da = zustand == "ausgefuellt";
        let zeilen: Vec<Html> = zeilen
            .into_iter()
            .filter(|(_, name)| stand[*name].is_string() && !(is_da && *name == "gueltigBis"))
            .map(|(label, name)| eigenschaft(texte.get(label).into(), zeit(name).into()))
            .collect();
        if !zeilen.is_empty() {
            teile.push(html! { <dl class="kern-description-list">{ for zeilen }</dl> });
        }
        let mut knoepfe = Vec::new();
        if !is_da && zustand != "abgelaufen" {
            let betreff = js_sys::encode_uri_component(texte.get(texte::LINK_MAIL_BETREFF));
            let inhalt = texte.fill(texte::LINK_MAIL_TEXT, &[("link", &url)]);
            let mailto =
                format!("mailto:?subject={betreff}&body={}", js_sys::encode_uri_component(&inhalt));
            teile.push(html! {
                <div class="kern-form-input">
                    <label class="kern-label" for="link">{ texte.get(texte::LINK_LABEL) }</label>
                    <div class="kern-hint" id="link-hilfe">{ texte.get(texte::LINK_HILFE) }</div>
                    <input class="kern-form-input__input" id="link" type="text" readonly={true} value={url}
                        aria-describedby="link-hilfe" />
                </div>
            });
            let kopieren = link.callback(|_: MouseEvent| Msg::LinkKopieren);
            knoepfe.push(knopf("secondary", "", texte.get(texte::LINK_KOPIEREN), kopieren));
            knoepfe.push(html! {
                <a class="kern-btn kern-btn--secondary" href={mailto}>
                    <span class="kern-label">{ texte.get(texte::LINK_MAIL) }</span>
                </a>
            });
        }
        let laden = link.callback(|_: MouseEvent| Msg::LinkLaden);
        if !is_da {
            knoepfe.push(knopf("tertiary", "", texte.get(texte::LINK_LADEN), laden));
        }
        let neu = if is_da { KORREKTUR } else { NEU };
        knoepfe.push(knopf("tertiary", "", texte.get(neu.tun), oeffne(neu)));
        knoepfe.push(knopf("tertiary", "delete", texte.get(texte::LINK_WEG), oeffne(WEG)));
        teile.push(block("knopfzeile", knoepfe));
        if let Some(it) = self.dialog {
            let close = link.callback(|()| Msg::Dialog(None));
            let is_weg = it == WEG;
            let tun =
                link.callback(move |_: MouseEvent| if is_weg { Msg::LinkWeg } else { Msg::Link });
            teile.push(dialog(it, texte, tun, close));
        }
        folge(vec![block("felder", teile)])
    }
}
