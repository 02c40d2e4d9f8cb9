//! What the session costs: an hour of the simulation, and a look at a session in which nothing is due.

// The simulation is shared with the tests, which use more of it.
#![allow(dead_code)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use simulation::climate::Climate;
use yew_auth_session::{Event, Now, Stored};

#[path = "../tests/session/rig.rs"]
mod rig;
#[path = "../tests/session/simulation/mod.rs"]
mod simulation;
#[path = "../tests/session/transport.rs"]
mod transport;

fn seeds(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("simulation");
    group.throughput(Throughput::Elements(1)).measurement_time(Duration::from_secs(10));
    let mut seed = 0;
    group.bench_function("seed", |bencher| {
        bencher.iter(|| {
            seed += 1;
            simulation::run(black_box(seed % 5_000), &Climate::MIXED, None).expect("the invariants hold")
        });
    });
    group.finish();
}

fn no_work(criterion: &mut Criterion) {
    let mut rig = rig::Rig::signed_in();
    let mut group = criterion.benchmark_group("no work to do");
    let now = Now { monotonic: Duration::from_secs(20), wall: rig.now().wall + Duration::from_secs(20) };
    group.bench_function("handle_timeout", |bencher| bencher.iter(|| rig.machine.handle_timeout(black_box(now))));
    group.bench_function("handle_event", |bencher| {
        bencher.iter(|| rig.machine.handle_event(black_box(Event::OnlineChanged(true)), black_box(now)));
    });
    let stored: Stored = rig.stored.clone();
    group.bench_function("handle_event with the record read", |bencher| {
        bencher.iter_batched(
            || Event::RecordChanged { stored: stored.clone() },
            |event| rig.machine.handle_event(event, black_box(now)),
            criterion::BatchSize::SmallInput,
        );
    });
    group.finish();
    assert!(rig.machine.poll_effect().is_none(), "there was work to do");
}

criterion_group!(benches, seeds, no_work);
criterion_main!(benches);
