//! The demo's accounts: one of each role, a clerk and a lead in two counties.

use crate::accounts::{self, Hasher, NewAccount};
use crate::base::ability::Administer;
use crate::base::role::{Actor, Role};
use crate::base::{CITY, Clocks, CountyId, Permit, Scope};
use crate::counties;
use crate::history::{Key, Writing};
use crate::platform::database::Database;
use anyhow::Context as _;
use serde_json::json;

struct Person {
    login: &'static str,
    name: &'static str,
    role: Role,
    county: CountyId,
    legal_review: bool,
}

const fn person(login: &'static str, name: &'static str, role: Role, county: i32, legal_review: bool) -> Person {
    Person { login, name, role, county: CountyId(county), legal_review }
}

const PEOPLE: [Person; 9] = [
    person("shiju-admin", "演示管理员", Role::CityAdmin, 140400, false),
    person("shiju-diaodu", "演示调度员", Role::CityReviewer, 140400, false),
    person("shiju-fagui", "演示法规员", Role::CityReviewer, 140400, true),
    person("shiju-shenji", "演示审计员", Role::Auditor, 140400, false),
    person("luzhou-tianbao", "演示填报员甲", Role::CountyClerk, 140403, false),
    person("luzhou-fuze", "演示负责人甲", Role::CountyLead, 140403, true),
    person("xiangyuan-tianbao", "演示填报员乙", Role::CountyClerk, 140423, false),
    person("xiangyuan-fuze", "演示负责人乙", Role::CountyLead, 140423, false),
    person("gaoxin-tianbao", "演示填报员丙", Role::CountyClerk, 140471, false),
];

/// The password of every demo account: it is printed, and the demo binds loopback only.
const PASSWORD: &str = "yanshi-2019-0628";

/// The accounts as printed.
#[derive(Debug)]
pub struct People {
    counties: Vec<(CountyId, String)>,
}

impl People {
    /// Makes the accounts that are not there. Demo accounts need not change their password.
    pub async fn ensure(db: &Database, key: &Key, clocks: Clocks, hasher: &Hasher) -> anyhow::Result<Self> {
        let directory = counties::load(db.doorstep().await?.connection()).await?;
        let all = Scope::counties(directory.all().iter().map(|c| c.id).collect()).context("没有县区")?;
        let actor = Actor { role: Role::CityAdmin, ..accounts::system_actor() };
        let permit = Permit::<Administer>::ask(&actor, CITY).context("权限表有误")?;
        let mut hash = None;
        for person in &PEOPLE {
            if accounts::find_by_login(db.doorstep().await?.connection(), person.login).await?.is_some() {
                continue;
            }
            let hash: &String = match &mut hash {
                Some(hash) => hash,
                none => none.insert(hasher.hash(PASSWORD).await?),
            };
            let new = NewAccount {
                login: person.login.into(),
                name: person.name.into(),
                role: person.role,
                county: person.county,
                legal_review: person.legal_review,
                phone: String::new(),
                office: String::new(),
            };
            let mut writing = Writing::begin(db, key, clocks, actor.clone(), &all).await?;
            accounts::add(&mut writing, &permit, &new, hash, false).await?;
            writing.commit().await?;
        }
        Ok(Self { counties: directory.all().iter().map(|c| (c.id, c.name.clone())).collect() })
    }

    /// Prints address and accounts: one line of JSON on stdout, or a table for people.
    pub fn print(&self, url: &str, as_json: bool) {
        if as_json {
            let accounts: Vec<_> = PEOPLE
                .iter()
                .map(|p| json!({"login": p.login, "password": PASSWORD, "role": p.role.code(), "county": p.county.to_string()}))
                .collect();
            println!("{}", json!({"url": url, "accounts": accounts}));
            return;
        }
        println!("\n演示已就绪：{url}\n\n  登录名\t\t岗位\t\t所属");
        for p in &PEOPLE {
            let county = self.counties.iter().find(|(id, _)| *id == p.county).map_or("", |(_, name)| name);
            println!("  {:<18}\t{}\t{county}", p.login, p.role.label());
        }
        println!("\n  密码均为 {PASSWORD}。按 Ctrl-C 结束。");
    }
}
