//! The life of a component, as far as its requests go.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Poll, Waker};

use super::slots::Slots;

/// What runs in it ends with it.
#[derive(Default)]
pub(super) struct Scope {
    ended: Cell<bool>,
    /// One for each future that is running.
    wakers: Slots<Waker>,
}

impl Scope {
    pub(super) fn end(&self) {
        self.ended.set(true);
        for (_, waker) in self.wakers.take() {
            waker.wake();
        }
    }

    /// Runs to its end, or to the scope's: then it is dropped there.
    pub(super) async fn run<F: Future>(&self, future: F) -> Option<F::Output> {
        let place = Place { scope: self, key: self.wakers.reserve() };
        let mut future = pin!(future);
        poll_fn(|context| {
            if self.ended.get() {
                return Poll::Ready(None);
            }
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            self.wakers.put(place.key, context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

/// Given up when the future has ended, or was dropped before.
struct Place<'a> {
    scope: &'a Scope,
    key: u64,
}

impl Drop for Place<'_> {
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
    fn what_runs_in_a_scope_ends_with_it() {
        let scope = Scope::default();
        let mut future = Box::pin(scope.run(pending::<()>()));
        assert_eq!(poll(&mut future), Poll::Pending);
        scope.end();
        assert_eq!(poll(&mut future), Poll::Ready(None));
        assert_eq!(poll(&mut Box::pin(scope.run(ready(1)))), Poll::Ready(None));
    }

    #[test]
    fn a_scope_keeps_nothing_of_what_has_ended() {
        let scope = Scope::default();
        assert_eq!(poll(&mut Box::pin(scope.run(ready(1)))), Poll::Ready(Some(1)));
        let mut dropped = Box::pin(scope.run(pending::<()>()));
        assert_eq!(poll(&mut dropped), Poll::Pending);
        assert!(!scope.wakers.is_empty());
        drop(dropped);
        assert!(scope.wakers.is_empty());
    }
}
