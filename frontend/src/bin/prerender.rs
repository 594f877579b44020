//! Prints what stands on a page before its program runs: `prerender start|seite|amt`.

use std::{process::ExitCode, rc::Rc};

use frontend::{
    antrag::{Vorschau, Vorschauprops},
    konfiguration::Konfiguration,
};
use shared::werte::Datum;
use yew::LocalServerRenderer;

fn main() -> ExitCode {
    let page = std::env::args().nth(1).unwrap_or_default();
    let is_start = match page.as_str() {
        "start" => true,
        "seite" => false,
        // The caseworkers' page shows nothing before it knows who is there.
        "amt" => return ExitCode::SUCCESS,
        _ => {
            eprintln!("prerender: `{page}` is not a page; it can be start, seite or amt");
            return ExitCode::FAILURE;
        }
    };
    // No date stands on these pages.
    let konfiguration = Rc::new(Konfiguration::new(const { Datum::new(2026, 1, 1) }));
    let props = Vorschauprops { konfiguration, is_start };
    let renderer = LocalServerRenderer::<Vorschau>::with_props(props).hydratable(false);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let html = runtime
        .expect("a runtime on one thread needs nothing")
        .block_on(tokio::task::LocalSet::new().run_until(renderer.render()));
    println!("{html}");
    ExitCode::SUCCESS
}
