mod edit;
mod show;
mod step;
