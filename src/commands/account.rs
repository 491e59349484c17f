//! `zhengzhi account add|reset|disable`: the first administrator is made here, never in a browser.

use super::context::{Context, Opened, clocks};
use crate::accounts::{self, Account, NewAccount};
use crate::base::ability::Administer;
use crate::base::role::{Actor, Role};
use crate::base::{CITY, Cells, Permit};
use crate::history::Writing;
use anyhow::{Context as _, bail};

/// Arguments of `account`.
#[derive(clap::Subcommand)]
pub enum Arguments {
    /// Make an account; prints LOGIN<TAB>one-time password
    Add {
        /// The name typed at sign-in
        login: String,
        /// county-clerk, county-lead, city-reviewer, city-admin or auditor
        #[arg(long)]
        role: String,
        /// Six-digit code of the county, for the county's roles
        #[arg(long, value_name = "CODE")]
        county: Option<String>,
        /// The person's name
        #[arg(long)]
        name: String,
        /// The person also does 法规审核
        #[arg(long)]
        legal_review: bool,
    },
    /// Give a new one-time password; prints LOGIN<TAB>password
    Reset {
        /// The name typed at sign-in
        login: String,
    },
    /// Let nobody sign in with it any more
    Disable {
        /// The name typed at sign-in
        login: String,
    },
}

/// Runs it.
pub fn run(context: &Context, arguments: Arguments) -> anyhow::Result<()> {
    let hasher = context.hasher()?;
    context.with_database(|opened| async move {
        let directory = opened.directory().await?;
        // The command line acts as an administrator under the system's name.
        let actor = Actor { role: Role::CityAdmin, ..accounts::system_actor() };
        let permit = Permit::<Administer>::ask(&actor, CITY).context("权限表有误")?;
        let mut writing = Writing::begin(&opened.db, &opened.key, clocks(None), actor, &Opened::whole(&directory)).await?;
        match arguments {
            Arguments::Add { login, role, county, name, legal_review } => {
                let mut cells = Cells::new(writing.today());
                cells.set("login", login).set("name", name).set("role", role).set("county", county.unwrap_or_default());
                cells.set("legal_review", if legal_review { "yes" } else { "" });
                let Some(new) = NewAccount::read(&mut cells, |text| directory.read(text)) else {
                    let said: Vec<&str> = cells.errors().iter().map(|m| m.text.as_str()).collect();
                    bail!(said.join(" "));
                };
                let password = accounts::one_time();
                accounts::add(&mut writing, &permit, &new, &hasher.hash(&password).await?, true).await?;
                writing.commit().await?;
                println!("{}\t{password}", new.login);
            }
            Arguments::Reset { login } => {
                let account = existing(&opened, &login).await?;
                let password = accounts::one_time();
                accounts::reset(&mut writing, &permit, &account, &hasher.hash(&password).await?).await?;
                writing.commit().await?;
                println!("{}\t{password}", account.login);
            }
            Arguments::Disable { login } => {
                let account = existing(&opened, &login).await?;
                accounts::disable(&mut writing, &permit, &account).await?;
                writing.commit().await?;
                eprintln!("账号 {} 已停用。", account.login);
            }
        }
        Ok(((), opened))
    })
}

async fn existing(opened: &Opened, login: &str) -> anyhow::Result<Account> {
    let account = accounts::find_by_login(opened.db.doorstep().await?.connection(), login).await?;
    account.with_context(|| format!("没有账号“{login}”。"))
}
