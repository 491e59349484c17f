//! An account of one person.

use crate::base::role::{Actor, Role};
use crate::base::{CITY, Cells, CountyId};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// Most characters of a login.
const LONGEST_LOGIN: usize = 40;

/// A login as it is looked up, counted and noted when somebody types it. One that no account can have stays such a one, and is
/// harmless: the database takes no NUL, and no key of any length.
pub fn typed_login(typed: &str) -> String {
    let harmless = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    typed.trim().to_lowercase().chars().map(harmless).take(LONGEST_LOGIN + 1).collect()
}

/// An account.
#[derive(Clone, Debug, sqlx::FromRow, serde::Deserialize)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// The name typed at sign-in, in lower case.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The role's code.
    pub role: String,
    /// The person's county; the city for the city's people.
    pub county_id: CountyId,
    /// Whether the person also holds 法规审核.
    pub legal_review: bool,
    /// Telephone.
    pub phone: String,
    /// 科室.
    pub office: String,
    /// The Argon2id hash; empty for the system account, which nothing matches. The history's rows are without it.
    #[serde(default)]
    pub password_hash: String,
    /// Whether the password must be changed before anything else.
    pub must_change: bool,
    /// When the password was set.
    pub password_changed_at: DateTime<Utc>,
    /// Since when nobody can sign in with it.
    pub disabled_at: Option<DateTime<Utc>>,
    /// The last sign-in.
    pub last_login_at: Option<DateTime<Utc>>,
    /// From which address.
    pub last_login_from: Option<String>,
    /// For the second editor.
    pub version: i32,
}

impl Account {
    /// The role; the system's for a code that no person has.
    pub fn role(&self) -> Role {
        Role::from_code(&self.role).unwrap_or(Role::System)
    }

    /// What may be edited, as the cells of its form.
    pub fn cells(&self, today: NaiveDate) -> Cells {
        let mut cells = Cells::new(today);
        cells
            .set("name", &*self.name)
            .set("phone", &*self.phone)
            .set("office", &*self.office)
            .set("version", self.version.to_string());
        cells
    }

    /// Who acts when this account writes.
    pub fn actor(&self) -> Actor {
        Actor {
            account: self.id,
            name: self.name.clone(),
            role: self.role(),
            county: self.county_id,
            legal_review: self.legal_review,
        }
    }
}

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The name typed at sign-in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The county; the city for the city's roles.
    pub county: CountyId,
    /// 法规审核.
    pub legal_review: bool,
    /// Telephone.
    pub phone: String,
    /// 科室.
    pub office: String,
}

impl NewAccount {
    /// Reads the fields `login`, `name`, `role`, `county`, `legal_review`, `phone`, `office`.
    pub fn read(cells: &mut Cells, county_of: impl Fn(&str) -> Option<CountyId>) -> Option<Self> {
        let login = cells.required("login", "请填写登录名。").map(|l| l.to_lowercase());
        if let Some(login) = &login
            && !(2..=LONGEST_LOGIN).contains(&login.chars().count())
        {
            cells.refuse("login", "登录名为2至40个字符。");
        }
        if login.as_ref().is_some_and(|l| l.contains(char::is_whitespace)) {
            cells.refuse("login", "登录名中不能有空格。");
        }
        let name = cells.required("name", "请填写姓名。");
        let role = cells.choice("role", Role::from_code);
        if role.is_none() && cells.error("role").is_none() {
            cells.refuse("role", "请选择岗位。");
        }
        let county = match role {
            Some(role) if role.of_a_county() => {
                let county = cells.choice("county", &county_of);
                if county.is_none() && cells.error("county").is_none() {
                    cells.refuse("county", "县区岗位请选择所属县区。");
                }
                county
            }
            _ => Some(CITY),
        };
        let legal_review = cells.tick("legal_review");
        if legal_review && role == Some(Role::Auditor) {
            cells.refuse("legal_review", "审计员不能兼任法规审核。");
        }
        let (phone, office) = (cells.text("phone").unwrap_or_default(), cells.text("office").unwrap_or_default());
        if !cells.clean() {
            return None;
        }
        Some(Self { login: login?, name: name?, role: role?, county: county?, legal_review, phone, office })
    }
}

/// What an administrator may change of an account: the person's data. Role and county stay; whoever moves gets a new account,
/// so that the history tells who was what.
#[derive(Clone, Debug)]
pub struct AccountChanges {
    /// The person's name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// 科室.
    pub office: String,
    /// The version that the editor saw.
    pub version: i32,
}

impl AccountChanges {
    /// Reads the fields `name`, `phone`, `office`, `version`.
    pub fn read(cells: &mut Cells) -> Option<Self> {
        let name = cells.required("name", "请填写姓名。");
        let (phone, office) = (cells.text("phone").unwrap_or_default(), cells.text("office").unwrap_or_default());
        let version = cells.raw("version").parse().unwrap_or(0);
        cells.clean().then_some(())?;
        Some(Self { name: name?, phone, office, version })
    }
}
