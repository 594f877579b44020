//! A virus scanner for the tests: the real clamd, with a signature of EICAR's test file alone.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use super::tools;
use crate::command;

/// The scanner while it runs. Dropping it stops it.
#[derive(Debug)]
pub struct Clamd {
    /// Where it listens.
    pub address: SocketAddr,
    child: Child,
}

impl Clamd {
    /// Starts it with its files in `dir` and waits until it listens.
    pub fn start(dir: &Path) -> Result<Clamd> {
        // In two parts, and not as it stands in a file: no scanner must find it here.
        let eicar = [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"];
        let hex: String = eicar.concat().bytes().map(|byte| format!("{byte:02x}")).collect();
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let settings = format!(
            "DatabaseDirectory {}\nTCPAddr {}\nTCPSocket {}\nForeground yes\nAlertEncrypted yes\n\
             User {}\n",
            dir.display(),
            address.ip(),
            address.port(),
            command::output(Command::new("id").arg("-un"))?,
        );
        fs::create_dir_all(dir)?;
        fs::write(dir.join("eicar.ndb"), format!("Test.Eicar:0:*:{hex}\n"))?;
        let config = dir.join("clamd.conf");
        fs::write(&config, settings)?;
        let mut clamd = Command::new(tools::program("/usr/sbin/clamd")?);
        clamd.arg("-c").arg(config).stdout(Stdio::null());
        command::tie_to_us(&mut clamd);
        let child = clamd.spawn().context("cannot start clamd")?;
        let clamd = Clamd { address, child };
        let end = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(address).is_err() {
            ensure!(Instant::now() < end, "clamd does not listen at {address}");
            thread::sleep(Duration::from_millis(50));
        }
        Ok(clamd)
    }

    /// Its process, for tests that stop it for a while.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
