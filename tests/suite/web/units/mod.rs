mod import;
mod list;
mod new;
mod self_inspection;
