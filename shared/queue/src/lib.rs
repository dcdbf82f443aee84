//! What is handed from one function to another through a queue, how it is put there, and how a batch is taken.

pub mod batch;
pub mod client;
pub mod tasks;

pub use batch::{Record, Verdict, consume};
pub use client::{Outgoing, Queue, QueueError};
pub use tasks::{CheckTask, InboundTask, Job, JobTask, OutboundTask, OutboundWork, Run, SignalTask, TaskError, rerun};
