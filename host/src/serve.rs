//! From a request to its component and back.
//!
//! Components answer `wasi:http` 0.3 through wasmtime's `ProxyHandler`, which keeps instances for further requests.
//! An interface that a component imports and that this host does not have (`spin:key-value`, `spin:postgres`, …)
//! traps when it is called, and the log says which it was.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    future::Future,
    net::SocketAddr,
    path::PathBuf,
    pin::Pin,
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    task::{Context, Poll},
    thread,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use bytes::{Bytes, BytesMut};
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, header,
};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt as _;
use tokio::{sync::OwnedSemaphorePermit, time::Sleep};
use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store,
    StoreContextMut, StoreLimits,
    component::{
        Component as WasmComponent, GuestTaskId, HasData, Linker, ResourceTable, ResourceType,
        types::ComponentItem,
    },
};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView, sockets::SocketAddrUse};
use wasmtime_wasi_http::{
    Error, WasiBody, WasiHttpCtx, WasiHttpCtxView, WasiHttpView,
    handler::{
        ExpirationError, HandlerState, Instance, InstantiationError, ProxyHandler, ProxyPre,
        ShouldAccept, TrapOrPanicError, WorkerExpiration, WorkerState, WorkerStatus,
    },
    p3::bindings::ServicePre,
};

use crate::{
    bindings::spin,
    cache,
    limits::{Limits, Places, Received, Refusal},
    log,
    manifest::Manifest,
    outbound::{AllowedHosts, Client, Hooks},
    problem,
    routes::{Match, Router},
    sqlite::Database,
    tls::Trust,
    variables::{ComponentVariables, Variables},
};

/// Path that answers when the host is up, as in Spin.
const HEALTH: &str = "/.well-known/spin/health";
/// Status in the log when the client went away before the answer, as other servers have it.
const CLIENT_GONE: u16 = 499;
/// An instance without work stays so long.
const IDLE: Duration = Duration::from_secs(1);
/// So long an instance may work on, and its answer may be read, after the answer's head.
const AFTER_ANSWER: Duration = Duration::from_secs(300);
/// The time limit is enforced a second time from outside of the instance: so much later.
const SECOND_DEFENCE: Duration = Duration::from_millis(200);
/// Epochs are this long: a busy component lets others work after each.
pub const EPOCH: Duration = Duration::from_millis(10);
/// An answer that is whole by then, and not larger, is sent in one piece with its length.
const GATHER_TIME: Duration = Duration::from_millis(20);
const GATHER_MAX: usize = 1 << 20;

/// An application that is ready to answer.
pub struct Application {
    router: Router,
    components: HashMap<String, Component>,
    limits: Limits,
    places: Places,
    ids: RequestIds,
}

/// A request that a component works on.
struct Running {
    id: Arc<str>,
    /// Whether its instance ended in failure. wasmtime ends the body of the answer then as if it were whole.
    is_broken: AtomicBool,
    /// Kept until the component is done, also when nobody waits for the answer any more.
    _place: OwnedSemaphorePermit,
}

struct Component {
    name: Arc<str>,
    handler: ProxyHandler<Handler>,
}

/// Where an application keeps its things.
pub struct Folders {
    /// Databases.
    pub data: PathBuf,
    /// Compiled components.
    pub cache: PathBuf,
}

impl Application {
    /// Loads all components and opens the database.
    pub fn load(
        engine: &Engine,
        manifest: &Manifest,
        variables: &Variables,
        folders: &Folders,
        trust: &Trust,
        limits: Limits,
    ) -> anyhow::Result<Application> {
        trust.check_components(|name| manifest.component.contains_key(name))?;
        let routes = manifest.trigger.http.iter().map(|t| (t.route.as_str(), t.component.as_str()));
        let router = Router::new(routes)?;
        let needs_database = manifest.component.values().any(|c| !c.sqlite_databases.is_empty());
        let database = match needs_database {
            true => Some(Database::open(&folders.data.join("portal.db"))?),
            false => None,
        };
        let linker = linker(engine)?;
        let mut components = HashMap::new();
        for (name, declared) in &manifest.component {
            let context = || format!("in component `{name}`");
            let allowed = AllowedHosts::parse(&declared.allowed_outbound_hosts, variables)
                .with_context(context)?;
            let app = App {
                name: name.as_str().into(),
                variables: variables.of_component(name, &declared.variables)?,
                environment: declared.environment.clone(),
                databases: declared.sqlite_databases.clone(),
                database: database.clone(),
                allowed: Arc::new(allowed),
                client: Client::new(trust, name).with_context(context)?,
                limits,
            };
            let component = cache::load(engine, &folders.cache, &declared.source)?;
            let mut linker = linker.clone();
            define_others_as_traps(&mut linker, engine, &component)?;
            let pre = linker.instantiate_pre(&component)?;
            let pre = ServicePre::new(pre)
                .map_err(anyhow::Error::from)
                .context("it does not export wasi:http/handler@0.3")
                .with_context(context)?;
            let name = Arc::clone(&app.name);
            let handler =
                Handler { pre: ProxyPre::P3(pre), engine: engine.clone(), app: Arc::new(app) };
            let handler = ProxyHandler::new(handler);
            components.insert(name.to_string(), Component { name, handler });
        }
        Ok(Application {
            router,
            components,
            limits,
            places: Places::new(limits),
            ids: RequestIds::default(),
        })
    }

    /// Answers a request; whatever happens, it is an answer.
    pub async fn answer<B>(&self, request: Request<B>, client: SocketAddr) -> Response<Answer>
    where
        B: Body<Data = Bytes> + Send + Unpin + 'static,
    {
        if request.uri().path() == HEALTH {
            return Response::new(Answer::from("OK"));
        }
        let start = Instant::now();
        let id = self.ids.next();
        let method = request.method().clone();
        let uri = request.uri().clone();
        let path = uri.clone();
        let found = self.router.find(path.path());
        let component = found.as_ref().map(|found| &self.components[&found.route.component]);
        let mut line = RequestLine {
            component: component.map(|component| Arc::clone(&component.name)),
            method,
            uri,
            status: CLIENT_GONE,
            start,
            id: Arc::clone(&id),
        };
        let response = match (found, component) {
            (Some(found), Some(component)) => {
                let result = self.run(component, request, &found, client, &id).await;
                result.unwrap_or_else(problem::response)
            }
            _ => problem::response(StatusCode::NOT_FOUND),
        };
        line.status = response.status().as_u16();
        response
    }

    async fn run<B>(
        &self,
        component: &Component,
        request: Request<B>,
        found: &Match<'_, '_>,
        client: SocketAddr,
        id: &Arc<str>,
    ) -> Result<Response<Answer>, StatusCode>
    where
        B: Body<Data = Bytes> + Send + Unpin + 'static,
    {
        let (mut head, body) = request.into_parts();
        head.uri = prepare_headers(&mut head.headers, &head.uri, found, client)
            .ok_or(StatusCode::BAD_REQUEST)?;
        let received = self.places.receive(body).await.map_err(status_of_refusal)?;
        let body = ReceivedBody(Some(received)).boxed_unsync();
        let place = self.places.take().await.map_err(status_of_refusal)?;
        let start = Instant::now();
        let failed = |error: wasmtime::Error| self.status_of_failure(component, id, start, &error);
        let request = Request::from_parts(head, body);
        let running = Arc::new(Running {
            id: Arc::clone(id),
            is_broken: AtomicBool::new(false),
            _place: place,
        });
        let response =
            component.handler.handle(Arc::clone(&running), request).await.map_err(failed)?;
        let (head, body) = response.into_parts();
        let rest = Rest { body, running };
        let body = Answer::gather(rest).await.map_err(|error| {
            failed(wasmtime::Error::msg(format!("in the answer's body: {error}")))
        })?;
        Ok(Response::from_parts(head, body))
    }

    fn status_of_failure(
        &self,
        component: &Component,
        id: &str,
        start: Instant,
        error: &wasmtime::Error,
    ) -> StatusCode {
        let is_late = self.limits.time <= start.elapsed();
        if error.is::<ExpirationError>() || error.is::<TrapOrPanicError>() && is_late {
            let text = format!("no answer within {} ms", self.limits.time.as_millis());
            log::component(log::Level::Error, "too-late", &component.name, id, &text);
            return StatusCode::GATEWAY_TIMEOUT;
        }
        if error.is::<TrapOrPanicError>() {
            // The trap itself is logged where its instance ends.
            return StatusCode::INTERNAL_SERVER_ERROR;
        }
        if let Some(error) = error.downcast_ref::<InstantiationError<Arc<Running>>>() {
            let text = format!("{:#}", error.error);
            log::component(log::Level::Error, "instance-failed", &component.name, id, &text);
            return StatusCode::SERVICE_UNAVAILABLE;
        }
        log::component(log::Level::Error, "failure", &component.name, id, &format!("{error:#}"));
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

/// The engine all components run on. Its epochs have to be counted up every [`EPOCH`].
pub fn engine(limits: &Limits, components: usize) -> anyhow::Result<Engine> {
    // Instances without work stay for a moment while those of other components start.
    let instances = limits.instances.saturating_mul(u32::try_from(components.max(1))?);
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(instances)
        .total_core_instances(instances.saturating_mul(4))
        .total_memories(instances)
        .total_tables(instances.saturating_mul(4))
        .total_stacks(instances.saturating_mul(2))
        .max_memory_size(limits.memory)
        .linear_memory_keep_resident(1 << 20)
        .table_keep_resident(64 << 10)
        .pagemap_scan(Enabled::Auto);
    let mut config = Config::new();
    config
        .wasm_component_model_async(true)
        .epoch_interruption(true)
        .wasm_backtrace_max_frames(None)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    Ok(Engine::new(&config)?)
}

fn linker(engine: &Engine) -> anyhow::Result<Linker<State>> {
    let mut linker = Linker::new(engine);
    wasmtime_wasi::p2::add_to_linker_async(&mut linker)?;
    wasmtime_wasi::p3::add_to_linker(&mut linker)?;
    wasmtime_wasi_http::p3::add_to_linker(&mut linker)?;
    spin::sqlite::sqlite::add_to_linker::<_, HasState>(&mut linker, |state| state)?;
    spin::variables::variables::add_to_linker::<_, HasState>(&mut linker, |state| state)?;
    Ok(linker)
}

/// Interfaces that [`linker`] has, up to what their versions may differ in.
const OFFERED: [&str; 10] = [
    "spin:sqlite/sqlite@3.",
    "spin:variables/variables@3.",
    "wasi:cli/",
    "wasi:clocks/",
    "wasi:filesystem/",
    "wasi:http/client@0.3.",
    "wasi:http/types@0.3.",
    "wasi:io/",
    "wasi:random/",
    "wasi:sockets/",
];

/// Lets a component start that imports more than there is: a call of that traps and says what was called.
fn define_others_as_traps(
    linker: &mut Linker<State>,
    engine: &Engine,
    component: &WasmComponent,
) -> wasmtime::Result<()> {
    for (interface, import) in component.component_type().imports(engine) {
        let ComponentItem::ComponentInstance(instance) = import.ty else { continue };
        if OFFERED.iter().any(|offered| interface.starts_with(offered)) {
            continue;
        }
        let mut linker = linker.instance(interface)?;
        for (name, export) in instance.exports(engine) {
            match export.ty {
                ComponentItem::ComponentFunc(function) => {
                    let text = format!("`{interface}#{name}` is not offered by this host");
                    if function.async_() {
                        linker.func_new_concurrent(name, move |_, _, _, _| {
                            let error = wasmtime::Error::msg(text.clone());
                            Box::pin(std::future::ready(Err(error)))
                        })?;
                    } else {
                        linker.func_new(name, move |_, _, _, _| {
                            Err(wasmtime::Error::msg(text.clone()))
                        })?;
                    }
                }
                ComponentItem::Resource(_) => {
                    linker.resource(name, ResourceType::host::<()>(), |_, _| Ok(()))?;
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// What all instances of a component share.
pub struct App {
    name: Arc<str>,
    /// What `spin:variables` gives.
    pub variables: ComponentVariables,
    environment: BTreeMap<String, String>,
    /// Names of the databases it may open.
    pub databases: Vec<String>,
    /// The database `default`.
    pub database: Option<Arc<Database>>,
    allowed: Arc<AllowedHosts>,
    client: Client,
    limits: Limits,
}

/// What one instance has.
pub struct State {
    /// What it shares with others.
    pub app: Arc<App>,
    /// Resources that the component holds.
    pub table: ResourceTable,
    /// How many connections to a database are among them.
    pub open_sessions: usize,
    wasi: WasiCtx,
    http: WasiHttpCtx,
    hooks: Hooks,
    store: StoreLimits,
    request: log::CurrentRequest,
    outputs: [log::Output; 2],
    /// Requests whose answers may not be whole yet.
    running: Vec<Weak<Running>>,
}

/// Ties [`State`] to the generated interfaces.
pub struct HasState;

impl HasData for HasState {
    type Data<'a> = &'a mut State;
}

impl State {
    fn new(app: Arc<App>) -> State {
        let request = log::CurrentRequest::default();
        let output = |stream| log::Output::new(Arc::clone(&app.name), stream, request.clone());
        let mut wasi = WasiCtx::builder();
        let outputs = [output("stdout"), output("stderr")];
        wasi.stdout(outputs[0].clone()).stderr(outputs[1].clone());
        for (name, value) in &app.environment {
            wasi.env(name, value);
        }
        let allowed = Arc::clone(&app.allowed);
        wasi.allow_tcp(true).socket_addr_check(move |address, what| {
            let is_allowed = match what {
                SocketAddrUse::TcpConnect => allowed.allows_tcp(address),
                // Before it connects, a socket is bound to any address that is free.
                SocketAddrUse::TcpBind => address.ip().is_unspecified() && address.port() == 0,
                _ => false,
            };
            Box::pin(std::future::ready(is_allowed))
        });
        let hooks = Hooks {
            component: Arc::clone(&app.name),
            allowed: Arc::clone(&app.allowed),
            client: app.client.clone(),
            request: request.clone(),
        };
        State {
            table: ResourceTable::new(),
            open_sessions: 0,
            wasi: wasi.build(),
            http: WasiHttpCtx::new(),
            hooks,
            store: app.limits.for_store(),
            request,
            outputs,
            running: Vec::new(),
            app,
        }
    }
}

impl WasiView for State {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}

impl WasiHttpView for State {
    fn http(&mut self) -> WasiHttpCtxView<'_> {
        WasiHttpCtxView { ctx: &mut self.http, table: &mut self.table, hooks: &mut self.hooks }
    }
}

struct Handler {
    pre: ProxyPre<State>,
    engine: Engine,
    app: Arc<App>,
}

impl HandlerState for Handler {
    type StoreData = State;
    type WorkerExpiration = Expiration;
    type WorkerState = Worker;

    async fn instantiate(&self) -> wasmtime::Result<Instance<State, Expiration, Worker>> {
        let mut store = Store::new(&self.engine, State::new(Arc::clone(&self.app)));
        store.limiter(|state| &mut state.store);
        // Yield, not trap: a deadline belongs to the store, which serves many requests.
        store.set_epoch_deadline(1);
        store.epoch_deadline_async_yield_and_update(1);
        let limits = self.app.limits;
        let proxy = tokio::time::timeout(limits.time, self.pre.instantiate_async(&mut store))
            .await
            .map_err(|_| wasmtime::Error::msg("the start of the instance took too long"))??;
        Ok(Instance {
            store,
            proxy,
            view: State::http,
            expiration: Expiration { time: limits.time + SECOND_DEFENCE, timer: None },
            state: Worker { limits },
        })
    }
}

/// When an instance ends.
struct Expiration {
    time: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

impl WorkerExpiration for Expiration {
    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        status: WorkerStatus,
        start: Instant,
    ) -> Poll<()> {
        let time = match status {
            WorkerStatus::Idle => IDLE,
            WorkerStatus::Requests => self.time,
            WorkerStatus::PostReturn => AFTER_ANSWER,
        };
        let deadline = tokio::time::Instant::from_std(start + time);
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        if timer.deadline() != deadline {
            timer.as_mut().reset(deadline);
        }
        timer.as_mut().poll(cx)
    }
}

/// What wasmtime says of a worker that was dropped before its end, for whatever reason.
const WORKER_DROPPED: &str = "worker panicked";

/// How an instance takes requests.
struct Worker {
    limits: Limits,
}

impl WorkerState for Worker {
    type StoreData = State;
    type RequestData = Arc<Running>;

    fn should_accept_request(&self, concurrent: usize, total: usize) -> ShouldAccept {
        if self.limits.reuse <= total {
            ShouldAccept::Never
        } else if self.limits.concurrent <= concurrent {
            ShouldAccept::No
        } else {
            ShouldAccept::Yes
        }
    }

    fn on_request_start(
        &self,
        mut store: StoreContextMut<'_, State>,
        running: Arc<Running>,
        _task: GuestTaskId,
    ) -> Pin<Box<dyn Future<Output = ()> + 'static + Send + Sync>> {
        let state = store.data_mut();
        // What has no newline yet belongs to the request before.
        state.outputs.iter().for_each(log::Output::flush_line);
        state.request.set(Arc::clone(&running.id));
        state.running.retain(|running| 0 < running.strong_count());
        state.running.push(Arc::downgrade(&running));
        let time = tokio::time::sleep(self.limits.time);
        Box::pin(async move {
            time.await;
            drop(running);
        })
    }

    fn drop(&self, store: Store<State>, result: Result<(), wasmtime::Error>) {
        if let Err(error) = result {
            let state = store.data();
            let mut broken_off = 0;
            // Before the store is dropped, and with it the bodies of answers.
            for running in state.running.iter().filter_map(Weak::upgrade) {
                running.is_broken.store(true, Relaxed);
                broken_off += 1;
            }
            // Without the addresses before it: functions have no names here.
            let text = error.root_cause().to_string();
            // A worker whose task is dropped, as all are when the host ends, reports a panic that
            // did not happen.
            let (level, event, text) = match text == WORKER_DROPPED && !thread::panicking() {
                false => (log::Level::Error, "trap", text.as_str()),
                true if broken_off == 0 => (log::Level::Info, "ended", "with the host"),
                true => (log::Level::Warn, "ended", "with the host, in the middle of a request"),
            };
            log::component(level, event, &state.app.name, &state.request.get(), text);
        }
    }
}

/// Writes a request's line to the log when it is dropped: also when the client went away and nobody went on.
struct RequestLine {
    component: Option<Arc<str>>,
    method: Method,
    uri: Uri,
    status: u16,
    start: Instant,
    id: Arc<str>,
}

impl Drop for RequestLine {
    fn drop(&mut self) {
        log::request(&log::RequestLine {
            component: self.component.as_deref().unwrap_or_default(),
            method: self.method.as_str(),
            path: self.uri.path(),
            status: self.status,
            ms: self.start.elapsed().as_micros() as f64 / 1000.0,
            request: &self.id,
        });
    }
}

/// Sets the headers that Spin gives to a component, and returns the absolute URI the component gets.
fn prepare_headers(
    headers: &mut HeaderMap,
    uri: &Uri,
    found: &Match<'_, '_>,
    client: SocketAddr,
) -> Option<Uri> {
    let host = match headers.remove(header::HOST) {
        Some(host) => host.to_str().ok()?.to_owned(),
        None => "localhost".to_owned(),
    };
    headers.remove(header::CONNECTION);
    // Only the host says these: what a client sends under such a name is not taken for it.
    let forged: Vec<HeaderName> =
        headers.keys().filter(|name| name.as_str().starts_with("spin-")).cloned().collect();
    for name in forged {
        headers.remove(name);
    }
    let path = uri.path_and_query()?.as_str();
    let full =
        Uri::builder().scheme("http").authority(host.as_str()).path_and_query(path).build().ok()?;
    let mut set = |name: &'static str, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set("spin-path-info", &found.path_info);
    set("spin-full-url", &format!("http://{host}{path}"));
    set("spin-matched-route", &found.route.raw);
    set("spin-base-path", "/");
    set("spin-raw-component-route", &found.route.raw);
    set("spin-component-route", found.route.prefix());
    set("spin-client-addr", &client.to_string());
    for (name, value) in &found.named {
        let name = format!("spin-path-match-{}", name.to_ascii_lowercase());
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            headers.insert(name, value);
        }
    }
    Some(full)
}

fn status_of_refusal(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::Incomplete => StatusCode::BAD_REQUEST,
        Refusal::TooSlow => StatusCode::REQUEST_TIMEOUT,
        Refusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// Ids of requests: unlike those of other runs, and short.
struct RequestIds {
    run: u32,
    count: AtomicU64,
}

impl Default for RequestIds {
    fn default() -> RequestIds {
        use std::hash::{BuildHasher as _, RandomState};

        let random = RandomState::new().hash_one(std::process::id());
        RequestIds { run: random as u32, count: AtomicU64::new(1) }
    }
}

impl RequestIds {
    fn next(&self) -> Arc<str> {
        format!("{:08x}-{}", self.run, self.count.fetch_add(1, Relaxed)).into()
    }
}

/// The body of a request on its way into a component.
struct ReceivedBody(Option<Received>);

impl Body for ReceivedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let Some(received) = self.0.take() else { return Poll::Ready(None) };
        if received.bytes.is_empty() {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(Ok(Frame::data(received.bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(|received| received.bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |received| received.bytes.len() as u64))
    }
}

/// The body of an answer: what has come, and the component's stream if more is to come.
pub struct Answer {
    ready: VecDeque<Bytes>,
    rest: Option<Rest>,
}

/// What a component still writes.
struct Rest {
    body: WasiBody,
    running: Arc<Running>,
}

impl From<&'static str> for Answer {
    fn from(text: &'static str) -> Answer {
        Answer { ready: VecDeque::from([Bytes::from(text)]), rest: None }
    }
}

impl From<Vec<u8>> for Answer {
    fn from(bytes: Vec<u8>) -> Answer {
        Answer { ready: VecDeque::from([Bytes::from(bytes)]), rest: None }
    }
}

impl Answer {
    /// Waits a moment for the whole body. Most are, and go out in one packet; and when the component fails right
    /// after the head, the client gets a real error.
    async fn gather(mut rest: Rest) -> Result<Answer, Error> {
        let mut ready = VecDeque::new();
        let mut size = 0;
        let end = tokio::time::Instant::now() + GATHER_TIME;
        while size <= GATHER_MAX {
            match tokio::time::timeout_at(end, rest.frame()).await {
                Err(_late) => break,
                Ok(Some(Err(error))) => return Err(error),
                Ok(Some(Ok(frame))) => {
                    if let Ok(data) = frame.into_data() {
                        size += data.len();
                        ready.push_back(data);
                    }
                }
                Ok(None) => {
                    if 1 < ready.len() {
                        let mut whole = BytesMut::with_capacity(size);
                        ready.drain(..).for_each(|data| whole.extend_from_slice(&data));
                        ready.push_back(whole.freeze());
                    }
                    return Ok(Answer { ready, rest: None });
                }
            }
        }
        Ok(Answer { ready, rest: Some(rest) })
    }
}

impl Body for Rest {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(None) if self.running.is_broken.load(Relaxed) => {
                Poll::Ready(Some(Err(Error::HttpResponseIncomplete)))
            }
            other => other,
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        if let Some(data) = self.ready.pop_front() {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        let Some(rest) = &mut self.rest else { return Poll::Ready(None) };
        let frame = Pin::new(rest).poll_frame(cx);
        if let Poll::Ready(None | Some(Err(_))) = frame {
            self.rest = None;
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.ready.is_empty() && self.rest.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        let ready = self.ready.iter().map(|data| data.len() as u64).sum();
        let Some(rest) = &self.rest else { return SizeHint::with_exact(ready) };
        let rest = rest.body.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(ready + rest.lower());
        if let Some(upper) = rest.upper() {
            hint.set_upper(ready + upper);
        }
        hint
    }
}
