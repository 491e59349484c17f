mod import;
mod list;
