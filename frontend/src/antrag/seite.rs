//! A page of questions.

use shared::formular::{Seitenart, Seitenort};
use yew::{Context, prelude::*};

use super::{
    blatt::{Blatt, is_single_question},
    fortschritt as stand,
    fragebogen::{Fragebogen, Msg, Versand},
    pruefen,
};
use crate::{
    adresse::{Adresse, Auskunft, Seitenziel, Ziel},
    komponenten::{
        LISTEN, Meldungsart, absatz, absatz_mit, block, error_summary, fehlertitel, folge,
        fortschritt, haupttitel, icon, knopflink, link, meldung, weg,
    },
    texte::{self},
};

impl Fragebogen {
    pub(super) fn view_seite(&self, ctx: &Context<Fragebogen>, ziel: &Seitenziel) -> Html {
        let props = ctx.props();
        let texte = &props.texte;
        let Some(ort) = self.seitenort(ctx, ziel) else { return self.view_fehlt(ctx) };
        let verlauf = self.verlauf(ctx);
        let is_titel = is_single_question(ort.seite.inhalt);
        let titel = pruefen::page_title(&ort, texte);
        let blatt = Blatt {
            formular: props.formular,
            titel: &titel,
            angaben: &self.entwurf.angaben,
            asked: &verlauf.asked,
            getippt: &self.getippt,
            konfiguration: &props.konfiguration,
            texte,
            fehler: &self.fehler,
            autocomplete: !ort.seite.ueber_andere,
            is_titel,
            groessen: &self.entwurf.groessen,
            uploads: &self.uploads,
            geloescht: self.geloescht.as_ref(),
            on_change: &self.on_change,
            uebernommen: &self.entwurf.uebernommen,
            on_handlung: &self.on_handlung,
        };
        let is_zusammenfassung = ort.seite.art == Seitenart::Zusammenfassung;
        let einleitung = match ort.seite.einleitung {
            "" => "",
            it => texte.von(&format!("seite.{}.einleitung", ort.seite.id), it),
        };
        let onsubmit = ctx.link().callback(|event: SubmitEvent| {
            event.prevent_default();
            Msg::Weiter
        });
        let mut teile = vec![self.meldung(ctx)];
        if !is_titel {
            teile.push(haupttitel("kern-heading-large", &titel));
        }
        if !einleitung.is_empty() {
            teile.push(absatz(einleitung));
        }
        if is_zusammenfassung {
            teile.push(self.antworten(ctx));
            let ziel = Adresse::Auskunft(Auskunft::Datenschutz).to_string();
            teile.push(block("", vec![link(ziel, texte.get(texte::DS_LINK))]));
        }
        teile.push(blatt.inhalt(ort.seite.inhalt, &ort.praefix, 2));
        if ort.seite.art == Seitenart::Zulieferung {
            teile.push(self.view_link(ctx));
        }
        teile.push(self.knoepfe(ctx, &ort, ziel.aendern));
        let class = if is_zusammenfassung { "breit" } else { "schmal" };
        html! {
            <div {class}>
                { self.wegweiser(ctx, &ort, ziel) }
                <form class="felder" novalidate={true} {onsubmit}>{ for teile }</form>
                <form id={LISTEN} hidden={true} />
            </div>
        }
    }

    /// The way back, and how far one is.
    fn wegweiser(&self, ctx: &Context<Fragebogen>, ort: &Seitenort, ziel: &Seitenziel) -> Html {
        let props = ctx.props();
        let texte = &props.texte;
        let verlauf = self.verlauf(ctx);
        let seiten = &verlauf.seiten;
        let at = verlauf.position(ort.seite.id, &ort.praefix);
        let before = match ziel.aendern {
            true => seiten.iter().find(|it| it.seite.art == Seitenart::Zusammenfassung),
            false => at.and_then(|it| it.checked_sub(1)).and_then(|it| seiten.get(it)),
        };
        let back = before.map_or(Ziel::Aufgaben, |it| {
            Ziel::Seite(Seitenziel {
                seite: it.seite.id.to_owned(),
                praefix: it.praefix.clone(),
                ..Seitenziel::default()
            })
        });
        let aufgaben = stand::aufgaben(seiten, &self.entwurf, &verlauf.asked, &[]);
        let nr = aufgaben
            .iter()
            .position(|it| std::ptr::eq(it.schritt, ort.schritt) && it.praefix == ort.praefix)
            .map_or(0, |it| it + 1);
        let titel = texte.von(&format!("schritt.{}", ort.schritt.id), ort.schritt.titel);
        let person = match ort.abschnitt.je {
            Some(_) => self.abschnitt_titel(ctx, ort.abschnitt, &ort.praefix, &verlauf.asked),
            None => String::new(),
        };
        let titel =
            if person.is_empty() { titel.to_owned() } else { format!("{titel} ({person})") };
        let schritt = texte.fill(
            texte::SCHRITT_VON,
            &[("nr", &nr.to_string()), ("alle", &aufgaben.len().to_string()), ("titel", &titel)],
        );
        let uebersicht = self.adresse(ctx, Ziel::Aufgaben).to_string();
        let zurueck = texte.get(texte::ZURUECK);
        let stand = fortschritt("fortschritt".to_owned(), &schritt, nr, aufgaben.len());
        html! {
            <>
                <nav class="wegweiser" aria-label={zurueck.to_owned()}>
                    { weg(self.adresse(ctx, back).to_string(), "arrow-back", zurueck) }
                    { weg(uebersicht, "checklist", texte.get(texte::UEBERSICHT)) }
                </nav>
                { block("fortschritt", vec![stand]) }
            </>
        }
    }

    /// What was found when somebody wanted to go on.
    fn meldung(&self, ctx: &Context<Fragebogen>) -> Html {
        let texte = &ctx.props().texte;
        let is_sperre =
            !self.meldungen.is_empty() || self.fehler.iter().any(|it| it.befund.is_sperre());
        if self.fehler.is_empty() && !is_sperre {
            return Html::default();
        }
        // Warnings wait until all errors are gone.
        let fehler = self.fehler.iter().filter(|it| it.befund.is_sperre() == is_sperre);
        let mut zeilen = pruefen::error_lines(fehler, texte);
        zeilen.extend(self.meldungen.iter().cloned());
        match (is_sperre, zeilen.len()) {
            (false, _) => error_summary(
                Meldungsart::Warnung,
                texte.get(texte::WARNUNG),
                texte.get(texte::WARNUNG_TEXT),
                &zeilen,
            ),
            (true, anzahl) => {
                error_summary(Meldungsart::Fehler, &fehlertitel(anzahl, texte), "", &zeilen)
            }
        }
    }

    fn knoepfe(&self, ctx: &Context<Fragebogen>, ort: &Seitenort, is_aendern: bool) -> Html {
        let texte = &ctx.props().texte;
        let rest = self.bedenkzeit(ctx).map(|sekunden| {
            texte.fill(texte::BEDENKZEIT_REST, &[("sekunden", &sekunden.to_string())])
        });
        let is_zusammenfassung = ort.seite.art == Seitenart::Zusammenfassung;
        let is_sendend = self.versand == Versand::Sendet;
        let text = match () {
            () if is_zusammenfassung && self.entwurf.sendung.is_some() => texte::NOCH_EINMAL,
            () if is_zusammenfassung && ctx.props().auftrag.is_some() => texte::AG_SENDEN,
            () if is_zusammenfassung => texte::ABSENDEN,
            () if is_aendern => texte::SPEICHERN,
            () => texte::WEITER,
        };
        let is_disabled = rest.is_some() || is_sendend;
        let describedby = rest.is_some().then_some("bedenkzeit");
        let bedenkzeit = rest.map_or_else(Html::default, |rest| {
            html! { <p class="kern-body" id="bedenkzeit">{ rest }</p> }
        });
        let (versand, pfeil) = match is_zusammenfassung {
            true => (self.versand(ctx), Html::default()),
            false => (Html::default(), icon("arrow-forward")),
        };
        let weiter = html! {
            <button type="submit" class="kern-btn kern-btn--primary" id="weiter" aria-disabled={is_disabled.then_some("true")}
                aria-describedby={describedby}>
                <span class="kern-label">{ texte.get(text) }</span>
                { pfeil }
            </button>
        };
        folge(vec![
            versand,
            block("knopfzeile", vec![weiter, bedenkzeit]),
            absatz_mit(
                "kern-body kern-body--small kern-body--muted nicht-drucken",
                texte.get(texte::GESPEICHERT),
            ),
        ])
    }

    /// How far sending is.
    fn versand(&self, ctx: &Context<Fragebogen>) -> Html {
        let texte = &ctx.props().texte;
        match &self.versand {
            Versand::Sendet => html! {
                <div class="sendet">
                    <div class="kern-loader kern-loader--visible" />
                    <p class="kern-body">{ texte.get(texte::SENDET) }</p>
                </div>
            },
            Versand::Abgelehnt(text) => {
                let text = if text.is_empty() { texte.get(texte::ABGELEHNT_TEXT) } else { text };
                let titel = texte.get(texte::ABGELEHNT_TITEL);
                meldung(Meldungsart::Fehler, "versand", titel, absatz(text))
            }
            Versand::Ruht if self.entwurf.sendung.is_some() => {
                let titel = texte.get(texte::UNKLAR_TITEL);
                meldung(
                    Meldungsart::Warnung,
                    "versand",
                    titel,
                    absatz(texte.get(texte::UNKLAR_TEXT)),
                )
            }
            Versand::Ruht => Html::default(),
        }
    }

    /// The page is not asked with these answers.
    fn view_fehlt(&self, ctx: &Context<Fragebogen>) -> Html {
        let texte = &ctx.props().texte;
        let uebersicht = self.adresse(ctx, Ziel::Aufgaben).to_string();
        let teile = vec![
            haupttitel("kern-heading-large", texte.get(texte::FEHLT_SEITE)),
            absatz(texte.get(texte::FEHLT_SEITE_TEXT)),
            knopflink("primary", uebersicht, texte.get(texte::UEBERSICHT)),
        ];
        block("schmal felder", teile)
    }
}
