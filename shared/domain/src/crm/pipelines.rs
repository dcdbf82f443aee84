//! Pipelines: how a business calls, colours and orders the eight stages, and which moves happen by themselves. Every business
//! has the default pipeline, which is that of its leads; deals may stand in further ones.

use crate::characters::is_visible;
use crate::ids::PipelineId;
use crate::stages::Stage;
use crate::string_enum::string_enum;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most pipelines of one business.
pub const MOST_PIPELINES: usize = 10;

/// The longest name of a pipeline or stage, in characters.
pub const LONGEST_STAGE_NAME: usize = 40;

string_enum! {
    /// The colour of a stage.
    StageColour {
        /// Grey.
        Grey = "grey",
        /// Blue.
        Blue = "blue",
        /// Teal.
        Teal = "teal",
        /// Green.
        Green = "green",
        /// Yellow.
        Yellow = "yellow",
        /// Orange.
        Orange = "orange",
        /// Red.
        Red = "red",
        /// Purple.
        Purple = "purple",
    }
}

/// How a pipeline shows one of the eight stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineStage {
    /// The stage: its key in the API.
    pub stage: Stage,
    /// What the business calls it.
    pub label: String,
    /// Its colour.
    pub colour: StageColour,
    /// Whether boards leave it out. Leads and deals may stand in it all the same.
    pub hidden: bool,
}

/// A pipeline: the eight stages in the order in which the business works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipeline {
    /// Its ID.
    pub id: PipelineId,
    /// What people call it.
    pub name: String,
    /// All eight stages, in their order.
    pub stages: Vec<PipelineStage>,
}

/// The moves of leads that happen by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutomaticMoves {
    /// The stage of a lead that a customer's first message creates.
    pub first_message: Stage,
    /// Where a later message moves a lead in New or Incoming; none leaves it there.
    pub later_message: Option<Stage>,
    /// Where the first answer moves a lead in New or Incoming; none leaves it there.
    pub answer: Option<Stage>,
}

impl Default for AutomaticMoves {
    fn default() -> Self {
        Self { first_message: Stage::Incoming, later_message: Some(Stage::Contacted), answer: None }
    }
}

/// The pipelines of a business, the default one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipelines {
    /// The pipelines.
    pub pipelines: Vec<Pipeline>,
    /// The moves that happen by themselves.
    pub moves: AutomaticMoves,
    /// Counts the changes.
    pub revision: u64,
}

impl Default for Pipelines {
    fn default() -> Self {
        let default = Pipeline::new(PipelineId::default_pipeline(), "Sales");
        Self { pipelines: vec![default], moves: AutomaticMoves::default(), revision: 0 }
    }
}

/// Why pipelines cannot be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPipeline {
    /// A name that is empty or too long.
    #[error("Use 1 to {LONGEST_STAGE_NAME} characters, at least one of them visible.")]
    Name,
    /// Another pipeline has the name.
    #[error("Another pipeline has this name. Choose another name.")]
    NameTaken,
    /// A label that is empty or too long, or that another stage has.
    #[error("Use 1 to {LONGEST_STAGE_NAME} characters, and another label for each stage.")]
    Label,
    /// A stage twice.
    #[error("Name each stage at most once.")]
    Twice,
    /// No stage is shown.
    #[error("Show at least one stage.")]
    AllHidden,
    /// A move to a stage that no message means.
    #[error(
        "A lead moves by itself to New, Incoming, Contacted or Qualified at the first message, and to Contacted, Qualified, Proposal or Negotiation later."
    )]
    Move,
    /// Too many pipelines.
    #[error("A business has at most {MOST_PIPELINES} pipelines. Delete one first.")]
    TooMany,
}

impl PipelineId {
    /// The default pipeline of every business.
    #[must_use]
    pub fn default_pipeline() -> Self {
        Self::from_parts(Timestamp::default(), 0)
    }
}

impl Pipeline {
    /// A pipeline with the eight stages as everybody knows them.
    #[must_use]
    pub fn new(id: PipelineId, name: &str) -> Self {
        let stage = |stage: &Stage| PipelineStage {
            stage: *stage,
            label: stage.as_str().to_owned(),
            colour: usual_colour(*stage),
            hidden: false,
        };
        Self { id, name: name.to_owned(), stages: Stage::ALL.iter().map(stage).collect() }
    }

    /// The stages in the order of `given`; those that it leaves out follow as they were, hidden or not.
    ///
    /// # Errors
    /// [`InvalidPipeline`] if a stage is named twice.
    pub fn arranged(&self, given: Vec<PipelineStage>) -> Result<Self, InvalidPipeline> {
        let named: BTreeSet<_> = given.iter().map(|stage| stage.stage).collect();
        if named.len() < given.len() {
            return Err(InvalidPipeline::Twice);
        }
        let rest = self.stages.iter().filter(|stage| !named.contains(&stage.stage)).cloned();
        Ok(Self { stages: given.into_iter().chain(rest).collect(), ..self.clone() })
    }

    fn checked(mut self) -> Result<Self, InvalidPipeline> {
        self.name = label(&self.name).ok_or(InvalidPipeline::Name)?;
        let mut labels = BTreeSet::new();
        for stage in &mut self.stages {
            stage.label = label(&stage.label).ok_or(InvalidPipeline::Label)?;
            if !labels.insert(stage.label.to_lowercase()) {
                return Err(InvalidPipeline::Label);
            }
        }
        if self.stages.iter().all(|stage| stage.hidden) { Err(InvalidPipeline::AllHidden) } else { Ok(self) }
    }
}

impl Pipelines {
    /// The pipeline with this ID.
    #[must_use]
    pub fn get(&self, id: PipelineId) -> Option<&Pipeline> {
        self.pipelines.iter().find(|pipeline| pipeline.id == id)
    }

    /// These pipelines with `pipeline` in its place, or at the end.
    ///
    /// # Errors
    /// [`InvalidPipeline`] if it must not be.
    pub fn with(&self, pipeline: Pipeline) -> Result<Self, InvalidPipeline> {
        let pipeline = pipeline.checked()?;
        let mut after = self.clone();
        let is_full = after.pipelines.len() >= MOST_PIPELINES;
        match after.pipelines.iter_mut().find(|other| other.id == pipeline.id) {
            Some(place) => *place = pipeline,
            None if is_full => return Err(InvalidPipeline::TooMany),
            None => after.pipelines.push(pipeline),
        }
        let names: BTreeSet<_> = after.pipelines.iter().map(|pipeline| pipeline.name.to_lowercase()).collect();
        if names.len() < after.pipelines.len() {
            return Err(InvalidPipeline::NameTaken);
        }
        Ok(after.counted(self))
    }

    /// These pipelines without one that is not the default.
    #[must_use]
    pub fn without(&self, id: PipelineId) -> Self {
        let mut after = self.clone();
        after.pipelines.retain(|pipeline| pipeline.id != id || id == PipelineId::default_pipeline());
        after.counted(self)
    }

    /// These pipelines with other automatic moves.
    ///
    /// # Errors
    /// [`InvalidPipeline::Move`] if a move leads where no message means.
    pub fn moving(&self, moves: AutomaticMoves) -> Result<Self, InvalidPipeline> {
        use Stage::{Contacted, Incoming, Lost, Negotiation, New, Proposal, Qualified, Won};
        let begins = match moves.first_message {
            New | Incoming | Contacted | Qualified => true,
            Proposal | Negotiation | Won | Lost => false,
        };
        let goes_on = |stage: Option<Stage>| match stage {
            None | Some(Contacted | Qualified | Proposal | Negotiation) => true,
            Some(New | Incoming | Won | Lost) => false,
        };
        if !begins || !goes_on(moves.later_message) || !goes_on(moves.answer) {
            return Err(InvalidPipeline::Move);
        }
        Ok(Self { moves, ..self.clone() }.counted(self))
    }

    fn counted(mut self, before: &Self) -> Self {
        if self != *before {
            self.revision = before.revision + 1;
        }
        self
    }
}

const fn usual_colour(stage: Stage) -> StageColour {
    match stage {
        Stage::New => StageColour::Grey,
        Stage::Incoming => StageColour::Blue,
        Stage::Contacted => StageColour::Teal,
        Stage::Qualified => StageColour::Purple,
        Stage::Proposal => StageColour::Yellow,
        Stage::Negotiation => StageColour::Orange,
        Stage::Won => StageColour::Green,
        Stage::Lost => StageColour::Red,
    }
}

fn label(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = (1..=LONGEST_STAGE_NAME).contains(&text.chars().count()) && is_visible(text);
    (fits && !text.chars().any(char::is_control)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_renamed_and_ordered_and_keep_their_keys() {
        let pipelines = Pipelines::default();
        let sales = pipelines.pipelines[0].clone();
        let won = PipelineStage { label: " Sold ".to_owned(), ..sales.stages[6].clone() };
        let after = pipelines.with(sales.arranged(vec![won.clone()]).unwrap()).unwrap();
        let first = &after.pipelines[0].stages[0];
        assert_eq!((first.stage, first.label.as_str(), after.revision), (Stage::Won, "Sold", 1));
        assert_eq!(after.pipelines[0].stages.len(), 8);
        assert_eq!(sales.arranged(vec![won.clone(), won.clone()]), Err(InvalidPipeline::Twice));
        let same = PipelineStage { label: "lost".to_owned(), ..won };
        assert_eq!(pipelines.with(sales.arranged(vec![same]).unwrap()), Err(InvalidPipeline::Label));
    }

    #[test]
    fn a_lead_moves_by_itself_to_few_stages_only() {
        let moves = AutomaticMoves { answer: Some(Stage::Contacted), later_message: None, ..AutomaticMoves::default() };
        assert_eq!(Pipelines::default().moving(moves).unwrap().moves, moves);
        for wrong in [
            AutomaticMoves { first_message: Stage::Won, ..moves },
            AutomaticMoves { answer: Some(Stage::Won), ..moves },
            AutomaticMoves { later_message: Some(Stage::New), ..moves },
        ] {
            assert_eq!(Pipelines::default().moving(wrong), Err(InvalidPipeline::Move));
        }
    }

    #[test]
    fn the_default_pipeline_stays() {
        let second = Pipeline::new(PipelineId::from_parts(Timestamp::from_seconds(9), 1), "Renewals");
        let both = Pipelines::default().with(second.clone()).unwrap();
        assert_eq!(both.without(PipelineId::default_pipeline()), both);
        assert_eq!(both.without(second.id).pipelines.len(), 1);
        assert_eq!(
            both.with(Pipeline { id: PipelineId::from_parts(Timestamp::from_seconds(9), 2), ..second }),
            Err(InvalidPipeline::NameTaken)
        );
    }
}
