//! Whose turn it is to write to a database: a lock that tasks wait for, not threads.
//!
//! Whoever asks while it is free gets it, also past those who wait: they may be on a thread that does not run just now,
//! and everybody would wait for that. Who has waited for [`PATIENCE`] gets it next, so that nobody is left behind.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::Notify;

/// After so long, one who waits is not overtaken any more.
const PATIENCE: Duration = Duration::from_millis(20);

/// The lock.
#[derive(Default)]
pub struct Writer(Mutex<Queue>);

#[derive(Default)]
struct Queue {
    is_taken: bool,
    waiting: VecDeque<Waiting>,
    next: u64,
}

struct Waiting {
    number: u64,
    since: Instant,
    wake: Arc<Notify>,
}

/// The right to write until it is dropped.
pub struct Turn(Arc<Writer>);

impl Writer {
    /// The turn, if it is nobody's.
    pub fn try_take(self: &Arc<Self>) -> Option<Turn> {
        let mut queue = self.queue();
        if queue.is_taken {
            return None;
        }
        queue.is_taken = true;
        Some(Turn(Arc::clone(self)))
    }

    /// Waits for the turn.
    pub async fn take(self: &Arc<Self>) -> Turn {
        let wake = Arc::new(Notify::new());
        let number = {
            let mut queue = self.queue();
            if !queue.is_taken {
                queue.is_taken = true;
                return Turn(Arc::clone(self));
            }
            queue.next += 1;
            let number = queue.next;
            queue.waiting.push_back(Waiting {
                number,
                since: Instant::now(),
                wake: Arc::clone(&wake),
            });
            number
        };
        let place = Place { writer: self, number };
        loop {
            wake.notified().await;
            let mut queue = self.queue();
            // Out of the queue: the turn was handed over.
            let Some(i) = queue.find(number) else { break };
            if !queue.is_taken {
                queue.is_taken = true;
                queue.waiting.remove(i);
                break;
            }
        }
        // From here on it is the turn that has to be given back.
        std::mem::forget(place);
        Turn(Arc::clone(self))
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn find(&self, number: u64) -> Option<usize> {
        self.waiting.iter().position(|waiting| waiting.number == number)
    }

    fn give_back(&mut self) {
        self.is_taken = false;
        let Some(first) = self.waiting.front() else { return };
        first.wake.notify_one();
        if PATIENCE <= first.since.elapsed() {
            self.is_taken = true;
            self.waiting.pop_front();
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.queue().give_back();
    }
}

/// A place in the queue, left when nobody waits there any more.
struct Place<'w> {
    writer: &'w Writer,
    number: u64,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut queue = self.writer.queue();
        match queue.find(self.number) {
            Some(i) => {
                queue.waiting.remove(i);
                // It may have been woken for a turn that it does not take now.
                if !queue.is_taken {
                    queue.give_back();
                }
            }
            None => queue.give_back(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn only_one_has_the_turn() {
        let writer = Arc::new(Writer::default());
        let turn = writer.try_take().unwrap();
        assert!(writer.try_take().is_none());
        assert!(timeout(Duration::ZERO, writer.take()).await.is_err());
        drop(turn);
        let turn = writer.take().await;
        assert!(writer.try_take().is_none());
        drop(turn);
        assert!(writer.try_take().is_some());
    }

    #[tokio::test]
    async fn who_waits_for_long_is_not_overtaken() {
        let writer = Arc::new(Writer::default());
        let turn = writer.take().await;
        let mut waiting = Box::pin(writer.take());
        assert!(timeout(PATIENCE * 2, &mut waiting).await.is_err());
        drop(turn);
        assert!(writer.try_take().is_none());
        waiting.await;
    }

    #[tokio::test]
    async fn who_gives_up_passes_the_turn_on() {
        let writer = Arc::new(Writer::default());
        for wait in [Duration::ZERO, PATIENCE * 2] {
            let turn = writer.take().await;
            let mut first = Box::pin(writer.take());
            let mut second = Box::pin(writer.take());
            assert!(timeout(wait, &mut first).await.is_err());
            assert!(timeout(Duration::ZERO, &mut second).await.is_err());
            drop(turn);
            drop(first);
            second.await;
        }
        assert!(writer.try_take().is_some());
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn many_take_turns() {
        let writer = Arc::new(Writer::default());
        let inside = Arc::new(AtomicU32::new(0));
        let tasks: Vec<_> = (0..32)
            .map(|i| {
                let (writer, inside) = (Arc::clone(&writer), Arc::clone(&inside));
                tokio::spawn(async move {
                    for _ in 0..200 {
                        let taking = timeout(Duration::from_micros(i * 20), writer.take());
                        let Ok(turn) = taking.await else { continue };
                        assert_eq!(inside.fetch_add(1, Relaxed), 0);
                        tokio::task::yield_now().await;
                        inside.fetch_sub(1, Relaxed);
                        drop(turn);
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert!(writer.try_take().is_some());
    }
}
