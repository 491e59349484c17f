mod import;
mod list;
mod new;
