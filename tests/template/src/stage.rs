//! The template as one stage of `samconfig.toml` deploys it: parameters, conditions and mappings are settled, and both
//! pages lie beside each other. References between resources stay as they are written.

use crate::{Code, Pages, file, page};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One stage.
#[derive(Clone, Debug)]
pub struct Stage {
    /// What it is called.
    pub name: String,
    /// What its stack is called.
    pub stack: String,
    /// The parameters that it sets.
    pub parameters: BTreeMap<String, String>,
}

impl Stage {
    /// The stages of `samconfig.toml`.
    ///
    /// # Panics
    /// If it cannot be read, or does not say how to deploy one.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let config: toml::Table = file("samconfig.toml").parse().unwrap_or_else(|error| panic!("{error}"));
        let stages = config.iter().filter(|(_, stage)| stage.is_table());
        stages
            .map(|(_, stage)| Self::from_config(stage).expect("each stage has a stack's name and the parameter Stage"))
            .collect()
    }

    /// The same in an account whose quota is there.
    #[must_use]
    pub fn with_quota(&self) -> Self {
        let mut parameters = self.parameters.clone();
        parameters.insert("ReservedConcurrency".to_owned(), "yes".to_owned());
        Self { parameters, ..self.clone() }
    }

    fn from_config(config: &toml::Value) -> Option<Self> {
        let at = |section: &str, name: &str| config.get(section)?.get("parameters")?.get(name)?.as_str();
        let pairs = at("deploy", "parameter_overrides")?.split_whitespace().filter_map(|pair| pair.split_once('='));
        let parameters: BTreeMap<_, _> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let name = parameters.get("Stage")?.clone();
        Some(Self { name, stack: at("global", "stack_name")?.to_owned(), parameters })
    }
}

/// One resource, settled.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its logical id.
    pub id: String,
    /// Its type, such as `AWS::SQS::Queue`.
    pub kind: String,
    /// Everything that is said of it.
    pub all: Value,
}

impl Resource {
    /// One of its properties, by its path, such as `RedrivePolicy/maxReceiveCount`; null if it is not said.
    #[must_use]
    pub fn at(&self, path: &str) -> &Value {
        self.all.pointer(&format!("/Properties/{path}")).unwrap_or(&Value::Null)
    }

    /// A property that is a text, or an empty one.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        self.at(path).as_str().unwrap_or_default()
    }

    /// A property that is a number; numbers may be written as texts.
    #[must_use]
    pub fn number(&self, path: &str) -> Option<i64> {
        let value = self.at(path);
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    }

    /// A property that is a list.
    #[must_use]
    pub fn list(&self, path: &str) -> &[Value] {
        self.at(path).as_array().map_or(&[], Vec::as_slice)
    }
}

/// What a stage deploys, with what it is compared with.
#[derive(Clone, Debug)]
pub struct Deployed<'a> {
    /// The pages as they are written.
    pub pages: &'a Pages,
    /// What the code says.
    pub code: &'a Code,
    /// Which stage.
    pub stage: &'a Stage,
    /// Its resources by logical id, those of both pages.
    pub resources: BTreeMap<String, Resource>,
}

impl<'a> Deployed<'a> {
    /// What `stage` deploys of `pages`.
    #[must_use]
    pub fn new(pages: &'a Pages, code: &'a Code, stage: &'a Stage) -> Self {
        let given = |name: &str| stage.parameters.get(name).map(|value| Value::from(value.clone()));
        let above = Scope::new(&pages.template, &stage.stack, given);
        let mut resources = above.resources(&pages.template);
        let handed = resources.get("Watch").map(|watch| watch.at("Parameters").clone()).unwrap_or_default();
        let below = Scope::new(&pages.watch, &stage.stack, |name| handed.get(name).cloned());
        resources.extend(below.resources(&pages.watch));
        Self { pages, code, stage, resources }
    }

    /// All resources of one type.
    pub fn of_kind<'d>(&'d self, kind: &'d str) -> impl Iterator<Item = &'d Resource> {
        self.resources.values().filter(move |resource| resource.kind == kind)
    }

    /// All functions.
    pub fn functions(&self) -> impl Iterator<Item = &Resource> {
        self.of_kind("AWS::Serverless::Function")
    }

    /// What a function is called in the code.
    #[must_use]
    pub fn word<'r>(&self, function: &'r Resource) -> &'r str {
        function.text("FunctionName").strip_prefix(&format!("{}-", self.stage.stack)).unwrap_or_default()
    }

    /// The resource that a value refers to.
    #[must_use]
    pub fn target(&self, value: &Value) -> Option<&Resource> {
        let named = match value {
            Value::String(text) => page::placeholders(text).first().map(|name| (*name).to_owned()),
            _ => page::references(value).into_iter().next().map(|(name, _)| name),
        };
        self.resources.get(named?.split('.').next()?)
    }

    /// What invokes a function from a queue or a stream, with the source.
    pub fn mappings(&self, source: &'static str) -> impl Iterator<Item = (&Resource, &Resource)> {
        let mapping = |mapping| Some((mapping, self.target(Resource::at(mapping, "EventSourceArn"))?));
        self.of_kind("AWS::Lambda::EventSourceMapping").filter_map(mapping).filter(move |(_, from)| from.kind == source)
    }
}

/// Why a page is refused with these parameters before anything is deployed, by its section `Rules`.
pub fn refusals(page: &Value, parameters: &BTreeMap<&str, &str>) -> Vec<String> {
    let scope = Scope::new(page, "stack", |name| parameters.get(name).map(|value| Value::from(*value)));
    let rules = scope.settle(&page["Rules"]).unwrap_or_default();
    let applies = |rule: &&Value| rule["RuleCondition"].is_null() || rule["RuleCondition"] == true;
    let asserted = fields(&rules).map(|(_, rule)| rule).filter(applies).flat_map(|rule| rule["Assertions"].as_array());
    let broken = asserted.flatten().filter(|assertion| assertion["Assert"] != true);
    broken.map(|assertion| assertion["AssertDescription"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The names that a page knows.
struct Scope {
    values: BTreeMap<String, Value>,
    mappings: Value,
    conditions: BTreeMap<String, bool>,
}

impl Scope {
    fn new(page: &Value, stack: &str, given: impl Fn(&str) -> Option<Value>) -> Self {
        let pseudo = [
            ("StackName", stack),
            ("AccountId", "123456789012"),
            ("Region", "eu-west-1"),
            ("Partition", "aws"),
            ("URLSuffix", "amazonaws.com"),
        ];
        let pseudo = pseudo.map(|(name, value)| (format!("AWS::{name}"), Value::from(value)));
        let parameters = fields(&page["Parameters"]).map(|(name, said)| {
            let value = given(name).unwrap_or_else(|| said["Default"].clone());
            (name.clone(), value)
        });
        let values = parameters.chain(pseudo).collect();
        let mut scope = Self { values, mappings: page["Mappings"].clone(), conditions: BTreeMap::new() };
        for (name, condition) in fields(&page["Conditions"]) {
            let holds = scope.settle(condition) == Some(Value::Bool(true));
            scope.conditions.insert(name.clone(), holds);
        }
        scope
    }

    fn resources(&self, page: &Value) -> BTreeMap<String, Resource> {
        fields(&page["Resources"])
            .filter(|(_, said)| said["Condition"].is_null() || self.holds(&said["Condition"]))
            .map(|(id, said)| {
                let kind = said["Type"].as_str().unwrap_or_default().to_owned();
                let mut all = self.settle(said).unwrap_or_default();
                if kind == "AWS::Serverless::Function" {
                    let globals = self.settle(&page["Globals"]["Function"]).unwrap_or_default();
                    complete(&mut all["Properties"], &globals);
                }
                (id.clone(), Resource { id: id.clone(), kind, all })
            })
            .collect()
    }

    fn holds(&self, condition: &Value) -> bool {
        condition.as_str().is_some_and(|name| self.conditions.get(name) == Some(&true))
    }

    /// The value with everything settled that can be; none if it is `AWS::NoValue`.
    fn settle(&self, value: &Value) -> Option<Value> {
        match value {
            Value::Array(items) => Some(items.iter().filter_map(|item| self.settle(item)).collect()),
            Value::Object(object) => match object.iter().next() {
                Some((name, argument)) if object.len() == 1 => self.call(name, argument),
                _ => {
                    let settled = object.iter().filter_map(|(name, inner)| Some((name.clone(), self.settle(inner)?)));
                    Some(Value::Object(settled.collect()))
                }
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Some(value.clone()),
        }
    }

    fn call(&self, name: &str, argument: &Value) -> Option<Value> {
        let text = argument.as_str().unwrap_or_default();
        let settled = || self.settle(argument).unwrap_or_default();
        Some(match name {
            "Ref" if text == "AWS::NoValue" => return None,
            "Ref" => self.values.get(text).cloned().unwrap_or_else(|| json!({name: text})),
            "Fn::GetAtt" => json!({name: argument}),
            "Fn::Sub" => self.filled(text).into(),
            "Fn::Equals" => (settled()[0] == settled()[1]).into(),
            "Fn::Not" => (settled()[0] != true).into(),
            "Fn::If" => return self.settle(&argument[if self.holds(&argument[0]) { 1 } else { 2 }]),
            "Fn::FindInMap" => {
                let path = settled();
                let names = path.as_array()?.iter().filter_map(Value::as_str);
                names.fold(&self.mappings, |map, name| &map[name]).clone()
            }
            _ => json!({name: self.settle(argument)?}),
        })
    }

    /// A text with the values that are known; what is not stays `${…}`.
    fn filled(&self, text: &str) -> String {
        page::placeholders(text).into_iter().fold(text.to_owned(), |filled, name| {
            let value = match self.values.get(name) {
                Some(Value::String(value)) => value.clone(),
                Some(value @ Value::Object(_)) => {
                    page::references(value).into_iter().next().map_or_else(String::new, held)
                }
                Some(value) => value.to_string(),
                None => return filled,
            };
            filled.replace(&format!("${{{name}}}"), &value)
        })
    }
}

fn held((name, attribute): (String, Option<String>)) -> String {
    attribute.map_or_else(|| format!("${{{name}}}"), |attribute| format!("${{{name}.{attribute}}}"))
}

/// The fields of an object; none of anything else.
pub fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Adds what `below` says and `here` does not.
fn complete(here: &mut Value, below: &Value) {
    if let (Value::Object(here), Value::Object(below)) = (here, below) {
        for (name, value) in below {
            complete(here.entry(name.clone()).or_insert_with(|| value.clone()), value);
        }
    }
}
