//! What one request may use: memory, time, size of its body, a place among those that run at once.

use std::{pin::pin, sync::Arc, time::Duration};

use bytes::{Bytes, BytesMut};
use http_body::Body;
use http_body_util::BodyExt as _;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, sleep, timeout},
};
use wasmtime::{StoreLimits, StoreLimitsBuilder};

/// A body must go on arriving: this long may pass without a byte of it.
const BODY_STALL: Duration = Duration::from_secs(30);
/// And this long it may take in all: 60 MiB at 0.6 Mbit/s.
const BODY_TIME: Duration = Duration::from_secs(15 * 60);
/// How long the rest of a body that is too large is read and thrown away, so that the answer is not lost.
const DRAIN: Duration = Duration::from_secs(5);
/// Bodies that are being received count in pieces of this size.
const BUFFER_UNIT: usize = 64 << 10;
/// So many of the largest bodies may be received at once.
const BUFFER_BODIES: usize = 8;

/// The limits of a host.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of linear memory of an instance.
    pub memory: usize,
    /// Time from handing the whole request to a component to the head of its answer.
    pub time: Duration,
    /// Bytes of a request's body.
    pub body: usize,
    /// Requests that run at once.
    pub instances: u32,
    /// How long a request waits for its place among them.
    pub wait: Duration,
    /// Requests an instance serves before it is replaced.
    pub reuse: usize,
    /// Requests an instance serves at once. A trap ends them all.
    pub concurrent: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            memory: 128 << 20,
            time: Duration::from_secs(30),
            body: 60 << 20,
            instances: 64,
            wait: Duration::from_secs(5),
            reuse: 128,
            concurrent: 1,
        }
    }
}

impl Limits {
    /// The limits for the store of one instance.
    pub fn for_store(&self) -> StoreLimits {
        StoreLimitsBuilder::new().memory_size(self.memory).build()
    }
}

/// The places that requests take up while they run, and the memory for bodies that arrive.
pub struct Places {
    running: Arc<Semaphore>,
    buffer: Arc<Semaphore>,
    limits: Limits,
}

/// Why a request did not get to its component.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The body is larger than allowed.
    TooLarge,
    /// The body did not arrive whole.
    Incomplete,
    /// The body came too slowly.
    TooSlow,
    /// Too many requests at once.
    Busy,
}

/// A body that arrived whole, and the memory it takes up.
pub struct Received {
    /// The bytes.
    pub bytes: Bytes,
    _buffer: Option<OwnedSemaphorePermit>,
}

impl Places {
    /// Places as the limits say.
    pub fn new(limits: Limits) -> Places {
        let units = BUFFER_BODIES * limits.body.div_ceil(BUFFER_UNIT).max(1);
        Places {
            running: Arc::new(Semaphore::new(limits.instances as usize)),
            buffer: Arc::new(Semaphore::new(units.min(Semaphore::MAX_PERMITS))),
            limits,
        }
    }

    /// Waits for a place to run in.
    pub async fn take(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        if let Ok(place) = Arc::clone(&self.running).try_acquire_owned() {
            return Ok(place);
        }
        let place = Arc::clone(&self.running).acquire_owned();
        match timeout(self.limits.wait, place).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(Refusal::Busy),
        }
    }

    /// Receives a whole body. The component gets its request only then, so that neither its time nor its place
    /// depends on how fast somebody's line is.
    pub async fn receive<B>(&self, body: B) -> Result<Received, Refusal>
    where
        B: Body<Data = Bytes> + Send + Unpin + 'static,
    {
        if body.is_end_stream() {
            return Ok(Received { bytes: Bytes::new(), _buffer: None });
        }
        timeout(BODY_TIME, self.collect(body)).await.unwrap_or(Err(Refusal::TooSlow))
    }

    async fn collect<B>(&self, mut body: B) -> Result<Received, Refusal>
    where
        B: Body<Data = Bytes> + Send + Unpin + 'static,
    {
        if self.limits.body < usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX) {
            drain(body);
            return Err(Refusal::TooLarge);
        }
        let mut buffer: Option<OwnedSemaphorePermit> = None;
        let mut reserved = 0;
        let mut first = Bytes::new();
        let mut all = BytesMut::new();
        let mut stall = pin!(sleep(BODY_STALL));
        loop {
            let frame = tokio::select! {
                biased;
                frame = body.frame() => frame,
                () = &mut stall => return Err(Refusal::TooSlow),
            };
            let data = match frame {
                None => break,
                Some(Err(_)) => return Err(Refusal::Incomplete),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => data,
                    Err(_trailers) => continue,
                },
            };
            stall.as_mut().reset(Instant::now() + BODY_STALL);
            let size = first.len() + all.len() + data.len();
            if self.limits.body < size {
                drain(body);
                return Err(Refusal::TooLarge);
            }
            if reserved < size {
                let units = (size - reserved).div_ceil(BUFFER_UNIT);
                let more = self.reserve(units).await?;
                reserved += units * BUFFER_UNIT;
                match &mut buffer {
                    Some(buffer) => buffer.merge(more),
                    None => buffer = Some(more),
                }
            }
            // Most bodies come in one piece: that one is not copied.
            if first.is_empty() && all.is_empty() {
                first = data;
            } else {
                if all.is_empty() {
                    all.extend_from_slice(&std::mem::take(&mut first));
                }
                all.extend_from_slice(&data);
            }
        }
        let bytes = if all.is_empty() { first } else { all.freeze() };
        Ok(Received { bytes, _buffer: buffer })
    }

    async fn reserve(&self, units: usize) -> Result<OwnedSemaphorePermit, Refusal> {
        let units = u32::try_from(units).map_err(|_| Refusal::TooLarge)?;
        let permit = Arc::clone(&self.buffer).acquire_many_owned(units);
        match timeout(self.limits.wait, permit).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(Refusal::Busy),
        }
    }
}

/// Reads on for a while: a connection that is closed with unread data takes the answer with it.
fn drain<B: Body<Data = Bytes> + Send + Unpin + 'static>(mut body: B) {
    tokio::spawn(timeout(DRAIN, async move { while let Some(Ok(_)) = body.frame().await {} }));
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use http_body::Frame;
    use http_body_util::{Full, StreamBody};

    use super::*;

    fn places(body: usize, instances: u32) -> Places {
        Places::new(Limits { body, instances, wait: Duration::ZERO, ..Limits::default() })
    }

    fn chunks(sizes: &[usize]) -> impl Body<Data = Bytes, Error = std::io::Error> + Unpin + use<> {
        let mut frames: VecDeque<_> =
            sizes.iter().map(|size| Ok(Frame::data(Bytes::from(vec![7; *size])))).collect();
        StreamBody::new(futures::stream::poll_fn(move |_| {
            std::task::Poll::Ready(frames.pop_front())
        }))
    }

    #[track_caller]
    fn check(received: Result<Received, Refusal>, expected: Result<usize, Refusal>) {
        assert_eq!(received.map(|received| received.bytes.len()), expected);
    }

    #[tokio::test]
    async fn bodies_are_received_up_to_the_limit() {
        let places = places(100_000, 1);
        check(places.receive(Full::new(Bytes::new())).await, Ok(0));
        check(places.receive(Full::new(Bytes::from(vec![0; 100_000]))).await, Ok(100_000));
        check(places.receive(chunks(&[1, 99_000, 999])).await, Ok(100_000));
        let announced = Full::new(Bytes::from(vec![0; 100_001]));
        check(places.receive(announced).await, Err(Refusal::TooLarge));
        check(places.receive(chunks(&[1, 99_000, 1_000])).await, Err(Refusal::TooLarge));
    }

    #[tokio::test]
    async fn memory_for_bodies_is_limited_and_comes_back() {
        let places = places(BUFFER_UNIT, 1);
        let body = || Full::new(Bytes::from(vec![0; BUFFER_UNIT]));
        let mut kept = Vec::new();
        for _ in 0..BUFFER_BODIES {
            kept.push(places.receive(body()).await.unwrap());
        }
        check(places.receive(body()).await, Err(Refusal::Busy));
        kept.pop();
        check(places.receive(body()).await, Ok(BUFFER_UNIT));
    }

    #[tokio::test]
    async fn without_a_free_place_a_request_is_refused() {
        let places = places(1, 1);
        let taken = places.take().await.unwrap();
        assert_eq!(places.take().await.unwrap_err(), Refusal::Busy);
        drop(taken);
        assert!(places.take().await.is_ok());
    }
}
