//! People: their accounts, passwords and sessions, and the [`Viewer`] that a valid session proves.

mod account;
mod drafts;
mod password;
mod sessions;
mod store;
mod throttle;

pub use account::{Account, AccountChanges, NewAccount, typed_login};
pub use drafts::{draft, keep_draft};
pub use password::{Hasher, PasswordError, check_new, one_time};
pub use sessions::{
    ABSOLUTE_HOURS, IDLE_MINUTES, OpenSession, SessionToken, Viewer, Visiting, end, end_all, end_other, open_sessions, sign_in,
    touch, visit,
};
pub use store::{
    add, change, change_password, disable, enable, find, find_by_login, list, outside_actor, renew_hash, reset, set_legal_review,
    system_actor,
};
pub use throttle::{Wait, address_allowed, attempt, forget_failures, forget_old_failures, try_allowed};
