mod import;
mod list;
mod new;
mod phone;
mod self_inspection;
