//! The session machine, driven as a browser would drive it, in virtual time.

mod mutants;
mod rig;
mod scenarios;
mod seeds;
mod simulation;
mod transport;
