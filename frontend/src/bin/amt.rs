//! The caseworkers' program.

fn main() {
    frontend::browser::report_panics();
    yew::Renderer::<frontend::amt::App>::new().render();
}
