//! Whether a typed password is right: at sign-in, when it is changed, and at 上报.

use super::error::Error;
use super::state::App;
use crate::accounts;

/// What a typed password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Right; `old`: its hash has parameters of old.
    Right {
        /// Whether the hash should be made anew.
        old: bool,
    },
    /// Wrong, or of nobody.
    Wrong,
    /// Not looked at: so many seconds must pass first.
    Wait(i64),
}

/// Checks a password of a login against its stored hash, if there is one. A guess is counted before it is checked, and those at one
/// login are checked one after another, so that none of many at once passes uncounted. The caller holds no connection: passwords
/// wait for each other.
pub async fn prove(app: &App, login: &str, stored: Option<&str>, password: &str) -> Result<Proof, Error> {
    let _turn = app.hasher.turn(login).await;
    if let Some(wait) = attempt(app, login).await? {
        return Ok(Proof::Wait(wait.seconds));
    }
    let (right, old) = app.hasher.verify(password, stored).await?;
    if !right {
        return Ok(Proof::Wrong);
    }
    accounts::forget_failures(app.db.doorstep().await?.connection(), login).await?;
    Ok(Proof::Right { old })
}

/// The connection goes back before the password is checked.
async fn attempt(app: &App, login: &str) -> Result<Option<accounts::Wait>, Error> {
    Ok(accounts::attempt(app.db.doorstep().await?.connection(), login, app.clocks.wall.now()).await?)
}

/// The hash of a new password; it waits like a check.
pub async fn hashed(app: &App, password: &str) -> Result<String, Error> {
    Ok(app.hasher.hash(password).await?)
}
