//! Processes that part from this one: each goes on from there by itself, with everything as it was, and tells at its end
//! what came of it. So what led there is done once for all of them.
//!
//! A process with several threads may part too, if the others hold no lock meanwhile: a child has none but the thread
//! that parted.

use fork::{Fork, fork, wait_any};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

/// The children of this process that are under way, each with what it was called, and told of in `T`.
#[derive(Debug)]
pub(crate) struct Children<L, T> {
    dir: PathBuf,
    at_most: usize,
    under_way: BTreeMap<i32, (L, PathBuf)>,
    parted: usize,
    tells: PhantomData<fn() -> T>,
}

/// What came of a child: what it was called, and what it told.
pub(crate) type Ended<L, T> = (L, T);

/// On which side of a parting one is.
#[derive(Debug)]
pub(crate) enum Side<L, T> {
    /// The process that was there before; those of its children that have ended meanwhile.
    Parent(Vec<Ended<L, T>>),
    /// The child.
    Child(Parent),
}

/// To whom a child tells what came of it.
#[derive(Debug)]
pub(crate) struct Parent(PathBuf);

impl<L: Debug, T: DeserializeOwned> Children<L, T> {
    /// At most so many at a time; what they tell goes through files in `dir`.
    pub(crate) fn new(dir: &Path, at_most: usize) -> Self {
        Self { dir: dir.to_owned(), at_most, under_way: BTreeMap::new(), parted: 0, tells: PhantomData }
    }

    /// Parts, once there are not too many.
    ///
    /// # Panics
    /// If the system has no process left, or a child ended without a word.
    pub(crate) fn part(&mut self, called: L) -> Side<L, T> {
        let mut ended = Vec::new();
        while self.under_way.len() >= self.at_most {
            ended.push(self.wait());
        }
        let path = self.dir.join(format!("told-{}-{}", std::process::id(), self.parted));
        self.parted += 1;
        match fork().unwrap_or_else(|error| panic!("no process can part from this one: {error}")) {
            Fork::Parent(child) => {
                self.under_way.insert(child, (called, path));
                Side::Parent(ended)
            }
            Fork::Child => Side::Child(Parent(path)),
        }
    }

    /// Waits for all that are under way.
    ///
    /// # Panics
    /// If one of them ended without a word.
    pub(crate) fn wait_for_all(&mut self) -> Vec<Ended<L, T>> {
        let mut ended = Vec::new();
        while !self.under_way.is_empty() {
            ended.push(self.wait());
        }
        ended
    }

    fn wait(&mut self) -> Ended<L, T> {
        loop {
            let (child, _) = wait_any().unwrap_or_else(|error| panic!("a child is lost: {error}"));
            let Some((called, path)) = self.under_way.remove(&child) else { continue };
            let told = std::fs::read(&path).ok().and_then(|told| serde_json::from_slice(&told).ok());
            let told = told.unwrap_or_else(|| panic!("{called:?} ended without a word"));
            // It would go with the folder.
            let _ = std::fs::remove_file(&path);
            return (called, told);
        }
    }
}

impl Parent {
    /// Tells what came of it, and ends this process.
    pub(crate) fn tell(&self, told: &impl Serialize) -> ! {
        let told = serde_json::to_vec(told).expect("what is told can be written");
        std::fs::write(&self.0, told).expect("a file can be written");
        std::process::exit(0)
    }
}
