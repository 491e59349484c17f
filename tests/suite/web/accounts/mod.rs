mod clock;
mod index;
mod login;
mod many;
mod new;
mod sessions;
mod show;
