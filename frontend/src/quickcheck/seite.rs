//! A question of the Quick-Check on its page.

use std::collections::BTreeMap;

use shared::antraege::quickcheck::QUICKCHECK;
use yew::{Context, prelude::*};

use super::{LOESCHEN, Msg, Quickcheck};
use crate::{
    adresse::{Adresse, Checkziel},
    antrag::{
        Uploads,
        blatt::{Blatt, is_single_question},
        pruefen,
    },
    app::Umgebung,
    komponenten::{
        LISTEN, Meldungsart, absatz, absatz_mit, block, dialog, error_summary, fehlertitel, folge,
        fortschritt, haupttitel, icon, knopf, knopflink, weg,
    },
    texte::{self, Texte},
};

impl Quickcheck {
    pub(super) fn view_seite(&self, ctx: &Context<Quickcheck>) -> Html {
        let Umgebung { texte, konfiguration, .. } = &ctx.props().umgebung;
        let Some((at, ort)) = self.seitenort(ctx) else { return self.view_fehlt(ctx) };
        let asked = self.asked(ctx);
        let is_titel = is_single_question(ort.seite.inhalt);
        let titel = pruefen::page_title(&ort, texte);
        // Each change is drawn at once.
        let getippt = BTreeMap::new();
        let blatt = Blatt {
            formular: &QUICKCHECK,
            angaben: &self.angaben,
            asked: &asked,
            getippt: &getippt,
            konfiguration,
            texte,
            fehler: &self.fehler,
            autocomplete: false,
            titel: &titel,
            is_titel,
            groessen: &BTreeMap::new(),
            uploads: &Uploads::default(),
            geloescht: self.geloescht.as_ref(),
            uebernommen: &BTreeMap::new(),
            on_change: &self.on_change,
            on_handlung: &self.on_handlung,
        };
        let mut teile = Vec::new();
        if !self.fehler.is_empty() {
            let zeilen = pruefen::error_lines(&self.fehler, texte);
            let fehler = fehlertitel(zeilen.len(), texte);
            teile.push(error_summary(Meldungsart::Fehler, &fehler, "", &zeilen));
        }
        if !is_titel {
            teile.push(haupttitel("kern-heading-large", &titel));
        }
        teile.push(blatt.inhalt(ort.seite.inhalt, &ort.praefix, 2));
        let weiter = html! {
            <button type="submit" class="kern-btn kern-btn--primary" id="weiter">
                <span class="kern-label">{ texte.get(texte::WEITER) }</span>
                { icon("arrow-forward") }
            </button>
        };
        teile.push(block("knopfzeile", vec![weiter]));
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Weiter
        });
        html! {
            <div class="schmal">
                { self.wegweiser(ctx, at) }
                <form class="felder" key={ort.seite.id} novalidate={true} {onsubmit}>{ for teile }</form>
                <form id={LISTEN} hidden={true} />
                { self.schluss(ctx) }
            </div>
        }
    }

    /// The way back, and how far one is.
    fn wegweiser(&self, ctx: &Context<Quickcheck>, at: usize) -> Html {
        let texte = &ctx.props().umgebung.texte;
        let seiten = self.seiten(ctx);
        let is_aendern = matches!(ctx.props().ziel, Checkziel::Seite { aendern: true, .. });
        let before = match at.checked_sub(1).and_then(|it| seiten.get(it)) {
            _ if is_aendern && self.open_page(ctx).is_none() => Checkziel::Ergebnis,
            Some(it) => Checkziel::seite(it.seite.id),
            None => Checkziel::Einstieg,
        };
        let (nr, alle) = (at + 1, seiten.len());
        let label = texte
            .fill(texte::QC_FRAGE_VON, &[("nr", &nr.to_string()), ("alle", &alle.to_string())]);
        let zurueck = texte.get(texte::ZURUECK);
        let stand = fortschritt("fortschritt".to_owned(), &label, nr, alle);
        html! {
            <>
                <nav class="wegweiser" aria-label={zurueck.to_owned()}>
                    { weg(Adresse::Check(before).to_string(), "arrow-back", zurueck) }
                </nav>
                { block("fortschritt", vec![stand]) }
            </>
        }
    }

    /// What happens to the answers, and how to be rid of them.
    pub(super) fn schluss(&self, ctx: &Context<Quickcheck>) -> Html {
        let texte = &ctx.props().umgebung.texte;
        let link = ctx.link();
        let loeschen = link.callback(|_| Msg::Dialog(Some(LOESCHEN)));
        let mut teile = vec![
            absatz_mit(
                "kern-body kern-body--small kern-body--muted",
                texte.get(texte::QC_NUR_HIER),
            ),
            block(
                "qc-schluss__knopf",
                vec![knopf("tertiary", "delete", texte.get(texte::QC_LOESCHEN), loeschen)],
            ),
        ];
        if let Some(it) = self.dialog {
            let close = link.callback(|()| Msg::Dialog(None));
            teile.push(dialog(it, texte, link.callback(|_| Msg::Loeschen), close));
        }
        block("qc-schluss nicht-drucken", teile)
    }

    /// The page is not asked with these answers.
    fn view_fehlt(&self, ctx: &Context<Quickcheck>) -> Html {
        let texte = &ctx.props().umgebung.texte;
        let ziel = match self.open_page(ctx) {
            Some(seite) => Checkziel::seite(seite),
            None => Checkziel::Ergebnis,
        };
        let teile = vec![
            haupttitel("kern-heading-large", texte.get(texte::FEHLT_SEITE)),
            absatz(texte.get(texte::QC_FEHLT_TEXT)),
            knopflink("primary", Adresse::Check(ziel).to_string(), texte.get(texte::WEITER)),
        ];
        folge(vec![block("schmal felder", teile)])
    }

    /// Some questions are still open.
    pub(super) fn view_offen(&self, ctx: &Context<Quickcheck>, seite: &str) -> Html {
        let texte = &ctx.props().umgebung.texte;
        let ziel = Adresse::Check(Checkziel::seite(seite)).to_string();
        let is_leer = self.angaben.is_empty();
        let teile = vec![
            haupttitel("kern-heading-large", texte.get(texte::QC_ERGEBNIS)),
            absatz(texte.get(if is_leer {
                texte::QC_KEINE_ANTWORTEN
            } else {
                texte::QC_UNVOLLSTAENDIG
            })),
            knopflink("primary", ziel, texte.get(texte::QC_FORTSETZEN)),
        ];
        block("schmal felder", teile)
    }
}

/// The title of a form of this Quick-Check, where nothing else names it.
pub(super) fn titel(texte: &Texte) -> &str {
    texte.antrag(QUICKCHECK.id, "titel", QUICKCHECK.titel)
}
