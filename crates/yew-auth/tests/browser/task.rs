//! Work that runs beside a test.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

/// What a future that was set going has come to.
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

    /// Its result, once.
    pub fn result(&self) -> T {
        self.0.take().expect("a task that has come to its end")
    }
}
