//! Does on request what a component can do, good and bad. The path says what, the query with which argument.

use std::{
    collections::VecDeque,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use futures::SinkExt as _;
use spin_sdk::{
    http::{
        BoxBody, Error, FullBody, Request, Response, StatusCode,
        body::{IncomingBodyExt as _, stream},
        box_body,
    },
    sqlite::{Connection, Value},
};

static REQUESTS: AtomicU32 = AtomicU32::new(0);

#[spin_sdk::http_service]
async fn handle(request: Request) -> Result<Response<BoxBody>, Error> {
    let path = request.uri().path().to_owned();
    let argument = request.uri().query().unwrap_or_default().to_owned();
    let text = match path.rsplit('/').next().unwrap_or_default() {
        "head" => head(&request),
        "variable" => format!("{:?}", spin_sdk::variables::get(&argument).await),
        "sqlite" => {
            let body = request.into_body().bytes().await?;
            statements(&argument, &String::from_utf8_lossy(&body)).await
        }
        "blob" => blob(request.into_body().bytes().await?).await,
        "outbound" => match spin_sdk::http::get(&argument).await {
            Ok(response) => format!("{}", response.status()),
            Err(error) => format!("{error:?}"),
        },
        "laenge" => request.into_body().bytes().await?.len().to_string(),
        "print" => {
            println!("auf stdout: {} {argument}", request.method());
            if let Some(value) = request.headers().get("authorization") {
                println!("authorization: {value:?}");
            }
            eprint!("auf stderr: {argument}");
            String::new()
        }
        "panic" => panic!("ein Fehler im Gast"),
        "panic-in-transaktion" => {
            let connection = Connection::open_default().await.map_err(|error| error.to_string())?;
            for statement in ["BEGIN IMMEDIATE", "INSERT INTO t VALUES ('halb')"] {
                _ = connection.execute(statement, []).await.map(|result| result.result());
            }
            panic!("mitten in der Transaktion")
        }
        "schluesselspeicher" => {
            format!("{:?}", spin_sdk::key_value::Store::open_default().await.map(drop))
        }
        "fehler" => return Err(Error::other("geheimer Text")),
        "schleife" => endless(),
        "speicher" => {
            let mut pieces = VecDeque::new();
            loop {
                pieces.push_back(std::hint::black_box(vec![1_u8; 1 << 20]));
            }
        }
        "schlafen" => {
            println!("schlafe");
            spin_sdk::time::sleep(Duration::from_millis(argument.parse().unwrap_or(0))).await;
            "ausgeschlafen".to_owned()
        }
        "zaehler" => REQUESTS.fetch_add(1, Relaxed).to_string(),
        "uhr" => SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs())
            .to_string(),
        "gross" => "x".repeat(argument.parse().unwrap_or(0)),
        "strom" => return Ok(streamed(&argument)),
        "datei" => format!("{:?}", std::fs::read("/etc/hostname").map(|bytes| bytes.len())),
        "tcp" => format!("{:?}", tcp(&argument)),
        "socket" => socket(argument.parse().unwrap_or(0)).await,
        _ => {
            let mut response = Response::new(box_body(FullBody::new(Bytes::from("gibt es nicht"))));
            *response.status_mut() = StatusCode::NOT_FOUND;
            return Ok(response);
        }
    };
    Ok(Response::new(box_body(FullBody::new(Bytes::from(text)))))
}

/// Says `ping` to an address and reads what comes within a moment.
fn tcp(address: &str) -> std::io::Result<String> {
    let address: SocketAddr = address.parse().map_err(std::io::Error::other)?;
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_millis(300)))?;
    stream.write_all(b"ping")?;
    let mut answer = [0; 64];
    let length = stream.read(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer[..length]).into_owned())
}

/// URI and headers as they arrive, one a line, sorted.
fn head(request: &Request) -> String {
    let mut lines: Vec<String> = request
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))
        .collect();
    lines.sort();
    format!("{} {}\n{}", request.method(), request.uri(), lines.join("\n"))
}

/// Runs statements, one a line, on one connection to a database; one line comes back for each.
async fn statements(database: &str, text: &str) -> String {
    let connection = match Connection::open(database).await {
        Ok(connection) => connection,
        Err(error) => return format!("{error:?}"),
    };
    let mut lines = Vec::new();
    for statement in text.lines() {
        let result = match connection.execute(statement, []).await {
            Ok(result) => result.collect().await,
            Err(error) => Err(error),
        };
        lines.push(match result {
            Ok(rows) => format!("{:?}", rows.iter().map(|row| &row.values).collect::<Vec<_>>()),
            Err(error) => format!("{error:?}"),
        });
    }
    lines.push(format!("{} {}", connection.changes().await, connection.last_insert_rowid().await));
    lines.join("\n")
}

/// Stores bytes and reads them back.
async fn blob(bytes: Bytes) -> String {
    let Ok(connection) = Connection::open_default().await else { return "nicht offen".to_owned() };
    for (statement, parameters) in [
        ("CREATE TABLE IF NOT EXISTS blob(x BLOB)", vec![]),
        ("INSERT INTO blob VALUES (?)", vec![Value::Blob(bytes.to_vec())]),
    ] {
        let Ok(result) = connection.execute(statement, parameters).await else {
            return "nicht geschrieben".to_owned();
        };
        if let Err(error) = result.result().await {
            return format!("{error:?}");
        }
    }
    let rows = match connection.execute("SELECT x FROM blob", []).await {
        Ok(result) => result.collect().await,
        Err(error) => Err(error),
    };
    let Ok(rows) = rows else { return "nicht gelesen".to_owned() };
    let is_equal = rows.last().and_then(|row| row.get::<&[u8]>(0)) == Some(&bytes);
    format!("{} {is_equal}", bytes.len())
}

/// Connects to a port of this machine without HTTP.
async fn socket(port: u16) -> String {
    use spin_sdk::wasip3::sockets::types::{
        IpAddressFamily, IpSocketAddress, Ipv4SocketAddress, TcpSocket,
    };

    let address = IpSocketAddress::Ipv4(Ipv4SocketAddress { port, address: (127, 0, 0, 1) });
    match TcpSocket::create(IpAddressFamily::Ipv4) {
        Ok(socket) => format!("{:?}", socket.connect(address).await),
        Err(error) => format!("{error:?}"),
    }
}

/// Ten pieces with a pause before each; then, if `how` says so, a panic.
fn streamed(how: &str) -> Response<BoxBody> {
    let panics = how == "panic";
    let (mut sender, body) = stream::<String>();
    spin_sdk::wasip3::spawn(async move {
        for i in 0..10 {
            spin_sdk::time::sleep(Duration::from_millis(30)).await;
            if sender.send(format!("Stück {i}\n")).await.is_err() {
                return;
            }
        }
        assert!(!panics, "ein Fehler mitten in der Antwort");
    });
    Response::new(box_body(body))
}

fn endless() -> ! {
    let mut x = 1_u64;
    loop {
        x = std::hint::black_box(x.wrapping_mul(3));
    }
}
