//! Cancels the requests of a component that is unmounted.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Poll, Waker};

use crate::slots::Slots;

/// The lifetime of a component: futures that run in it are dropped when it ends.
#[derive(Default)]
pub(super) struct Scope {
    ended: Cell<bool>,
    /// One for each running future.
    wakers: Slots<Waker>,
}

impl Scope {
    pub(super) fn end(&self) {
        self.ended.set(true);
        for (_, waker) in self.wakers.take() {
            waker.wake();
        }
    }

    /// The future's output, or `None` if the scope ends first. The future is dropped then.
    pub(super) async fn run<F: Future>(&self, future: F) -> Option<F::Output> {
        let running = Running { scope: self, key: self.wakers.reserve() };
        let mut future = pin!(future);
        poll_fn(|context| {
            if self.ended.get() {
                return Poll::Ready(None);
            }
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            self.wakers.put(running.key, context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

/// Compares by identity.
impl PartialEq for Scope {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Removes a future's waker when the future has finished or was dropped.
struct Running<'a> {
    scope: &'a Scope,
    key: u64,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        drop(self.scope.wakers.remove(self.key));
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::task::Context;

    use super::*;

    fn poll<F: Future>(future: &mut std::pin::Pin<Box<F>>) -> Poll<F::Output> {
        future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn a_future_is_dropped_when_its_scope_ends() {
        let scope = Scope::default();
        let mut future = Box::pin(scope.run(pending::<()>()));
        assert_eq!(poll(&mut future), Poll::Pending);
        scope.end();
        assert_eq!(poll(&mut future), Poll::Ready(None));
        assert_eq!(poll(&mut Box::pin(scope.run(ready(1)))), Poll::Ready(None));
    }

    #[test]
    fn a_scope_keeps_no_waker_of_a_future_that_has_ended() {
        let scope = Scope::default();
        assert_eq!(poll(&mut Box::pin(scope.run(ready(1)))), Poll::Ready(Some(1)));
        let mut dropped = Box::pin(scope.run(pending::<()>()));
        assert_eq!(poll(&mut dropped), Poll::Pending);
        assert!(!scope.wakers.is_empty());
        drop(dropped);
        assert!(scope.wakers.is_empty());
    }
}
