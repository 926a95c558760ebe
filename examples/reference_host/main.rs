//! Starts the reference host: `cargo run --example reference_host`
//!
//! Of the package it needs no more than `--no-default-features --features pictures`.
//! What it can be told stands in `settings.rs`, what it does in `app.rs`.

// By path, so that the modules of `app` lie beside it and a test can include them the same way.
#[path = "app.rs"]
mod app;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// How long requests under way may go on once the host is told to stop.
const PATIENCE: Duration = Duration::from_secs(5);

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("reference host: {why}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let settings = app::Settings::from_env()?;
    let port = settings.port;
    let host = Arc::new(app::Host::open(settings)?);
    tokio::spawn(app::tidy::regularly(Arc::clone(&host), app::tidy::HOURLY));
    let router = app::router(host);
    let listener = TcpListener::bind(("127.0.0.1", port))
        .await
        .map_err(|error| format!("cannot listen on port {port}: {error}"))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    println!("reference host: http://{address}/");
    std::io::stdout().flush().map_err(|error| error.to_string())?;

    let (stop, stopped) = tokio::sync::watch::channel(false);
    let mut stopping = stopped.clone();
    let serving = axum::serve(listener, router)
        .with_graceful_shutdown(async move { drop(stopping.changed().await) });
    let out_of_patience = async {
        told_to_stop().await;
        stop.send_replace(true);
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        served = serving => served.map_err(|error| error.to_string()),
        () = out_of_patience => Ok(()),
    }
}

/// Ends at SIGINT or SIGTERM.
async fn told_to_stop() {
    let (Ok(mut interrupt), Ok(mut terminate)) =
        (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => (),
        _ = terminate.recv() => (),
    }
}
