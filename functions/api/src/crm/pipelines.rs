//! Pipelines: how the business calls, colours and orders the eight stages, which moves happen by themselves, and what stands
//! in each stage now.

use super::lead_fields::parsed;
use crate::app::App;
use crate::web::answers::Versioned;
use crate::web::audit::entry;
use crate::web::auth::{Caller, Viewing};
use crate::web::body::{JsonBody, given};
use crate::web::if_match::{IfMatch, changed_meanwhile};
use crate::web::path::Id;
use crate::web::problem::{FieldError, Kind, Problem};
use crate::web::query::{Query, parameters};
use axum::Json;
use axum::extract::State;
use domain::Timestamp;
use domain::access::audit::Action;
use domain::crm::lead_details::LeadValue;
use domain::crm::pipelines::{
    AutomaticMoves, InvalidPipeline, LONGEST_STAGE_NAME, Pipeline, PipelineStage, Pipelines, StageColour,
};
use domain::ids::PipelineId;
use domain::insight::figures::{Board, Figure, Measure, Tally};
use domain::stages::Stage;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How often a change is made again when somebody else was faster.
const MOST_RACES: usize = 8;

/// A stage, as a pipeline shows it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PipelineStage")]
pub(crate) struct StageView {
    /// The stage: one of eight keys.
    stage: Stage,
    /// The business's name for it.
    label: String,
    /// Its colour.
    colour: StageColour,
    /// Whether boards leave it out.
    hidden: bool,
}

/// A pipeline.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Pipeline")]
pub(crate) struct PipelineView {
    /// The pipeline's ID.
    id: PipelineId,
    /// The name.
    name: String,
    /// Whether it is the default pipeline, which is also that of leads.
    is_default: bool,
    /// All eight stages, in their order.
    stages: Vec<StageView>,
}

/// The moves of leads that happen by themselves.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "AutomaticMoves")]
pub(crate) struct MovesView {
    /// The stage of a lead that a customer's first message creates.
    first_message: Stage,
    /// Where a later message moves a lead in the stage `New` or `Incoming`. Null leaves it there.
    later_message: Option<Stage>,
    /// Where the first answer moves a lead in the stage `New` or `Incoming`. Null leaves it there.
    answer: Option<Stage>,
}

/// All pipelines, the default one first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "Pipelines")]
pub(crate) struct PipelinesView {
    /// The pipelines.
    items: Vec<PipelineView>,
    /// Null: all pipelines are on one page.
    next_cursor: Option<String>,
    /// The moves of leads that happen by themselves.
    moves: MovesView,
}

/// What stands in a stage now.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "StageTotals")]
pub(crate) struct StageTotalsView {
    /// The stage.
    stage: Stage,
    /// The business's name for it.
    label: String,
    /// Its colour.
    colour: StageColour,
    /// Whether boards leave it out.
    hidden: bool,
    /// The number of leads, or of deals.
    count: i64,
    /// Their value, by currency.
    values: Vec<MoneyView>,
    /// How long they have been in this stage, on average, in seconds. Null if there are none.
    average_age_seconds: Option<u64>,
}

/// An amount in one currency.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "StageValue")]
pub(crate) struct MoneyView {
    /// The currency, as ISO 4217 writes it.
    currency: String,
    /// The amount.
    value: f64,
}

/// A board: what stands in each stage now.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "PipelineTotals")]
pub(crate) struct TotalsView {
    /// The pipeline.
    pipeline_id: PipelineId,
    /// Its name.
    name: String,
    /// The stages, in their order.
    stages: Vec<StageTotalsView>,
}

/// How a pipeline shows a stage. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct StageBody {
    /// The stage: one of eight keys.
    #[schemars(with = "Stage")]
    stage: String,
    /// The business's name for it.
    #[schemars(length(min = 1, max = LONGEST_STAGE_NAME))]
    label: Option<String>,
    /// Its colour.
    #[schemars(with = "Option<StageColour>")]
    colour: Option<String>,
    /// Whether boards leave it out.
    hidden: Option<bool>,
}

/// A pipeline to create.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct NewPipelineBody {
    /// The name.
    #[schemars(length(min = 1, max = LONGEST_STAGE_NAME))]
    name: String,
    /// The stages in their order. Those that are left out follow.
    #[serde(default)]
    #[schemars(length(max = 8))]
    stages: Vec<StageBody>,
}

/// A change of a pipeline. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PipelineBody {
    /// The name.
    #[schemars(length(min = 1, max = LONGEST_STAGE_NAME))]
    name: Option<String>,
    /// The stages in their order. Those that are left out follow.
    #[schemars(length(max = 8))]
    stages: Option<Vec<StageBody>>,
    /// The moves of leads that happen by themselves. Only of the default pipeline.
    moves: Option<MovesBody>,
}

/// The moves of leads that happen by themselves. Omitted fields stay as they are.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct MovesBody {
    /// The stage of a lead that a customer's first message creates.
    #[schemars(with = "Option<Stage>")]
    first_message: Option<String>,
    /// Where a later message moves a lead in the stage `New` or `Incoming`. Null leaves it there.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<Stage>")]
    later_message: Option<Option<String>>,
    /// Where the first answer moves a lead in the stage `New` or `Incoming`. Null leaves it there.
    #[serde(default, deserialize_with = "given")]
    #[schemars(with = "Option<Stage>")]
    answer: Option<Option<String>>,
}

parameters! {
    /// The board to return.
    TotalsQuery {
        /// The pipeline whose deals are counted. Without it, leads are.
        pipeline_id = "pipelineId": Option<PipelineId>,
    }
}

impl PipelinesView {
    fn new(pipelines: Pipelines) -> Self {
        let AutomaticMoves { first_message, later_message, answer } = pipelines.moves;
        Self {
            items: pipelines.pipelines.into_iter().map(PipelineView::new).collect(),
            next_cursor: None,
            moves: MovesView { first_message, later_message, answer },
        }
    }
}

impl PipelineView {
    fn new(pipeline: Pipeline) -> Self {
        let stages = pipeline.stages.into_iter();
        Self {
            id: pipeline.id,
            name: pipeline.name,
            is_default: pipeline.id == PipelineId::default_pipeline(),
            stages: stages
                .map(|PipelineStage { stage, label, colour, hidden }| StageView { stage, label, colour, hidden })
                .collect(),
        }
    }
}

/// `GET /api/pipelines`: List pipelines: how the business calls, colours and orders the stages. The default pipeline comes
/// first. All of them are on one page.
pub(crate) async fn list_pipelines(
    State(app): State<App>,
    caller: Caller,
) -> Result<Versioned<PipelinesView>, Problem> {
    let pipelines = app.store.tenant(caller.tenant).pipelines().await?;
    Ok(Versioned { revision: pipelines.revision, body: PipelinesView::new(pipelines) })
}

/// `POST /api/pipelines` `{name, stages}`: Create a pipeline for deals.
pub(crate) async fn create_pipeline(
    State(app): State<App>,
    caller: Caller,
    if_match: IfMatch,
    JsonBody(body): JsonBody<NewPipelineBody>,
) -> Result<Versioned<PipelineView, 201>, Problem> {
    let id = PipelineId::from_parts(app.clock.now(), app.random.u128());
    let new = Pipeline::new(id, &body.name);
    let new = new.arranged(stages_of(&new, &body.stages)?).map_err(refused)?;
    let after =
        changed(&app, caller, if_match, id, "created", |pipelines| pipelines.with(new.clone()).map_err(refused))
            .await?;
    shown(after, id)
}

/// `PATCH /api/pipelines/{id}` `{name, stages, moves}`: Update a pipeline: its name, and the names, colours and order of its
/// stages. In the default pipeline, also the moves of leads that happen by themselves.
pub(crate) async fn update_pipeline(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<PipelineId>,
    if_match: IfMatch,
    JsonBody(body): JsonBody<PipelineBody>,
) -> Result<Versioned<PipelineView>, Problem> {
    if body.moves.is_some() && id != PipelineId::default_pipeline() {
        return Err(field("moves", "Only the default pipeline has automatic moves.".to_owned()));
    }
    let after = changed(&app, caller, if_match, id, "changed", |pipelines| {
        let pipeline = pipelines.get(id).ok_or_else(|| Problem::not_found("pipeline"))?;
        let mut after = pipeline.clone();
        if let Some(stages) = &body.stages {
            after = after.arranged(stages_of(pipeline, stages)?).map_err(refused)?;
        }
        if let Some(name) = &body.name {
            after.name.clone_from(name);
        }
        let mut all = pipelines.with(after).map_err(refused)?;
        if let Some(moves) = &body.moves {
            let moves = moves_of(pipelines.moves, moves)?;
            all = Pipelines { revision: pipelines.revision, ..all }.moving(moves).map_err(refused)?;
            all.revision =
                pipelines.revision + u64::from(all.pipelines != pipelines.pipelines || all.moves != pipelines.moves);
        }
        Ok(all)
    })
    .await?;
    shown(after, id)
}

/// `DELETE /api/pipelines/{id}`: Delete a pipeline without deals. The default pipeline cannot be deleted.
pub(crate) async fn delete_pipeline(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<PipelineId>,
    if_match: IfMatch,
) -> Result<Versioned<PipelinesView>, Problem> {
    if id == PipelineId::default_pipeline() {
        return Err(Problem::new(Kind::Conflict, "The default pipeline cannot be deleted. Rename it, or hide stages."));
    }
    if app.store.tenant(caller.tenant).has_deals(id).await? {
        return Err(Problem::new(Kind::Conflict, "This pipeline has deals. Move them to another pipeline first."));
    }
    let after = changed(&app, caller, if_match, id, "deleted", |pipelines| {
        pipelines.get(id).ok_or_else(|| Problem::not_found("pipeline"))?;
        Ok(pipelines.without(id))
    })
    .await?;
    Ok(Versioned { revision: after.revision, body: PipelinesView::new(after) })
}

/// `GET /api/pipeline?pipelineId=`: Get what stands in each stage now: the number of leads, their value by currency and their
/// average age in the stage. With `pipelineId`, of the deals in that pipeline. The figures follow a change within seconds.
pub(crate) async fn get_pipeline_totals(
    State(app): State<App>,
    caller: Caller,
    Viewing(viewer): Viewing,
    Query(TotalsQuery { pipeline_id }): Query<TotalsQuery>,
) -> Result<Json<TotalsView>, Problem> {
    if !viewer.sees_everything() {
        let detail = "You see only some of the leads. Ask an owner or admin for the totals.";
        return Err(Problem::new(Kind::Forbidden, detail));
    }
    let store = app.store.tenant(caller.tenant);
    let pipelines = store.pipelines().await?;
    let id = pipeline_id.unwrap_or_else(PipelineId::default_pipeline);
    let pipeline = pipelines
        .get(id)
        .ok_or_else(|| Problem::field(Kind::InvalidParameter, "pipelineId", "There is no pipeline with this ID."))?;
    let board = pipeline_id.map_or(Board::Leads, Board::Deals);
    let tally = store.standing().await?;
    let now = app.clock.now();
    let stages = pipeline.stages.iter().map(|stage| totals(board, stage, &tally, now)).collect();
    Ok(Json(TotalsView { pipeline_id: id, name: pipeline.name.clone(), stages }))
}

fn totals(board: Board, stage: &PipelineStage, tally: &Tally, now: Timestamp) -> StageTotalsView {
    let mut count = 0;
    let mut since = 0;
    let mut values = Vec::new();
    for (figure, times) in tally.iter() {
        match figure {
            Figure::Standing(of, in_stage, measure) if of == board && in_stage == stage.stage => match measure {
                Measure::Count => count = times,
                Measure::Since => since = times,
                Measure::Value(code) => {
                    let minor = u64::try_from(times).unwrap_or_default();
                    let value = LeadValue::sum_from_minor(minor, code.as_str());
                    values.extend(value.map(|value| MoneyView { currency: code.as_str().to_owned(), value }));
                }
            },
            _ => {}
        }
    }
    let mean = (count > 0).then(|| Timestamp::from_seconds(since / count));
    let PipelineStage { stage, label, colour, hidden } = stage.clone();
    let average_age_seconds = mean.map(|mean| now.since(mean)).as_ref().map(Duration::as_secs);
    StageTotalsView { stage, label, colour, hidden, count, values, average_age_seconds }
}

/// Makes a change to the pipelines as they stand, again if somebody else was faster and the caller did not name a revision.
async fn changed(
    app: &App,
    caller: Caller,
    if_match: IfMatch,
    id: PipelineId,
    what: &str,
    change: impl Fn(&Pipelines) -> Result<Pipelines, Problem>,
) -> Result<Pipelines, Problem> {
    let store = app.store.tenant(caller.tenant);
    for _ in 0..MOST_RACES {
        let before = store.pipelines().await?;
        if_match.admits(before.revision)?;
        let after = change(&before)?;
        if after == before {
            return Ok(after);
        }
        let entry = entry(app, caller.by, Action::PipelineChanged, &id.to_string(), what);
        if store.change_pipelines(before.revision, &after, &entry).await? {
            return Ok(after);
        }
        if if_match.0.is_some() {
            return Err(changed_meanwhile());
        }
    }
    Err(store::StoreError::Conflict.into())
}

fn shown<const STATUS: u16>(after: Pipelines, id: PipelineId) -> Result<Versioned<PipelineView, STATUS>, Problem> {
    let pipeline = after.get(id).cloned().ok_or_else(|| Problem::not_found("pipeline"))?;
    Ok(Versioned { revision: after.revision, body: PipelineView::new(pipeline) })
}

fn stages_of(pipeline: &Pipeline, bodies: &[StageBody]) -> Result<Vec<PipelineStage>, Problem> {
    let read = |(place, body): (usize, &StageBody)| {
        let stage: Stage = parsed(&format!("stages[{place}].stage"), &body.stage)?;
        let colour = body.colour.as_deref().map(|text| parsed(&format!("stages[{place}].colour"), text)).transpose()?;
        let there = pipeline.stages.iter().find(|there| there.stage == stage);
        let there = there.ok_or_else(|| Problem::internal("a pipeline without a stage"))?;
        Ok(PipelineStage {
            stage,
            label: body.label.clone().unwrap_or_else(|| there.label.clone()),
            colour: colour.unwrap_or(there.colour),
            hidden: body.hidden.unwrap_or(there.hidden),
        })
    };
    bodies.iter().enumerate().map(read).collect()
}

fn moves_of(before: AutomaticMoves, body: &MovesBody) -> Result<AutomaticMoves, Problem> {
    let stage = |name: &str, text: &Option<Option<String>>, before| match text {
        Some(Some(text)) => parsed(&format!("moves.{name}"), text).map(Some),
        Some(None) => Ok(None),
        None => Ok(before),
    };
    let first = body.first_message.as_deref().map(|text| parsed("moves.firstMessage", text)).transpose()?;
    Ok(AutomaticMoves {
        first_message: first.unwrap_or(before.first_message),
        later_message: stage("laterMessage", &body.later_message, before.later_message)?,
        answer: stage("answer", &body.answer, before.answer)?,
    })
}

fn refused(refused: InvalidPipeline) -> Problem {
    let detail = refused.to_string();
    match refused {
        InvalidPipeline::Name => field("name", detail),
        InvalidPipeline::Label | InvalidPipeline::Twice | InvalidPipeline::AllHidden => field("stages", detail),
        InvalidPipeline::Move => field("moves", detail),
        InvalidPipeline::NameTaken => Problem::field(Kind::Conflict, "name", detail),
        InvalidPipeline::TooMany => Problem::new(Kind::Conflict, detail),
    }
}

fn field(name: &str, detail: String) -> Problem {
    Problem::invalid(vec![FieldError::new(name, detail)])
}
