mod index;
mod login;
mod new;
mod show;
