//! Futures that run beside a test.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

/// A future that runs, and its result.
pub struct Task<T>(Rc<RefCell<Option<T>>>);

impl<T: 'static> Task<T> {
    pub fn start(future: impl Future<Output = T> + 'static) -> Self {
        let result = Rc::new(RefCell::new(None));
        let slot = Rc::clone(&result);
        spawn_local(async move {
            let output = future.await;
            slot.replace(Some(output));
        });
        Self(result)
    }

    pub fn is_done(&self) -> bool {
        self.0.borrow().is_some()
    }

    /// Takes the result.
    pub fn result(&self) -> T {
        self.0.take().expect("a task that has come to its end")
    }
}
