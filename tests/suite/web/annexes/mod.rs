mod download;
mod table;
mod zero;
