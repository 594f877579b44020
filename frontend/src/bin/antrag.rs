//! The applicants' program.

fn main() {
    frontend::browser::report_panics();
    yew::Renderer::<frontend::antrag::App>::new().render();
}
