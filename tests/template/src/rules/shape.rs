//! What has to hold for any page of CloudFormation, as far as this one goes. Linters know more of it.

use crate::Deployed;
use crate::page;
use crate::stage::{fields, refusals};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Each type with the attributes that are asked of it and the properties that it has, also of the objects in them. What
/// holds words of our own (policies, variables, routes' settings) is not looked into.
const TYPES: &str = "\
    AWS::ApiGatewayV2::Api; ApiEndpoint; AllowCredentials AllowHeaders AllowMethods AllowOrigins CorsConfiguration \
        Name ProtocolType RouteSelectionExpression\n\
    AWS::ApiGatewayV2::Integration; -; ApiId IntegrationType IntegrationUri PayloadFormatVersion\n\
    AWS::ApiGatewayV2::Route; -; ApiId AuthorizationType RouteKey Target\n\
    AWS::ApiGatewayV2::Stage; -; AccessLogSettings ApiId AutoDeploy DefaultRouteSettings DestinationArn \
        DetailedMetricsEnabled Format RouteSettings StageName ThrottlingBurstLimit ThrottlingRateLimit\n\
    AWS::Budgets::Budget; -; Address Amount Budget BudgetLimit BudgetName BudgetType ComparisonOperator Notification \
        NotificationType NotificationsWithSubscribers Subscribers SubscriptionType Threshold ThresholdType TimeUnit Unit\n\
    AWS::CloudFront::Distribution; DomainName; AcmCertificateArn Aliases AllowedMethods CacheBehaviors CachePolicyId \
        CloudFrontDefaultCertificate Comment Compress CustomOriginConfig DefaultCacheBehavior DefaultRootObject \
        DistributionConfig DomainName Enabled EventType FunctionARN FunctionAssociations HeaderName HeaderValue \
        HttpVersion IPV6Enabled Id MinimumProtocolVersion OriginAccessControlId OriginAccessIdentity \
        OriginCustomHeaders OriginProtocolPolicy OriginRequestPolicyId OriginSSLProtocols Origins PathPattern \
        ResponseHeadersPolicyId S3OriginConfig SslSupportMethod TargetOriginId ViewerCertificate ViewerProtocolPolicy \
        WebACLId\n\
    AWS::CloudFront::Function; FunctionARN; AutoPublish Comment FunctionCode FunctionConfig Name Runtime\n\
    AWS::CloudFront::OriginAccessControl; Id; Name OriginAccessControlConfig OriginAccessControlOriginType \
        SigningBehavior SigningProtocol\n\
    AWS::CloudFront::ResponseHeadersPolicy; -; AccessControlMaxAgeSec ContentSecurityPolicy ContentTypeOptions \
        CustomHeadersConfig FrameOption FrameOptions Header IncludeSubdomains Items Name Override ReferrerPolicy \
        ResponseHeadersPolicyConfig SecurityHeadersConfig StrictTransportSecurity Value\n\
    AWS::CloudFormation::Stack; Outputs.AlarmTopic Outputs.DashboardUrl; Parameters TemplateURL\n\
    AWS::CloudWatch::Alarm; Arn; AlarmActions AlarmDescription AlarmName ComparisonOperator DatapointsToAlarm \
        Dimensions EvaluationPeriods Expression Id Label Metric MetricName MetricStat Metrics Name Namespace OKActions \
        Period ReturnData Stat Statistic Threshold TreatMissingData Value\n\
    AWS::CloudWatch::Dashboard; -; DashboardBody DashboardName\n\
    AWS::DynamoDB::Table; Arn StreamArn; AttributeDefinitions AttributeName AttributeType BillingMode \
        DeletionProtectionEnabled Enabled GlobalSecondaryIndexes IndexName KMSMasterKeyId KeySchema KeyType \
        NonKeyAttributes PointInTimeRecoveryEnabled PointInTimeRecoverySpecification Projection ProjectionType \
        SSEEnabled SSESpecification SSEType StreamSpecification StreamViewType TimeToLiveSpecification\n\
    AWS::IAM::ManagedPolicy; -; Description PolicyDocument\n\
    AWS::IAM::Role; Arn; AssumeRolePolicyDocument ManagedPolicyArns Policies\n\
    AWS::KMS::Key; Arn; Description EnableKeyRotation KeyPolicy\n\
    AWS::Lambda::EventInvokeConfig; -; FunctionName MaximumEventAgeInSeconds MaximumRetryAttempts Qualifier\n\
    AWS::Lambda::EventSourceMapping; -; BatchSize BisectBatchOnFunctionError Destination DestinationConfig \
        EventSourceArn FilterCriteria Filters FunctionName FunctionResponseTypes MaximumConcurrency \
        MaximumRecordAgeInSeconds MaximumRetryAttempts OnFailure Pattern ScalingConfig StartingPosition TumblingWindowInSeconds\n\
    AWS::Lambda::Permission; -; Action FunctionName Principal SourceArn\n\
    AWS::Logs::LogGroup; Arn; KmsKeyId LogGroupName RetentionInDays\n\
    AWS::Logs::QueryDefinition; -; LogGroupNames Name QueryString\n\
    AWS::SES::ConfigurationSet; -; Name SuppressedReasons SuppressionOptions\n\
    AWS::S3::Bucket; Arn RegionalDomainName; AbortIncompleteMultipartUpload AllowedHeaders AllowedMethods AllowedOrigins \
        BlockPublicAcls BlockPublicPolicy BucketEncryption BucketKeyEnabled CorsConfiguration CorsRules \
        DaysAfterInitiation ExpirationInDays Id IgnorePublicAcls KMSMasterKeyID LifecycleConfiguration MaxAge \
        NoncurrentDays NoncurrentVersionExpiration ObjectOwnership OwnershipControls Prefix PublicAccessBlockConfiguration \
        RestrictPublicBuckets Rules SSEAlgorithm ServerSideEncryptionByDefault ServerSideEncryptionConfiguration Status \
        VersioningConfiguration\n\
    AWS::S3::BucketPolicy; -; Bucket PolicyDocument\n\
    AWS::SNS::Subscription; -; Endpoint Protocol TopicArn\n\
    AWS::SNS::Topic; -; KmsMasterKeyId TopicName\n\
    AWS::SNS::TopicPolicy; -; PolicyDocument Topics\n\
    AWS::SQS::Queue; Arn; DeduplicationScope FifoQueue FifoThroughputLimit MessageRetentionPeriod QueueName \
        RedriveAllowPolicy RedrivePolicy SqsManagedSseEnabled VisibilityTimeout deadLetterTargetArn maxReceiveCount \
        redrivePermission sourceQueueArns\n\
    AWS::Scheduler::Schedule; -; Arn Description FlexibleTimeWindow MaximumEventAgeInSeconds MaximumRetryAttempts \
        Mode RetryPolicy RoleArn ScheduleExpression Target\n\
    AWS::SecretsManager::Secret; -; Description KmsKeyId\n\
    AWS::Serverless::Function; Arn; ApplicationLogLevel Architectures CodeUri Description Environment FunctionName Handler LogFormat \
        LogGroup LoggingConfig MemorySize ReservedConcurrentExecutions Role Runtime SystemLogLevel Timeout Tracing \
        Variables\n\
";

/// Properties that hold words of our own.
const OURS: [&str; 7] =
    ["AssumeRolePolicyDocument", "KeyPolicy", "Parameters", "Policies", "PolicyDocument", "RouteSettings", "Variables"];

/// What may be said of a resource beside its properties.
const BESIDE: [&str; 7] =
    ["Condition", "DeletionPolicy", "DependsOn", "Metadata", "Properties", "Type", "UpdateReplacePolicy"];

/// The attributes and the properties of a type, if it is known.
fn attributes_and_properties(kind: &str) -> Option<[BTreeSet<&'static str>; 2]> {
    let known = TYPES.lines().find_map(|line| line.strip_prefix(kind)?.strip_prefix("; "))?;
    let (attributes, properties) = known.split_once("; ")?;
    Some([attributes, properties].map(|names| names.split(' ').collect()))
}

fn missing(page: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for (name, attribute) in page::references(page) {
        let resource = &page["Resources"][&name];
        let kind = resource["Type"].as_str().unwrap_or_default();
        let known = match &attribute {
            Some(attribute) => attributes_and_properties(kind).is_some_and(|[all, _]| all.contains(attribute.as_str())),
            None => name.starts_with("AWS::") || !resource.is_null() || !page["Parameters"][&name].is_null(),
        };
        if !known {
            wrong.push(format!("{name}{} does not exist", attribute.map(|a| format!(".{a}")).unwrap_or_default()));
        }
    }
    wrong
}

pub fn references(deployed: &Deployed<'_>) -> Vec<String> {
    [&deployed.pages.template, &deployed.pages.watch].into_iter().flat_map(missing).collect()
}

pub fn names(deployed: &Deployed<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for resource in deployed.resources.values() {
        let beside = fields(&resource.all).filter(|(name, _)| !BESIDE.contains(&name.as_str()));
        wrong.extend(beside.map(|(name, _)| format!("{}: nothing is called {name}", resource.id)));
        let Some([_, known]) = attributes_and_properties(&resource.kind) else {
            wrong.push(format!("{}: {} is a new type", resource.id, resource.kind));
            continue;
        };
        let mut used = Vec::new();
        properties(&resource.all["Properties"], &mut used);
        let odd = used.iter().filter(|name| !known.contains(*name));
        wrong.extend(odd.map(|name| format!("{}: no property is called {name}", resource.id)));
    }
    wrong.extend([&deployed.pages.template, &deployed.pages.watch].into_iter().flat_map(parameters));
    let chosen = deployed.stage.parameters.iter().filter(|(name, value)| {
        let said = &deployed.pages.template["Parameters"][name];
        said.is_null()
            || said["AllowedValues"].as_array().is_some_and(|all| !all.contains(&Value::from(value.as_str())))
    });
    wrong.extend(chosen.map(|(name, value)| format!("{}: {name} may not be {value}", deployed.stage.name)));
    wrong
}

/// A domain without its certificate, which CloudFront would refuse after minutes of deployment.
pub fn together(deployed: &Deployed<'_>) -> Vec<String> {
    let refused = |domain, certificate| {
        let parameters = BTreeMap::from([("Domain", domain), ("CertificateArn", certificate)]);
        refusals(&deployed.pages.template, &parameters)
    };
    let domain = "crm.example.com";
    let certificate = "arn:aws:acm:us-east-1:123456789012:certificate/a";
    let named = refused(domain, "").iter().any(|why| why.contains("CertificateArn"));
    let missed = (!named).then(|| "a Domain without CertificateArn is not refused".to_owned());
    refused(domain, certificate).into_iter().chain(refused("", "")).chain(missed).collect()
}

/// The names of all properties in a value.
fn properties<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    for item in value.as_array().into_iter().flatten() {
        properties(item, found);
    }
    for (name, inner) in fields(value).filter(|(name, _)| *name != "Ref" && !name.starts_with("Fn::")) {
        found.push(name);
        if !OURS.contains(&name.as_str()) {
            properties(inner, found);
        }
    }
}

/// What is wrong with a page's parameters: each says what it may be and is shown in a group.
fn parameters(page: &Value) -> Vec<String> {
    let groups = &page["Metadata"]["AWS::CloudFormation::Interface"]["ParameterGroups"];
    let grouped = groups.as_array().into_iter().flatten().flat_map(|group| group["Parameters"].as_array()).flatten();
    let grouped: Vec<_> = grouped.filter_map(Value::as_str).collect();
    let loose = |said: &Value| said["AllowedPattern"].is_null() && said["AllowedValues"].is_null();
    let unsaid = |said: &Value| said["ConstraintDescription"].is_null() || said["Description"].is_null();
    fields(&page["Parameters"])
        .filter(|(name, said)| loose(said) || unsaid(said) || !grouped.contains(&name.as_str()))
        .map(|(name, _)| format!("the parameter {name} does not say what it may be"))
        .collect()
}
