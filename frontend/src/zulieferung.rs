//! The program of whoever fills in a part of somebody else's application over a one-time link. The
//! secret stands in the fragment of the address, which browsers send nowhere; it is taken out of the
//! address at once and kept until the tab is closed.

use std::rc::Rc;

use gloo_events::EventListener;
use serde_json::Value;
use shared::formular::Zulieferung;
use yew::prelude::*;

use crate::{
    adresse::{Adresse, Ziel},
    antrag::{
        Auftrag, Fragebogen,
        entwurf::{LINK_KEY, quittung_key},
    },
    app::{self, Seiten, Umgebung},
    browser,
    http::{Anfrage, Antwort, Inhalt, send},
    json,
    komponenten::{
        Meldungsart, absatz, absatz_mit, abschnitt, block, eigenschaft, haupttitel, knopf,
        knopflink, liste, meldung,
    },
    konfiguration::{Grenzen, Konfiguration},
    texte::{self, Texte, Uitext},
};

/// Runs the program in the page.
pub fn run(zulieferung: &'static Zulieferung) {
    app::run(Zulieferseiten(zulieferung));
}

/// The pages of a part.
#[derive(Clone, Copy)]
pub struct Zulieferseiten(pub &'static Zulieferung);

impl Seiten for Zulieferseiten {
    fn has(&self, adresse: &Adresse) -> bool {
        matches!(adresse, Adresse::Antrag { antrag, .. } if antrag == self.0.formular.id)
    }

    fn view(&self, adresse: &Adresse, umgebung: &Umgebung) -> Html {
        let Adresse::Antrag { ziel, .. } = adresse else { return Html::default() };
        html! {
            <Zugang zulieferung={Ruf(self.0)} ziel={ziel.clone()} umgebung={umgebung.clone()} />
        }
    }

    fn title(&self, _adresse: &Adresse) -> Option<Uitext> {
        None
    }
}

/// A [`Zulieferung`] as a property.
#[derive(Clone, Copy)]
pub struct Ruf(pub &'static Zulieferung);

impl PartialEq for Ruf {
    fn eq(&self, other: &Ruf) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

/// What a [`Zugang`] works on.
#[derive(Clone, PartialEq, Properties)]
pub struct Zugangprops {
    pub zulieferung: Ruf,
    pub ziel: Ziel,
    pub umgebung: Umgebung,
}

/// Opens the link, and shows the pages of the part or why not.
pub struct Zugang {
    stand: Stand,
    grenzen: Option<Grenzen>,
    konfiguration: Rc<Konfiguration>,
    pdf_fehler: bool,
    _listener: EventListener,
}

/// What the link has opened.
enum Stand {
    Laedt,
    Offen(Rc<Auftrag>),
    /// There is no link in the address.
    Ohne,
    /// The link does not open; the server's type and sentence.
    Zu {
        typ: String,
        satz: String,
    },
    /// There is no answer.
    Netz,
}

/// What happens to a link.
pub enum Msg {
    Geoeffnet(Antwort),
    /// Another link was put into the address.
    Adresse,
    Nochmal,
    Pdf,
}

impl Component for Zugang {
    type Message = Msg;
    type Properties = Zugangprops;

    fn create(ctx: &Context<Zugang>) -> Zugang {
        let adresse = ctx.link().callback(|()| Msg::Adresse);
        let listener =
            EventListener::new(&browser::window(), "hashchange", move |_| adresse.emit(()));
        let mut zugang = Zugang {
            stand: Stand::Laedt,
            grenzen: None,
            konfiguration: ctx.props().umgebung.konfiguration.clone(),
            pdf_fehler: false,
            _listener: listener,
        };
        zugang.open(ctx);
        zugang
    }

    fn changed(&mut self, ctx: &Context<Zugang>, _old: &Zugangprops) -> bool {
        self.configure(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Zugang>, msg: Msg) -> bool {
        match msg {
            Msg::Geoeffnet(antwort) => self.opened(ctx, &antwort),
            Msg::Adresse => {
                if !browser::url().contains('#') {
                    return false;
                }
                self.open(ctx);
            }
            Msg::Nochmal => self.open(ctx),
            Msg::Pdf => {
                let quittung = quittung(ctx.props().zulieferung.0).unwrap_or_default();
                let text = |name: &str| quittung[name].as_str().unwrap_or_default().to_owned();
                let bytes = browser::from_base64(&text("pdf"));
                let name = format!("{}.pdf", text("nummer"));
                self.pdf_fehler = browser::save_file(&name, "application/pdf", &bytes).is_err();
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Zugang>) -> Html {
        let props = ctx.props();
        let zulieferung = props.zulieferung.0;
        let Umgebung { texte, gehe, ansage, .. } = props.umgebung.clone();
        if props.ziel == Ziel::Fertig
            && let Some(quittung) = quittung(zulieferung)
        {
            return self.receipt(ctx, &quittung);
        }
        match &self.stand {
            Stand::Offen(auftrag) => {
                // German speaks to the other side where the words of the application do not.
                let texte = match texte.sprache() {
                    "de" => Texte::new(zulieferung.texte()),
                    _ => texte,
                };
                let fuer = texte.fill(texte::AG_FUER, &[("person", &auftrag.person)]);
                html! {
                    <>
                        <p class="kern-body kern-body--bold" id="fuer">{ fuer }</p>
                        <Fragebogen formular={zulieferung.formular} ziel={props.ziel.clone()} {texte}
                            konfiguration={self.konfiguration.clone()} auftrag={Some(auftrag.clone())} {gehe} {ansage} />
                    </>
                }
            }
            Stand::Laedt => html! {
                <div class="laedt"><p class="kern-body">{ texte.get(texte::LAEDT) }</p></div>
            },
            Stand::Ohne => shut(&texte, texte::AG_OHNE, texte.get(texte::AG_OHNE_TEXT), None),
            Stand::Netz => {
                let nochmal = ctx.link().callback(|_: MouseEvent| Msg::Nochmal);
                shut(&texte, texte::AG_NETZ, texte.get(texte::AG_NETZ_TEXT), Some(nochmal))
            }
            Stand::Zu { typ, satz } => {
                let (titel, text) = match typ.rsplit('/').next().unwrap_or_default() {
                    "link-abgelaufen" => (texte::AG_ABGELAUFEN, texte.get(texte::AG_NEU_TEXT)),
                    "link-benutzt" => (texte::AG_BENUTZT, texte.get(texte::AG_BENUTZT_TEXT)),
                    "link-ungueltig" => (texte::AG_UNGUELTIG, texte.get(texte::AG_NEU_TEXT)),
                    _ => (texte::AG_UNGUELTIG, satz.as_str()),
                };
                shut(&texte, titel, text, None)
            }
        }
    }

    fn rendered(&mut self, ctx: &Context<Zugang>, _first: bool) {
        let props = ctx.props();
        if !matches!(self.stand, Stand::Offen(_)) || props.ziel == Ziel::Fertig {
            let texte = &props.umgebung.texte;
            let formular = props.zulieferung.0.formular;
            let titel = texte.antrag(formular.id, "titel", formular.titel);
            browser::set_title(&format!("{titel} – {}", props.umgebung.konfiguration.town(texte)));
        }
    }
}

impl Zugang {
    /// Reads the link and asks what it opens.
    fn open(&mut self, ctx: &Context<Zugang>) {
        let url = browser::url();
        if let Some((pfad, link)) = url.split_once('#')
            && link.contains('.')
        {
            browser::store_session(LINK_KEY, link);
            browser::remove_session(&quittung_key(ctx.props().zulieferung.0.formular.id));
            // Nobody who looks over a shoulder or into the history needs to see it.
            browser::replace_url(pfad);
        }
        let link = browser::load_session(LINK_KEY);
        let Some((id, geheimnis)) = link.as_deref().and_then(|it| it.split_once('.')) else {
            self.stand = Stand::Ohne;
            return;
        };
        self.stand = Stand::Laedt;
        let bearer = format!("Bearer {geheimnis}");
        let id: String = js_sys::encode_uri_component(id).into();
        let anfrage = Anfrage {
            methode: "GET",
            url: &format!("/api/zulieferungen/{id}"),
            header: &[("Authorization", &bearer)],
            inhalt: Inhalt::Leer,
        };
        send(&anfrage, ctx.link().callback(Msg::Geoeffnet), None);
    }

    fn opened(&mut self, ctx: &Context<Zugang>, antwort: &Antwort) {
        let zulieferung = ctx.props().zulieferung.0;
        let json = antwort.json();
        let link = browser::load_session(LINK_KEY).unwrap_or_default();
        let (id, geheimnis) = link.split_once('.').unwrap_or_default();
        if antwort.is_unknown() {
            self.stand = Stand::Netz;
            return;
        }
        let vorgaben = zulieferung.formular.import(&json["vorgaben"]);
        let Some(vorgaben) = vorgaben.ok().filter(|_| antwort.is_ok()) else {
            // A link that does not open is of no use.
            browser::remove_session(LINK_KEY);
            let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
            self.stand = Stand::Zu { typ: text("type"), satz: text("detail") };
            return;
        };
        let zahl = |name: &str, sonst: u64| json["grenzen"][name].as_u64().unwrap_or(sonst);
        self.grenzen = Some(Grenzen {
            datei_mb: zahl("dateiMb", 10),
            dateien: zahl("dateien", 5),
            summe_mb: zahl("summeMb", 10),
        });
        self.configure(ctx);
        self.stand = Stand::Offen(Rc::new(Auftrag {
            zulieferung,
            id: id.to_owned(),
            geheimnis: geheimnis.to_owned(),
            person: json["person"].as_str().unwrap_or_default().to_owned(),
            vorgaben,
            daten: zulieferung.formular.import(&json["daten"]).ok(),
        }));
    }

    /// The town's settings with the limits of the part.
    fn configure(&mut self, ctx: &Context<Zugang>) {
        let mut konfiguration = (*ctx.props().umgebung.konfiguration).clone();
        if let Some(grenzen) = self.grenzen {
            konfiguration.grenzen = grenzen;
        }
        konfiguration.antraege = None;
        if konfiguration != *self.konfiguration {
            self.konfiguration = Rc::new(konfiguration);
        }
    }

    /// The receipt.
    fn receipt(&self, ctx: &Context<Zugang>, quittung: &Value) -> Html {
        let props = ctx.props();
        let formular = props.zulieferung.0.formular;
        let Umgebung { texte, konfiguration, .. } = &props.umgebung;
        let text = |name: &str| quittung[name].as_str().unwrap_or_default().to_owned();
        let zeit = browser::local_time(&text("bestaetigtAm"), texte.sprache());
        let danach = formular.danach.join("\n");
        let danach: Vec<&str> = texte.antrag(formular.id, "danach", &danach).lines().collect();
        let hinweise: Vec<String> = quittung["hinweise"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it["text"].as_str().map(str::to_owned))
            .collect();
        let hinweise: Vec<&str> = hinweise.iter().map(String::as_str).collect();
        let pdf = ctx.link().callback(|_: MouseEvent| Msg::Pdf);
        let print = Callback::from(|_: MouseEvent| browser::print());
        let zeilen = [
            (texte::AG_PERSON, text("person")),
            (texte::BEHOERDE, konfiguration.behoerde.name.clone()),
            (texte::AG_BESTAETIGT_AM, zeit),
            (texte::PRUEFSUMME, text("pruefsumme")),
        ];
        let zeilen: Html = zeilen
            .into_iter()
            .filter(|(_, wert)| !wert.is_empty())
            .map(|(label, wert)| eigenschaft(texte.get(label).into(), wert.into()))
            .collect();
        let mut teile = vec![
            haupttitel("kern-heading-large", texte.get(texte::AG_FERTIG)),
            html! {
                <dl class="quittung"><div>
                    <dt class="kern-label">{ texte.get(texte::AG_NUMMER) }</dt>
                    <dd class="quittung__nummer" id="nummer">{ text("nummer") }</dd>
                </div></dl>
            },
            absatz_mit("kern-body kern-body--bold", texte.get(texte::AG_FERTIG_TEXT)),
            block(
                "knopfzeile nicht-drucken",
                vec![
                    knopf("primary", "download", texte.get(texte::PDF), pdf),
                    knopf("secondary", "", texte.get(texte::DRUCKEN), print),
                ],
            ),
        ];
        if self.pdf_fehler {
            let titel = texte.get(texte::PDF_FEHLER);
            teile.push(meldung(Meldungsart::Fehler, "pdf-fehler", titel, Html::default()));
        }
        if !hinweise.is_empty() {
            let titel = texte.get(texte::ABSENDEN_HINWEISE);
            teile.push(meldung(Meldungsart::Warnung, "", titel, liste(false, &hinweise)));
        }
        teile.push(abschnitt(texte.get(texte::FERTIG_DANACH), liste(true, &danach)));
        teile.push(abschnitt(
            texte.get(texte::FERTIG_DATEN),
            html! { <dl class="kern-description-list">{ zeilen }</dl> },
        ));
        block("schmal felder", teile)
    }
}

/// The receipt that is kept until the tab is closed.
fn quittung(zulieferung: &Zulieferung) -> Option<Value> {
    json::parse(&browser::load_session(&quittung_key(zulieferung.formular.id))?)
}

/// A page that says why there is nothing to fill in.
fn shut(texte: &Texte, titel: Uitext, text: &str, nochmal: Option<Callback<MouseEvent>>) -> Html {
    let mut teile = vec![haupttitel("kern-heading-large", texte.get(titel)), absatz(text)];
    teile.push(match nochmal {
        Some(nochmal) => {
            block("", vec![knopf("primary", "", texte.get(texte::AG_NOCHMAL), nochmal)])
        }
        None => knopflink("secondary", "/hilfe", texte.get(texte::HILFE)),
    });
    block("schmal felder", teile)
}
