//! Files go to the server while the application is filled in.

use gloo_timers::callback::Timeout;
use serde_json::Value;
use shared::pruefung::Bedarf;
use web_sys::File;
use yew::Context;

use super::{Fragebogen, Msg};
use crate::{
    antrag::{
        entwurf::Ablage,
        nachweise::{Bedenken, Hochladen, eintraege, refusal, text, titel},
    },
    http::{Anfrage, Antwort, Inhalt, send},
    komponenten::{Fehlerzeile, element_id},
    texte,
};

/// Milliseconds until the server is asked again whether a file is harmless: at first, and at most.
pub(super) const WIEDER_MIN: u32 = 1_000;
const WIEDER_MAX: u32 = 30_000;

impl Fragebogen {
    /// Sends files, those at least that the server would take.
    pub(super) fn upload(
        &mut self,
        ctx: &Context<Fragebogen>,
        bedarf: &Bedarf,
        dateien: Vec<File>,
    ) {
        let props = ctx.props();
        let pfad = bedarf.pfad();
        self.uploads.fehler.retain(|it| it.0 != pfad);
        self.fehler.retain(|it| it.anker.as_ref() != Some(&pfad));
        for datei in dateien {
            let anzahl = (self.entwurf.groessen.len()
                + self.uploads.laufend.len()
                + self.uploads_wartend.len()) as u64;
            let summe = self.entwurf.groessen.values().sum();
            match refusal(&datei, props.konfiguration.grenzen, anzahl, summe, &props.texte) {
                Some(text) => self.upload_failed(ctx, &pfad, text),
                None => self.uploads_wartend.push((bedarf.clone(), datei)),
            }
        }
        if self.uploads_wartend.is_empty() {
            return;
        }
        if self.entwurf.ablage.is_some() {
            self.send_waiting(ctx);
            return;
        }
        let anfrage = Anfrage {
            methode: "POST",
            url: "/api/entwuerfe",
            header: &[],
            inhalt: Inhalt::Json("{}"),
        };
        send(&anfrage, ctx.link().callback(Msg::AblageDa), None);
    }

    /// There is a place for files on the server, or not.
    pub(super) fn begin_uploads(&mut self, ctx: &Context<Fragebogen>, antwort: &Antwort) {
        let json = antwort.json();
        match (json["id"].as_str(), json["token"].as_str()) {
            (Some(id), Some(token)) if antwort.is_ok() => {
                self.entwurf.ablage = Some(Ablage { id: id.to_owned(), token: token.to_owned() });
                self.save(ctx);
                self.send_waiting(ctx);
            }
            _ => {
                for (bedarf, datei) in std::mem::take(&mut self.uploads_wartend) {
                    let text = self.failure(ctx, &datei.name(), antwort);
                    self.upload_failed(ctx, &bedarf.pfad(), text);
                }
            }
        }
    }

    fn send_waiting(&mut self, ctx: &Context<Fragebogen>) {
        let Some(ablage) = self.entwurf.ablage.clone() else { return };
        for (bedarf, datei) in std::mem::take(&mut self.uploads_wartend) {
            self.upload_nr += 1;
            let nr = self.upload_nr;
            self.uploads.laufend.push(Hochladen {
                nr,
                pfad: bedarf.pfad(),
                name: datei.name(),
                prozent: 0,
            });
            let name: String = js_sys::encode_uri_component(&datei.name()).into();
            let url = format!("{}/dateien?typ={}&name={name}", self.ablage_url(ctx), bedarf.typ);
            let bearer = format!("Bearer {}", ablage.token);
            let anfrage = Anfrage {
                methode: "POST",
                url: &url,
                header: &[("Authorization", &bearer)],
                inhalt: Inhalt::Datei(&datei),
            };
            let groesse = datei.size() as u64;
            let fertig = ctx.link().callback(move |antwort| Msg::Hochgeladen {
                nr,
                bedarf: bedarf.clone(),
                groesse,
                antwort,
            });
            let fortschritt = ctx.link().callback(move |prozent| Msg::Fortschritt(nr, prozent));
            send(&anfrage, fertig, Some(fortschritt));
        }
    }

    pub(super) fn uploaded(
        &mut self,
        ctx: &Context<Fragebogen>,
        nr: u32,
        bedarf: &Bedarf,
        groesse: u64,
        antwort: &Antwort,
    ) {
        let Some(at) = self.uploads.laufend.iter().position(|it| it.nr == nr) else { return };
        let upload = self.uploads.laufend.remove(at);
        let json = antwort.json();
        let Some(id) = json["id"].as_str().filter(|_| antwort.is_ok()) else {
            if matches!(antwort.status, 401 | 403 | 404) {
                self.forget_files(ctx);
                return;
            }
            let text = self.failure(ctx, &upload.name, antwort);
            self.upload_failed(ctx, &upload.pfad, text);
            return;
        };
        // A promise to hand it in later is fulfilled.
        for index in eintraege(&self.entwurf.angaben, bedarf).into_iter().rev() {
            if text(&self.entwurf.angaben, index, "datei").is_none() {
                self.entwurf.angaben.remove_entry("nachweise", index);
            }
        }
        let name = json["name"].as_str().unwrap_or(&upload.name).to_owned();
        self.add_file(bedarf.typ, bedarf.person_ref.as_deref(), id, &name);
        self.entwurf.groessen.insert(id.to_owned(), json["groesse"].as_u64().unwrap_or(groesse));
        let texte = &ctx.props().texte;
        ctx.props().ansage.emit(texte.fill(texte::NACHWEIS_GELADEN, &[("datei", &name)]));
        self.save(ctx);
        let pruefung = json["pruefung"].as_str().unwrap_or_default();
        if let Some(bedenken) = Bedenken::read(pruefung) {
            self.uploads.bedenken.push((id.to_owned(), bedenken));
        }
        self.wieder = WIEDER_MIN;
        self.watch_files(ctx);
    }

    /// Asks once more for files that the virus scanner has not looked at, less and less often. Not
    /// when somebody is on another page.
    fn watch_files(&mut self, ctx: &Context<Fragebogen>) {
        let is_offen = self.uploads.bedenken.iter().any(|it| it.1 == Bedenken::Ausstehend);
        self.wache = (is_offen && self.shows_proofs(ctx)).then(|| {
            let link = ctx.link().clone();
            let wieder = self.wieder;
            self.wieder = (wieder * 2).min(WIEDER_MAX);
            Timeout::new(wieder, move || link.send_message(Msg::Wache))
        });
    }

    /// The server has said how the files are that it has, or nothing.
    pub(super) fn scanned(&mut self, ctx: &Context<Fragebogen>, antwort: &Antwort) -> bool {
        let is_neu = antwort.is_ok()
            && antwort.json().as_array().is_some_and(|files| self.note_scans(ctx, files));
        self.watch_files(ctx);
        is_neu
    }

    /// Takes over what the virus scanner has said; whether that is something new.
    fn note_scans(&mut self, ctx: &Context<Fragebogen>, files: &[Value]) -> bool {
        let before = self.uploads.bedenken.clone();
        for file in files {
            let wort = |name: &str| file[name].as_str().unwrap_or_default();
            let (id, stand) = (wort("id"), Bedenken::read(wort("pruefung")));
            if stand == Some(Bedenken::Befallen) && self.uploads.bedenken(id) != stand {
                let texte = &ctx.props().texte;
                let text = texte.fill(texte::NACHWEIS_BEFALLEN, &[("datei", wort("name"))]);
                ctx.props().ansage.emit(text);
            }
            // Of a file that came after the server answered it says nothing.
            self.uploads.bedenken.retain(|it| it.0 != id);
            self.uploads.bedenken.extend(stand.map(|stand| (id.to_owned(), stand)));
        }
        self.uploads.bedenken != before
    }

    /// Files on this page that are refused, each with the way to where it can be replaced.
    pub(super) fn refused_files(&self, ctx: &Context<Fragebogen>) -> Vec<Fehlerzeile> {
        let props = ctx.props();
        let angaben = &self.entwurf.angaben;
        let mut zeilen = Vec::new();
        if !self.shows_proofs(ctx) {
            return zeilen;
        }
        for bedarf in props.formular.nachweise(angaben, props.konfiguration.heute) {
            for index in eintraege(angaben, &bedarf) {
                let Some(id) = text(angaben, index, "datei") else { continue };
                if self.uploads.bedenken(id) == Some(Bedenken::Befallen) {
                    let name = text(angaben, index, "name").unwrap_or(id);
                    zeilen.push(Fehlerzeile {
                        text: props.texte.fill(texte::NACHWEIS_BEFALLEN, &[("datei", name)]),
                        ziel: format!("#{}", element_id(&bedarf.pfad())),
                    });
                }
            }
        }
        zeilen
    }

    fn add_file(&mut self, typ: &str, person: Option<&str>, id: &str, name: &str) {
        let angaben = &mut self.entwurf.angaben;
        let index = angaben.push_entry("nachweise");
        for (feld, wert) in
            [("typ", typ), ("personRef", person.unwrap_or_default()), ("datei", id), ("name", name)]
        {
            angaben.set(&format!("nachweise[{index}].{feld}"), wert);
        }
    }

    /// Why an upload failed, in a sentence.
    fn failure(&self, ctx: &Context<Fragebogen>, name: &str, antwort: &Antwort) -> String {
        let texte = &ctx.props().texte;
        let befund = antwort.json()["befunde"][0]["text"].as_str().map(str::to_owned);
        match antwort.status {
            0 => texte.fill(texte::NACHWEIS_NETZ, &[("datei", name)]),
            500.. => texte.fill(texte::NACHWEIS_SERVER, &[("datei", name)]),
            _ => befund
                .or_else(|| antwort.detail())
                .unwrap_or_else(|| texte.fill(texte::NACHWEIS_SERVER, &[("datei", name)])),
        }
    }

    fn upload_failed(&mut self, ctx: &Context<Fragebogen>, pfad: &str, text: String) {
        ctx.props().ansage.emit(text.clone());
        self.uploads.fehler.push((pfad.to_owned(), text));
    }

    /// The server keeps files for a while only; without them we have none.
    fn forget_files(&mut self, ctx: &Context<Fragebogen>) {
        self.entwurf.ablage = None;
        self.entwurf.groessen.clear();
        let angaben = &mut self.entwurf.angaben;
        for index in (0..angaben.anzahl("nachweise")).rev() {
            if text(angaben, index, "datei").is_some() {
                angaben.remove_entry("nachweise", index);
            }
        }
        let text = ctx.props().texte.get(texte::NACHWEIS_WEG).to_owned();
        self.meldungen = vec![Fehlerzeile { text, ziel: String::new() }];
        self.focus("meldung");
        self.save(ctx);
    }

    /// Asks which files the server has: an upload may have arrived without its answer.
    pub(super) fn list_files(&self, ctx: &Context<Fragebogen>, msg: fn(Antwort) -> Msg) {
        let Some(ablage) = &self.entwurf.ablage else { return };
        let bearer = format!("Bearer {}", ablage.token);
        let anfrage = Anfrage {
            methode: "GET",
            url: &format!("{}/dateien", self.ablage_url(ctx)),
            header: &[("Authorization", &bearer)],
            inhalt: Inhalt::Leer,
        };
        send(&anfrage, ctx.link().callback(msg), None);
    }

    /// Takes over what the server has; `true` if that is something else than we thought.
    pub(super) fn reconcile(&mut self, ctx: &Context<Fragebogen>, antwort: &Antwort) -> bool {
        let json = antwort.json();
        let files = match json.as_array().or_else(|| json["dateien"].as_array()) {
            Some(files) if antwort.is_ok() => files,
            _ => {
                let is_gone = matches!(antwort.status, 401 | 403 | 404);
                let had_files = !self.entwurf.groessen.is_empty();
                match is_gone {
                    true if had_files => self.forget_files(ctx),
                    true => self.entwurf.ablage = None,
                    false => {}
                }
                return is_gone;
            }
        };
        let id_of = |file: &Value| file["id"].as_str().unwrap_or_default().to_owned();
        let mut changed = false;
        for index in (0..self.entwurf.angaben.anzahl("nachweise")).rev() {
            let id = text(&self.entwurf.angaben, index, "datei").map(str::to_owned);
            // Files of somebody else are told elsewhere.
            let id = id.filter(|id| !self.entwurf.fremde.contains(id));
            if let Some(id) = id.filter(|id| !files.iter().any(|it| id_of(it) == *id)) {
                self.entwurf.angaben.remove_entry("nachweise", index);
                self.entwurf.groessen.remove(&id);
                changed = true;
            }
        }
        for file in files {
            let id = id_of(file);
            let known = (0..self.entwurf.angaben.anzahl("nachweise"))
                .any(|index| text(&self.entwurf.angaben, index, "datei") == Some(&id));
            if !known && !id.is_empty() {
                let typ = file["typ"].as_str().unwrap_or_default().to_owned();
                let name = file["name"].as_str().unwrap_or(&id).to_owned();
                self.add_file(&typ, None, &id, &name);
                self.entwurf.groessen.insert(id, file["groesse"].as_u64().unwrap_or(0));
                changed = true;
            }
        }
        if changed {
            self.save(ctx);
        }
        let is_neu = self.note_scans(ctx, files);
        self.watch_files(ctx);
        changed || is_neu
    }

    pub(super) fn remove_file(&mut self, ctx: &Context<Fragebogen>, index: usize) {
        let angaben = &self.entwurf.angaben;
        let Some(id) = text(angaben, index, "datei").map(str::to_owned) else { return };
        let name = text(angaben, index, "name").unwrap_or(&id).to_owned();
        // The focus stays with the proof that the file was for.
        let props = ctx.props();
        let all = props.formular.nachweise(angaben, props.konfiguration.heute);
        let bedarf = all.iter().find(|it| eintraege(angaben, it).contains(&index));
        if let Some(pfad) = bedarf.map(Bedarf::pfad) {
            self.focus(element_id(&pfad));
        }
        self.entwurf.angaben.remove_entry("nachweise", index);
        self.entwurf.groessen.remove(&id);
        self.uploads.bedenken.retain(|it| it.0 != id);
        self.delete_file(ctx, &id);
        props.ansage.emit(props.texte.fill(texte::NACHWEIS_GELOESCHT, &[("datei", &name)]));
        self.save(ctx);
    }

    /// Where the server keeps the files.
    pub(super) fn ablage_url(&self, ctx: &Context<Fragebogen>) -> String {
        let id = self.entwurf.ablage.as_ref().map_or("", |it| it.id.as_str());
        match ctx.props().auftrag {
            Some(_) => format!("/api/zulieferungen/{id}"),
            None => format!("/api/entwuerfe/{id}"),
        }
    }

    /// Lets the server delete a file. If that fails the server does it by itself after a while.
    pub(super) fn delete_file(&self, ctx: &Context<Fragebogen>, id: &str) {
        let Some(ablage) = &self.entwurf.ablage else { return };
        let bearer = format!("Bearer {}", ablage.token);
        let anfrage = Anfrage {
            methode: "DELETE",
            url: &format!("{}/dateien/{id}", self.ablage_url(ctx)),
            header: &[("Authorization", &bearer)],
            inhalt: Inhalt::Leer,
        };
        send(&anfrage, yew::Callback::noop(), None);
    }

    /// Promises a proof for later, or takes that back.
    pub(super) fn promise(&mut self, ctx: &Context<Fragebogen>, bedarf: &Bedarf, is_spaeter: bool) {
        let pfad = bedarf.pfad();
        self.fehler.retain(|it| it.anker.as_ref() != Some(&pfad));
        let entries = eintraege(&self.entwurf.angaben, bedarf);
        let angaben = &mut self.entwurf.angaben;
        if is_spaeter && entries.is_empty() {
            let index = angaben.push_entry("nachweise");
            angaben.set(&format!("nachweise[{index}].typ"), bedarf.typ);
            let person = bedarf.person_ref.as_deref().unwrap_or_default();
            angaben.set(&format!("nachweise[{index}].personRef"), person);
            angaben.set(&format!("nachweise[{index}].nachreichen"), "true");
        } else if !is_spaeter {
            for index in entries.into_iter().rev() {
                angaben.remove_entry("nachweise", index);
            }
        }
        self.save_soon(ctx);
    }

    /// The proofs of this application with what was done about each, for the summary.
    pub(in crate::antrag) fn proofs(
        &self,
        ctx: &Context<Fragebogen>,
    ) -> Vec<(String, Vec<String>)> {
        let props = ctx.props();
        let (texte, angaben) = (&props.texte, &self.entwurf.angaben);
        let all = props.formular.nachweise(angaben, props.konfiguration.heute);
        all.iter()
            .filter_map(|bedarf| {
                let entries = eintraege(angaben, bedarf);
                if entries.is_empty() && !bedarf.is_pflicht {
                    return None;
                }
                let mut what: Vec<String> = entries
                    .iter()
                    .map(|it| match text(angaben, *it, "datei") {
                        Some(id) => text(angaben, *it, "name").unwrap_or(id).to_owned(),
                        None => texte.get(texte::NACHWEIS_SPAETER).to_owned(),
                    })
                    .collect();
                if what.is_empty() {
                    what.push(texte.get(texte::NACHWEIS_KEINE).to_owned());
                }
                Some((titel(bedarf, texte), what))
            })
            .collect()
    }
}
