//! All answers before they are sent, each page with the way back to it.

use shared::{
    angaben::Herkunft,
    befund::Ort,
    formular::{Inhalt, Seitenart},
    zusammenfassung::{Teil, Zeile, seitentitel, zusammenfassung},
};
use yew::{Context, prelude::*};

use super::fragebogen::Fragebogen;
use crate::{
    adresse::{Seitenziel, Ziel},
    komponenten::{Meldungsart, eigenschaft, icon, liste, meldung},
    texte::{self},
};

impl Fragebogen {
    /// The answers of all pages, and what the Behörde will be told about them.
    pub(super) fn antworten(&self, ctx: &Context<Fragebogen>) -> Html {
        let props = ctx.props();
        let (formular, texte) = (props.formular, &props.texte);
        let heute = props.konfiguration.heute;
        let verlauf = self.verlauf(ctx);
        let asked = &verlauf.asked;
        let mut fertig = zusammenfassung(formular, asked, heute, texte);
        let mut teile: Vec<Teil> = Vec::new();
        for ort in &formular.seiten(asked, props.konfiguration.heute) {
            if ort.seite.art == Seitenart::Zusammenfassung {
                continue;
            }
            let own = Ort { seite: ort.seite.id, praefix: ort.praefix.clone() };
            if let Some(at) = fertig.iter().position(|it| it.ort == own) {
                teile.push(fertig.swap_remove(at));
            }
            if ort.seite.inhalt.iter().any(|it| matches!(it, Inhalt::Nachweise(_))) {
                let zeile = |(label, was): (String, Vec<String>)| Zeile {
                    pfad: String::new(),
                    eintrag: String::new(),
                    label,
                    antwort: was.join("\n"),
                };
                teile.push(Teil {
                    titel: seitentitel(ort.seite, texte).to_owned(),
                    schritt: texte
                        .von(&format!("schritt.{}", ort.schritt.id), ort.schritt.titel)
                        .to_owned(),
                    ort: own,
                    herkunft: Herkunft::Eingabe,
                    zeilen: self.proofs(ctx).into_iter().map(zeile).collect(),
                });
            }
        }
        let mut schritt = String::new();
        let gruppen = teile.iter().map(|teil| {
            let is_new = teil.schritt != schritt;
            schritt.clone_from(&teil.schritt);
            html! {
                <>
                    if is_new {
                        <h2 class="kern-heading-medium zusammenfassung__schritt">{ &teil.schritt }</h2>
                    }
                    { self.teil(ctx, teil) }
                </>
            }
        });
        let gruppen: Html = gruppen.collect();
        let hinweise: Vec<String> = self
            .own_befunde(ctx)
            .iter()
            .filter(|it| !it.is_sperre())
            .map(|it| it.text(texte))
            .collect();
        let hinweise: Vec<&str> = hinweise.iter().map(String::as_str).collect();
        html! {
            <>
                <div class="zusammenfassung">{ gruppen }</div>
                if !hinweise.is_empty() {
                    { meldung(Meldungsart::Warnung, "", texte.get(texte::ABSENDEN_HINWEISE), liste(false, &hinweise)) }
                }
            </>
        }
    }

    fn teil(&self, ctx: &Context<Fragebogen>, teil: &Teil) -> Html {
        let texte = &ctx.props().texte;
        let ziel = Seitenziel {
            seite: teil.ort.seite.to_owned(),
            praefix: teil.ort.praefix.clone(),
            aendern: true,
            anker: String::new(),
        };
        let mut eintrag = "";
        let zeilen = teil.zeilen.iter().map(|zeile| {
            let is_new = zeile.eintrag != eintrag;
            eintrag = &zeile.eintrag;
            let antwort = match zeile.antwort.as_str() {
                "" => {
                    let text = texte.get(texte::KEINE_ANGABE);
                    html! { <span class="kern-body--muted">{ text }</span> }
                }
                antwort => {
                    let zeilen = antwort
                        .lines()
                        .map(|it| html! { <span class="antwortzeile">{ it }</span> });
                    html! { <>{ for zeilen }</> }
                }
            };
            let is_uebernommen = self.entwurf.uebernommen.get(&zeile.pfad).is_some_and(|it| {
                // What was changed since is an answer of its own.
                self.entwurf.angaben.typed(&zeile.pfad) == it
            });
            let antwort = match is_uebernommen {
                true => html! {
                    <>{ antwort }<span class="kern-body--small kern-body--muted antwortzeile">{ texte.get(texte::UEBERNOMMEN_KURZ) }</span></>
                },
                false => antwort,
            };
            let label = match is_new && !eintrag.is_empty() {
                true => html! { <><span class="eintrag">{ eintrag }</span>{ &zeile.label }</> },
                false => html! { &zeile.label },
            };
            eigenschaft(label, antwort)
        });
        let zeilen: Html = zeilen.collect();
        html! {
            <section class="kern-summary">
                <div class="kern-summary__header teil__kopf">
                    <h3 class="kern-title kern-summary__title-wrapper">{ &teil.titel }</h3>
                    if teil.herkunft == Herkunft::Eingabe {
                        <a class="kern-link kern-link--no-visited-state kern-summary__actions" href={self.adresse(ctx, Ziel::Seite(ziel)).to_string()}>
                            { icon("edit") }{ texte.get(texte::AENDERN) }
                            <span class="kern-sr-only">{ format!(": {}", teil.titel) }</span>
                        </a>
                    } else {
                        <span class="kern-body kern-body--small kern-body--muted">{ texte.get(texte::LINK_HERKUNFT) }</span>
                    }
                </div>
                <div class="kern-summary__body"><dl class="kern-description-list">{ zeilen }</dl></div>
            </section>
        }
    }
}
