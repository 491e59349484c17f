mod show;
mod step;
