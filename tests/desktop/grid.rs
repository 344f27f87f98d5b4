//! How a grid of many orders feels in the real window: a measurement with recorded conditions, not a test of speed.

#![allow(clippy::print_stdout, reason = "a measurement prints what it measured")]

use std::time::Instant;

use serde_json::{Value, json};

use crate::window::Window;

/// A data folder (the one with `switchyard.db`) that holds the orders to look at.
const DATA: &str = "SWITCHYARD_GRID_DATA";

/// Scrolls for `argument.seconds` at `argument.speed` pixels a frame and returns the time between frames in ms.
const SCROLL: &str = "
    const grid = document.querySelector('[role=grid]');
    const body = [grid, ...grid.querySelectorAll('*')].find((part) => part.scrollHeight > part.clientHeight + 1000);
    const frames = [];
    const until = performance.now() + argument.seconds * 1000;
    await new Promise((done) => {
        let last = performance.now();
        const frame = (now) => {
            frames.push(now - last);
            last = now;
            body.scrollTop += argument.speed;
            if (now < until) requestAnimationFrame(frame); else done();
        };
        requestAnimationFrame(frame);
    });
    return { frames: frames.slice(1), top: body.scrollTop, height: body.scrollHeight };";

/// Waits until the grid shows filled rows that carry the text `argument`; returns the milliseconds since the call.
const SHOWN: &str = "
    const began = performance.now();
    for (;;) {
        const rows = [...document.querySelectorAll('[role=grid] [role=row][aria-rowindex]')].slice(1);
        const filled = rows.filter((row) => row.textContent.includes(argument) && row.textContent.trim() !== '');
        if (filled.length > 10 && filled.length === rows.length) return { ms: performance.now() - began, rows: rows.length };
        if (performance.now() - began > 20000) throw new Error(`${filled.length} of ${rows.length} rows are filled`);
        await new Promise(requestAnimationFrame);
    }";

fn summary(frames: &Value) -> String {
    let mut frames: Vec<f64> = frames.as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    frames.sort_by(f64::total_cmp);
    let at = |share: usize| frames[(frames.len() - 1) * share / 100];
    let slow = frames.iter().filter(|frame| **frame > 50.0).count();
    format!(
        "frames {}, p50 {:.0} ms, p95 {:.0} ms, p99 {:.0} ms, longest {:.0} ms, over 50 ms: {slow}",
        frames.len(),
        at(50),
        at(95),
        at(99),
        at(100)
    )
}

#[tokio::test]
#[ignore = "a measurement; scripts/measure-grid.sh prepares the orders and runs it"]
async fn a_grid_of_the_whole_history_opens_filters_and_scrolls() {
    let Some(data) = std::env::var_os(DATA) else { panic!("{DATA} names no data folder") };
    let data = data.to_str().unwrap();
    let began = Instant::now();
    let window = Window::open(&["--data", data]).await;
    println!("window with its frame: {} ms", began.elapsed().as_millis());
    let driver = &window.driver;
    driver.wait_for("//nav//a[@href='/orders']").await.click().await;
    let opened = driver.run(SHOWN, json!("")).await;
    println!(
        "orders opened: {:.0} ms after the click's answer, {} rows drawn",
        opened["ms"].as_f64().unwrap(),
        opened["rows"]
    );
    window.keep_picture("grid-opened").await;

    for (what, speed) in [("slowly (1,200 px/s)", 20), ("fast (30,000 px/s)", 500)] {
        let scrolled = driver.run(SCROLL, json!({ "seconds": 10, "speed": speed })).await;
        println!("scrolled {what}, to {} of {}: {}", scrolled["top"], scrolled["height"], summary(&scrolled["frames"]));
    }
    window.keep_picture("grid-scrolled").await;

    driver.press(&["/"]).await;
    let query = driver.wait_for("//input[@type='search' or @role='searchbox' or @role='combobox']").await;
    query.type_text("country:DE\n").await;
    let filtered = driver.run(SHOWN, json!("DE")).await;
    println!("filtered by country: {:.0} ms, {} rows drawn", filtered["ms"].as_f64().unwrap(), filtered["rows"]);
    window.keep_picture("grid-filtered").await;
    assert_eq!(window.console_errors(), Vec::<String>::new(), "the page's console has errors");
    window.close().await;
}
