//! Passwords: Argon2id behind a semaphore, a strength rule, one-time passwords.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use rand::RngExt;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;
use tokio::sync::{Mutex, MutexGuard, Semaphore};

/// Queues in which tries at logins wait for each other: a login always in the same one.
const TURNS: usize = 64;

/// Hashes and checks passwords: m = 64 MiB, t = 2, p = 1, off the async threads, two at a time so that memory is bounded.
#[derive(Clone)]
pub struct Hasher {
    params: Params,
    gate: Arc<Semaphore>,
    turns: Arc<[Mutex<()>; TURNS]>,
    dummy: Arc<str>,
}

/// Why a password could not be hashed or checked at all.
#[derive(Debug, thiserror::Error)]
#[error("口令校验暂不可用。")]
pub struct PasswordError;

impl Hasher {
    /// A hasher that uses `memory_kib` KiB a password.
    pub fn new(memory_kib: u32) -> Result<Self, PasswordError> {
        let params = Params::new(memory_kib, 2, 1, None).map_err(|_| PasswordError)?;
        let dummy = hash_now(&params, &one_time())?;
        let turns = Arc::new(std::array::from_fn(|_| Mutex::new(())));
        Ok(Self { params, gate: Arc::new(Semaphore::new(2)), turns, dummy: dummy.into() })
    }

    /// The hash of a new password.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let (params, password) = (self.params.clone(), password.to_owned());
        self.behind_gate(move || hash_now(&params, &password)).await?
    }

    /// Checks a password. Without a stored hash (unknown or disabled account) a dummy is checked, so that time tells
    /// nothing. `Some(true)` in the second place: right, and the stored hash has old parameters.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<(bool, bool), PasswordError> {
        let known = stored.is_some_and(|s| !s.is_empty());
        let hash = stored.filter(|s| !s.is_empty()).unwrap_or(&self.dummy).to_owned();
        let (params, password) = (self.params.clone(), password.to_owned());
        self.behind_gate(move || {
            let Ok(parsed) = PasswordHash::new(&hash) else { return (false, false) };
            let right = argon(&params).verify_password(password.as_bytes(), &parsed).is_ok() && known;
            let old = Params::try_from(&parsed).is_ok_and(|p| p.m_cost() != params.m_cost() || p.t_cost() != params.t_cost());
            (right, right && old)
        })
        .await
    }

    /// The turn of a login, until this is dropped. Whoever signs in several times at once is let in each time, because no try is
    /// counted while another may still succeed.
    pub async fn turn(&self, login: &str) -> MutexGuard<'_, ()> {
        let mut hash = DefaultHasher::new();
        login.hash(&mut hash);
        self.turns[usize::try_from(hash.finish() % TURNS as u64).unwrap_or(0)].lock().await
    }

    async fn behind_gate<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        let _turn = self.gate.acquire().await.map_err(|_| PasswordError)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| PasswordError)
    }
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Hasher({:?})", self.params)
    }
}

fn argon(params: &Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
}

fn hash_now(params: &Params, password: &str) -> Result<String, PasswordError> {
    argon(params).hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(|_| PasswordError)
}

/// A random password to be changed at the first sign-in: 16 letters and digits that cannot be mistaken for each other.
pub fn one_time() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut rng = rand::rng();
    (0..16).map(|_| char::from(LETTERS[rng.random_range(0..LETTERS.len())])).collect()
}

/// Words that must not make up a password.
const COMMON: [&str; 24] = [
    "password", "123456", "12345678", "123123", "111111", "000000", "abc123", "qwerty", "iloveyou", "admin", "letmein",
    "welcome", "woaini", "zhengzhi", "changzhi", "huanbao", "shengtai", "shanxi", "mima", "a1b2c3", "asdf", "zxcv", "1qaz2wsx",
    "qazwsx",
];

/// Why a new password is not taken; `None` when it is. 12 to 128 characters of any kind, not made of common words, county
/// names or the login.
pub fn check_new(password: &str, login: &str, names: &[String]) -> Option<String> {
    let length = password.chars().count();
    if length < 12 {
        return Some(format!("密码须为12至128个字符，现为{length}个。可用一句好记的话。"));
    }
    if length > 128 {
        return Some("密码最多128个字符。".to_owned());
    }
    let mut rest = password.to_lowercase();
    let login = login.to_lowercase();
    let parts = COMMON.iter().map(ToString::to_string).chain(names.iter().map(|n| n.to_lowercase())).chain([login]);
    for part in parts.filter(|p| p.chars().count() >= 2) {
        rest = rest.replace(&part, "");
    }
    let mut distinct: Vec<char> = rest.chars().collect();
    distinct.sort_unstable();
    distinct.dedup();
    if rest.chars().count() < 8 || distinct.len() < 5 {
        return Some("密码过于简单：请勿主要由常用词、县区名、登录名或重复字符组成。".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_a_good_password() {
        assert_eq!(check_new("漳河水清清又到六月天", "wang", &[]).map(|_| ()), Some(()), "ten characters are too few");
        assert_eq!(check_new("漳河水清清，又到六月好时节", "wang", &[]), None);
    }

    #[test]
    fn common_words_county_names_and_logins_do_not_count() {
        assert!(check_new("password1234", "wang", &[]).is_some());
        assert!(check_new("潞州区潞州区潞州区潞州区12", "wang", &["潞州区".into()]).is_some());
        assert!(check_new("luzhou-clerk-luzhou-clerk", "luzhou-clerk", &[]).is_some());
        assert!(check_new("aaaaaaaaaaaaaaaa", "wang", &[]).is_some());
    }

    #[tokio::test]
    async fn a_wrong_password_and_an_unknown_account_look_alike() {
        let hasher = Hasher::new(64).unwrap();
        let hash = hasher.hash("correct horse battery").await.unwrap();
        assert_eq!(hasher.verify("correct horse battery", Some(&hash)).await.unwrap(), (true, false));
        assert_eq!(hasher.verify("wrong", Some(&hash)).await.unwrap(), (false, false));
        assert_eq!(hasher.verify("wrong", None).await.unwrap(), (false, false));
        assert_eq!(hasher.verify("", Some("")).await.unwrap(), (false, false));
    }
}
