//! Nobody is signed out, no 401 reaches a page, and no token is lost or doubled, whatever part of a deployment goes away.

mod database_gone;
mod operators_files;
mod redis_gone;
mod refresh;
mod rolling_restart;
mod sign_in;
mod sign_out;
