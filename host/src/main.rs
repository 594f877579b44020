//! The embedded host: runs the portal's Spin components, unchanged, from the same `spin.toml`.
//!
//! It is for development, for tests and for one small office. Where more is needed, the components run on Spin: this
//! host offers only the interfaces they use, one database file, and HTTP/1.1 without TLS (put a proxy before it).

mod args;
mod bindings;
mod cache;
mod limits;
mod log;
mod manifest;
mod outbound;
mod problem;
mod routes;
mod serve;
mod sqlite;
mod tick;
mod tls;
mod variables;

use std::{io::Write as _, process::ExitCode, sync::Arc, thread, time::Duration};

use anyhow::Context as _;
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    signal::unix::{SignalKind, signal},
    sync::Semaphore,
    task::JoinSet,
};

use crate::{
    args::{Args, Command},
    manifest::Manifest,
    serve::{Application, Folders},
    tls::Trust,
    variables::Variables,
};

/// Open connections of clients.
const CONNECTIONS_MAX: usize = 1024;
/// A client must send the head of its next request within this time.
const HEAD_TIME: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    let args = match Args::parse(std::env::args_os()) {
        Ok(Command::Serve(args)) => args,
        Ok(Command::Help) => {
            print!("{}", args::HELP);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("host: {error:#}\nSee `host --help`.");
            return ExitCode::from(2);
        }
    };
    match start(*args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::event(log::Level::Error, "stopped", &format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn start(args: Args) -> anyhow::Result<()> {
    std::panic::set_hook(Box::new(|panic| {
        log::event(log::Level::Error, "panic", &panic.to_string());
    }));
    let manifest = Manifest::read(&args.manifest)?;
    let variables = Variables::resolve(&manifest, &args.variables)?;
    let engine = serve::engine(&args.limits, manifest.component.len())?;
    let trust = Trust::read(args.ca_file.as_deref(), args.runtime_config.as_deref())?;
    let folders = Folders { data: args.data.clone(), cache: args.cache.clone() };
    let application =
        Application::load(&engine, &manifest, &variables, &folders, &trust, args.limits)?;
    let loaded = format!("{} {}", manifest.application.name, manifest.application.version);
    log::event(log::Level::Info, "loaded", loaded.trim_end());
    let secret = match args.ticks.is_empty() {
        true => String::new(),
        false => secret(&variables)?,
    };
    let ticking = engine.clone();
    thread::Builder::new().name("epochs".to_owned()).spawn(move || {
        loop {
            thread::sleep(serve::EPOCH);
            ticking.increment_epoch();
        }
    })?;
    // One more than there are cores: a writer that waits for the disk holds one up, see `sqlite`.
    let threads = thread::available_parallelism().map_or(2, usize::from).max(2) + 1;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()?;
    let result = runtime.block_on(serve(args, Arc::new(application), secret));
    // Blocking threads may still be in SQLite for a moment.
    runtime.shutdown_timeout(Duration::from_secs(2));
    result
}

fn secret(variables: &Variables) -> anyhow::Result<String> {
    let secret = variables.get(tick::SECRET).unwrap_or_default();
    anyhow::ensure!(!secret.is_empty(), "--tick needs the variable `{}`", tick::SECRET);
    anyhow::ensure!(
        secret.bytes().all(|byte| byte.is_ascii_graphic()),
        "the variable `{}` has characters that a header cannot have",
        tick::SECRET
    );
    Ok(secret.to_owned())
}

async fn serve(args: Args, application: Arc<Application>, secret: String) -> anyhow::Result<()> {
    let listener = TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("failed to listen on {}", args.listen))?;
    let listen = listener.local_addr()?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut ticks = JoinSet::new();
    for tick in args.ticks {
        ticks.spawn(tick::run(tick, Arc::clone(&application), listen, secret.clone()));
    }
    println!("ready http://{listen}");
    std::io::stdout().flush()?;
    log::event(log::Level::Info, "ready", &format!("http://{listen}"));

    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            _ = terminate.recv() => break,
            _ = interrupt.recv() => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            Err(error) => {
                // For example too many open files: others may be closed soon.
                log::event(log::Level::Error, "accept-failed", &error.to_string());
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(connection) = connection(stream, Arc::clone(&application)) else { continue };
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            // An error here is a client that went away, or an answer that broke off and is in the log.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    log::event(log::Level::Info, "stopping", "requests under way are finished");
    ticks.shutdown().await;
    tokio::select! {
        () = connections.shutdown() => log::event(log::Level::Info, "stopped", "all requests are finished"),
        () = tokio::time::sleep(args.grace) => {
            log::event(log::Level::Warn, "stopped", "requests under way were broken off");
        }
        _ = terminate.recv() => log::event(log::Level::Warn, "stopped", "second signal"),
        _ = interrupt.recv() => log::event(log::Level::Warn, "stopped", "second signal"),
    }
    Ok(())
}

type Connection<S> = http1::Connection<TokioIo<TcpStream>, S>;

fn connection(
    stream: TcpStream,
    application: Arc<Application>,
) -> std::io::Result<
    Connection<
        impl hyper::service::HttpService<
            hyper::body::Incoming,
            ResBody = serve::Answer,
            Future: Send,
            Error = std::convert::Infallible,
        >,
    >,
> {
    stream.set_nodelay(true)?;
    let client = stream.peer_addr()?;
    let service = service_fn(move |request| {
        let application = Arc::clone(&application);
        async move { Ok::<_, std::convert::Infallible>(application.answer(request, client).await) }
    });
    Ok(http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .serve_connection(TokioIo::new(stream), service))
}
