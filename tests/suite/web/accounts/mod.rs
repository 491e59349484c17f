mod clock;
mod index;
mod login;
mod many;
mod new;
mod show;
