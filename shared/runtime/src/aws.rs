//! The AWS SDK's configuration, from the environment that Lambda gives and from nowhere else.

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::environment::region::EnvironmentVariableRegionProvider;
use aws_config::{BehaviorVersion, SdkConfig};

/// Region and credentials from the environment: no profile and no metadata service is asked, which would cost
/// time at every cold start.
pub async fn config() -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .region(EnvironmentVariableRegionProvider::new())
        .credentials_provider(EnvironmentVariableCredentialsProvider::new())
        .load()
        .await
}
