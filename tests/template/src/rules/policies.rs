//! Who may do what.

use crate::page::texts;
use crate::{Deployed, Resource};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Every action that anything here may be allowed. A misspelt one is allowed in vain.
const ACTIONS: &str = "\
    dynamodb:BatchGetItem dynamodb:BatchWriteItem dynamodb:ConditionCheckItem dynamodb:DeleteItem \
    dynamodb:DescribeStream dynamodb:GetItem dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams \
    dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem kms:Decrypt execute-api:ManageConnections kms:DescribeKey \
    kms:Encrypt kms:GenerateDataKey lambda:InvokeFunction logs:CreateLogStream logs:PutLogEvents s3:DeleteObject \
    s3:GetObject s3:PutObject secretsmanager:GetSecretValue ses:SendEmail sns:Publish sqs:ChangeMessageVisibility \
    sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage sqs:SendMessage";

/// What a key's own policy may say beside these: that the account decides, and how CloudWatch's logs encrypt.
const OF_KEYS: [&str; 3] = ["kms:*", "kms:ReEncryptFrom", "kms:ReEncryptTo"];

/// What a function asks of the key itself, beside what services ask of it in its name: to encrypt and decrypt
/// the token of a number, the secret of a webhook, the second factor of a person, and the key of an audit chain. What only
/// encrypts cannot decrypt.
const OF_KEY: [(&str, &str, &[&str]); 8] = [
    ("api", "channel", &["kms:GenerateDataKey"]),
    ("api", "user", &["kms:Decrypt", "kms:GenerateDataKey"]),
    ("api", "webhook", &["kms:GenerateDataKey"]),
    ("changes", "chain", &["kms:Decrypt", "kms:GenerateDataKey"]),
    ("jobs", "channel", &["kms:Decrypt"]),
    ("jobs", "webhook", &["kms:Decrypt"]),
    ("outbound", "channel", &["kms:Decrypt", "kms:GenerateDataKey"]),
    ("schedule", "chain", &["kms:Decrypt", "kms:GenerateDataKey"]),
];

/// What an encrypted value can belong to, beside its tenant.
const HOLDERS: [&str; 4] = ["channel", "user", "webhook", "chain"];

/// The policies that a resource carries.
fn policies(resource: &Resource) -> Vec<&Value> {
    let inline = resource.list("Policies").iter().map(|policy| &policy["PolicyDocument"]);
    let own = [resource.at("PolicyDocument"), resource.at("KeyPolicy")];
    inline.chain(own).filter(|policy| !policy.is_null()).collect()
}

/// The statements of all policies, with whose they are.
pub fn statements<'d>(deployed: &'d Deployed<'_>) -> impl Iterator<Item = (&'d Resource, &'d Value)> {
    deployed.resources.values().flat_map(|resource| {
        let all = policies(resource).into_iter().flat_map(|policy| policy["Statement"].as_array()).flatten();
        all.map(move |statement| (resource, statement))
    })
}

pub fn roles(deployed: &Deployed<'_>) -> Vec<String> {
    let mut users = BTreeMap::<&str, Vec<&str>>::new();
    let mut wrong = Vec::new();
    for function in deployed.functions() {
        match deployed.target(function.at("Role")).filter(|role| role.kind == "AWS::IAM::Role") {
            Some(role) => users.entry(&role.id).or_default().push(&function.id),
            None => wrong.push(format!("{} has no role of this template", function.id)),
        }
        let key = |policy: &Value| deployed.target(policy).is_some_and(uses_key);
        let role = deployed.target(function.at("Role"));
        if !role.is_some_and(|role| role.list("ManagedPolicyArns").iter().any(key)) {
            wrong.push(format!("{} may not use the table's key", function.id));
        }
        if !function.at("Policies").is_null() {
            wrong.push(format!("{} has policies beside its role", function.id));
        }
    }
    let shared = users.iter().filter(|(_, functions)| functions.len() > 1);
    wrong.extend(shared.map(|(role, functions)| format!("{role} is shared by {functions:?}")));
    wrong
}

fn uses_key(policy: &Resource) -> bool {
    policies(policy).iter().any(|policy| texts(policy).contains(&"kms:Decrypt"))
}

pub fn actions(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (resource, statement) in statements(deployed) {
        let of_key = resource.kind == "AWS::KMS::Key";
        let known = |action: &&str| ACTIONS.split(' ').any(|one| one == *action) || of_key && OF_KEYS.contains(action);
        let named = texts(&statement["Action"]);
        if named.is_empty() || !["Allow", "Deny"].iter().any(|effect| statement["Effect"] == *effect) {
            wrong.push(format!("{}: a statement does not say what is allowed or forbidden", resource.id));
        }
        let odd = named.iter().filter(|action| !known(action));
        wrong.extend(odd.map(|action| format!("{}: {action} is no action that is needed", resource.id)));
    }
    wrong
}

/// The statements that allow a function something.
fn allowed<'d>(deployed: &'d Deployed<'_>, function: &Resource) -> impl Iterator<Item = &'d Value> {
    let role = deployed.target(function.at("Role"));
    let all = role.into_iter().flat_map(policies).filter_map(|policy| policy["Statement"].as_array()).flatten();
    all.filter(|statement| statement["Effect"] == "Allow")
}

pub fn secrets(deployed: &Deployed<'_>) -> Vec<String> {
    let of = |value: &Value| -> BTreeSet<_> {
        let named = crate::page::references(value).into_iter().map(|(name, _)| name);
        named.filter(|name| deployed.resources.get(name).is_some_and(|one| one.kind.ends_with("::Secret"))).collect()
    };
    let wrong = deployed.functions().filter(|function| {
        let reads = |one: &&Value| texts(&one["Action"]).contains(&"secretsmanager:GetSecretValue");
        let read: BTreeSet<_> =
            allowed(deployed, function).filter(reads).flat_map(|one| of(&one["Resource"])).collect();
        read != of(function.at("Environment/Variables"))
    });
    wrong.map(|function| format!("{} may read other secrets than it is given", function.id)).collect()
}

/// What changes or removes an item.
const WRITES: [&str; 3] = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];

/// `api` serves every kind of item that a business has, so it may write all of them. Each other function names its kinds.
pub fn writes(deployed: &Deployed<'_>) -> Vec<String> {
    let others = deployed.functions().filter(|function| deployed.word(function) != "api");
    let wide = others.filter(|function| {
        let writes = |one: &&Value| texts(&one["Action"]).iter().any(|action| WRITES.contains(action));
        let keys = |one: &Value| one["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"].clone();
        let of_tenant = |key: &&str| key.len() == 3 && key.starts_with('T') && key.ends_with("#*");
        allowed(deployed, function).filter(writes).any(|one| texts(&keys(one)).iter().any(of_tenant))
    });
    wide.map(|function| format!("{} may write everything of a business", function.id)).collect()
}

pub fn encryption(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for function in deployed.functions() {
        let Some(role) = deployed.target(function.at("Role")) else { continue };
        let own = policies(role).into_iter().flat_map(|policy| policy["Statement"].as_array()).flatten();
        let mut asked = BTreeSet::new();
        for statement in own {
            let actions: Vec<_> = texts(&statement["Action"]);
            let of_key: Vec<_> = actions.into_iter().filter(|action| action.starts_with("kms:")).collect();
            if of_key.is_empty() {
                continue;
            }
            match HOLDERS.into_iter().find(|holder| is_for(holder, &statement["Condition"])) {
                Some(holder) => asked.extend(of_key.into_iter().map(|action| (holder, action))),
                None => wrong.push(format!("{}: the key may be asked for more than encrypted values", role.id)),
            }
        }
        let word = deployed.word(function);
        let own = OF_KEY.iter().filter(|(whose, ..)| *whose == word);
        let needs: BTreeSet<_> = own.flat_map(|(_, holder, all)| all.iter().map(|action| (*holder, *action))).collect();
        if asked != needs {
            wrong.push(format!("{}: {asked:?} of the key, not {needs:?}", role.id));
        }
    }
    wrong
}

/// Whether a condition lets through values of a tenant and such a holder, and nothing else under the key.
fn is_for(holder: &str, condition: &Value) -> bool {
    let there = |name: &str| condition["Null"][format!("kms:EncryptionContext:{name}")] == "false";
    let context = ["tenant", holder];
    condition["ForAllValues:StringEquals"]["kms:EncryptionContextKeys"] == json!(context)
        && context.into_iter().all(there)
}

pub fn resources(deployed: &Deployed<'_>) -> Vec<String> {
    let named = |statement: &Value| match &statement["Resource"] {
        _ if texts(&statement["Action"]) == ["ses:SendEmail"] => sends_by_one_address(deployed, statement),
        Value::Array(all) => all.iter().all(|one| deployed.target(one).is_some()),
        Value::Null => false,
        one => deployed.target(one).is_some(),
    };
    let own = |resource: &Resource| resource.kind == "AWS::KMS::Key";
    statements(deployed)
        .filter(|(resource, statement)| !own(resource) && !named(statement))
        .map(|(resource, statement)| format!("{}: {} speaks of anything", resource.id, statement["Sid"]))
        .collect()
}

/// Identities of SES are no resources of this template: which address or domain was verified is not known here. So a
/// function may send by any of the account's, but only from the address that it is given and through our set.
fn sends_by_one_address(deployed: &Deployed<'_>, statement: &Value) -> bool {
    let from = &statement["Condition"]["StringEquals"]["ses:FromAddress"];
    let given = |function: &Resource| function.at("Environment/Variables/MAIL_FROM") == from;
    let ours =
        ["identity/*", "configuration-set/${MailSet}"].map(|one| format!("arn:aws:ses:eu-west-1:123456789012:{one}"));
    !from.is_null() && statement["Resource"] == json!(ours) && deployed.functions().any(given)
}

pub fn principals(deployed: &Deployed<'_>) -> Vec<String> {
    let trusts = deployed.of_kind("AWS::IAM::Role").flat_map(|role| {
        let all = role.list("AssumeRolePolicyDocument/Statement").iter();
        all.map(move |statement| (role, statement))
    });
    let let_in =
        |(_, statement): &(&Resource, &Value)| !statement["Principal"].is_null() && statement["Effect"] != "Deny";
    let everybody = |(_, statement): &(&Resource, &Value)| {
        let services = texts(&statement["Principal"]["Service"]);
        let account = texts(&statement["Principal"]["AWS"]);
        let known = services.iter().all(|name| name.ends_with(".amazonaws.com"))
            && account.iter().all(|name| name.ends_with(":123456789012:root"));
        !known || services.is_empty() && account.is_empty()
    };
    let all = trusts.chain(statements(deployed)).filter(let_in);
    all.filter(everybody).map(|(resource, _)| format!("{} lets anybody in", resource.id)).collect()
}
